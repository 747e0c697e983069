"""Dates as each language writes them."""

import datetime

from django import template

from publishing.languages import dates

register = template.Library()


@register.filter
def long_date(value: datetime.date | None, language: str) -> str:
    """“9 November 2022”, “9 Kasım 2022”, “9 ноября 2022 г.”; nothing for no date."""
    return dates.long_date(value, language) if value else ""
