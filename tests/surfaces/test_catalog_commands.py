"""export_catalogs and import_catalog: files out, proposals in, one clear line for a broken one."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from publishing.models import Document, Job, Proposal, Revision
from publishing.workflow import exchanging
from tests import cast, census
from tests.surfaces.commands import SHORT, refused, report, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    """The short article, opened in Turkish: its note is drafted, its catalog written."""
    document = cast.article()
    cast.opened(document)
    return document


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

    def test_a_document_that_no_catalog_can_carry(
        self, document: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("publishing.catalogs.po.MAX_UNITS", 3)
        assert "at most 3 are written" in refused("export_catalogs", SHORT)

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
