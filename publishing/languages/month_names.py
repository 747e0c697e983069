"""Months as words: which month a word of a text names, in any of its forms, and how sure that is without a
day.

May and March are English verbs, Kasım and Eylül Turkish first names, aralık an interval: such a word alone
counts as a month for certain only in company that says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_EN: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_EN_SHORT: Final = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8,
    "Sep": 9, "Sept": 9, "Oct": 10, "Nov": 11, "Dec": 12,
}  # fmt: skip
_EN_DOUBTFUL: Final = frozenset({"March", "April", "May", "June", "August"})
_EN_COMPANY: Final = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "last",
        "next",
        "this",
        "of",
        "from",
        "between",
        "before",
        "after",
        "during",
        "through",
        "early",
        "late",
        "mid",
        "and",
        "to",
        "every",
        "late-",
    ]
)
_TR: Final = [
    "ocak",
    "şubat",
    "mart",
    "nisan",
    "mayıs",
    "haziran",
    "temmuz",
    "ağustos",
    "eylül",
    "ekim",
    "kasım",
    "aralık",
]
_TR_SUFFIX: Final = re.compile(r"(?:[td][ae]n?(?:ki)?|[ıiuü]n?|[ae]|n[ıiuü]n|[ıiuü]nd[ae]n?)?")
_TR_APOSTROPHE: Final = re.compile(r"['’ʼ](?:[td][ae]n?(?:ki)?|[ae])(?![^\W\d_])")
_TR_COMPANY: Final = re.compile(r"\W{1,3}(?:ayı|ayın|aylar)")
_RU: Final = tuple(
    re.compile(stem + r"(?:" + ending + r")")
    for stem, ending in (
        ("январ", "ь|я|ю|е|ём|ем|ск.*"),
        ("феврал", "ь|я|ю|е|ём|ем|ьск.*"),
        ("март", "|а|у|е|ом|овск.*"),
        ("апрел", "ь|я|ю|е|ем|ьск.*"),
        ("ма", "й|я|ю|е|ем|йск.*"),
        ("июн", "ь|я|ю|е|ем|ьск.*"),
        ("июл", "ь|я|ю|е|ем|ьск.*"),
        ("август", "|а|у|е|ом|овск.*"),
        ("сентябр", "ь|я|ю|е|ём|ем|ьск.*"),
        ("октябр", "ь|я|ю|е|ём|ем|ьск.*"),
        ("ноябр", "ь|я|ю|е|ём|ем|ьск.*"),
        ("декабр", "ь|я|ю|е|ём|ем|ьск.*"),
    )
)
_RU_SHORT: Final = {
    "янв": 1, "фев": 2, "февр": 2, "мар": 3, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "нояб": 11,
    "дек": 12,
}  # fmt: skip
_RU_FIRST: Final = frozenset("яфмаисонд")
_TR_FIRST: Final = frozenset("oşmnhtaek")


@dataclass(frozen=True, slots=True)
class Month:
    """A month that a word may name. `alone`: it can stand without day and year; `doubtful`: not on its
    own."""

    number: int
    language: str
    alone: bool = True
    doubtful: bool = False
    full_form: bool = True

    def is_certain(self, text: str, start: int, end: int, before: Sequence[str]) -> bool:
        """Whether the word at [start, end), without day or year, names the month beyond doubt."""
        if self.language == "en":
            if not self.doubtful:
                return True
            return (
                bool(before) and before[-1].lower() in _EN_COMPANY and text[start - 1 : start] in " \u00a0-"
            )
        if self.language == "tr":
            return bool(
                (text[start].isupper() and _TR_APOSTROPHE.match(text, end)) or _TR_COMPANY.match(text, end)
            )
        return not self.doubtful


@lru_cache(maxsize=8192)
def month_of(word: str, language: str) -> Month | None:
    """The month that a word (letters only) names in a language, whatever its case ending, or None."""
    if language == "en":
        return _english(word)
    if not 3 <= len(word) <= 16:
        return None
    return _turkish(word) if language == "tr" else _russian(word)


def _english(word: str) -> Month | None:
    name = word.capitalize() if word.isupper() else word
    if name in _EN:
        return Month(_EN.index(name) + 1, "en", doubtful=name in _EN_DOUBTFUL or word.isupper())
    if name in _EN_SHORT:
        return Month(_EN_SHORT[name], "en", alone=False)
    return None


def _turkish(word: str) -> Month | None:
    lower = word.replace("I", "ı").replace("İ", "i").lower()
    if lower[0] not in _TR_FIRST:
        return None
    for number, name in enumerate(_TR, start=1):
        if lower.startswith(name) and _TR_SUFFIX.fullmatch(lower, len(name)):
            return Month(number, "tr", doubtful=True, full_form=True)
    return None


def _russian(word: str) -> Month | None:
    lower = word.lower()
    if lower[0] not in _RU_FIRST:
        return None
    for number, form in enumerate(_RU, start=1):
        if form.fullmatch(lower):
            adjective = "ск" in lower
            return Month(number, "ru", doubtful=lower != word or adjective, full_form=not adjective)
    if lower in _RU_SHORT:
        return Month(_RU_SHORT[lower], "ru", alone=False)
    return None
