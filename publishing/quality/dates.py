"""Dates and times: day, month, year, hour and minute agree by value, whatever their form."""

from publishing.quality.base import Finding, Pair
from publishing.quality.numbers import report


def check(pair: Pair) -> list[Finding]:
    """Dates, months and times that are missing, changed or added."""
    return [report("dates", mismatch, pair) for mismatch in pair.mismatches if mismatch.dated]
