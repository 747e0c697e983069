"""manage.py export_site: the whole site as files, the same bytes as served, and never more than it wrote itself."""

import errno
import fcntl
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from publishing.models import Document, Page, Person
from publishing.pages import exporting
from publishing.pages.exporting import naming, tree
from publishing.pages.finished import Finished, redirect
from publishing.pages.storing import remove, store
from publishing.reader import security
from publishing.worker import loop
from publishing.workflow import releasing
from tests.surfaces import exported
from tests.surfaces.exported import export, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

FORMS = {"": "", ".gz": "gzip", ".br": "br"}
MOVED = exported.OLD
ROBOTS = "/robots.txt"
FEED = "/en/feed.xml"


@pytest.fixture(scope="class")
def _live(for_the_class: None) -> None:
    exported.release_one()


@pytest.fixture(scope="class")
def gone(_live: None) -> str:
    """The path of a second article, which was withdrawn."""
    return path_of(exported.withdraw_another(editor()))


@pytest.fixture(scope="class")
def site(gone: str) -> None:
    """All that a site may have: pages, a withdrawn one, redirects, pages that are no HTML."""
    exported.rename(Document.objects.earliest("pk"), editor())


@pytest.fixture
def document(_live: None, db: None) -> Document:
    return Document.objects.earliest("pk")


@pytest.fixture
def carol(document: Document) -> Person:
    return editor()


def editor() -> Person:
    return Person.objects.get(username="carol")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {tree.MANIFEST, tree.LOCK}
    }


@pytest.mark.usefixtures("site")
class TestTheFiles:
    def test_are_what_is_served_in_every_form(self, client: Client, tmp_path: Path) -> None:
        export(tmp_path / "out")
        compared = 0
        for page in Page.objects.exclude(status=301):
            name = naming.file_of(page.path, page.status)
            for ending, coding in FORMS.items():
                served = client.get(page.path, headers={"accept-encoding": coding})
                assert served.get("Content-Encoding", "") == coding
                assert (tmp_path / f"out/{name}{ending}").read_bytes() == served.content, page.path
                compared += 1
        assert compared == len(FORMS) * Page.objects.filter(location="").count() > 30

    def test_hold_all_that_the_pages_lead_to(self, tmp_path: Path) -> None:
        export(tmp_path)
        there = files(tmp_path)
        for name in [name for name in there if name.endswith(".html")]:
            for link in re.findall(rb'(?:href|src)="(/[^"#]*)"', there[name]):
                target = link.decode()
                assert (naming.file_of(target) or target.lstrip("/")) in there, (name, target)
        assert "static/publishing/reader.css" in there

    def test_hold_a_choice_of_languages_and_a_page_for_what_is_not_there(self, tmp_path: Path) -> None:
        export(tmp_path)
        door = (tmp_path / "index.html").read_text()
        assert all(f'href="/{code}/"' in door for code in ("en", "tr", "ru"))
        for code in ("en", "tr", "ru"):
            assert f'<html lang="{code}">' in (tmp_path / code / "404.html").read_text()

    def test_of_what_was_withdrawn_are_no_index(self, tmp_path: Path, gone: str) -> None:
        export(tmp_path)
        folder = tmp_path / gone.strip("/")
        assert "An error of ours." in (folder / "gone.html").read_text()
        assert not (folder / "index.html").exists()

    def test_tell_servers_what_files_cannot_say(self, tmp_path: Path, gone: str, document: Document) -> None:
        export(tmp_path)
        there = {
            name: content.decode()
            for name, content in files(tmp_path).items()
            if "." not in name[1:] or "conf" in name
        }
        assert f"{MOVED} {path_of(document)} 301" in there["_redirects"]
        assert f"{MOVED}citation.bib {path_of(document)}citation.bib 301" in there["_redirects"]
        assert (
            "/:language/:slug/citation.ris\n  Content-Type: application/x-research-info-systems"
            in there["_headers"]
        )
        assert f"{gone} {gone}gone.html 410" in there["_redirects"]
        assert "/ /tr/ 302! Language=tr" in there["_redirects"]
        assert f"{FEED}\n  Content-Type: application/atom+xml; charset=utf-8" in there["_headers"]
        for name, value in security.headers_of_the_site().items():
            assert f"  {name}: {value}\n" in there["_headers"]
            assert f'Header always set {name} "{value}"' in there[".htaccess"]
            assert f'add_header {name} "{value}" always;' in there[".nginx/server.conf"]
        assert f"RewriteRule ^{gone[1:]}$ - [G]" in there[".htaccess"]
        for code in ("en", "tr", "ru"):
            assert f"location ^~ /{code}/search/index/ {{" in there[".nginx/server.conf"]
            assert f"=~ m#^/{code}/search/index/# && -f %{{REQUEST_FILENAME}}" in there[".htaccess"]
        assert "immutable" in there[".htaccess"]
        assert "immutable" not in there["_headers"]  # hosts would add it to the other Cache-Control

    def test_are_the_same_from_every_process(self, tmp_path: Path) -> None:
        """django-csp keeps directives in sets, whose order is another in each process."""
        policy = security.headers_of_the_site()["Content-Security-Policy"]
        assert policy.split("; ") == sorted(policy.split("; "))


