"""translation_status: counts that one can count by hand."""

import os

import pytest

from publishing.models import Document
from publishing.models.translation import State
from tests import cast
from tests.surfaces.commands import SAMPLE, SHORT, refused, report, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    """The short article, opened in Turkish: its note is drafted, its catalog written."""
    document = cast.article()
    cast.opened(document)
    return document


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
