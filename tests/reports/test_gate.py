"""reports.gate: what holds a release up, the same answer for the page, the command and the verb."""

from collections.abc import Callable

import pytest

from publishing.models import Document, Translation
from publishing.reports import gate
from publishing.workflow import editing, ingesting, reviewing
from tests import cast

pytestmark = pytest.mark.django_db

TEXTS = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")


def held(document: Document, language: str = "tr") -> dict[str, int]:
    return {found.code: len(found.segments) for found in gate.hold_ups(document, language)}


@pytest.fixture
def document() -> Document:
    """Everything written by Boris and approved by Ayşe."""
    document = cast.article()
    boris, ayse = cast.boris(), cast.ayse()
    cast.opened(document)
    for row, text in zip(cast.rows(document), TEXTS, strict=False):
        editing.submit(row, text=text, actor=boris, seen_version=row.version)
    for row in cast.rows(document):
        reviewing.approve(row, actor=ayse, seen_version=row.version)
    return document


class TestATranslation:
    def test_that_is_approved_throughout_is_not_held_up(self, document: Document) -> None:
        assert held(document) == {}

    def test_that_was_never_opened(self, document: Document) -> None:
        assert [found.message for found in gate.hold_ups(document, "ru")] == [
            "it is not being translated into this language yet"
        ]

    def test_that_is_half_done(self) -> None:
        document = cast.article()
        cast.opened(document)
        assert held(document)["not_approved"] == 4

    @pytest.mark.parametrize(
        ("change", "number"), [("Vessels left at once.", 1), ("Ships left at once. Prices fell.", 1)]
    )
    def test_whose_source_was_corrected(self, document: Document, change: str, number: int) -> None:
        ingesting.import_article(cast.SHORT.replace("Ships left at once.", change).encode())
        assert held(document) == {"not_approved": number}

    def test_whose_retired_sentences_do_not_count(self, document: Document) -> None:
        row = cast.rows(document)[2]
        reviewing.return_(row, actor=cast.carol(), seen_version=row.version, reason="style")
        assert held(document) == {"not_approved": 1}
        ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
        assert held(document) == {}

    def test_whose_reference_is_lost_however_it_came_to_be_approved(self, document: Document) -> None:
        row = cast.rows(document)[1]
        row.revisions.update(text="Limanlar Temmuz 2023’te açıldı.")
        assert held(document) == {"findings": 1, "references": 1}

    def test_that_names_the_segments(self, document: Document) -> None:
        row = cast.rows(document)[2]
        reviewing.return_(row, actor=cast.carol(), seen_version=row.version, reason="style")
        (found,) = gate.hold_ups(document, "tr")
        assert found.segments == (row.segment.key,)
        assert found.message == "1 segment is not approved"


class TestABlockingFinding:
    @pytest.fixture
    def row(self, document: Document) -> Translation:
        """Approved with another year than the source's, which an editor had overruled."""
        row = cast.rows(document)[1]
        row = editing.submit(
            row, text="Limanlar Temmuz 2032’de açıldı.[1]", actor=cast.carol(), seen_version=row.version
        )
        return Translation.objects.get(pk=row.pk)

    def overrule(self, row: Translation) -> None:
        editor = cast.person("deniz", "Editors")
        for found in row.findings.filter(severity="block"):
            reviewing.overrule(
                row, actor=editor, seen_version=row.version, reason="The source is wrong.",
                finding=(found.code, found.start, found.end),
            )  # fmt: skip
        reviewing.approve(row, actor=editor, seen_version=row.version)

    def test_holds_it_up(self, document: Document, row: Translation) -> None:
        assert held(document) == {"not_approved": 1, "findings": 1}

    def test_that_was_overruled_does_not(self, document: Document, row: Translation) -> None:
        self.overrule(row)
        assert held(document) == {}

    def test_that_was_overruled_for_another_source_does(self, document: Document, row: Translation) -> None:
        self.overrule(row)
        ingesting.import_article(cast.SHORT.replace("July 2023", "July 2024").encode())
        assert held(document)["not_approved"] == 1


SOURCES: dict[str, tuple[Callable[[str], str], dict[str, int]]] = {
    "sound": (lambda text: text, {}),
    "a reference without its note": (lambda text: text.split("[1] “")[0], {"references": 1}),
    "a note without a reference": (lambda text: text.replace("2023.[1]", "2023."), {"references": 1}),
    "a second reference to one note": (lambda text: text.replace("at once.", "at once.[1]"), {}),
    "two references without notes": (
        lambda text: text.replace("at once.", "at once.[2][3]"),
        {"references": 2},
    ),
}


@pytest.mark.parametrize(("change", "expected"), SOURCES.values(), ids=SOURCES)
def test_a_source_edition(change: Callable[[str], str], expected: dict[str, int]) -> None:
    document = cast.article(change(cast.SHORT))
    assert held(document, "en") == expected


def test_the_sample_may_be_released_as_it_is() -> None:
    """Its typos and holes are reported, not blocking: the desk decides."""
    assert held(cast.sample(), "en") == {}


def test_many_segments_are_counted_as_each_language_counts() -> None:
    document = cast.sample()
    cast.opened(document)
    (found,) = gate.hold_ups(document, "tr")
    assert found.message == "47 segments are not approved"
