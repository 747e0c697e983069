"""The commands as a contract: what they report, and one clear line for whatever cannot be done."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from publishing.models import Document, Job, Proposal, Revision
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import exchanging
from tests import cast, census

pytestmark = pytest.mark.django_db

SHORT = "grain-crosses-the-black-sea"
SAMPLE = "the-future-of-china-russia-north-korea-relations"
OURS = sorted(name for name, app in get_commands().items() if app == "publishing")


def run(name: str, *arguments: object) -> str:
    """What the command writes."""
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def report(name: str, *arguments: object) -> dict:
    return json.loads(run(name, *arguments, "--json"))


def refused(name: str, *arguments: object) -> str:
    """The one line of a refusal that left database and catalogs as they were."""
    before = census.rows(), census.files(settings.CATALOG_ROOT)
    with pytest.raises(CommandError) as refusal:
        run(name, *arguments)
    assert (census.rows(), census.files(settings.CATALOG_ROOT)) == before
    said = str(refusal.value)
    assert said
    assert "\n" not in said.strip()
    assert "Traceback" not in said
    return said


@pytest.fixture
def document() -> Document:
    """The short article, opened in Turkish: its note is drafted, its catalog written."""
    document = cast.article()
    cast.opened(document)
    return document


@pytest.mark.parametrize("name", OURS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        call_command(name, "--help")
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert f" {name} " in said
    assert len(said) > 300


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "blank": (lambda path: path.write_bytes(b" \n\t\n"), "empty"),
    "not UTF-8": (lambda path: path.write_bytes("Başlık\n\nŞehir.".encode("iso8859-9")), "UTF-8"),
    "UTF-16": (lambda path: path.write_bytes("Title\n\nText.".encode("utf-16")), "UTF-8"),
    "binary": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(32))), "UTF-8|binary|U\\+"),
    "50 MB": (lambda path: (path.touch(), os.truncate(path, 50 * 2**20)), "50 MB.* 10 MB"),
    "absent": (lambda _path: None, "No such file"),
    "a folder": (lambda path: path.mkdir(), "folder"),
}


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(("make", "said"), BAD_FILES.values(), ids=BAD_FILES)
    @pytest.mark.parametrize("command", ["import_article", "import_catalog"])
    def test_are_refused_with_their_names(
        self, tmp_path: Path, command: str, make: Callable[[Path], object], said: str
    ) -> None:
        path = tmp_path / "given.txt"
        make(path)
        line = refused(command, path)
        assert re.search(said, line), line

    @pytest.mark.parametrize("kind", ["empty", "absent", "a folder"])
    def test_the_name_stands_in_the_line(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / "given.txt"
        BAD_FILES[kind][0](path)
        assert "given.txt" in refused("import_memory", path)

    def test_a_web_page_named_txt_is_told_how_to_come_in(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_text("<!DOCTYPE html>\n<html><body><h1>Grain</h1><p>Ships left.</p></body></html>")
        assert "--format html" in refused("import_article", path)

    def test_a_text_named_html_is_told_as_well(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_text(cast.SHORT)
        assert "--format text" in refused("import_article", path, "--format", "html")

    def test_a_stream_without_end_is_not_read_to_its_end(self) -> None:
        assert "10 MB" in refused("import_article", "/dev/zero")

    @pytest.mark.parametrize("content", ["no memory", "<tmx><body>", "<html></html>"])
    def test_a_memory_that_is_no_tmx(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "given.tmx"
        path.write_text(content)
        assert "given" in refused("import_memory", path)


class TestImportArticle:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "article.txt"
        path.write_text(cast.SHORT, encoding="utf-8")
        return path

    def test_its_report(self, path: Path) -> None:
        said = report("import_article", path)
        assert (said["slug"], said["created"], said["documents"]) == (SHORT, True, [SHORT])
        assert said["segments"] == {"new": 4, "reworded": 0, "moved": 0, "retired": 0}

    def test_its_report_of_the_sample_names_what_it_dropped_and_what_looks_wrong(self) -> None:
        said = report("import_article", cast.SAMPLE)
        assert said["documents"] == [SAMPLE, "author/elcan-tokmak"]
        assert {dropped["line"] for dropped in said["dropped"]} == {3, 5}
        assert {"code", "severity", "message", "text"} == set(said["findings"][0])
        assert "doubled_word" in {finding["code"] for finding in said["findings"]}

    def test_for_people_it_is_lines(self, path: Path) -> None:
        assert run("import_article", path).startswith(f"Stored as “{SHORT}”: 4 segments.")
        assert "word for word" in run("import_article", path)

    def test_an_unknown_language(self, path: Path) -> None:
        assert "“de”: give one of en, tr, ru" in refused("import_article", path, "--language", "de")

    def test_an_unknown_format(self, path: Path) -> None:
        assert "“pdf”" in refused("import_article", path, "--format", "pdf")

    def test_an_unknown_person(self, path: Path) -> None:
        assert "person “nobody”" in refused("import_article", path, "--as", "nobody")

    def test_a_person_without_the_right(self, path: Path) -> None:
        cast.ayse()
        assert "ingest" in refused("import_article", path, "--as", "ayse")

    def test_another_source_language_than_the_stored_one(self, path: Path, document: Document) -> None:
        assert "one source language" in refused("import_article", path, "--language", "tr")

    @pytest.mark.parametrize("slug", ["../../etc/passwd", "a b", "Çay", "x" * 101, "author/somebody", "-"])
    def test_a_slug_that_is_none(self, path: Path, slug: str) -> None:
        assert "slug" in refused("import_article", path, f"--slug={slug}")

    def test_a_slug_of_ones_own(self, path: Path) -> None:
        assert report("import_article", path, "--slug", "grain-2022")["slug"] == "grain-2022"


class TestPretranslate:
    def test_its_report(self, document: Document) -> None:
        (said,) = report("pretranslate", SHORT, "--to", "ru")["runs"]
        assert said | {"run": 0} == {
            "run": 0, "slug": SHORT, "language": "ru", "engines": [], "finished": False, "counts": {}, "notice": "",
        }  # fmt: skip

    def test_an_unknown_slug(self) -> None:
        assert "“nothing”" in refused("pretranslate", "nothing")

    def test_an_unknown_language(self, document: Document) -> None:
        assert "“de”" in refused("pretranslate", SHORT, "--to", "de")

    def test_an_unknown_language_among_known_ones_leaves_no_run_behind(self, document: Document) -> None:
        assert "“de”" in refused("pretranslate", SHORT, "--to", "ru", "de")

    def test_an_unknown_engine(self, document: Document) -> None:
        assert "babelfish" in refused("pretranslate", SHORT, "--engines", "babelfish")

    def test_an_engine_that_is_not_configured(
        self, document: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("DEEPL_API_KEY", raising=False)
        assert "DEEPL_API_KEY" in refused("pretranslate", SHORT, "--engines", "deepl")

    def test_a_person_without_the_right(self, document: Document) -> None:
        cast.ayse()
        assert "ingest" in refused("pretranslate", SHORT, "--as", "ayse")

    def test_into_its_own_language_there_is_nothing_to_ask_for(self, document: Document) -> None:
        assert "own language" in refused("pretranslate", SHORT, "--to", "en")


class TestCatalogs:
    @pytest.fixture
    def path(self, document: Document, tmp_path: Path) -> Path:
        """The exported Turkish catalog, as a translator got it."""
        path = tmp_path / "returned.po"
        path.write_bytes(exchanging.path_of(document, "tr").read_bytes())
        return path

    def test_the_export_reports_its_files(self, document: Document) -> None:
        (path,) = report("export_catalogs", SHORT)["catalogs"]
        assert Path(path) == exchanging.path_of(document, "tr")

    def test_the_export_of_everything(self, document: Document) -> None:
        exchanging.path_of(document, "tr").unlink()
        assert run("export_catalogs").strip() == str(exchanging.path_of(document, "tr"))
        assert exchanging.path_of(document, "tr").exists()

    def test_the_export_of_an_unknown_slug(self) -> None:
        assert "“nothing”" in refused("export_catalogs", "nothing")

    def test_a_folder_that_cannot_be_written(self, document: Document, tmp_path: Path) -> None:
        settings.CATALOG_ROOT = tmp_path / "in the way"
        settings.CATALOG_ROOT.write_text("a file")
        line = refused("export_catalogs", SHORT)
        assert "in the way" in line
        assert "was not written" in line

    def test_a_worker_tries_again_when_the_folder_is_back(self, tmp_path: Path) -> None:
        settings.CATALOG_ROOT = tmp_path / "in the way"
        settings.CATALOG_ROOT.write_text("a file")
        document = cast.article()
        cast.opened(document)
        job = Job.objects.get(kind="catalog")
        assert job.state == Job.State.READY
        assert "was not written" in job.error
        settings.CATALOG_ROOT.unlink()
        Job.objects.update(not_before=job.created_at)
        run("worker", "--once")
        assert exchanging.path_of(document, "tr").exists()

    def test_the_import_reports_every_verdict(self, path: Path) -> None:
        cast.ayse()
        text = path.read_text(encoding="utf-8")
        source = 'msgid "Ships left at once."\nmsgstr "'
        path.write_text(text.replace(source, f"{source}Gemiler hemen yola çıktı."), encoding="utf-8")
        said = report("import_catalog", path, "--as", "ayse")
        assert set(said) == {
            "slug",
            "language",
            "dry_run",
            "verdicts",
            "submitted",
            "proposed",
            "units",
        }
        assert (said["slug"], said["language"], said["submitted"], said["proposed"]) == (SHORT, "tr", 1, 0)
        assert {v: n for v, n in said["verdicts"].items() if n} == {"unchanged": 3, "changed": 1}
        assert Revision.objects.get(origin="import").author.username == "ayse"

    def test_flags_of_newer_tools_are_read(self, path: Path) -> None:
        path.write_text(path.read_text(encoding="utf-8").replace("#, fuzzy", "#= fuzzy"), encoding="utf-8")
        assert report("import_catalog", path)["verdicts"]["unchanged"] == 4

    BAD = {
        "of another site": (("X-Dragoman-Document: ", "X-Dragoman-Document: 0"), "no document of this site"),
        "without its document": (("X-Dragoman-Document", "X-Other"), "no document of this site"),
        "of a language that is not opened": (("Language: tr", "Language: ru"), "“ru”"),
        "of no language of ours": (("Language: tr", "Language: de"), "“de”"),
        "with a missing quote": (('msgid "Ships left at once."', 'msgid "Ships left at once.'), "line \\d+"),
        "with a stray quote": (('"Ships left at once."', '"Ships "left" at once."'), "line \\d+"),
        "with a wrong escape": (('"Ships left at once."', '"Ships left \\x at once."'), "line \\d+"),
        "with a doubled key": (("msgctxt", 'msgctxt "a"\nmsgid "b"\nmsgstr ""\n\nmsgctxt "a"\n#'), "line \\d+"),
        "with a control character": (("Ships left", "Ships\x1b left"), "U\\+001B"),
    }  # fmt: skip

    @pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
    def test_a_catalog(self, path: Path, change: tuple[str, str], said: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert change[0] in text
        path.write_text(text.replace(change[0], change[1], 1), encoding="utf-8")
        assert re.search(said, refused("import_catalog", path))

    def test_a_catalog_that_was_cut_off_anywhere_is_never_taken_for_half(self, path: Path) -> None:
        """Cut between two units it is a whole file with fewer of them, and deletes nothing."""
        whole = path.read_bytes()
        for end in range(1, len(whole) - 2, 97):
            path.write_bytes(whole[:end])
            before = census.rows()
            with suppress(CommandError):
                report("import_catalog", path)
            after = census.rows()
            assert after["Revision"] == before["Revision"]
            assert not after["Proposal"]

    def test_a_translator_of_another_language(self, path: Path) -> None:
        cast.person("elena", "Translators", "ru")
        assert "elena" in refused("import_catalog", path, "--as", "elena")

    def test_an_unknown_person(self, path: Path) -> None:
        assert "person “nobody”" in refused("import_catalog", path, "--as", "nobody")

    def test_a_rehearsal_writes_nothing(self, path: Path) -> None:
        cast.ayse()
        path.write_text(path.read_text(encoding="utf-8").replace("Erişim", "Son erişim"), encoding="utf-8")
        before = census.rows()
        said = report("import_catalog", path, "--as", "ayse", "--dry-run")
        assert (said["verdicts"]["changed"], said["submitted"], said["proposed"]) == (1, 0, 0)
        assert census.rows() == before
        assert "rehearsal" in run("import_catalog", path, "--dry-run")

    def test_without_a_person_it_proposes(self, path: Path) -> None:
        path.write_text(path.read_text(encoding="utf-8").replace("Erişim", "Son erişim"), encoding="utf-8")
        assert report("import_catalog", path)["proposed"] == 1
        assert Proposal.objects.get().proposed_by is None


class TestEditions:
    COMMANDS = ("release", "rollback", "withdraw")

    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize(
        ("slug", "language", "person", "said"),
        [
            ("nothing", "tr", "carol", "“nothing”"),
            (SHORT, "de", "carol", "“de”"),
            (SHORT, "tr", "nobody", "“nobody”"),
            (SHORT, "ru", "carol", "(ru)"),
            (SHORT, "tr", "ayse", "release"),
            (SHORT, "tr", "dora", "release"),
        ],
    )
    def test_what_is_unknown_or_not_allowed(
        self, document: Document, command: str, slug: str, language: str, person: str, said: str
    ) -> None:
        for made in (cast.carol, cast.ayse, cast.dora):
            made()
        assert said in refused(command, slug, "--language", language, "--as", person)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_the_person_and_the_language_have_to_be_named(self, document: Document, command: str) -> None:
        assert "--language" in refused(command, SHORT, "--as", "carol")
        assert "--as" in refused(command, SHORT, "--language", "en")

    def test_the_gate_says_what_holds_it_up(self, document: Document) -> None:
        cast.carol()
        line = refused("release", SHORT, "--language", "tr", "--as", "carol")
        assert "4 segments are not approved" in line

    def test_nothing_to_take_back(self, document: Document) -> None:
        cast.carol()
        for command in ("rollback", "withdraw"):
            assert "no live release" in refused(command, SHORT, "--language", "en", "--as", "carol")

    def test_somebody_deactivated_releases_nothing(self, document: Document) -> None:
        carol = cast.carol()
        carol.is_active = False
        carol.save()
        assert "“carol”" in refused("release", SHORT, "--language", "en", "--as", "carol")

    def test_their_reports(self, document: Document) -> None:
        cast.carol()
        who = (SHORT, "--language", "en", "--as", "carol")
        expected = {"slug": SHORT, "language": "en", "release": 1, "state": "live"}
        assert report("release", *who) == expected
        assert report("release", *who) == expected | {"release": 2}
        assert report("rollback", *who) == expected
        assert "no earlier release" in refused("rollback", *who)
        assert report("withdraw", *who, "--note", "Wrong.") == expected | {"state": "withdrawn"}
        assert "no live release" in refused("withdraw", *who)

    def test_a_slug_of_any_language_names_the_article(self, document: Document) -> None:
        cast.carol()
        assert run("release", SHORT, "--language", "en", "--as", "carol").startswith("Released: /en/")


class TestTranslationStatus:
    def test_an_unknown_slug(self) -> None:
        assert "“nothing”" in refused("translation_status", "nothing")

    def test_a_slug_that_is_no_text(self) -> None:
        """What a shell hands over need not be UTF-8."""
        assert refused("translation_status", os.fsdecode(b"caf\xe9"))

    def test_nothing_is_there_yet(self) -> None:
        assert report("translation_status") == {"documents": []}

    def test_the_sample_before_any_run(self) -> None:
        cast.sample()
        article, biography = report("translation_status", SAMPLE)["documents"]
        assert (article["slug"], article["kind"], article["source_language"]) == (SAMPLE, "article", "en")
        assert (article["segments"], biography["segments"]) == (47, 5)
        assert (biography["slug"], biography["kind"]) == ("author/elcan-tokmak", "biography")
        assert (article["languages"], biography["languages"]) == ({}, {})

    def test_the_sample_after_runs_sums_up(self) -> None:
        cast.sample()
        run("pretranslate", SAMPLE)
        run("worker", "--once")
        documents = {each["slug"]: each for each in report("translation_status", SAMPLE)["documents"]}
        assert set(documents[SAMPLE]["languages"]) == {"tr", "ru"}
        assert set(documents["author/elcan-tokmak"]["languages"]) == {"en", "ru"}
        for document in documents.values():
            for language in document["languages"].values():
                assert set(language) == {*State.values, "findings", "held_up_by", "release"}
                assert sum(language[state] for state in State.values) == document["segments"]
                assert language["pretranslated"] == document["segments"]
                assert language["findings"] == {"block": 0, "warn": 0}
                assert language["release"] is None
                (held,) = language["held_up_by"]
                assert held["reason"] == "not_approved"
                assert len(held["segments"]) == document["segments"]

    def test_for_people_it_is_lines(self, document: Document) -> None:
        said = run("translation_status", SHORT)
        assert said.splitlines()[0] == f"{SHORT} (en, 4 segments)"
        assert "  tr: missing 3, pretranslated 1" in said


class TestAsAProcess:
    """Exit codes, and one line on stderr, as a script sees them."""

    def manage(self, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
            "VAR_DIR": str(tmp_path / "var"),
            "CATALOG_ROOT": str(tmp_path / "locale"),
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments, "--skip-checks"],
            cwd=settings.BASE_DIR, env=environment, text=True, capture_output=True, check=False, timeout=60,
        )  # fmt: skip

    def test_a_refusal(self, tmp_path: Path) -> None:
        done = self.manage(tmp_path, "import_article", str(tmp_path / "absent.txt"))
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "absent.txt cannot be read" in done.stderr

    def test_a_database_that_was_never_set_up(self, tmp_path: Path) -> None:
        done = self.manage(tmp_path, "translation_status", "--json")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "migrate" in done.stderr


def test_the_worker_ends_when_nothing_is_due() -> None:
    assert run("worker", "--once") == ""
    assert loop.drain() == 0
