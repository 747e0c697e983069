"""inflections: the dictionary's forms of wanted words, with the keys that `words.keys` gives them."""

import random

import pytest

from publishing.matching import words
from publishing.matching.inflections import inflections
from tests import dictionaries

WANTED = {
    "en": ["election", "annex", "bank", "go"],
    "tr": ["seçim", "kitap", "git-", "üye"],
    "ru": ["выборы", "победить", "подводн~", "человек", "корея", "еще"],
}
AMONG = {
    "en": {"elections": "election", "annexed": "annex", "went": "go"},
    "tr": {"seçimlerimizde": "seçim", "kitabını": "kitap", "gidiyorlar": "git-"},
    "ru": {"победит": "победить", "подводными": "подводн~", "люди": "человек", "корее": "корея"},
}


@pytest.mark.parametrize("language", WANTED)
def test_forms_have_the_keys_that_the_same_words_have_in_texts(language: str) -> None:
    wanted = set(WANTED[language])
    found: dict[str, set[str]] = {}
    for form, keys in inflections(wanted, language):
        found.setdefault(form, set()).update(keys & wanted)
    for form, key in AMONG[language].items():
        assert key in found[form]
    chance = random.Random(4)
    for form in chance.sample(sorted(found), min(200, len(found))):
        assert found[form] <= words.keys(form, language) | {form}, form


def test_a_word_that_no_dictionary_has_has_no_forms() -> None:
    assert list(inflections({"zeppelinograd"}, "en")) == []


@pytest.mark.parametrize("language", WANTED)
def test_tests_that_remember_them_get_what_the_dictionary_gives(language: str) -> None:
    remembered = dictionaries.Remembered(inflections)
    first, second = set(WANTED[language][:2]), set(WANTED[language])
    for wanted in (first, second, first):
        given = [found for found in inflections(wanted, language) if found[1] & wanted]
        assert sorted(remembered(dict.fromkeys(wanted), language)) == sorted(given)