@pytest.mark.usefixtures("site")
class TestALaterExport:
    def test_that_finds_nothing_new_touches_nothing(self, tmp_path: Path) -> None:
        export(tmp_path)
        before = {path: path.stat() for path in tmp_path.rglob("*") if path.name != tree.LOCK}
        report = export(tmp_path)
        assert (report.written, report.removed) == (0, 0)
        for path, stat in before.items():
            assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stat.st_mtime_ns, stat.st_ino), path

    def test_asks_for_no_bytes_of_pages_that_are_there(
        self, tmp_path: Path, django_assert_max_num_queries: Any
    ) -> None:
        export(tmp_path)
        with django_assert_max_num_queries(2) as queries:
            export(tmp_path)
        assert not [
            each for each in queries.captured_queries if 'content"' in each["sql"] or "body" in each["sql"]
        ]

    def test_writes_the_difference(self, tmp_path: Path, document: Document, carol: Person) -> None:
        export(tmp_path)
        before = files(tmp_path)
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        export(tmp_path)
        after = files(tmp_path)
        folder, year = path_of(document).strip("/"), f"en/archive/{document.created_at.year}/index.html"
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        changed -= {name for name in changed if name.startswith("en/search/index")}  # test_export_search
        (sitemap,) = [
            name for name in before if name.startswith("sitemap-articles") and name.endswith(".xml")
        ]
        beside = {f"{folder}/{name}" for name in ("provenance.json", "citation.bib", "citation.ris")}
        lists = {"en/index.html", "en/feed.xml", "en/rss.xml", "sitemap.xml", sitemap}
        lists |= {"en/archive/index.html", year, "sitemap-pages-0.xml"}  # the archive is empty now
        pages = {f"{folder}/index.html", f"{folder}/gone.html"} | beside | lists
        rules = {".htaccess", "_redirects", "_headers", ".nginx/http.conf", ".nginx/server.conf"}
        rules |= {f"{folder}/.htaccess"}
        assert changed == {f"{name}{ending}" for name in pages for ending in FORMS} | rules
        assert not beside & after.keys()
        assert f"{folder}/index.html" not in after

    def test_removes_what_is_gone_and_nothing_of_others(self, tmp_path: Path) -> None:
        export(tmp_path)
        (tmp_path / "google.html").write_text("theirs")
        (tmp_path / "en/grain").mkdir(exist_ok=True)
        (tmp_path / "en/grain/theirs.txt").write_text("theirs")
        remove([ROBOTS, FEED])
        report = export(tmp_path)
        assert report.removed == 6
        there = files(tmp_path)
        assert not {name for name in there if "robots" in name or name.startswith("en/feed")}
        assert there["google.html"] == there["en/grain/theirs.txt"] == b"theirs"

    def test_mends_what_somebody_cut_or_took_away(self, tmp_path: Path) -> None:
        export(tmp_path)
        whole = files(tmp_path)
        (tmp_path / "en/index.html").write_text("")
        (tmp_path / "tr/index.html.br").unlink()
        (tmp_path / "static/publishing/reader.css").unlink()
        export(tmp_path)
        assert files(tmp_path) == whole

    def test_after_one_that_was_killed_knows_all_of_its_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write, count = tree.Tree.write, 0

        def dies(self: tree.Tree, name: str, version: str, content: bytes) -> None:
            nonlocal count
            count += 1
            if count == 8:
                (self.root / f"{name}.part").write_bytes(content[:10])
                raise KeyboardInterrupt
            write(self, name, version, content)

        monkeypatch.setattr(tree.Tree, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            export(tmp_path)
        assert len(files(tmp_path)) == 8
        monkeypatch.setattr(tree.Tree, "write", write)
        Page.objects.all().delete()
        export(tmp_path)
        assert not [name for name in files(tmp_path) if name.endswith(".part") or "robots" in name]
        assert not (tmp_path / "en/feed.xml").exists()

    def test_that_was_killed_while_it_replaced_a_page_is_mended_even_by_the_way_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Same version, same size, other bytes: what was about to be written is believed by nobody."""
        store([Finished(ROBOTS, b"A" * 20, content_type="text/plain; charset=utf-8")])
        export(tmp_path)
        store([Finished(ROBOTS, b"B" * 20, content_type="text/plain; charset=utf-8")])
        monkeypatch.setattr(tree.Tree, "finish", lambda _: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception):
            export(tmp_path)
        monkeypatch.undo()
        assert (tmp_path / "robots.txt").read_bytes() == b"B" * 20
        store([Finished(ROBOTS, b"A" * 20, content_type="text/plain; charset=utf-8")])
        export(tmp_path)
        assert (tmp_path / "robots.txt").read_bytes() == b"A" * 20


class TestAHostilePath:
    PATHS = (
        "/../evil.txt", "/en/../../evil/", "//etc/passwd", "/en//x/", "/en/./x/", "/en/x", "/en/x\x00/", "/en/x\n/",
        "/en/index.html", "/en/404.html", "/en/gone.html", "/en/.htaccess", "/.dragoman.json", "/en/x.gz", "/EN/x/",
        "/en/X/", "/en/ı/", "/de/x/", "/static/publishing/reader.css", "/en/a.b/c/", "/admin/", "/en/;return/",
        "/en/$x/", "/en/{/", "/en/%2e%2e/", "/en/..", "/_headers", "/en/con:aux/", "\\en\\x", "en/x/", "",
    )  # fmt: skip

    @pytest.mark.parametrize("path", PATHS)
    def test_is_no_file(self, path: str) -> None:
        assert naming.file_of(path) is None

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("/", "index.html"),
            ("/en/", "en/index.html"),
            ("/en/a-b_1/", "en/a-b_1/index.html"),
            ("/en/author/elcan/", "en/author/elcan/index.html"),
            ("/en/feed.xml", "en/feed.xml"),
            ("/sitemap-en-1.xml", "sitemap-en-1.xml"),
        ],
    )
    def test_and_a_sound_one_is(self, path: str, name: str) -> None:
        assert naming.file_of(path) == name

    def test_in_the_table_is_left_out_and_said(
        self, tmp_path: Path, document: Document, capsys: pytest.CaptureFixture[str]
    ) -> None:
        store([Finished("/en/../../../evil/", b"x", "en"), redirect("/en/y/", "en", "https://evil.example/")])
        folder = tmp_path / "a/b/c/out"
        call_command("export_site", str(folder))
        assert "2 addresses can be no files" in capsys.readouterr().out
        assert not list(tmp_path.rglob("evil*"))
        assert not [name for name, content in files(folder).items() if b"evil" in content]

    def test_in_a_manifest_that_somebody_gave_us_removes_nothing(
        self, tmp_path: Path, document: Document
    ) -> None:
        (tmp_path / "precious").write_text("precious")
        folder = tmp_path / "out"
        export(folder)
        manifest = json.loads((folder / tree.MANIFEST).read_bytes())
        manifest["files"] |= {"../precious": ["x", 8], str(tmp_path / "precious"): ["x", 8]}
        (folder / tree.MANIFEST).write_text(json.dumps(manifest))
        export(folder)
        assert (tmp_path / "precious").read_text() == "precious"

    def test_by_a_link_in_the_folder_leads_nowhere_else(self, tmp_path: Path, document: Document) -> None:
        outside, folder = tmp_path / "outside", tmp_path / "out"
        outside.mkdir()
        export(folder)
        for path in sorted((folder / "en").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        (folder / "en").rmdir()
        (folder / "en").symlink_to(outside)
        with pytest.raises(exporting.NotExported, match="leads out of"):
            export(folder)
        assert list(outside.rglob("*")) == []

    @pytest.mark.parametrize("hard", [False, True])
    @pytest.mark.parametrize(
        "name",
        ["en/index.html", "en/index.html.part", f"{tree.MANIFEST}.part", "static/publishing/reader.css"],
    )
    def test_is_not_written_through_where_a_file_is_a_link(
        self, tmp_path: Path, document: Document, carol: Person, name: str, hard: bool
    ) -> None:
        precious, folder = tmp_path / "precious", tmp_path / "out"
        export(folder)
        whole = files(folder)
        precious.write_bytes(whole.get(name, b"precious") if hard else b"precious")
        kept = precious.read_bytes()
        (folder / name).unlink(missing_ok=True)
        (folder / name).hardlink_to(precious) if hard else (folder / name).symlink_to(precious)
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        export(folder)
        assert precious.read_bytes() == kept
        assert not (folder / name).is_symlink()
        assert not [path for path in files(folder) if path.endswith(".part")]

    def test_is_not_written_through_where_the_lock_is_a_link(
        self, tmp_path: Path, document: Document
    ) -> None:
        (tmp_path / "precious").write_text("precious")
        folder = tmp_path / "out"
        export(folder)
        (folder / tree.LOCK).unlink()
        (folder / tree.LOCK).symlink_to(tmp_path / "precious")
        with pytest.raises(exporting.NotExported, match="cannot be written to"):
            export(folder)
        assert (tmp_path / "precious").read_text() == "precious"

    def test_whose_file_is_a_link_to_one_of_the_same_size_is_written_anew(
        self, tmp_path: Path, document: Document
    ) -> None:
        folder, theirs = tmp_path / "out", tmp_path / "theirs"
        export(folder)
        whole = files(folder)
        theirs.write_bytes(b"x" * len(whole["en/index.html"]))
        (folder / "en/index.html").unlink()
        (folder / "en/index.html").symlink_to(theirs)
        export(folder)
        assert files(folder) == whole
        assert not (folder / "en/index.html").is_symlink()


@pytest.mark.usefixtures("site")
class TestAnExportBesideARelease:
    """Pages change between the look at what there is and the writing of it."""

    @pytest.fixture
    def meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
        write = tree.Tree.expect

        def do(work: Callable[[], object]) -> None:
            def first_work(self: tree.Tree, names: Iterable[str]) -> None:
                monkeypatch.setattr(tree.Tree, "expect", write)
                work()
                write(self, names)

            monkeypatch.setattr(tree.Tree, "expect", first_work)

        return do

    @pytest.mark.parametrize("is_first", [True, False])
    @pytest.mark.parametrize("change", ["other bytes", "gone", "withdrawn", "moved"])
    def test_writes_whole_pages_and_the_next_one_the_rest(
        self, tmp_path: Path, meanwhile: Any, is_first: bool, change: str
    ) -> None:
        old = Finished(FEED, b"<feed>old</feed>", "en", content_type="application/atom+xml")
        new = Finished(FEED, b"<feed>new</feed>", "en", content_type="application/atom+xml")
        folder, real = tmp_path / "out", bytes(Page.objects.get(path=FEED).content)
        if not is_first:
            export(folder)
        store([old])
        works = {
            "other bytes": lambda: store([new]),
            "gone": lambda: remove([FEED]),
            "withdrawn": lambda: store([Finished("/en/", b"gone", "en", status=410)]),
            "moved": lambda: store([redirect(FEED, "en", "/en/")]),
        }
        meanwhile(works[change])
        export(folder)
        feed = folder / "en/feed.xml"
        assert not feed.exists() or feed.read_bytes() in {real, old.content, new.content}
        export(folder)
        export(tmp_path / "fresh")
        assert files(folder) == files(tmp_path / "fresh")


@pytest.mark.usefixtures("site")
class TestAFullDisk:
    @pytest.mark.parametrize("number", [1, 2, 9, 30])
    def test_is_said_and_leaves_no_half_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        """The file of this number is the one for which there is no room: the manifest, pages, the rules."""
        folder, opened, count = tmp_path / "out", os.fdopen, 0

        class Full:
            """A file of which a part is written before the disk is full."""

            def __init__(self, descriptor: int) -> None:
                self.file = opened(descriptor, "wb")

            def __enter__(self) -> "Full":
                return self

            def __exit__(self, *_: object) -> None:
                self.file.close()

            def write(self, content: bytes) -> None:
                self.file.write(content[: len(content) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def fills(descriptor: int, mode: str) -> Any:
            nonlocal count
            count += mode == "wb"
            return Full(descriptor) if count == number and mode == "wb" else opened(descriptor, mode)

        monkeypatch.setattr(tree.os, "fdopen", fills)
        with pytest.raises(CommandError, match="was not written: No space left on device"):
            call_command("export_site", str(folder))
        monkeypatch.undo()
        assert not list(folder.rglob("*.part"))
        export(tmp_path / "fresh")
        whole = files(tmp_path / "fresh")
        assert files(folder).items() <= whole.items()
        export(folder)
        assert files(folder) == whole


class TestBadInput:
    def refused(self, folder: Path | str) -> str:
        with pytest.raises(CommandError) as refused:
            call_command("export_site", str(folder))
        assert "\n" not in str(refused.value)
        return str(refused.value)

    def test_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        assert "is a file: give a folder" in self.refused(tmp_path / "file")
        assert "give a folder" in self.refused(tmp_path / "file/below")

    def test_a_folder_of_somebody_else(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("x")
        assert "holds files that no export wrote" in self.refused(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_folder_that_cannot_be_written_to(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        where = "/proc/out" if os.geteuid() == 0 else str(tmp_path / "out")
        assert "cannot be written to" in self.refused(where)

    def test_a_device(self) -> None:
        assert "give a folder" in self.refused("/dev/null")

    @pytest.mark.parametrize(
        "content", ["", "{", "[]", '{"form": 1}', '{"form": 1, "files": {"a": 1}}', '"x"', "null"]
    )
    def test_a_manifest_that_nobody_can_read(self, tmp_path: Path, content: str) -> None:
        (tmp_path / tree.MANIFEST).write_text(content)
        assert "cannot be read" in self.refused(tmp_path)

    def test_a_folder_that_another_export_holds(self, tmp_path: Path) -> None:
        export(tmp_path)
        with (tmp_path / tree.LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert "Another export" in self.refused(tmp_path)

    def test_and_a_new_folder_is_made(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("export_site", str(tmp_path / "a/b"), "--json")
        report = json.loads(capsys.readouterr().out)
        assert (tmp_path / "a/b/index.html").exists()
        assert report.keys() == {"pages", "redirects", "written", "removed", "left_out"}
