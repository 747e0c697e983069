"""search_form: one form for all languages, in which whoever searches finds a word however its letters are cased."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.languages.search_form import search_form


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("istanbul", "İstanbul"),
        ("İSTANBUL", "istanbul"),
        ("isparta", "ISPARTA"),
        ("ısparta", "ISPARTA"),
        ("ISPARTA", "ısparta"),
        ("Isparta", "isparta"),
        ("hala", "hâlâ"),
        ("санкт-петербург", "САНКТ-ПЕТЕРБУРГ"),
        ("еще", "Ещё"),
        ("ёлка", "Елка"),
        ("замок", "за́мок"),
        ("Türkiye'nin", "Türkiye’nin"),
        ('"ports"', "“Ports”"),
        ("«порт»", '"порт"'),
        ("100 000", "100\u00a0000"),
        ("gemi", "gemi\u00adler"),
        ("şişe", "S\u0327is\u0327e".replace("i", "i")),
    ],
)
def test_what_is_typed_is_found_as_it_is_written(typed: str, written: str) -> None:
    assert search_form(typed) in search_form(written)


@pytest.mark.parametrize(("typed", "written"), [("сок", "cok"), ("sis", "şiş"), ("уol", "yol")])
def test_other_letters_are_others(typed: str, written: str) -> None:
    assert search_form(typed) not in search_form(written)


@given(st.text())
def test_a_form_is_its_own_form(text: str) -> None:
    form = search_form(text)
    assert search_form(form) == form


@given(st.text(alphabet="aiİIıeёЁshŞ’'“ \u0307\u00ad"), st.integers(0, 20), st.integers(0, 20))
def test_a_part_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    assert search_form(text[start : start + length]) in search_form(text)
