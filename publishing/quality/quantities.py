"""Quantities of a source matched with those of its target by value: what is left over on either side.

Both `numbers` and `dates` are made from one comparison, since a day of a date may be a number in the other
language. Numbers match as a multiset; years and months that a range repeats or shares ("Sept 1 to Sept 30",
"1-30 Eylül") match as a set. Numbers in words excuse, and are never asked for.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from publishing.languages import number_words, numbers
from publishing.languages.numbers import Quantity, Reading
from publishing.languages.written_dates import CalendarDate, ClockTime
from publishing.quality.text import Text

MOST: Final = 100
"""Mismatches looked for on one text; a hostile text would have a million."""
_NIGHT: Final = re.compile(r"\bnight|\bgece|\bноч[ьи]", re.IGNORECASE)
_NEAR: Final = 90
"""Characters within which a repeated year or month counts as the two ends of one range."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A quantity of one side that the other lacks; both where one stands for the other."""

    source: Quantity | None
    target: Quantity | None

    @property
    def dated(self) -> bool:
        """Whether a date, month or time is at fault rather than a number."""
        quantity = self.target or self.source
        other = self.source or self.target
        kinds = {one.kind for one in (quantity, other) if one is not None}
        return not kinds.isdisjoint({"date", "month", "time"})


class Side:
    """One text's quantities: those still unmatched, and everything that can excuse the other side."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.everything = _found(text)
        self.open = [quantity for quantity in self.everything if quantity.firm]

    def excuses(self) -> frozenset[Reading]:
        """Values of number words, and of quantities that may be none."""
        soft = {reading for quantity in self.everything if not quantity.firm for reading in quantity.readings}
        return frozenset(soft | number_words.spelled(self.text.masked, self.text.language))

    def close(self, matched: set[int]) -> None:
        """Take the matched ones (by index) out of the open ones."""
        self.open = [quantity for index, quantity in enumerate(self.open) if index not in matched]


def _found(text: Text) -> list[Quantity]:
    """The quantities of a text, read across its placeholders: <i2>June</i2> 2001 is one date."""
    if not text.tags:
        return numbers.find(text.masked, text.language)
    flowing, offsets = text.flowing
    return [
        replace(
            one,
            start=offsets[one.start],
            end=offsets[one.end - 1] + 1,
            parts=tuple((offsets[start], offsets[end - 1] + 1) for start, end in one.parts),
        )
        for one in numbers.find(flowing, text.language)
    ]


def compare(source: Text, target: Text) -> list[Mismatch]:
    """What differs in quantities between a source and its target, in the order of the target."""
    sides = Side(source), Side(target)
    if not sides[0].open and not sides[1].open:
        return []
    unpercented = _percent_lost(*sides)
    _match(*sides, _exact)
    changed = _match_dates(*sides)
    _match(*sides, _any_reading)
    _split_grouped(*sides)
    _match(*sides, _any_reading)
    left = [_unexcused(sides[0], sides[1]), _unexcused(sides[1], sides[0])]
    return [*changed, *_paired(left[0], left[1]), *unpercented]


def _exact(quantity: Quantity) -> Iterable[object]:
    """Kind and likeliest value: what matches at once. Percentages and numbers are told apart here only."""
    kind = "percent" if quantity.kind == "percent" else ""
    return ((kind, quantity.readings[0]),)


def _any_reading(quantity: Quantity) -> Iterable[object]:
    """Every reading; times in hours and minutes match such times only, or the bare number of a full hour."""
    return quantity.readings


def _match(one: Side, other: Side, keys: Callable[[Quantity], Iterable[object]]) -> None:
    """Match what is open on both sides by key, first come first served, one to one."""
    if not one.open or not other.open:
        return
    buckets: dict[object, deque[int]] = defaultdict(deque)
    for index, quantity in enumerate(other.open):
        for key in keys(quantity):
            buckets[key].append(index)
    used: set[int] = set()
    done: set[int] = set()
    for index, quantity in enumerate(one.open):
        partner = _partner(quantity, other.open, (buckets.get(key) for key in keys(quantity)), used)
        if partner is not None:
            used.add(partner)
            done.add(index)
    one.close(done)
    other.close(used)


def _partner(
    quantity: Quantity, others: Sequence[Quantity], buckets: Iterable[deque[int] | None], used: set[int]
) -> int | None:
    for bucket in buckets:
        while bucket and bucket[0] in used:
            bucket.popleft()
        if bucket and _compatible(quantity, others[bucket[0]]):
            return bucket.popleft()
    return None


def _compatible(one: Quantity, other: Quantity) -> bool:
    if one.kind == other.kind == "time":
        return any(isinstance(reading, ClockTime) and reading in other.readings for reading in one.readings)
    first, second = one.readings[0], other.readings[0]
    if isinstance(first, Decimal) and isinstance(second, Decimal) and 1000 <= first <= 2100 >= second >= 1000:
        return first == second  # 1990s and 1890s are both "the 90s", and not the same
    return True


def _match_dates(source: Side, target: Side) -> list[Mismatch]:
    """Match dates that agree as far as both say; fall back to day, month and year each for itself.

    As many open dates on either side are changed dates. Otherwise one side writes its dates in another way (a
    shared month, a day alone), and they are taken apart to be matched piece by piece.
    """
    _match(source, target, _calendar_readings)
    _open_years(source, target)
    for side, other in ((source, target), (target, source)):
        _drop_repeated(side, other)
    changed: list[Mismatch] = []
    for kind in ("date", "month"):
        left = [quantity for quantity in source.open if quantity.kind == kind]
        right = [quantity for quantity in target.open if quantity.kind == kind]
        if left and len(left) == len(right) and not (kind == "month" and _written_apart(left, right)):
            changed += [Mismatch(one, other) for one, other in zip(left, right, strict=True)]
            for side in (source, target):
                side.open = [quantity for quantity in side.open if quantity.kind != kind]
    for side in (source, target):
        side.open = [piece for quantity in side.open for piece in _pieces(quantity)]
    return changed[:MOST]


def _calendar_readings(quantity: Quantity) -> Iterable[object]:
    """What a quantity can be as a day of a month: a date, or 09.11."""
    return [one for one in quantity.readings if isinstance(one, CalendarDate) and one.day]


def _drop_repeated(side: Side, other: Side) -> None:
    """Take out dates that stand twice on one side and once on the other: "1 May", and «1 Мая» as a name.

    A night has two dates: "15 Temmuz'u 16 Temmuz'a bağlayan gece" may be the night of 15 July.
    """
    night = 1 if _NIGHT.search(side.text.masked) else 0
    said = {(one.month, one.day) for one in _days(other.everything)}
    own = Counter((one.month, one.day) for one in _days(side.everything))

    def is_repeated(quantity: Quantity) -> bool:
        reading = quantity.readings[0]
        if not isinstance(reading, CalendarDate) or not reading.day:
            return False
        month, day = reading.month, reading.day
        if own[month, day] > 1 and (month, day) in said:
            return True
        return any(own[month, day + step] and (month, day + step) in said for step in (-night, night) if step)

    side.open = [
        piece
        for quantity in side.open
        for piece in (_years_of(quantity) if is_repeated(quantity) else [quantity])
    ]


def _years_of(quantity: Quantity) -> list[Quantity]:
    reading = quantity.readings[0]
    return _pieces(quantity)[-1:] if isinstance(reading, CalendarDate) and reading.year else []


def _days(quantities: Iterable[Quantity]) -> list[CalendarDate]:
    firsts = (quantity.readings[0] for quantity in quantities)
    return [one for one in firsts if isinstance(one, CalendarDate) and one.day]


def _open_years(source: Side, target: Side) -> None:
    """Match dates of which one side leaves the year open; the other's year stays to be matched for itself."""
    waiting: dict[tuple[int, int], deque[int]] = defaultdict(deque)
    for index, quantity in enumerate(target.open):
        reading = quantity.readings[0]
        if isinstance(reading, CalendarDate) and reading.day:
            waiting[reading.month, reading.day].append(index)
    gone: tuple[set[int], set[int]] = set(), set()
    years: tuple[list[Quantity], list[Quantity]] = [], []
    for index, quantity in enumerate(source.open):
        reading = quantity.readings[0]
        partners = waiting.get((reading.month, reading.day)) if isinstance(reading, CalendarDate) else None
        if not partners or not isinstance(reading, CalendarDate):
            continue
        other = target.open[partners[0]]
        theirs = other.readings[0]
        if isinstance(theirs, CalendarDate) and bool(theirs.year) != bool(reading.year):
            gone[0].add(index)
            gone[1].add(partners.popleft())
            which, dated = (0, quantity) if reading.year else (1, other)
            years[which].append(_pieces(dated)[-1])
    for side, matched, more in zip((source, target), gone, years, strict=True):
        side.close(matched)
        side.open = sorted([*side.open, *more], key=lambda quantity: quantity.start) if more else side.open


