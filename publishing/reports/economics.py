"""What engines are worth and cost: the effort that reviewers put into their drafts, and the month's bill.

Figures are medians with an interval that assumes nothing about how they are distributed, since edit ratios are
far from normal: many zeros and a long tail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb, floor, sqrt
from typing import Final

from django.conf import settings
from django.utils import timezone

from publishing.models import Effort, EngineAccount, EngineMonth
from publishing.models.engine import database_now

MOST: Final = 2_000
"""The newest approvals of an engine and pair that count: enough for a narrow interval, and bounded work."""
DAYS: Final = 180
BINS: Final = 10
EXACT_UP_TO: Final = 60


@dataclass(frozen=True, slots=True)
class Middle:
    """A median of n values, with the interval that holds the true one in at least 95 of 100 cases.

    `low` and `high` are None with fewer than six values: no two of them would make such an interval.
    """

    n: int
    median: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Worth:
    """How one engine's drafts between two languages fared. `bins` counts edit ratios by tenths."""

    engine: str
    source_language: str
    language: str
    untouched: int
    edit_ratio: Middle
    ter: Middle
    chrf: Middle
    seconds_a_word: Middle | None
    bins: tuple[int, ...]

    @property
    def n(self) -> int:
        return self.edit_ratio.n

    @property
    def untouched_share(self) -> float:
        return self.untouched / self.n


@dataclass(frozen=True, slots=True)
class Bill:
    """An engine's month: characters charged, its budget (None: no limit), and whether it is left alone now."""

    engine: str
    used: int
    budget: int | None
    closed_until: datetime | None
    reason: str

    @property
    def left(self) -> int | None:
        return None if self.budget is None else max(0, self.budget - self.used)


def middle(values: Iterable[float]) -> Middle:
    """The median of at least one value, and its interval by order statistics.

    The number of values below the true median is binomial (n, ½), so that the k-th smallest and the k-th
    largest enclose it with probability 1 − 2·P(B < k); beyond EXACT_UP_TO values by its normal approximation.
    Source: David and Nagaraja, Order Statistics, 3rd ed., 7.1.
    """
    ordered = sorted(values)
    n = len(ordered)
    half = n // 2
    median = ordered[half] if n % 2 else (ordered[half - 1] + ordered[half]) / 2
    rank = _rank(n)
    if rank == 0:
        return Middle(n, median, None, None)
    return Middle(n, median, ordered[rank - 1], ordered[n - rank])


def _rank(n: int) -> int:
    """The largest k for which the k-th smallest and largest of n enclose the median in 95 of 100 cases; 0 for none."""
    if n > EXACT_UP_TO:
        return max(1, floor((n - 1.96 * sqrt(n)) / 2))
    below, rank = 0, 0
    while True:
        below += comb(n, rank)
        if 2 * below > 0.05 * 2**n:
            return rank
        rank += 1


def worth(*, days: int = DAYS) -> list[Worth]:
    """Each engine and pair that has approvals in the last days, the engine with the least effort first in a pair."""
    since = timezone.now() - timedelta(days=days)
    recent = Effort.objects.filter(at__gte=since).exclude(engine="")
    pairs = recent.order_by().values_list("engine", "source_language", "language").distinct()
    found = [_worth(*pair, since) for pair in pairs]
    return sorted(
        found, key=lambda each: (each.source_language, each.language, each.edit_ratio.median, each.engine)
    )


def _worth(engine: str, source: str, target: str, since: datetime) -> Worth:
    rows = Effort.objects.filter(engine=engine, source_language=source, language=target, at__gte=since)
    efforts = list(rows.order_by("-at")[:MOST])
    timed = [each.seconds / each.words for each in efforts if each.seconds is not None and each.words]
    return Worth(
        engine=engine,
        source_language=source,
        language=target,
        untouched=sum(each.untouched for each in efforts),
        edit_ratio=middle(_known(each.edit_ratio for each in efforts)),
        ter=middle(_known(each.ter for each in efforts)),
        chrf=middle(_known(each.chrf for each in efforts)),
        seconds_a_word=middle(timed) if timed else None,
        bins=_binned(_known(each.edit_ratio for each in efforts)),
    )


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _binned(ratios: Sequence[float]) -> tuple[int, ...]:
    counts = [0] * BINS
    for ratio in ratios:
        counts[min(int(ratio * BINS), BINS - 1)] += 1
    return tuple(counts)


def too_fast(*, limit: int = 20) -> list[Effort]:
    """The newest approvals of untouched drafts that came faster than anybody reads, with what was approved."""
    rows = Effort.objects.filter(too_fast=True, untouched=True).order_by("-at", "-pk")
    return list(
        rows.select_related(
            "approval__person", "approval__translation__segment", "approval__document", "draft"
        )[:limit]
    )


def bills(engines: Iterable[str]) -> list[Bill]:
    """This month of the named engines, and of every other one that was asked in it."""
    now = database_now()
    used = dict(EngineMonth.objects.filter(month=f"{now:%Y-%m}").values_list("engine", "characters"))
    closed = {
        account.engine: account
        for account in EngineAccount.objects.filter(closed_until__gt=now).order_by("closed_until")
    }
    return [
        Bill(
            engine=name,
            used=used.get(name, 0),
            budget=settings.MT_BUDGET.get(name),
            closed_until=closed[name].closed_until if name in closed else None,
            reason=closed[name].reason if name in closed else "",
        )
        for name in sorted({*engines, *used})
    ]
