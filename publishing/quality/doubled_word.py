"""Doubled word: "on on", across any blank and across placeholders, but not what a language doubles on
purpose.

Turkish doubles adverbs and nouns freely (yavaş yavaş, tek tek, çok çok: the Turkish Language Association's
"ikileme"), English allows "had had" and "that that", Russian "то то"; names double, too (Duran Duran).
"""

import re
from itertools import islice
from operator import eq
from typing import Final

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.reduplication import MEANT
from publishing.quality.text import MOST, TAG_FILL, Text, Word

_GAP: Final = re.compile(rf"[{TAG_FILL}\s\u00ad\u200b-\u200d\u2060\ufeff]*")
_ONE_BY_ONE: Final = re.compile(
    r"one by one|one after|individually|in turn|одн?\w+ за друг|поодиночке|по одно|поочер[её]дно|по очереди",
    re.IGNORECASE,
)
_CONVERB: Final = re.compile(
    r"(?!(?:sahip|takip|rakip|galip|talip|ekip|olup|grup|kulüp)$|\w*küp$)[^\W\d_]{2,}[ıiuü]p"
)
"""Durup durup, bakıp bakıp: a converb may always be doubled."""
_RU_THEN: Final = {"что": ("бы", "ни", "угодно", "-"), "как": ("минимум", "раз", "можно", "будто", "правило")}


def check(pair: Pair) -> list[Finding]:
    """Doubled words of the target; a doubled name is let through if the source doubles one."""
    found = list(_doubled(pair.target))
    if not found:
        return []
    if any(_is_name(first.text) for first, _ in found) and any(
        _is_name(first.text) for first, _ in _doubled(pair.source)
    ):
        found = [words for words in found if not _is_name(words[0].text)]
    one_by_one = _ONE_BY_ONE.search(pair.source.text) is not None
    return [
        _finding(pair.target, first, second)
        for first, second in found
        if not (one_by_one and _fold(first.text, "tr") == "bir")
    ][:MOST]


def check_source(text: Text) -> list[Finding]:
    """Doubled words of a source."""
    return [
        _finding(text, first, second)
        for first, second in _doubled(text)
        if not (text.language == "tr" and _fold(first.text, "tr") == "bir")
    ][:MOST]


def _doubled(text: Text) -> list[tuple[Word, Word]]:
    """Neighbouring words that are the same but for case, with nothing but blanks between them."""
    if not _repeats(text):
        return []
    words = text.words
    doubled: list[tuple[Word, Word]] = []
    for index in range(1, len(words)):
        first, second = words[index - 1], words[index]
        if not _is_same(first.text, second.text, text.language):
            continue
        if _is_doubled(text, first, second) and not _is_meant(text, words, index):
            doubled.append((first, second))
    return doubled


def _repeats(text: Text) -> bool:
    """Whether any word stands twice in a row: few texts hold one, and only these are looked at closely."""
    words = text.word_texts
    forms = [[word.lower() for word in words]]
    if text.language == "tr":
        forms.append([_fold(word, "tr") for word in words])
    return any(any(map(eq, form, islice(form, 1, None))) for form in forms)


def _is_same(one: str, other: str, language: str) -> bool:
    return one.lower() == other.lower() or (language == "tr" and _fold(one, "tr") == _fold(other, "tr"))


def _is_doubled(text: Text, first: Word, second: Word) -> bool:
    gap = text.masked[first.end : second.start]
    if not any(sign.isspace() for sign in gap) or not _GAP.fullmatch(gap):
        return False
    if TAG_FILL in gap and "/>" in text.text[first.end : second.start]:
        return False  # a line break stands between them
    if not any(sign.isalpha() for sign in first.text) or any(sign.isdigit() for sign in first.text):
        return False
    return len(first.text) > 1 or not (first.text.isupper() and second.text.isupper())


def _is_meant(text: Text, words: list[Word], index: int) -> bool:
    word = _fold(words[index].text, text.language)
    if word in MEANT[text.language]:
        return True
    if text.language == "tr" and _CONVERB.fullmatch(word):
        return True
    follows = _RU_THEN.get(word) if text.language == "ru" else None
    if follows is None or index + 1 >= len(words):
        return False
    return words[index + 1].text.lower() in follows


def _is_name(word: str) -> bool:
    return word[:1].isupper()


def _fold(word: str, language: str) -> str:
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower()


def _finding(text: Text, first: Word, second: Word) -> Finding:
    word = text.text[first.start : second.end][:60]
    return finding("doubled_word", first.start, second.end, {"word": word})
