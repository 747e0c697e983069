"""Amounts and days in few words: numbers of words and segments, times, a day beside others."""

from datetime import date, timedelta

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext

from publishing.languages import CODES
from publishing.templatetags.figures import grouped

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800


def words(number: int) -> str:
    return ngettext("%(number)s word", "%(number)s words", number) % {"number": grouped(number)}


def segments(number: int) -> str:
    return ngettext("%(number)s segment", "%(number)s segments", number) % {"number": grouped(number)}


def duration(seconds: float) -> str:
    """A time in the two units that say most: “2 days, 3 hours”; seconds below a minute."""
    if seconds < MINUTE:
        whole = round(seconds)
        return ngettext("%(seconds)s second", "%(seconds)s seconds", whole) % {"seconds": whole}
    now = timezone.now()
    return timesince(now - timedelta(seconds=seconds), now)


def short_day(day: date) -> str:
    """A day without its year, as CLDR shortens it: “Nov 28”, “28 Kas”, “28 нояб.”"""
    reader = (get_language() or "en")[:2]
    return str(format_skeleton("MMMd", day, locale=reader if reader in CODES else "en"))