def _written_apart(left: list[Quantity], right: list[Quantity]) -> bool:
    """Whether the same months stand on both sides and only the years stand elsewhere (Mart-Mayıs 2022)."""
    readings = [[one.readings[0] for one in side] for side in (left, right)]
    dates = [[one for one in side if isinstance(one, CalendarDate)] for side in readings]
    if all(one.year for side in dates for one in side):
        return False
    return sorted(one.month for one in dates[0]) == sorted(one.month for one in dates[1])


def _pieces(quantity: Quantity) -> list[Quantity]:
    """A date as day, month and year, each for itself; anything else as it is."""
    reading = quantity.readings[0]
    if not isinstance(reading, CalendarDate) or quantity.kind not in {"date", "month"}:
        return [quantity]
    pieces = [replace(quantity, kind="month", readings=(CalendarDate(0, reading.month, 0),))]
    if reading.day:
        pieces.insert(0, replace(quantity, kind="date", readings=(Decimal(reading.day),)))
    if reading.year:
        pieces.append(replace(quantity, kind="date", readings=(Decimal(reading.year),)))
    return pieces


def _split_grouped(source: Side, target: Side) -> None:
    """Numbers that blanks group on one side only (5 100 = "5", "100") fall into their parts."""
    for side in (source, target):
        if any(quantity.parts for quantity in side.open):
            side.open = [part for quantity in side.open for part in _parts(quantity, side.text.masked)]


