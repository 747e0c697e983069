"""Which numbers of a text a draft has lost, by their digits alone.

A draft writes numbers its own way: 14% as %14, 1,500,000 as 1,5 million, a small number as a word, a century
in Roman numerals, an afternoon hour on the 24-hour clock. So only numbers that survive all of that are
compared, and only by their significant digits. It misses small changes and does not accuse good translations.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = " \u00a0\u2009\u202f"
_NUMBER: Final = re.compile(
    rf"(?<![\d.,])(?P<grouped>\d{{1,3}}(?:[.,'’{_BLANK}]\d{{3}})+(?:[.,]\d+)?)(?![\d]|[.,]\d)"
    r"|(?<![\d.,])(?P<decimal>\d+[.,]\d+)(?![\d]|[.,:]\d)"
    r"|(?P<digits>\d+)"
)
_RUN: Final = re.compile(r"\d+")
_PER_CENT: Final = re.compile(
    rf"%[{_BLANK}]?$|^[{_BLANK}]?%|^ per ?cent|^[{_BLANK}]процент|\byüzde $", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"\d\s?[ap]\.?\s?m\b|\d:\d\d", re.IGNORECASE)


def lost(source: str, draft: str) -> list[str]:
    """The numbers of `source`, as they are written there, that `draft` has in no form."""
    found = {_significant(run) for run in _RUN.findall(draft)}
    found |= {_significant(match[0]) for match in _NUMBER.finditer(draft)}
    runs = set(_RUN.findall(draft))
    clock = bool(_CLOCK.search(source))
    return [
        match[0]
        for match in _NUMBER.finditer(source)
        if _counts(match, clock=clock)
        and _significant(match[0]) not in found
        and not _as_year(match[0], runs)
    ]


def _significant(number: str) -> str:
    """The digits without separators and without the zeros that a scale word (thousand, million) replaces."""
    return re.sub(r"\D", "", number).strip("0")


def _counts(match: re.Match[str], *, clock: bool) -> bool:
    """Whether a good translation keeps this number in digits: not small, not round, not a time of day."""
    digits = _significant(match[0])
    if len(digits) < 2 or (match["decimal"] and clock):
        return False
    around = (
        match.string[max(0, match.start() - 7) : match.start()],
        match.string[match.end() : match.end() + 9],
    )
    if any(_PER_CENT.search(side) for side in around):
        return True
    return match["digits"] is None or int(match[0]) > 31


def _as_year(number: str, runs: set[str]) -> bool:
    """Whether a year stands in the draft by its last two digits, as in 2007–08 or the 90s."""
    return bool(re.fullmatch(r"[12]\d{3}", number)) and number[2:] in runs
