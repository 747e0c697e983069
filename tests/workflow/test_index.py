"""indexing: a search finds what is there, whatever the worker has come to and whatever was changed meanwhile."""

import os
from collections.abc import Callable
from itertools import cycle, islice

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from publishing.languages.search_form import search_form
from publishing.models import Job, SearchText, Translation, search
from publishing.models.search import TRIGRAMS
from publishing.reports import queue, searching
from publishing.worker import loop
from publishing.workflow import editing, exchanging, indexing, ingesting, jobs, proposing, reviewing
from publishing.workflow.errors import Refused, TryAgain
from tests import cast

pytestmark = pytest.mark.django_db

SOURCES = (
    cast.SHORT,
    cast.SHORT.replace("Ships left", "Vessels of ISTANBUL left"),
    cast.SHORT.replace("at once.", "at once. Prices fell in Odessa."),
    cast.SHORT.replace(" Ships left at once.", ""),
)
TEXTS = (
    "İstanbul’dan gemiler çıktı.",
    "ISPARTA limanı",
    "Ещё раз: порты",
    "hâlâ 100 % ya da 14_",
    'a "b" c',
    "",
)
WORDS = (
    "ships",
    "istanbul",
    "ISPARTA",
    "ısparta",
    "еще",
    "hala",
    "100 %",
    "14_",
    '"b"',
    "in odessa",
    "at once.",
    "e. p",
    "s",
    "şi",
    "qq",
)


def index() -> None:
    """The worker does what there is to index, and nothing else."""
    for job in Job.objects.filter(kind=indexing.KIND, state=Job.State.READY):
        loop.work(jobs.claim(job.pk))


def found(words: str, order: str = "age") -> list[int]:
    return [row.pk for row in queue.page(queue.Wanted("tr", words=words, order=order)).rows]


def plainly(words: str) -> list[int]:
    """What waits and has the words, by reading every text."""
    rows = Translation.objects.awaiting_review().filter(language="tr").select_related("segment", "current")
    form = search_form(words)
    return [
        row.pk
        for row in rows.order_by("changed_at", "pk")
        if form in search_form(row.segment.text) or form in search_form(row.text)
    ]


@pytest.fixture(autouse=True)
def _short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is asked from the second row on, as with thousands of them."""
    monkeypatch.setattr(searching, "STRIDE", 1)
    monkeypatch.setattr(searching, "WALK", 2)


@pytest.fixture(
    params=["looked up", "picked out of the order", "too many by their trigrams", "not asked for again"]
)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of the rows that the index names, as where they are few, thousands, or too many."""
    if request.param == "picked out of the order":
        monkeypatch.setattr(searching, "FEW", 0)
    if request.param == "too many by their trigrams":
        monkeypatch.setattr(searching, "NAMED", 1)
    if request.param == "not asked for again":
        monkeypatch.setattr(searching, "NAMED", 0)


def test_what_is_opened_is_indexed_by_the_worker() -> None:
    rows = cast.opened(cast.article())
    assert {row.pk for row in rows} == set(SearchText.objects.values_list("pk", flat=True))
    assert all(row.is_indexed for row in cast.rows(rows[0].segment.document))


def test_a_new_text_is_found_before_the_worker_comes_to_it_and_after() -> None:
    row = cast.opened(cast.article())[2]
    editing.submit(row, text="Gemiler yola çıktı.", actor=cast.boris(), seen_version=row.version)
    assert not Translation.objects.get(pk=row.pk).is_indexed
    assert found("GEMİLER") == [row.pk]
    index()
    assert Translation.objects.get(pk=row.pk).is_indexed
    assert found("GEMİLER") == [row.pk]


def test_a_text_that_is_gone_is_not_found() -> None:
    row = cast.opened(cast.article())[2]
    boris = cast.boris()
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=boris, seen_version=row.version)
    index()
    editing.submit(row, text="Tekneler yola çıktı.", actor=boris, seen_version=row.version)
    assert found("gemiler") == []
    index()
    assert found("gemiler") == []
    assert found("tekneler") == [row.pk]


def test_an_approval_changes_nothing_of_it() -> None:
    row = cast.opened(cast.article())[2]
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=cast.boris(), seen_version=row.version)
    index()
    reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
    assert Translation.objects.get(pk=row.pk).is_indexed
    assert not Job.objects.filter(kind=indexing.KIND, state=Job.State.READY).exists()


def test_a_text_that_was_changed_since_it_was_read_is_left_for_later() -> None:
    row = cast.opened(cast.article())[2]
    boris = cast.boris()
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=boris, seen_version=row.version)
    read = indexing.Row(row.pk, row.version, row.segment.text, row.text)
    editing.submit(row, text="Tekneler yola çıktı.", actor=boris, seen_version=row.version)
    assert indexing.store([read]) == 0
    assert not Translation.objects.get(pk=row.pk).is_indexed


def test_what_was_left_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    row = cast.opened(cast.article())[2]
    editing.submit(row, text="Gemiler.", actor=cast.boris(), seen_version=row.version)
    monkeypatch.setattr(indexing, "store", lambda _batch: 0)
    job = jobs.claim(Job.objects.get(kind=indexing.KIND, state=Job.State.READY).pk)
    with pytest.raises(TryAgain):
        indexing.perform(job)


