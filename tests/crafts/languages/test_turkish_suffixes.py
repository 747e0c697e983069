"""Turkish suffixes after numbers in digits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.languages.turkish_suffixes import SUFFIXES, attach, carried_over, last_word


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("0", "sıfır"),
        ("2021", "bir"),
        ("2030", "otuz"),
        ("1900", "yüz"),
        ("2000", "bin"),
        ("1000000", "milyon"),
        ("5000000000", "milyar"),
        ("2.5", "beş"),
        ("14.50", "elli"),
        ("3.0", "üç"),
    ],
)
def test_a_number_ends_in_a_word(number: str, word: str) -> None:
    assert last_word(Decimal(number)) == word


@pytest.mark.parametrize(
    ("suffix", "old", "new", "carried"),
    [
        ("de", 2021, 2023, "te"),
        ("de", 2021, 2030, "da"),
        ("de", 2021, 2022, "de"),
        ("ten", 1905, 1906, "dan"),
        ("ya", 6, 9, "a"),
        ("ü", 14, 4, "ü"),
        ("sı", 6, 7, "si"),
        ("un", 10, 20, "nin"),
        ("inci", 5, 10, "uncu"),
        ("lerde", 1905, 1990, "larda"),
        ("teki", 2023, 2021, "deki"),
        ("luk", 10, 3, "lük"),
    ],
)
def test_a_suffix_follows_the_sound(suffix: str, old: int, new: int, carried: str) -> None:
    assert carried_over(suffix, Decimal(old), Decimal(new)) == carried


@pytest.mark.parametrize(
    ("suffix", "old", "new"),
    [
        ("ü", 14, 6),  # accusative 'yı or possessive 'sı: nobody can tell
        ("da", 2021, 2022),  # wrong for 2021 already
        ("km", 5, 6),
    ],
)
def test_what_is_not_certain_is_refused(suffix: str, old: int, new: int) -> None:
    assert carried_over(suffix, Decimal(old), Decimal(new)) is None


@given(st.sampled_from(SUFFIXES), st.integers(0, 10**9).map(Decimal), st.integers(0, 10**9).map(Decimal))
def test_what_is_carried_over_is_the_same_suffix(suffix: str, old: Decimal, new: Decimal) -> None:
    carried = carried_over(attach(suffix, last_word(old)), old, new)
    assert carried is None or carried == attach(suffix, last_word(new))
