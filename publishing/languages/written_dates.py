"""Dates and clock times as English, Turkish and Russian prose writes them, found with their spans.

Covered: 09.11.2022, 2022-11-09, 11/9/2022, November 9, 2022, 9 Kasım 2022, 9 ноября 2022 г., ranges and
lists of days (1-30 Eylül, с 1 по 30 сентября), months with a year or alone, 17:00, 17.00, 5 p.m.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from publishing.languages.month_names import Month, month_of

BLANK: Final = "[ \u00a0\u2007\u2009\u202f]"


@dataclass(frozen=True, slots=True, order=True)
class CalendarDate:
    """A date of which the year or the day may be open (0)."""

    year: int
    month: int
    day: int

    def whole(self) -> "date | CalendarDate":
        """A datetime.date where all three are known and such a day exists, else itself."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return self


@dataclass(frozen=True, slots=True, order=True)
class ClockTime:
    """An hour and a minute of the day."""

    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Spotted:
    """A date or time in a text: all that it can mean, the likeliest first; `certain` is false for a bare word
    that may be no month at all (May, March, Kasım)."""

    start: int
    end: int
    readings: tuple[CalendarDate | ClockTime, ...]
    certain: bool = True


_NUMERIC: Final = re.compile(
    r"(?<![0-9])(?<![0-9][.,/:-])(?:([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"|([0-9]{1,2})([./-])([0-9]{1,2})\5([0-9]{4}|[0-9]{2}))(?![0-9]|[./-][0-9])"
)
_CLOCK: Final = re.compile(
    rf"(?<![0-9])(?<![0-9][.,:])([0-9]{{1,2}})(?:([:.])([0-5][0-9])(?::[0-5][0-9])?)?(?![0-9])"
    rf"(?:{BLANK}?([ap])\.?{BLANK}?m\b\.?)?",
    re.IGNORECASE,
)
_EVENING: Final = re.compile(r"вечера|\bдня\b|akşam|öğleden sonra|gece|afternoon|evening", re.IGNORECASE)
_ELEVENTH: Final = re.compile(r"(?<![0-9/])(9/11|11/9)(?![0-9/])")
_WORD: Final = re.compile(r"[^\W\d_]+")

_JOIN: Final = (
    rf"(?:{BLANK}?[-–—]{BLANK}?|{BLANK}(?:and|to|or|through|until|till|ve|veya|ile|ila|и|или|по|до|на){BLANK}"
    rf"|,{BLANK})"
)
_NTH: Final = r"(?:st|nd|rd|th|-?го|-?е|-?му|-?м)?"
_BEFORE: Final = re.compile(
    rf"(?<![0-9])(?<![0-9][.,:/-])((?:[0-9]{{1,2}}{_NTH}{_JOIN}){{0,6}})([0-9]{{1,2}}){_NTH}"
    rf"{BLANK}(?:of{BLANK})?$"
)
_AFTER: Final = re.compile(
    rf"\.?{BLANK}([0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9%])(?!{BLANK}?%|[.,:][0-9])"
    rf"((?:(?:{BLANK}?[-–—]{BLANK}?|,?{BLANK}(?:and|to|or|through|until|till){BLANK})"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9%])(?!{BLANK}?%|[.,:][0-9]))*)"
)
_NIGHT_TO: Final = re.compile(rf"ночь{BLANK}на{BLANK}$")
_YEAR: Final = re.compile(rf"\.?,?{BLANK}([12][0-9]{{3}})(?![0-9])")
_DAY: Final = re.compile(r"[0-9]{1,2}")


def find(text: str, language: str) -> list[Spotted]:
    """All dates and times of the text in order, without overlaps."""
    has_digit = any(sign in text for sign in "0123456789")
    found = list(_numeric(text, language)) if has_digit else []
    taken = _Taken(found)
    for spotted in _worded(text, language):
        if taken.add(spotted):
            found.append(spotted)
    if has_digit:
        found += [spotted for spotted in _clock(text) if taken.add(spotted)]
    return sorted(found, key=lambda spotted: spotted.start)


class _Taken:
    """Positions that an earlier find has claimed."""

    def __init__(self, found: list[Spotted]) -> None:
        self.positions: set[int] = set()
        for spotted in found:
            self.positions.update(range(spotted.start, spotted.end))

    def add(self, spotted: Spotted) -> bool:
        span = range(spotted.start, spotted.end)
        if not self.positions.isdisjoint(span):
            return False
        self.positions.update(span)
        return True


def _numeric(text: str, language: str) -> Iterator[Spotted]:
    for match in _NUMERIC.finditer(text):
        iso_year, iso_month, iso_day, first, separator, second, year = match.groups()
        if iso_year:
            readings = _valid([CalendarDate(int(iso_year), int(iso_month), int(iso_day))])
        else:
            readings = _day_month(int(first), int(second), year, separator, language)
        if readings:
            yield Spotted(match.start(), match.end(), readings)
    if language == "en":
        for match in _ELEVENTH.finditer(text):
            yield Spotted(match.start(), match.end(), (CalendarDate(0, 9, 11),))


