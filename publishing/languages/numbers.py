"""Quantities of a text by value: numbers, percentages, dates, months, times, decades, Roman numerals.

`find` reads each language's own forms, so that two texts can be compared by what they say and not by how
they write it. Numbers written out in words are not among them; `number_words.spelled` lists what those can
stand for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from publishing.languages import numerals, require, written_dates
from publishing.languages.numerals import Numeral
from publishing.languages.written_dates import CalendarDate, ClockTime, Spotted

Kind = Literal["number", "percent", "date", "month", "time", "roman"]
Value = Decimal | date | CalendarDate | ClockTime
Reading = Decimal | CalendarDate | ClockTime


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text: its span, likeliest value and kind.

    `readings` is everything it can stand for, the likeliest first (dates as CalendarDate). `parts` are the
    spans it falls into if it is several numbers after all. Not `firm`: it may be no quantity (the verb
    "may", the "19" of COVID-19), so it excuses a difference and never makes one.
    """

    start: int
    end: int
    value: Value
    kind: Kind
    readings: tuple[Reading, ...]
    parts: tuple[tuple[int, int], ...] = ()
    firm: bool = True


_PERCENT_AFTER: Final = re.compile(
    r"[ \u00a0\u2009\u202f-]?(?:%|per\s?cent|pct\b|процент|проц\.)", re.IGNORECASE
)
_PERCENT_BEFORE: Final = re.compile(
    r"(?:%[ \u00a0\u2009\u202f]?|yüzde[ \u00a0]|yüzdesi[ \u00a0])$", re.IGNORECASE
)
_PERCENT: Final = re.compile(
    r"%|per\s?cent|\bpct\b|процент|\bп\.\s?п\.|yüzde|puan|\bpoints?\b|пункт", re.IGNORECASE
)
_DECADE: Final = {
    "en": re.compile(r"['’]?s(?![^\W\d_])"),
    "tr": re.compile(r"['’ʼ]?l(?:[ae]r|[ıiuü])"),
    "ru": re.compile(
        r"[-‑](?:е|х|ые|ых|м|ми|ым|ыми)(?![^\W\d_])|[ \u00a0](?:гг|годы|годов|годах)(?![^\W\d_])"
    ),
}
_YEAR_BEFORE: Final = re.compile(r"(?<![0-9])([12][0-9]{3})[ \u00a0]?[-–—/][ \u00a0]?$")
_ROMAN: Final = re.compile(r"(?<![^\W_])[IVXLХ]{1,7}(?![^\W_])")
_ROMAN_SHAPE: Final = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_GIVEN_NAME: Final = re.compile(r"[ \u00a0][A-Z][a-z]")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_SOFT_BEFORE: Final = re.compile(r"(?:COVID|КОВИД|CoV|\bCO|\bkm|\bm|\bм|\bкм)[-‑ ]?$", re.IGNORECASE)
_ALWAYS: Final = re.compile(r"(?<![0-9/])(?:24/7|7/24)(?![0-9/])")


def find(text: str, language: str) -> list[Quantity]:
    """All quantities of the text in order, without overlaps.

    Language is one of CODES (UnknownLanguage otherwise). Linear in the length of the text.
    """
    read = _remembered if len(text) <= _LONGEST_REMEMBERED else _read
    return list(read(text, require(language)))


def _read(text: str, language: str) -> tuple[Quantity, ...]:
    spotted = written_dates.find(text, language)
    found = [_dated(one) for one in spotted]
    taken = {position for one in spotted for position in range(one.start, one.end)}
    if any(sign in text for sign in "0123456789"):
        found += [_counted(text, one, language) for one in numerals.find(text, language, taken)]
    found += _romans(text, language)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


# The guard and several checks read the same sentence one after another.
_LONGEST_REMEMBERED: Final = 1_000
_remembered = lru_cache(maxsize=4_096)(_read)


def find_dates(text: str, language: str) -> list[Spotted]:
    """Dates, months and times of the text alone, with all their readings."""
    return written_dates.find(text, require(language))


def mentions_percent(text: str) -> bool:
    """Whether the text speaks of per cent or of points at all, in any of the languages."""
    return _PERCENT.search(text) is not None


def _dated(spotted: Spotted) -> Quantity:
    first = spotted.readings[0]
    if isinstance(first, ClockTime):
        return Quantity(spotted.start, spotted.end, first, "time", spotted.readings + _clock_numbers(spotted))
    kind: Kind = "date" if first.day else "month"
    return Quantity(spotted.start, spotted.end, first.whole(), kind, spotted.readings, firm=spotted.certain)


