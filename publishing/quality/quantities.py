"""Quantities of a source matched with those of its target by value: what is left over on either side.

Both `numbers` and `dates` are made from one comparison, since a day of a date may be a number in the other
language. Numbers match as a multiset; years and months that a range repeats or shares ("Sept 1 to Sept 30",
"1-30 Eylül") match as a set. Numbers in words excuse, and are never asked for.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from decimal import Decimal
from typing import Final

from publishing.languages import numbers
from publishing.languages.numbers import Quantity, Reading
from publishing.languages.written_dates import CalendarDate
from publishing.quality.calendar_dates import match_dates
from publishing.quality.sides import Mismatch, Side, any_reading, exact, match
from publishing.quality.text import MOST, Text

_NEAR: Final = 90
"""Characters within which a repeated year or month counts as the two ends of one range."""


def compare(source: Text, target: Text) -> list[Mismatch]:
    """What differs in quantities between a source and its target, in the order of the target."""
    sides = Side(source), Side(target)
    if not sides[0].open and not sides[1].open:
        return []
    unpercented = _percent_lost(*sides)
    match(*sides, exact)
    changed = match_dates(*sides)
    match(*sides, any_reading)
    _split_grouped(*sides)
    match(*sides, any_reading)
    left = [_unexcused(sides[0], sides[1]), _unexcused(sides[1], sides[0])]
    return [*changed, *_paired(left[0], left[1]), *unpercented]


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
