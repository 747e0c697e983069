"""import_article and pretranslate: what comes in, and what is asked for."""

from pathlib import Path

import pytest

from publishing.models import Document
from tests import cast
from tests.surfaces.commands import SAMPLE, SHORT, refused, report, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    """The short article, opened in Turkish: its note is drafted, its catalog written."""
    document = cast.article()
    cast.opened(document)
    return document


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
        assert "may not do this" in refused("import_article", path, "--as", "ayse")

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
            "run": 0, "slug": SHORT, "language": "ru", "engines": [], "finished": False, "counts": {},
            "state": "planned", "notice": "",
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
        assert "may not do this" in refused("pretranslate", SHORT, "--as", "ayse")

    def test_into_its_own_language_there_is_nothing_to_ask_for(self, document: Document) -> None:
        assert "own language" in refused("pretranslate", SHORT, "--to", "en")
