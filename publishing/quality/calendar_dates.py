"""Dates of a source matched with those of its target: whole, with the year left open, or piece by piece."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from publishing.languages.numbers import Quantity
from publishing.languages.written_dates import CalendarDate
from publishing.quality.sides import Mismatch, Side, match
from publishing.quality.text import MOST

_NIGHT: Final = re.compile(r"\bnight|\bgece|\bноч[ьи]", re.IGNORECASE)


def match_dates(source: Side, target: Side) -> list[Mismatch]:
    """Match dates that agree as far as both say; fall back to day, month and year each for itself.

    As many open dates on either side are changed dates. Otherwise one side writes its dates in another way (a
    shared month, a day alone), and they are taken apart to be matched piece by piece.
    """
    match(source, target, _calendar_readings)
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
