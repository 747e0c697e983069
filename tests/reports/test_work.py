"""reports.work: words by day, time to review, reasons of returns; every number can be counted by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.languages import words
from publishing.models import AuditEntry, Document, Effort, Person, Revision, Segment, Translation
from publishing.reports import behind, work
from publishing.reports.behind import Wanted
from publishing.workflow import editing, ingesting, reviewing
from tests import cast

pytestmark = pytest.mark.django_db

TEXTS = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")


@pytest.fixture
def document() -> Document:
    made = cast.article()
    cast.opened(made)
    return made


@pytest.fixture
def people() -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


def submitted(document: Document, place: int, people: dict[str, Person]) -> Translation:
    row = cast.rows(document)[place]
    return editing.submit(row, text=TEXTS[place], actor=people["boris"], seen_version=row.version)


def approved(document: Document, place: int, people: dict[str, Person], **given: Any) -> Translation:
    row = submitted(document, place, people)
    return reviewing.approve(row, actor=people["ayse"], seen_version=row.version, **given)


def entry_of(row: Translation, verb: str = "approve") -> AuditEntry:
    return AuditEntry.objects.filter(translation=row, verb=verb).latest("number")


def happened(
    row: Translation, at: datetime, verb: str = "approve", *, waited: timedelta | None = None
) -> None:
    """Moves a decision to another moment, and its text to that much before it."""
    AuditEntry.objects.filter(pk=entry_of(row, verb).pk).update(at=at)
    if waited is not None:
        Revision.objects.filter(pk=row.current_id).update(created_at=at - waited)


def noon(days_ago: int) -> datetime:
    return work.beginning(work.today() - timedelta(days=days_ago)) + timedelta(hours=12)


def days(language: str = "tr") -> dict[date, tuple[int, int]]:
    """The days that have anything: segments and words."""
    return {day.day: (day.segments, day.words) for day in work.words_by_day()[language] if day.segments}


class TestWords:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("", 0),
            ("One", 1),
            ("North Korea’s 2,000 long-range", 4),
            ("a\u00a0b\nc", 3),
            ("Two.[1] Three", 2),
        ],
    )
    def test_are_what_stands_between_blanks(self, text: str, number: int) -> None:
        assert words.count(text) == number

    def test_are_counted_alike_by_the_database(self) -> None:
        """Every sentence of the sample in each of its languages, and blanks of other kinds."""
        document = cast.sample()
        row = cast.opened(document)[0]
        Segment.objects.filter(pk=row.segment_id).update(text="ООН\u00a0и США\nв 2023 году")
        counted = Translation.objects.filter(segment__document=document, language="tr")
        # The expression is one over audit entries: each translation gets one.
        for number, each in enumerate(counted, 1):
            AuditEntry.objects.create(
                document=document,
                number=9_000 + number,
                verb="approve",
                translation=each,
                at=noon(0),
                hash="x",
            )
        found = AuditEntry.objects.filter(number__gte=9_000).annotate(counted=work.WORDS)
        pairs = list(found.values_list("translation__segment__text", "counted"))
        assert len(pairs) == counted.count() > 40
        assert [number for _, number in pairs] == [words.count(text) for text, _ in pairs]


class TestWordsByDay:
    def test_are_those_of_the_sources_on_the_day_of_the_approval(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        today = work.today()
        happened(approved(document, 0, people), noon(1))
        happened(approved(document, 1, people), noon(1))
        happened(approved(document, 2, people), noon(0))
        by_source = [words.count(row.segment.text) for row in cast.rows(document)]
        assert days() == {
            today - timedelta(days=1): (2, by_source[0] + by_source[1]),
            today: (1, by_source[2]),
        }
        assert days("ru") == {}

    def test_have_every_day_of_thirty_the_oldest_first(self, document: Document) -> None:
        shown = [day.day for day in work.words_by_day()["tr"]]
        assert (len(shown), shown[-1]) == (work.DAYS, work.today())
        assert shown == sorted(shown)

    def test_begin_at_midnight_of_the_site(
        self, document: Document, people: dict[str, Person], settings: Any
    ) -> None:
        settings.TIME_ZONE = "Europe/Istanbul"
        evening = work.beginning(work.today()) - timedelta(minutes=30)  # still yesterday here, and in UTC
        happened(approved(document, 0, people), evening)
        happened(approved(document, 1, people), evening + timedelta(hours=1))  # today here, yesterday in UTC
        assert list(days()) == [work.today() - timedelta(days=1), work.today()]

    def test_leave_out_what_is_older(self, document: Document, people: dict[str, Person]) -> None:
        happened(approved(document, 0, people), noon(work.DAYS))
        assert days() == {}

    def test_leave_out_what_was_undone_and_keep_what_was_approved_again(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        row = approved(document, 2, people)
        row = reviewing.undo(row, actor=people["ayse"], seen_version=row.version)
        assert days() == {}
        row = reviewing.approve(row, actor=people["ayse"], seen_version=row.version)
        assert [segments for segments, _ in days().values()] == [1]
        cast.returned(row, people["carol"])
        assert [segments for segments, _ in days().values()] == [1]


class TestTimeToReview:
    def test_is_the_median_between_its_quartiles_by_week(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        monday = work.last_weeks()[-2]
        at = work.beginning(monday) + timedelta(hours=30)
        for place, hours in enumerate((1, 2, 9)):
            happened(approved(document, place, people), at, waited=timedelta(hours=hours))
        (week,) = work.review_times()["tr"]
        assert (week.monday, week.waited.n) == (monday, 3)
        assert [week.waited.low, week.waited.median, week.waited.high] == [5_400, 7_200, 19_800]
        assert week.on_screen is None

    def test_runs_from_the_text_that_was_approved(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        """A run's draft counts from the run; a text that replaced another from when it was written."""
        row = cast.rows(document)[3]
        row = reviewing.approve(row, actor=people["ayse"], seen_version=row.version)
        happened(row, row.current.created_at + timedelta(hours=7))
        mended = approved(document, 0, people)
        mended = editing.submit(
            mended, text="Tahıl Geçiyor", actor=people["boris"], seen_version=mended.version
        )
        (week,) = work.review_times()["tr"]
        assert week.waited.n == 2
        assert round(week.waited.high) in range(int(3.5 * 3600) - 60, 7 * 3600 + 60)

    def test_knows_how_long_a_text_was_on_the_screen(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        for place, seconds in enumerate((10, 20, 60)):
            row = approved(document, place, people)
            entry = entry_of(row)
            AuditEntry.objects.filter(pk=entry.pk).update(data=entry.data | {"seconds": seconds})
        (week,) = work.review_times()["tr"]
        assert week.on_screen is not None
        assert (week.on_screen.n, week.on_screen.median) == (3, 20)

    def test_leaves_out_what_waited_for_another_reason(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        """An outdated text is confirmed: it was made long before its source changed."""
        approved(document, 2, people)
        ingesting.import_article(cast.SHORT.replace("at once", "at dawn").encode())
        row = cast.rows(document)[2]
        reviewing.approve(row, actor=people["ayse"], seen_version=row.version)
        assert entry_of(row).data["from"] == "outdated"
        (week,) = work.review_times()["tr"]
        assert week.waited.n == 1

    def test_leaves_out_a_week_that_it_cannot_read_to_its_end(
        self, document: Document, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for place in range(3):
            weeks_ago = work.beginning(work.last_weeks()[-1 - place])
            happened(approved(document, place, people), weeks_ago, waited=timedelta(hours=1))
        assert len(work.review_times()["tr"]) == 3
        monkeypatch.setattr(work, "MOST", 2)
        assert [week.monday for week in work.review_times()["tr"]] == [work.last_weeks()[-1]]

    @given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
    def test_has_its_quartiles_in_order_and_among_the_values(self, values: list[float]) -> None:
        found = work.quartiles(values)
        assert min(values) <= found.low <= found.median <= found.high <= max(values)
        assert found.n == len(values)


class TestReturns:
    def test_are_counted_by_language_and_reason(self, document: Document, people: dict[str, Person]) -> None:
        for place, reason in enumerate(("meaning", "meaning", "style")):
            row = submitted(document, place, people)
            reviewing.return_(row, actor=people["ayse"], seen_version=row.version, reason=reason)
        assert work.returns() == {("tr", "meaning"): 2, ("tr", "style"): 1}

    def test_leave_out_what_was_undone_and_what_is_old(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        first, second = (
            cast.returned(submitted(document, place, people), people["ayse"]) for place in (0, 1)
        )
        reviewing.undo(first, actor=people["ayse"], seen_version=first.version)
        happened(second, work.beginning(work.last_weeks()[0]) - timedelta(seconds=1), "return")
        assert work.returns() == {}


class TestWhatIsBehind:
    def found(self, **given: Any) -> list[int]:
        return [row.translation_id for row in behind.page(Wanted("tr", **given)).rows]

    def test_a_day(self, document: Document, people: dict[str, Person]) -> None:
        first, second = (approved(document, place, people) for place in (0, 1))
        happened(first, noon(1))
        assert self.found(day=work.today()) == [second.pk]
        assert self.found(day=work.today() - timedelta(days=1)) == [first.pk]
        (shown,) = [day for day in work.words_by_day()["tr"] if day.day == work.today()]
        page = behind.page(Wanted("tr", day=work.today()))
        assert (page.segments, page.words) == (shown.segments, shown.words)
        assert behind.page(Wanted("ru", day=work.today())).rows == []

    def test_a_week_is_what_was_timed(self, document: Document, people: dict[str, Person]) -> None:
        rows = [approved(document, place, people) for place in range(3)]
        happened(rows[0], work.beginning(work.last_weeks()[-1]) - timedelta(seconds=1))
        entry = entry_of(rows[1])
        AuditEntry.objects.filter(pk=entry.pk).update(data=entry.data | {"from": "outdated"})
        assert self.found(week=work.last_weeks()[-1]) == [rows[2].pk]
        assert self.found(week=work.last_weeks()[-2]) == [rows[0].pk]

    def test_a_reason(self, document: Document, people: dict[str, Person]) -> None:
        for place, reason in enumerate(("meaning", "style")):
            row = submitted(document, place, people)
            reviewing.return_(row, actor=people["ayse"], seen_version=row.version, reason=reason)
        assert self.found(reason="meaning") == [cast.rows(document)[0].pk]

    def test_an_engine(self, document: Document, people: dict[str, Person]) -> None:
        row = approved(document, 0, people)
        Effort.objects.create(
            approval=entry_of(row), engine="google", source_language="en", language="tr", words=9, at=noon(0),
        )  # fmt: skip
        assert self.found(engine="google", source_language="en") == [row.pk]
        assert self.found(engine="google", source_language="ru") == []

    def test_comes_fifty_at_a_time_the_newest_first(
        self, document: Document, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = [approved(document, place, people) for place in range(3)]
        monkeypatch.setattr(behind, "PAGE", 2)
        wanted = Wanted("tr", day=work.today())
        first = behind.page(wanted)
        second = behind.page(wanted, before=first.next)
        seen = [row.translation_id for page in (first, second) for row in page.rows]
        assert seen == [row.pk for row in reversed(rows)]
        assert (first.segments, second.segments, second.next) == (3, 3, None)


@pytest.mark.parametrize(
    ("figure", "queries"),
    [
        (work.words_by_day, 1),
        (work.review_times, 1),
        (work.returns, 1),
        (lambda: behind.page(Wanted("tr", day=work.today())), 3),
    ],
)
def test_each_figure_takes_as_many_queries_at_any_number(
    figure: Callable[[], object],
    queries: int,
    document: Document,
    people: dict[str, Person],
    django_assert_num_queries: Any,
) -> None:
    for place in range(3):
        approved(document, place, people)
    with django_assert_num_queries(queries):
        figure()


def test_nothing_was_done_yet() -> None:
    assert {code: sum(day.words for day in days) for code, days in work.words_by_day().items()} == {
        "en": 0, "tr": 0, "ru": 0,
    }  # fmt: skip
    assert work.review_times() == {"en": [], "tr": [], "ru": []}
    assert not work.returns()


def test_a_moment_before_utc_midnight_is_another_week_in_istanbul(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Istanbul"
    assert work.monday_of(datetime(2026, 11, 22, 22, tzinfo=UTC)) == date(2026, 11, 23)
    settings.TIME_ZONE = "UTC"
    assert work.monday_of(datetime(2026, 11, 22, 22, tzinfo=UTC)) == date(2026, 11, 16)
