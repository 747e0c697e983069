"""Dates as each language writes them."""

import datetime

import pytest

from publishing.languages import dates

DAY = datetime.date(2022, 11, 9)


@pytest.mark.parametrize(
    ("language", "written"), [("en", "9 November 2022"), ("tr", "9 Kasım 2022"), ("ru", "9 ноября 2022 г.")]
)
def test_a_long_date(language: str, written: str) -> None:
    assert dates.long_date(DAY, language) == written


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_a_numeric_date_is_the_same_everywhere(language: str) -> None:
    assert dates.numeric_date(DAY, language) == "09.11.2022"
