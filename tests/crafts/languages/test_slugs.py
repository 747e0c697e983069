"""Slugs: addresses that a reader of the language can still read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.languages import CODES, slugs


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        (
            "The Future of China-Russia-North Korea Relations",
            "en",
            "the-future-of-china-russia-north-korea-relations",
        ),
        ("Çin-Rusya-Kuzey Kore İlişkilerinin Geleceği", "tr", "cin-rusya-kuzey-kore-iliskilerinin-gelecegi"),
        ("IĞDIR’da Işık", "tr", "igdirda-isik"),
        (
            "Будущее отношений Китая, России и Северной Кореи",
            "ru",
            "budushchee-otnosheniy-kitaya-rossii-i-severnoy-korei",
        ),
        ("Подъём ёмкости", "ru", "podyom-yomkosti"),
        ("Europe’s 3.5% Growth", "en", "europes-3-5-growth"),
        ("Elcan TOKMAK", "tr", "elcan-tokmak"),
        ("北京", "en", "untitled"),
    ],
)
def test_it_reads_like_the_title(title: str, language: str, slug: str) -> None:
    assert slugs.propose(title, language) == slug


def test_a_long_one_is_cut_between_words() -> None:
    slug = slugs.propose("international " * 12, "en")
    assert slug == "-".join(["international"] * 5)


@given(st.text(), st.sampled_from(CODES))
def test_it_is_always_a_slug(title: str, language: str) -> None:
    slug = slugs.propose(title, language)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= slugs.LONGEST