def _day_month(
    first: int, second: int, digits: str, separator: str, language: str
) -> tuple[CalendarDate, ...]:
    """Day before month everywhere; with slashes or hyphens English may mean either.

    With points and a whole year it is a date even if there is no such month, and equals none then.
    """
    year = _full_year(digits)
    day_first, month_first = CalendarDate(year, second, first), CalendarDate(year, first, second)
    if separator == ".":
        return (day_first,) if len(digits) == 4 and first and second else _valid([day_first])
    return (
        _valid([month_first, day_first]) if language == "en" else _valid([day_first]) or _valid([month_first])
    )


def _valid(readings: list[CalendarDate]) -> tuple[CalendarDate, ...]:
    kept = [reading for reading in readings if 1 <= reading.month <= 12 and 1 <= reading.day <= 31]
    return tuple(dict.fromkeys(kept))


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _worded(text: str, language: str) -> Iterator[Spotted]:
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        month = month_of(word.group(), language)
        if month is not None:
            yield from _around(text, word, month, words[max(0, index - 2) : index], language)


def _around(
    text: str, word: re.Match[str], month: Month, before: list[re.Match[str]], language: str
) -> Iterator[Spotted]:
    start, end = word.span()
    head = text[max(0, start - 60) : start]
    days = _BEFORE.search(head)
    if days is not None and month.full_form:
        year, end = _year(text, end)
        offset = start - len(head)
        found = list(_days(days, offset, end, year, month.number))
        yield from (_eve(one) for one in found) if _NIGHT_TO.search(head, 0, days.start()) else found
        return
    if language == "en":
        after = _AFTER.match(text, end)
        if after is not None:
            year, finish = _year(text, after.end())
            yield from _days_after(after, start, finish, year, month.number)
            return
    year, finish = _year(text, end)
    if year:
        yield Spotted(start, finish, (CalendarDate(year, month.number, 0),))
    elif month.alone:
        certain = month.is_certain(text, start, end, [match.group() for match in before])
        yield Spotted(start, end, (CalendarDate(0, month.number, 0),), certain)


def _eve(spotted: Spotted) -> Spotted:
    """«В ночь на 16 июля» is the night of 15 July elsewhere."""
    last = spotted.readings[0]
    if not isinstance(last, CalendarDate) or last.day < 2:
        return spotted
    eve = CalendarDate(last.year, last.month, last.day - 1)
    return Spotted(spotted.start, spotted.end, (last, eve), spotted.certain)


def _year(text: str, position: int) -> tuple[int, int]:
    match = _YEAR.match(text, position)
    return (int(match.group(1)), match.end()) if match else (0, position)


def _days(match: re.Match[str], offset: int, end: int, year: int, month: int) -> Iterator[Spotted]:
    """Days before the month: each but the last stands for itself, the last takes month and year with it."""
    for day in _DAY.finditer(match.group(1)):
        start = offset + match.start(1) + day.start()
        yield from _one(start, start + len(day.group()), 0, month, int(day.group()))
    yield from _one(offset + match.start(2), end, year, month, int(match.group(2)))


def _days_after(match: re.Match[str], start: int, end: int, year: int, month: int) -> Iterator[Spotted]:
    """Days after the month, as English writes them: the first takes the month, the last takes the year."""
    rest = [(match.start(2) + day.start(), int(day.group())) for day in _DAY.finditer(match.group(2))]
    first_end = match.end(1) if rest else end
    yield from _one(start, first_end, 0 if rest else year, month, int(match.group(1)))
    for index, (position, day) in enumerate(rest):
        last = index == len(rest) - 1
        finish = end if last else position + len(str(day))
        yield from _one(position, finish, year if last else 0, month, day)


def _one(start: int, end: int, year: int, month: int, day: int) -> Iterator[Spotted]:
    if 1 <= day <= 31:
        yield Spotted(start, end, (CalendarDate(year, month, day),))


def _clock(text: str) -> Iterator[Spotted]:
    evening = bool(_EVENING.search(text))
    for match in _CLOCK.finditer(text):
        hour, separator, minute, half = match.groups()
        if half is None and separator != ":":
            continue
        readings = _hours(int(hour), int(minute or 0), half, evening)
        if readings:
            yield Spotted(match.start(), match.end(), readings)


@lru_cache(maxsize=256)
def _hours(hour: int, minute: int, half: str | None, evening: bool) -> tuple[ClockTime, ...]:
    if hour > 24:
        return ()
    if half is not None:
        if hour > 12:
            return (ClockTime(hour % 24, minute),)
        return (ClockTime(hour % 12 + (12 if half in "pP" else 0), minute),)
    plain = ClockTime(hour % 24, minute)
    return (plain, ClockTime(hour + 12, minute)) if evening and hour < 12 else (plain,)
