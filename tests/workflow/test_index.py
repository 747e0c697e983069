"""indexing: a search finds what is there, whatever the worker has come to and whatever was changed meanwhile."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from publishing.languages.search_form import search_form
from publishing.models import Job, SearchText, Translation, search, vocabulary
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


def first_found(words: str, most: int) -> list[int]:
    """The same where so few rows are a page."""
    with mock.patch.object(searching, "first", _of_at_most(searching.first, most)):
        return found(words)


def _of_at_most(first: Callable[..., list[int]], most: int) -> Callable[..., list[int]]:
    return lambda *rows, **asked: first(*rows, **{**asked, "most": most})


def plainly(words: str) -> list[int]:
    """What waits and has the words, by reading every text."""
    rows = Translation.objects.awaiting_review().filter(language="tr").select_related("segment", "current")
    form = search_form(words)
    return [
        row.pk
        for row in rows.order_by("changed_at", "pk")
        if form in search_form(row.segment.text) or form in search_form(row.text)
    ]


@contextmanager
def on(day: str, hour: int = 12) -> Iterator[None]:
    """What happens then happens on this day, after so many hours."""
    with mock.patch.object(timezone, "now", Clock(datetime.fromisoformat(f"{day}T{hour:02}:00:00Z"))):
        yield


class Clock:
    """Each moment is a millisecond after the one before."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@pytest.fixture(autouse=True)
def _short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is asked from the second row on, as with thousands of them."""
    monkeypatch.setattr(searching, "STRIDE", 1)
    monkeypatch.setattr(searching, "QUICK", 2)
    monkeypatch.setattr(searching, "WALK", 2)


@pytest.fixture(
    params=[
        "looked up",
        "picked out of the order",
        "too many by their trigrams",
        "not asked for again",
        "further hours",
        "no hours",
    ]
)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of the rows that the index names, as where they are few, thousands, or too many."""
    if request.param not in {"looked up", "further hours"}:
        monkeypatch.setattr(searching, "HUNDREDS", 0)
    if request.param == "picked out of the order":
        monkeypatch.setattr(searching, "FEW", 0)
    if request.param == "further hours":
        monkeypatch.setattr(searching, "FURTHER", 1_000)
    if request.param == "no hours":
        monkeypatch.setattr(searching, "_first_hours", lambda _first, _last, _most: range(0))
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


def test_what_is_returned_waits_at_another_place_and_is_indexed_there() -> None:
    row = cast.opened(cast.article())[2]
    with on("2026-03-01"):
        row = editing.submit(row, text="Gemiler yola çıktı.", actor=cast.boris(), seen_version=row.version)
        index()
    with on("2026-03-09"):
        reviewing.return_(row, actor=cast.carol(), seen_version=row.version, reason="style")
    assert not Translation.objects.get(pk=row.pk).is_indexed
    assert found("gemiler") == [row.pk]
    index()
    assert SearchText.objects.get(pk=row.pk).hour == search.hour_of(datetime(2026, 3, 9, 12, tzinfo=UTC))
    assert found("gemiler") == [row.pk]


def test_what_an_undone_approval_brings_back_is_indexed_at_its_new_place() -> None:
    row = cast.opened(cast.article())[2]
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=cast.boris(), seen_version=row.version)
    index()
    carol = cast.carol()
    row = reviewing.approve(row, actor=carol, seen_version=row.version)
    reviewing.undo(row, actor=carol, seen_version=row.version)
    assert not Translation.objects.get(pk=row.pk).is_indexed
    assert Job.objects.filter(kind=indexing.KIND, state=Job.State.READY).exists()


