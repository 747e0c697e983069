"""Dates as each language writes them, by CLDR through Babel."""

import datetime
from typing import Final

from babel.dates import format_date

from publishing.languages import require

_LONG: Final = {"en": "d MMMM y", "tr": "d MMMM y", "ru": "d MMMM y 'г'."}


def long_date(date: datetime.date, language: str) -> str:
    """“9 November 2022”, “9 Kasım 2022”, “9 ноября 2022 г.”."""
    return format_date(date, _LONG[require(language)], locale=language)


def numeric_date(date: datetime.date, language: str) -> str:
    """“09.11.2022”, in the order day, month, year that all three use in footnotes here."""
    return format_date(date, "dd.MM.y", locale=require(language))


def day_and_month(date: datetime.date, language: str) -> str:
    """“November 9”, “9 Kasım”, “9 ноября”: what stands after the year in a reference by APA."""
    return format_date(date, "MMMM d" if language == "en" else "d MMMM", locale=require(language))