def _parts(quantity: Quantity, text: str) -> list[Quantity]:
    if not quantity.parts:
        return [quantity]
    parts: list[Quantity] = []
    for start, end in quantity.parts:
        found = numbers.find(text[start:end], "ru")
        parts += [replace(one, start=one.start + start, end=one.end + start) for one in found]
    return parts


def _unexcused(side: Side, other: Side) -> list[Quantity]:
    """What is open on one side and excused by nothing on the other; at most MOST of them."""
    if not side.open:
        return []
    excuses = other.excuses()
    said = {saying for quantity in other.everything for saying in _sayings(quantity)}
    starts = [quantity.start for quantity in side.everything]
    unexcused: list[Quantity] = []
    for quantity in side.open:
        if excuses.isdisjoint(quantity.readings) and not _repeated(quantity, side, starts, said):
            unexcused.append(quantity)
            if len(unexcused) == MOST:
                break
    return unexcused


def _repeated(quantity: Quantity, side: Side, starts: list[int], said: set[Reading]) -> bool:
    """Whether this is a month or year that stands twice near by and somewhere on the other side."""
    reading = quantity.readings[0]
    if reading not in said or reading not in _sayings(quantity):
        return False
    first = bisect_left(starts, quantity.start - _NEAR)
    last = bisect_right(starts, quantity.start + _NEAR)
    return any(
        one.start != quantity.start and reading in _sayings(one) for one in side.everything[first:last]
    )


def _sayings(quantity: Quantity) -> list[Reading]:
    """The months and years that a quantity contains."""
    sayings: list[Reading] = []
    for reading in quantity.readings:
        if isinstance(reading, CalendarDate):
            sayings.append(CalendarDate(0, reading.month, 0))
            if reading.year:
                sayings.append(Decimal(reading.year))
        elif isinstance(reading, Decimal) and 1000 <= reading <= 2100:
            sayings.append(reading)
    return sayings


def _paired(left: list[Quantity], right: list[Quantity]) -> list[Mismatch]:
    """Leftovers of both sides put together in order, dates with dates first."""
    mismatches: list[Mismatch] = []
    for dated in (True, False):
        ours = [one for one in left if (one.kind in {"date", "month", "time"}) == dated]
        theirs = [one for one in right if (one.kind in {"date", "month", "time"}) == dated]
        together = min(len(ours), len(theirs))
        mismatches += [Mismatch(one, other) for one, other in zip(ours, theirs, strict=False)]
        left = [one for one in left if one not in ours[:together]]
        right = [one for one in right if one not in theirs[:together]]
    together = min(len(left), len(right))
    mismatches += [Mismatch(one, other) for one, other in zip(left, right, strict=False)]
    mismatches += [Mismatch(one, None) for one in left[together:]]
    mismatches += [Mismatch(None, other) for other in right[together:]]
    return mismatches


def _percent_lost(source: Side, target: Side) -> list[Mismatch]:
    """A percentage on one side where the other speaks of no per cent at all, for numbers that are otherwise
    equal."""
    mismatches: list[Mismatch] = []
    for one, other, swapped in ((source, target, False), (target, source, True)):
        percents = [quantity for quantity in one.open if quantity.kind == "percent"]
        if not percents or numbers.mentions_percent(other.text.masked):
            continue
        values = {reading: quantity for quantity in other.open for reading in quantity.readings}
        for quantity in percents:
            partner = values.get(quantity.readings[0])
            if partner is not None:
                mismatches.append(Mismatch(partner, quantity) if swapped else Mismatch(quantity, partner))
    return mismatches
