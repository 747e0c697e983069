"""remembering: the exact sentence between the same neighbours, the exact sentence, and one that is repaired."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Document, MemoryEntry, Person, Segment, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import editing, ingesting, pretranslating, remembering, reviewing
from tests import cast

pytestmark = pytest.mark.django_db

SAID = "Ships left at once."
HERE, THERE = "Gemiler hemen yola çıktı.", "Gemiler bir anda yola çıktı."


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


@pytest.fixture
def boris() -> Person:
    return cast.boris()


def approved(document: Document, texts: dict[str, str], boris: Person, ayse: Person) -> None:
    """The document's sentences of these sources, approved in Turkish with these texts."""
    for row in cast.opened(document):
        if row.segment.text in texts:
            text = texts[row.segment.text]
            written = editing.submit(row, text=text, actor=boris, seen_version=row.version)
            reviewing.approve(written, actor=ayse, seen_version=written.version)
    loop.drain()


def article(title: str, *sentences: str) -> Document:
    return cast.article(f"{title}\n\n{' '.join(sentences)}\n")


class TestTheSameSentence:
    @pytest.fixture(autouse=True)
    def _memory(self, boris: Person, ayse: Person) -> None:
        approved(article("One", "The ports opened.", SAID, "Grain followed."), {SAID: HERE}, boris, ayse)
        approved(article("Two", "The war went on.", SAID, "Nobody came."), {SAID: THERE}, boris, ayse)

    def test_between_the_same_neighbours_goes_first(self) -> None:
        row = cast.opened(article("Three", "The ports opened.", SAID, "Grain followed."))[2]
        assert (row.text, row.current.detail["context"]) == (HERE, True)

    def test_elsewhere_gives_the_newest(self) -> None:
        row = cast.opened(article("Three", "The ports opened.", SAID, "Nobody came."))[2]
        assert row.text == THERE
        assert "context" not in row.current.detail


FIGURES = {"Exports grew by 14% in 2021.": "İhracat 2021’de %14 arttı."}


class TestASentenceOfOtherFigures:
    @pytest.fixture(autouse=True)
    def _memory(self, boris: Person, ayse: Person) -> None:
        approved(article("One", *FIGURES, "More will come."), FIGURES, boris, ayse)

    def test_is_repaired_and_says_so(self) -> None:
        row = cast.opened(article("Two", "Exports grew by 16% in 2023."))[1]
        assert (row.state, row.text) == (State.PRETRANSLATED, "İhracat 2023’te %16 arttı.")
        detail = row.current.detail
        assert detail["source"] == "Exports grew by 14% in 2021."
        assert detail["repaired"] == [["2021", "2023"], ["de", "te"], ["14", "16"]]
        assert (row.current.origin, row.current.author) == ("memory", None)

    def test_of_other_words_is_not(self) -> None:
        assert cast.opened(article("Two", "Imports grew by 16% in 2023."))[1].text == ""

    def test_of_an_imported_memory_is_repaired_too(self) -> None:
        data = (
            '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>It cost 7 dollars then.</seg>'
            '</tuv><tuv xml:lang="tr"><seg>O zaman 7 dolar tutuyordu.</seg></tuv></tu></body></tmx>'
        )
        remembering.import_memory(data.encode(), name="m")
        row = cast.opened(article("Two", "It cost 12 dollars then."))[1]
        assert (row.text, row.current.detail["from"]) == ("O zaman 12 dolar tutuyordu.", "m")

    def test_comes_before_any_engine(self) -> None:
        document = article("Two", "Exports grew by 16% in 2023.")
        run = pretranslating.request(document, "tr")
        loop.drain()
        run.refresh_from_db()
        assert run.counts == {"memory": 1, "left": 1}

    def test_whose_source_was_reworded_is_learned_anew(self, boris: Person, ayse: Person) -> None:
        segment = Segment.objects.get(text="Exports grew by 14% in 2021.")
        assert segment.shape
        ingesting.import_article(b"One\n\nExports grew fast, by 14% in 2021. More will come.\n", slug="one")
        segment.refresh_from_db()
        assert (segment.text, segment.shape) == ("Exports grew fast, by 14% in 2021.", None)

    def test_of_two_languages_stays_in_its_own(self) -> None:
        rows = cast.opened(article("Two", "Exports grew by 16% in 2023."), "ru")
        assert rows[1].text == ""


def test_pairs_from_before_shapes_were_taken_are_brought_up_to_date(boris: Person, ayse: Person) -> None:
    MemoryEntry.objects.create(
        source_language="en", target_language="tr", memory_key="x", source="It cost 7 dollars then.",
        target="O zaman 7 dolar tutuyordu.", origin="old",
    )  # fmt: skip
    approved(article("One", SAID), {SAID: HERE}, boris, ayse)
    assert MemoryEntry.objects.get().shape


def test_queries_do_not_grow_with_the_text() -> None:
    def queries(sentences: int) -> int:
        document = article(
            f"Of {sentences}", *(f"Sentence {n} says something new." for n in range(sentences))
        )
        segments = list(Segment.objects.in_use().filter(document=document).select_related("block"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            remembering.remembered(document, segments, "tr")
        return len(seen)

    assert queries(5) == queries(200) <= 5
    assert Translation.objects.count() == 0