def test_a_text_that_was_changed_since_it_was_read_is_left_for_later() -> None:
    row = cast.opened(cast.article())[2]
    boris = cast.boris()
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=boris, seen_version=row.version)
    read = indexing.Row(row.pk, row.version, row.segment.text, row.text, row.changed_at)
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
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%search%'"
                )
                for (trigger,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {trigger}")
                cursor.execute(f"DROP TABLE {vocabulary.WORDS}_trigrams")
            cursor.execute(f"DROP {'TABLE' if connection.vendor == 'sqlite' else 'INDEX'} {TRIGRAMS}")
        assert found("ships") == [row.pk]
        assert found("vessels") == []
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "hours",
    [lambda _since: None, lambda since: range(since - 30, since + 1)],
    ids=["of all", "of some hours"],
)
def test_the_index_is_asked_of_words_that_follow_one_another(hours: Callable[[int], range | None]) -> None:
    cast.opened(cast.article())
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # of a few rows it would rather read the table
            cursor.execute("SET LOCAL enable_seqscan = off")
        trigrams, since = search.telling("left at", []), search.hour_of(timezone.now())
        with CaptureQueriesContext(connection) as asked:
            (row,) = SearchText.objects.near("left at", 10, trigrams=trigrams, hours=hours(since))
        assert "ships left at once" in SearchText.objects.get(pk=row).text
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{asked[0]['sql']}")
        plan = "\n".join(str(line) for line in cursor.fetchall())
    assert TRIGRAMS in plan
    if connection.vendor == "postgresql":
        (condition,) = [line for line in plan.splitlines() if "Index Cond" in line]
        assert "~~" in condition
        assert ("&&" in condition) == (hours(since) is not None)


PIECES = st.text(st.sampled_from("ab çşıёж'\"\\[]{},:n/u0019\t\n\r\u2003😀"), min_size=1)


def test_whatever_is_in_a_text_is_not_said_to_be_nowhere() -> None:
    """Nor what is in a text that took another's place."""
    row = cast.opened(cast.article())[1]

    @given(text=PIECES, data=st.data())
    def attack(text: str, data: st.DataObject) -> None:
        SearchText.objects.filter(pk=row.pk).update(text=text)
        start = data.draw(st.integers(0, len(text) - 1))
        assert not vocabulary.has_no(text[start : data.draw(st.integers(start + 1, len(text)))])

    attack()


def test_a_word_that_is_in_no_text_is_known_to_be_nowhere() -> None:
    cast.opened(cast.article())
    known = connection.vendor == "sqlite"
    assert not vocabulary.has_no("left at")
    assert not vocabulary.has_no("hip")
    assert not vocabulary.has_no("qx")
    assert vocabulary.has_no("leftat") == known
    assert vocabulary.has_no("at qwxyzzy") == known


def test_words_stand_between_blanks_and_line_ends_and_are_kept_once() -> None:
    row = cast.opened(cast.article())[1]
    SearchText.objects.filter(pk=row.pk).update(text='zqxa "zqxb" zqxa\nzqxc zqxd')
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM publishing_searchword WHERE word LIKE '%zqx%'")
            assert sorted(cursor.fetchall()) == [('"zqxb"',), ("zqxa",), ("zqxc",), ("zqxd",)]


def test_a_word_without_end_is_known_and_compared_with_no_other() -> None:
    """Whatever is compared with a word of megabytes in an index reads all of it."""
    row = cast.opened(cast.article())[1]
    endless = "zqx" * 1_000
    for text in (f"{endless} left", f"left {endless} and came back"):
        SearchText.objects.filter(pk=row.pk).update(text=text)
        assert not vocabulary.has_no(endless[:100])
        assert not vocabulary.has_no("left")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA index_list({vocabulary.WORDS})")
            assert [is_partial for *_index, is_partial in cursor.fetchall()] == [True]


def test_of_a_word_that_is_nowhere_the_index_of_all_texts_is_not_asked() -> None:
    cast.opened(cast.article())
    with mock.patch.object(search, "telling", wraps=search.telling) as asked:
        assert found("leftat") == []
        assert asked.called == (connection.vendor != "sqlite")


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


def test_of_a_few_hours_fewer_trigrams_are_enough() -> None:
    texts = ["sharp"] * 64 + ["harm"] * 64 + ["ship"] * 2
    assert search.enough(["shi", "hip"], texts) == ["shi"]
    assert search.enough(["har", "arp", "sha"], texts) == ["har", "arp", "sha"]
    assert search.enough([], texts) == []


@given(start=st.integers(0, 600_000), length=st.integers(0, 9_000))
def test_hours_are_made_up_of_the_stretches_that_the_index_knows(start: int, length: int) -> None:
    hours = range(start, start + length)
    spans = search.spans_of(hours)
    lengths = [(number * search.SPANS[level], search.SPANS[level]) for level, number in spans]
    made = [hour for first, length in lengths for hour in range(first, first + length)]
    assert made == list(hours)
    assert len(spans) <= length // search.SPANS[-1] + 6 * (len(search.SPANS) - 1)