def test_without_an_index_of_trigrams_the_table_is_read() -> None:
    row = cast.opened(cast.article())[2]
    with transaction.atomic():
        with connection.cursor() as cursor:
            for event in ("insert", "update", "delete") if connection.vendor == "sqlite" else ():
                cursor.execute(f"DROP TRIGGER {TRIGRAMS}_{event}")
            cursor.execute(f"DROP {'TABLE' if connection.vendor == 'sqlite' else 'INDEX'} {TRIGRAMS}")
        assert found("ships") == [row.pk]
        transaction.set_rollback(True)


def test_the_index_is_asked_of_words_that_follow_one_another() -> None:
    cast.opened(cast.article())
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # of a few rows it would rather read the table
            cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as asked:
            (row,) = SearchText.objects.near("left at", 10, like=[])
        assert "ships left at once" in SearchText.objects.get(pk=row).text
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{asked[0]['sql']}")
        assert any(TRIGRAMS in str(line) for line in cursor.fetchall())


def test_words_that_seldom_stand_together_are_told_apart_by_where_they_meet() -> None:
    """What the index names is read: it is to name those that have the words side by side, and hardly any others."""
    texts = [*["the bank of the north and a new harbour"] * 50, *["a bank in the new harbour"] * 50]
    assert "k o" in search.rarest("bank of", texts, asked=2, letters_alone=True)


def test_of_a_words_trigrams_those_are_asked_for_that_are_rare_together() -> None:
    texts = ["ship and sharp", "chip and harm", "ship", "sharp"]
    assert search.rarest("harp", texts, asked=1, letters_alone=True) == ["arp"]
    assert search.rarest("ship, harp", texts, asked=9, letters_alone=True) == [
        " ha",
        "shi",
        "arp",
        "hip",
        "har",
    ]


def test_an_index_that_knows_more_than_letters_is_asked_for_more() -> None:
    assert search.rarest("u.s.", [], asked=4, letters_alone=False) == ["u.s", ".s."]
    assert search.rarest("u.s.", [], asked=4, letters_alone=True) == []


def test_nothing_is_asked_of_the_index_by_what_is_no_letter() -> None:
    assert search.rarest("a, b", [], asked=4, letters_alone=True) == []
    assert search.rarest("ab", [], asked=4, letters_alone=True) == []


def test_trigrams_that_overlap_are_one_piece_of_the_form() -> None:
    assert search.pieces("of the north", ["the", "f t", "ort"]) == ["f the", "ort"]
    assert search.pieces("northern", ["nor", "the"]) == ["nor", "the"]
    assert search.pieces("northern", ["ort", "rth"]) == ["orth"]
    assert search.pieces("papapa", ["pap", "apa"]) == ["papa"]


class Desk(RuleBasedStateMachine):
    """People write, the desk corrects the source, catalogs return, and the worker indexes now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.words = cycle(WORDS)
        self.boris, self.carol = cast.boris(), cast.carol()
        self.document = cast.article()
        cast.opened(self.document)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def attempt(self, verb: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                verb()
        except Refused:
            pass

    def row(self, place: int) -> Translation:
        rows = cast.rows(self.document)
        return rows[place % len(rows)]

    @rule(place=st.integers(0, 4), text=st.sampled_from(TEXTS))
    def submit(self, place: int, text: str) -> None:
        row = self.row(place)
        self.attempt(lambda: editing.submit(row, text=text, actor=self.boris, seen_version=row.version))

    @rule(place=st.integers(0, 4))
    def approve(self, place: int) -> None:
        row = self.row(place)
        self.attempt(lambda: reviewing.approve(row, actor=self.carol, seen_version=row.version))

    @rule(source=st.sampled_from(SOURCES))
    def correct_the_source(self, source: str) -> None:
        self.attempt(lambda: ingesting.import_article(source.encode()))

    @rule(text=st.sampled_from(TEXTS[:-1]))
    def return_a_catalog(self, text: str) -> None:
        text = text.replace('"', '\\"')
        written = exchanging.write_catalog(self.document, "tr").read_text()
        data = written.replace('msgstr ""\n\n', f'msgstr "{text}"\n\n').encode()
        self.attempt(lambda: proposing.import_catalog(data, actor=self.boris))

    @rule()
    def index(self) -> None:
        index()

    @rule()
    def work(self) -> None:
        loop.drain()

    @invariant()
    def a_search_finds_what_is_there(self) -> None:
        """Two of the words after every step, so that all are sought in a few."""
        for words in islice(self.words, 2):
            assert found(words) == plainly(words), words


def attack(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.usefixtures("_way")
def test_a_search_equals_reading_every_text() -> None:
    attack(examples=3, steps=8)


@pytest.mark.long
@pytest.mark.usefixtures("_way")
def test_a_search_equals_reading_every_text_for_long() -> None:
    attack(examples=4 if os.environ.get("LONG_ROUNDS") == "few" else 40, steps=20)
