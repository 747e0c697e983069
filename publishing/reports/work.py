"""What people get done: words approved by day, time to review, reasons of returns.

Everything is read from audit entries, in one query a figure. A decision that was undone does not count. Days and
weeks are those of the site's time zone, weeks begin on Monday. What engines' drafts cost to mend is in economics.py.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import quantiles
from typing import Final

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Length, Replace, TruncDate
from django.utils import timezone

from publishing.languages import CODES
from publishing.models import AuditEntry, Revision
from publishing.models.translation import State

DAYS: Final = 30
WEEKS: Final = 12
MOST: Final = 20_000
"""The newest approvals whose times are looked at: bounded work. A week that they do not cover is left out."""

_WITH_BLANKS = Replace(
    Replace(F("translation__segment__text"), Value("\u00a0"), Value(" ")), Value("\n"), Value(" ")
)
WORDS: Final = Length(_WITH_BLANKS) - Length(Replace(_WITH_BLANKS, Value(" "), Value(""))) + 1
"""Words of the source as it is today: its blanks and one, which is `languages.words.count` for single blanks."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was approved in a language on a day."""

    day: date
    language: str
    segments: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of n values the median and the quartiles, in seconds: half of them lie between `low` and `high`."""

    n: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Week:
    """A language's approvals in a week: how long their texts had waited, and how long they were on the screen."""

    monday: date
    language: str
    waited: Quartiles
    on_screen: Quartiles | None


def beginning(day: date) -> datetime:
    """The first moment of a day, in the site's time zone."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def last_days() -> list[date]:
    """The days that are shown, the oldest first, today included."""
    return [today() - timedelta(days=back) for back in reversed(range(DAYS))]


def last_weeks() -> list[date]:
    """The Mondays of the weeks that are shown, the oldest first, this week included."""
    monday = today() - timedelta(days=today().weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def said(name: str) -> Cast:
    """What an entry's data say under a name, as text; NULL where they say nothing."""
    return Cast(KeyTextTransform(name, "data"), TextField())


def decisions(verb: str) -> QuerySet[AuditEntry]:
    """The approvals or the returns that were not undone, in no order."""
    undoing = AuditEntry.objects.filter(translation=OuterRef("translation"), verb="undo")
    undone = undoing.annotate(undone=Cast(said("undone"), IntegerField())).filter(undone=OuterRef("number"))
    rows = AuditEntry.objects.filter(verb=verb, translation__isnull=False)
    return rows.filter(~Exists(undone)).order_by()


def timed() -> QuerySet[AuditEntry]:
    """The approvals that have a time to review, with `made`: when the text that was approved came to be.

    Texts that were outdated are left out: they had not waited since they were made, but since the source changed.
    """
    text = Revision.objects.filter(translation=OuterRef("translation"), number=OuterRef("text_number"))
    return (
        decisions("approve")
        .annotate(was=said("from"), text_number=Cast(said("revision"), IntegerField()))
        .annotate(made=Subquery(text.values("created_at")[:1]))
        .filter(Q(was=None) | ~Q(was=State.OUTDATED.value), made__isnull=False)
    )


def words_by_day() -> dict[str, list[Day]]:
    """Language → each of the last days: the words of the sources of what was approved on it.

    A segment that is approved again counts again: it was reviewed again.
    """
    days = last_days()
    counted = (
        decisions("approve")
        .filter(at__gte=beginning(days[0]))
        .annotate(day=TruncDate("at", tzinfo=timezone.get_default_timezone()))
        .values_list("day", "translation__language")
        .annotate(segments=Count("pk"), words=Sum(WORDS))
    )
    found = {
        (day, language): Day(day, language, segments, words) for day, language, segments, words in counted
    }
    return {code: [found.get((day, code), Day(day, code)) for day in days] for code in CODES}


def review_times() -> dict[str, list[Week]]:
    """Language → its weeks with approvals, the oldest first.

    The time to review runs from when a text came to be, by a person or a run, to its approval.
    """
    rows = timed().filter(at__gte=beginning(last_weeks()[0])).order_by("-at")
    read = list(rows.values_list("translation__language", "at", "made", "data__seconds")[:MOST])
    waited: dict[tuple[date, str], list[float]] = {}
    on_screen: dict[tuple[date, str], list[float]] = {}
    for language, at, made, seconds in read:
        place = (monday_of(at), language)
        waited.setdefault(place, []).append(max(0.0, (at - made).total_seconds()))
        if seconds is not None:
            on_screen.setdefault(place, []).append(float(seconds))
    cut = monday_of(read[-1][1]) if len(read) == MOST else None
    weeks = [
        Week(monday, language, quartiles(values), _quartiles_of(on_screen.get((monday, language), ())))
        for (monday, language), values in sorted(waited.items())
        if monday != cut
    ]
    return {code: [week for week in weeks if week.language == code] for code in CODES}


def returns() -> Counter[tuple[str, str]]:
    """(language, reason) → how often a text was returned for it in the last weeks."""
    counted = (
        decisions("return")
        .filter(at__gte=beginning(last_weeks()[0]))
        .annotate(reason=said("reason"))
        .values_list("translation__language", "reason")
        .annotate(Count("pk"))
    )
    return Counter({(language, reason or ""): number for language, reason, number in counted})


def monday_of(at: datetime) -> date:
    """The Monday of the week that a moment lies in."""
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    return day - timedelta(days=day.weekday())


def quartiles(values: Iterable[float]) -> Quartiles:
    """Of at least one value; between two neighbours, in proportion (the quantile R-7 of Hyndman and Fan 1996)."""
    ordered: Sequence[float] = sorted(values)
    if len(ordered) == 1:
        return Quartiles(1, ordered[0], ordered[0], ordered[0])
    low, median, high = quantiles(ordered, n=4, method="inclusive")
    return Quartiles(len(ordered), low, median, high)


def _quartiles_of(values: Sequence[float]) -> Quartiles | None:
    return quartiles(values) if values else None