@given(start=st.integers(0, 600_000), length=st.integers(1, 9_000))
def test_a_few_hours_more_are_fewer_stretches(start: int, length: int) -> None:
    hours = range(start, start + length)
    more = search.rounded(hours)
    assert more.start == start
    assert length <= len(more) < length * 1.25 + 1
    assert len(search.spans_of(more)) <= 3 * (len(search.SPANS) - 1) + 16 + length // search.SPANS[-1]


def test_an_hour_is_counted_in_utc() -> None:
    last, first = datetime(2026, 3, 8, 23, 59, 59, 999_999, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    days = (first.date() - date(1970, 1, 1)).days
    assert search.hour_of(first) == search.hour_of(last) + 1 == days * 24


def test_the_index_knows_since_when_a_row_waits() -> None:
    rows = []
    for day, hour in (("2026-03-01", 23), ("2026-03-02", 0), ("2026-05-30", 12)):
        with on(day, hour):
            rows.append(cast.opened(cast.article(f"About {day}\n\nThe ships left.\n"))[1])
    first, second, last = (search.hour_of(row.changed_at) for row in rows)
    trigrams = search.telling("ships", [])

    def named(hours: range) -> set[int] | None:
        found = SearchText.objects.near("ships", 9, trigrams=trigrams, hours=hours, exactly=True)
        return None if found is None else set(found)

    assert named(range(first, second)) == {rows[0].pk}
    assert named(range(first, last)) == {rows[0].pk, rows[1].pk}
    assert named(range(second, last + 1)) == {rows[1].pk, rows[2].pk}
    assert named(range(last + 1, last + 100)) == set()


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("beyond", [0, 1, 2])
def test_what_has_waited_for_longest_is_found_first(beyond: int) -> None:
    """Also beyond a place, and in whatever turn it was indexed."""
    for hour in (5, 1, 23, 4, 2):
        with on("2026-03-01", hour):
            cast.opened(cast.article(f"At {hour} o’clock\n\nThe ships left.\n\nShips came back.\n"))
    order = Translation.objects.filter(language="tr").order_by("changed_at", "pk")
    place = queue.Place(order[beyond * 3].changed_at, order[beyond * 3].pk)
    expected = [pk for pk in plainly("ships") if pk in {row.pk for row in order[beyond * 3 + 1 :]}]
    assert len(expected) == 10 - 2 * beyond
    for most in range(1, 11):
        with mock.patch.object(searching, "first", _of_at_most(searching.first, most)):
            rows = queue.page(queue.Wanted("tr", words="ships"), after=place).rows
        assert [row.pk for row in rows] == expected[:most]


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
        self.clock = Clock(datetime(2026, 1, 1, tzinfo=UTC))
        self.patch = mock.patch.object(timezone, "now", self.clock)
        self.patch.start()
        self.words = cycle(WORDS)
        self.boris, self.carol = cast.boris(), cast.carol()
        self.document = cast.article()
        cast.opened(self.document)

    def teardown(self) -> None:
        self.patch.stop()
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

    @rule(place=st.integers(0, 4))
    def send_back(self, place: int) -> None:
        row = self.row(place)
        self.attempt(
            lambda: reviewing.return_(row, actor=self.carol, seen_version=row.version, reason="style")
        )

    @rule(place=st.integers(0, 4))
    def undo(self, place: int) -> None:
        row = self.row(place)
        self.attempt(lambda: reviewing.undo(row, actor=self.carol, seen_version=row.version))

    @rule(hours=st.sampled_from((1, 3, 30, 500)))
    def wait(self, hours: int) -> None:
        self.clock.at += timedelta(hours=hours)

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
            assert first_found(words, 2) == plainly(words)[:2], words

    @invariant()
    def what_is_indexed_is_indexed_at_its_place(self) -> None:
        indexed = Translation.objects.awaiting_review().filter(is_indexed=True)
        for at, hour in indexed.values_list("changed_at", "search_text__hour"):
            assert hour == search.hour_of(at)


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
