"""Which numbers of a text a draft has lost, compared by value and generously.

A draft writes numbers its own way: 14% as %14, 1,500,000 as 1,5 million, a small number as a word, a century
in Roman numerals, an afternoon hour on the 24-hour clock. `publishing.languages.numbers` reads all of that;
here a number counts as kept if any of its readings stands anywhere in the draft. Months, times of day and
Roman numerals are never asked for. What reviewers see, one to one and with spans, is the matter of
`publishing.quality`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from publishing.languages import number_words, numbers
from publishing.languages.numbers import Quantity, Reading
from publishing.languages.written_dates import CalendarDate, ClockTime

_RUN: Final = re.compile(r"[0-9]{1,30}")
_ENDLESS: Final = re.compile(r"[0-9](?:[.,'’\s]?[0-9]){24,}")  # no quantity that anyone writes
_ASKED_FOR: Final = frozenset({"number", "percent", "date"})


def lost(source: str, draft: str, source_language: str, target_language: str) -> list[str]:
    """The numbers of `source`, as they are written there, that `draft` has in no form."""
    source, draft = (_ENDLESS.sub(" ", text) for text in (source, draft))
    asked = [one for one in numbers.find(source, source_language) if one.firm and one.kind in _ASKED_FOR]
    if not asked:
        return []
    kept = _values(draft, target_language)
    return [source[one.start : one.end] for one in asked if not _is_kept(one, kept)]


def _is_kept(quantity: Quantity, kept: set[Decimal]) -> bool:
    return any(set(_parts(reading)) <= kept for reading in quantity.readings)


def _parts(reading: Reading) -> tuple[Decimal, ...]:
    """What has to be found of a reading: a number; the day and the year of a date; the hour of a time."""
    if isinstance(reading, CalendarDate):
        return tuple(Decimal(part) for part in (reading.day, reading.year) if part)
    if isinstance(reading, ClockTime):
        return (Decimal(reading.hour),)
    return (reading,)


def _values(text: str, language: str) -> set[Decimal]:
    """Every number that a text can be said to hold, in digits or in words, whole or as part of a date."""
    values = set(number_words.spelled(text, language)) | {Decimal(run) for run in _RUN.findall(text)}
    for quantity in numbers.find(text, language):
        for reading in quantity.readings:
            values.update(_parts(reading))
            if isinstance(reading, CalendarDate):
                values.add(Decimal(reading.month))
    return values
