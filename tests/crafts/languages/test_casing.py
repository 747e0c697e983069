"""Casing by the language's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.languages import CODES, UnknownLanguage, casing


@pytest.mark.parametrize(
    ("text", "language", "lowered", "raised"),
    [
        ("İstanbul", "tr", "istanbul", "İSTANBUL"),
        ("ISPARTA", "tr", "ısparta", "ISPARTA"),
        ("iş", "tr", "iş", "İŞ"),
        ("ILLINOIS", "en", "illinois", "ILLINOIS"),
        ("Ёлка", "ru", "ёлка", "ЁЛКА"),
    ],
)
def test_each_language_has_its_own(text: str, language: str, lowered: str, raised: str) -> None:
    assert casing.lower(text, language) == lowered
    assert casing.upper(text, language) == raised


def test_a_capital_first_letter_leaves_the_rest() -> None:
    assert casing.capitalise("istanbul’un NATO üyeliği", "tr") == "İstanbul’un NATO üyeliği"


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("İSTANBUL", "istanbul", "tr"), ("ЕЩЁ", "еще", "ru"), ("NATO", "nato", "en")],
)
def test_folded_texts_compare(one: str, other: str, language: str) -> None:
    assert casing.fold(one, language) == casing.fold(other, language)


def test_dotted_and_dotless_stay_apart() -> None:
    assert casing.fold("ılık", "tr") != casing.fold("ilik", "tr")


@given(st.text(), st.sampled_from(CODES))
def test_places_in_the_folded_text_are_places_in_the_text(text: str, language: str) -> None:
    assert len(casing.fold(text, language)) == len(text)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        casing.lower("a", "de")
