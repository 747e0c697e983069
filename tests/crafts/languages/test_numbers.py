"""Quantities are read by value, in each language's own form."""

from datetime import date
from decimal import Decimal

import pytest

from publishing.languages import UnknownLanguage
from publishing.languages.number_words import spelled
from publishing.languages.numbers import Quantity, find
from publishing.languages.written_dates import CalendarDate, ClockTime


def only(text: str, language: str) -> Quantity:
    quantities = find(text, language)
    assert len(quantities) == 1, quantities
    return quantities[0]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,234,567 people", "1234567"),
        ("tr", "1.234.567 kişi", "1234567"),
        ("ru", "1 234 567 человек", "1234567"),
        ("ru", "1\u00a0234\u00a0567 человек", "1234567"),
        ("ru", "1\u202f234\u202f567 человек", "1234567"),
        ("en", "3.5 points", "3.5"),
        ("tr", "3,5 puan", "3.5"),
        ("en", "1,234.5", "1234.5"),
        ("tr", "1.234,5", "1234.5"),
        ("en", "3,500 men", "3500"),
        ("tr", "3,500 gram", "3.5"),
        ("tr", "3.500 asker", "3500"),
        ("en", "$5 million", "5000000"),
        ("tr", "5 milyon dolar", "5000000"),
        ("ru", "5 млн долларов", "5000000"),
        ("ru", "5 миллионам", "5000000"),
        ("tr", "10 binden fazla", "10000"),
        ("tr", "5 binaya", "5"),
        ("tr", "1 milyon 250 bin", "1250000"),
        ("ru", "1 млн 250 тыс. человек", "1250000"),
        ("tr", "2 bin 977 kişi", "2977"),
        ("tr", "2 buçuk milyon ton", "2500000"),
        ("ru", "2 с половиной миллиона", "2500000"),
        ("en", "the F-16", "16"),
        ("en", "21st century", "21"),
        ("tr", "21. yüzyıl", "21"),
        ("ru", "21-й век", "21"),
        ("en", "the XIX century", "19"),
        ("ru", "XIX век", "19"),
        ("en", "€2.4bn", "2400000000"),
    ],
)
def test_a_number_has_one_value_whatever_its_form(language: str, text: str, value: str) -> None:
    assert only(text, language).value == Decimal(value)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "14% of"),
        ("tr", "%14’ü"),
        ("tr", "% 14"),
        ("tr", "yüzde 14"),
        ("ru", "14\u00a0% от"),
        ("ru", "14 процентов"),
        ("en", "14 percent"),
        ("en", "14 per cent"),
        ("ru", "14-процентный"),
    ],
)
def test_a_percentage_is_one_in_every_form(language: str, text: str) -> None:
    quantity = only(text, language)
    assert (quantity.kind, quantity.value) == ("percent", Decimal(14))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "November 9, 2022"),
        ("en", "9 November 2022"),
        ("en", "the 9th of November, 2022"),
        ("en", "Nov. 9, 2022"),
        ("en", "09.11.2022"),
        ("en", "2022-11-09"),
        ("tr", "9 Kasım 2022"),
        ("tr", "09.11.2022"),
        ("ru", "9 ноября 2022 г."),
        ("ru", "09.11.2022"),
        ("ru", "9-го ноября 2022 года"),
    ],
)
def test_a_date_is_one_in_every_form(language: str, text: str) -> None:
    assert only(text, language).value == date(2022, 11, 9)


def test_slashes_in_english_can_be_read_both_ways_and_points_cannot() -> None:
    readings = only("11/09/2022", "en").readings
    assert readings == (CalendarDate(2022, 11, 9), CalendarDate(2022, 9, 11))
    assert only("11.09.2022", "en").readings == (CalendarDate(2022, 9, 11),)
    assert only("11/09/2022", "tr").readings == (CalendarDate(2022, 9, 11),)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "September 1–30"),
        ("en", "from 1 to 30 September"),
        ("tr", "1-30 Eylül"),
        ("ru", "с 1 по 30 сентября"),
    ],
)
def test_days_of_a_range_share_their_month(language: str, text: str) -> None:
    assert [one.value for one in find(text, language)] == [CalendarDate(0, 9, 1), CalendarDate(0, 9, 30)]


@pytest.mark.parametrize(
    ("language", "text", "firm"),
    [
        ("en", "since May", True),
        ("en", "May it last", False),
        ("en", "in October", True),
        ("tr", "Kasım’da", True),
        ("tr", "kasım ayında", True),
        ("tr", "Kasım Süleymani", False),
        ("ru", "в ноябре", True),
        ("ru", "Октябрьская", False),
    ],
)
def test_a_word_is_a_month_for_certain_only_in_company(language: str, text: str, firm: bool) -> None:
    quantity = only(text, language)
    assert (quantity.kind, quantity.firm) == ("month", firm)


@pytest.mark.parametrize(
    ("language", "text", "hour", "minute"),
    [
        ("en", "5 p.m.", 17, 0),
        ("en", "12 a.m.", 0, 0),
        ("en", "3:30 pm", 15, 30),
        ("tr", "saat 17.00’de", 17, 0),
        ("ru", "в 15:30", 15, 30),
    ],
)
def test_a_time_is_one_in_every_form(language: str, text: str, hour: int, minute: int) -> None:
    assert ClockTime(hour, minute) in only(text, language).readings


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "half a million", "500000"),
        ("en", "two hundred and fifty thousand", "250000"),
        ("en", "two decades", "20"),
        ("en", "nineteen eighty-four", "1984"),
        ("en", "twenty-first", "21"),
        ("tr", "on dokuzuncu", "19"),
        ("tr", "bir buçuk milyon", "1500000"),
        ("tr", "üçte", "3"),
        ("tr", "yarım asır", "50"),
        ("ru", "двадцать первого", "21"),
        ("ru", "полтора миллиона", "1500000"),
        ("ru", "вдвое", "2"),
        ("ru", "двести пятьдесят тысяч", "250000"),
    ],
)
def test_words_can_stand_for_numbers(language: str, text: str, value: str) -> None:
    assert Decimal(value) in spelled(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "masanın altında"),
        ("tr", "onun evi"),
        ("ru", "сторона стола"),
        ("ru", "вторжение"),
        ("en", "often"),
    ],
)
def test_words_that_only_look_like_numbers_are_none(language: str, text: str) -> None:
    assert not spelled(text, language)


@pytest.mark.parametrize("text", ["COVID-19", "24/7", "may", "LI Keqiang"])
def test_what_may_be_no_quantity_is_not_firm(text: str) -> None:
    assert not any(quantity.firm for quantity in find(text, "en"))


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(UnknownLanguage, match="de"):
        find("14", "de")