def _clock_numbers(spotted: Spotted) -> tuple[Decimal, ...]:
    """A full hour may be a bare number elsewhere: 17:00 = 17 = 5 (o'clock in the afternoon)."""
    hours: list[Decimal] = []
    for reading in spotted.readings:
        if isinstance(reading, ClockTime):
            if reading.minute:
                hours.append(Decimal(reading.hour) + Decimal(reading.minute) / 100)
            else:
                hours += [Decimal(reading.hour), Decimal(reading.hour % 12 or 12)]
    return tuple(hours)


def _counted(text: str, numeral: Numeral, language: str) -> Quantity:
    start, end = numeral.start, numeral.end
    readings: tuple[Reading, ...] = numeral.readings
    value = numeral.readings[0]
    head = text[max(0, start - 12) : start]
    kind: Kind = "number"
    if _PERCENT_AFTER.match(text, end) or (head[-1:] in _PERCENT_ENDS and _PERCENT_BEFORE.search(head)):
        kind = "percent"
    elif numeral.scale == 1 and value == value.to_integral_value():
        readings += _years(text, numeral, head, language)
    if "." in text[start:end]:
        readings += _points(text[start:end])
    firm = not (head and _SOFT_BEFORE.search(head)) and not _around_the_clock(text, start, end)
    return Quantity(start, end, value, kind, readings, numeral.parts, firm)


_PERCENT_ENDS: Final = frozenset("% \u00a0\u2009\u202f")


def _years(text: str, numeral: Numeral, head: str, language: str) -> tuple[Decimal, ...]:
    """1990s is also 90s and the reverse; the 22 of 2021–22 is also 2022; ’68 is 1968."""
    value = numeral.readings[0]
    if 10 <= value <= 2090 and value % 10 == 0 and _DECADE[language].match(text, numeral.end):
        if value < 100:
            return (value + 1900, value + 2000, value + 1800)
        return (value % 100,) if value >= 1000 else ()
    if value < 100 and numeral.end - numeral.start == 2:
        range_start = _YEAR_BEFORE.search(head)
        if range_start is not None:
            return (Decimal(range_start.group(1)) // 100 * 100 + value,)
        if head[-1:] in {"’", "'", "‘"}:
            return (value + 1900, value + 2000)
    return ()


def _points(token: str) -> tuple[Reading, ...]:
    """17.00 may be a time, 09.11 a day and a month."""
    first, _, second = token.partition(".")
    if not (first.isdecimal() and second.isdecimal() and len(first) <= 2 and len(second) == 2):
        return ()
    left, right = int(first), int(second)
    readings: list[Reading] = []
    if left <= 24 and right < 60:
        readings.append(ClockTime(left % 24, right))
        if not right:
            readings.append(Decimal(left % 12 or 12))
    if 1 <= left <= 31 and 1 <= right <= 12:
        readings.append(CalendarDate(0, right, left))
    return tuple(readings)


def _around_the_clock(text: str, start: int, end: int) -> bool:
    """Whether the number belongs to 24/7, which Turkish turns round and Russian says in a word."""
    return _ALWAYS.search(text, max(0, start - 3), end + 3) is not None


def _romans(text: str, language: str) -> Iterator[Quantity]:
    shouting = text.isupper()
    for match in _ROMAN.finditer(text):
        token = match.group().replace("Х", "X")
        if not _ROMAN_SHAPE.fullmatch(token):
            continue
        single = len(token) == 1
        if single and not _single_roman(text, match.start(), match.end(), language):
            continue
        value = Decimal(_roman_value(token))
        firm = not single and not shouting and "L" not in token and not _is_name(text, match)
        yield Quantity(match.start(), match.end(), value, "roman", (value,), firm=firm)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether XI is the family name of XI Jinping."""
    return match.group() == "XI" and _GIVEN_NAME.match(text, match.end()) is not None


def _single_roman(text: str, start: int, end: int, language: str) -> bool:
    """A lone I, V or X is a number after a name (Peter I) or before a point (V. yüzyıl), else a letter."""
    head = text[max(0, start - 24) : start].rstrip()
    before = head.rsplit(None, 1)[-1] if head else ""
    return before[:1].isupper() or language != "en" or text[end : end + 1] == "."


def _roman_value(token: str) -> int:
    total = 0
    for sign, following in zip(token, token[1:] + "I", strict=True):
        value = _ROMAN_VALUES[sign]
        total += -value if value < _ROMAN_VALUES[following] else value
    return total
