"""Numbers written out in words: every value that a text's words can stand for.

Deliberately generous. These values only ever excuse a difference (two for 2, «вдвое» for 2, "decade" for 10
years); they never raise one, so a word that might be a number counts as one.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from publishing.languages import number_forms

_WORD: Final = re.compile(r"[^\W\d_]+")
_LINK: Final = re.compile(r"[\s‑-]{1,2}|,? (?:and|и|с) (?:an? )?|[\s-]an?[\s-]")
_ARTICLES: Final = frozenset({"a", "an"})
_LONGEST_RUN: Final = 12

_TR_SUFFIX: Final = re.compile(
    r"(?:[ıiuü]?nc[ıiuü])?(?:ş?[ae]r)?(?:l[ıiuü]k?)?(?:l[ae]r)?(?:s?[ıiuü]n?)?"
    r"(?:n?[ae]|n?[dt][ae]n?|n?[ıiuü]n|yl[ae]|y[ıiuüae])?(?:ki)?"
)
_TR_NEVER: Final = re.compile(
    r"on(?:un|u|a|da|dan|lar.*|un.*)|alt(?:ında|ından|ına|ını|ının)|bin(?:e|i|a)|yüz(?:ü|ünden|üne|den|ün)"
)

_RU: Final = tuple((value, re.compile(form)) for value, form in number_forms.RU)
_RU_FIRST: Final = frozenset("онднпвтчшсбмуек")

_MULTIPLIERS: Final = frozenset(
    Decimal(value) for value in ("10", "12", "100", "1000", "1000000", "1000000000", "1000000000000")
)
_EXTRA: Final = {
    Decimal("0.5"): (Decimal(2), Decimal(50), Decimal(6)),
    Decimal("1.5"): (Decimal(18),),
    Decimal(4): (Decimal(25),),
    Decimal(0): (Decimal(24), Decimal(12)),
}


def spelled(text: str, language: str) -> frozenset[Decimal]:
    """Every value that words of the text can stand for: each number word, and each run of them read as
    one."""
    values: set[Decimal] = set()
    run: list[Decimal] = []
    end = 0
    for word in _WORD.finditer(text):
        value = value_of(word.group(), language)
        if language == "en" and word.group().lower() in _ARTICLES:
            values.add(Decimal(1))
            continue
        linked = bool(run) and len(run) < _LONGEST_RUN and _LINK.fullmatch(text, end, word.start())
        if value is None:
            continue
        if not linked:
            run = []
        run.append(value)
        end = word.end()
        values.update(_readings(run))
    return frozenset(values)


@lru_cache(maxsize=16384)
def value_of(word: str, language: str) -> Decimal | None:
    """The number that one word stands for in a language, in any of its forms, or None."""
    if language == "en":
        return number_forms.EN.get(word.lower())
    if len(word) > 24:
        return None
    return _turkish(word) if language == "tr" else _russian(word)


def _turkish(word: str) -> Decimal | None:
    lower = word.replace("I", "ı").replace("İ", "i").lower()
    if _TR_NEVER.fullmatch(lower):
        return None
    for length in range(min(len(lower), 7), 1, -1):
        value = number_forms.TR.get(lower[:length])
        if value is not None and _TR_SUFFIX.fullmatch(lower, length):
            return value
    return None


def _russian(word: str) -> Decimal | None:
    lower = word.lower()
    if lower[0] not in _RU_FIRST:
        return None
    for value, form in _RU:
        if form.fullmatch(lower):
            return value
    return None


def _readings(run: list[Decimal]) -> set[Decimal]:
    """The last word by itself, and the run up to it as a sum with multipliers; nineteen ninety as 1990."""
    values = {run[-1], _composed(run)}
    values.update(_EXTRA.get(run[-1], ()))
    values.update(_EXTRA.get(_composed(run), ()))
    if len(run) >= 2 and 10 <= run[0] < 100:
        values.add(run[0] * 100 + _composed(run[1:]))
    if run[-1] in range(20, 100, 10):
        values.add(run[-1] + 1900)  # "the nineties"
    return values


def _composed(run: list[Decimal]) -> Decimal:
    total = current = Decimal(0)
    for value in run:
        if value >= 1000:
            total += (current or 1) * value
            current = Decimal(0)
        elif value in _MULTIPLIERS and current and current < value:
            current *= value
        else:
            current += value
    return total + current
