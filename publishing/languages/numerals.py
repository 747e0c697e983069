"""Numbers in digits: how English, Turkish and Russian group and point them, and the words that scale them.

1,234,567.5 = 1.234.567,5 = 1 234 567,5 (any space); 5 million = 5 milyon = 5 млн; 1 milyon 250 bin =
1,250,000; 2 buçuk milyon = 2.5 million. What can be read in two ways carries both readings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_BLANK: Final = f"[{_SPACES}]"
TOKEN: Final = re.compile(
    rf"(?<![0-9])(?:[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
)
_SCALE: Final = re.compile(rf"({_BLANK}|-)?([^\W\d_]{{1,14}})")
_HALF: Final = {
    "en": re.compile(rf"{_BLANK}and{_BLANK}a{_BLANK}half(?![^\W\d_])"),
    "tr": re.compile(rf"{_BLANK}buçuk"),
    "ru": re.compile(rf"{_BLANK}с{_BLANK}половиной"),
}
_TR_BIN: Final = re.compile(r"bin(?:i|e|de|den|in|lik|inci|er|lerce|ini|ine|inin|inden|inde)?")
_RANGE: Final = re.compile(
    rf"(?:{_BLANK}?[-–—]{_BLANK}?|{_BLANK}(?:to|or|and|ila|ile|veya|ve|до|или|и){_BLANK})(?=[0-9])"
)
_CURRENCIES: Final = frozenset("$€£¥₺₽")
"""After one of these, 5m is five million for certain."""
_LONGEST: Final = 24
"""Digits of the longest number that is read as a number; longer ones are compared by their digits alone."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in digits: the likeliest value first, then whatever else it can be read as.

    `parts` are the numbers it falls into if its blanks separate instead of grouping.
    """

    start: int
    end: int
    readings: tuple[Decimal, ...]
    parts: tuple[tuple[int, int], ...] = ()
    scale: Decimal = Decimal(1)


def find(text: str, language: str, taken: set[int]) -> list[Numeral]:
    """The numbers in digits outside the positions `taken`, in order; scaled, and ranges scaled together."""
    scaled = [_scaled(text, numeral, language) for numeral in _plain(text, language, taken)]
    return _ranged(text, _joined(text, scaled, language))


def _plain(text: str, language: str, taken: set[int]) -> Iterator[Numeral]:
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if taken and not taken.isdisjoint((start, end - 1)):
            yield from _untaken(text, start, end, language, taken)
        else:
            yield from _read(match.group(), start, language)


def _untaken(text: str, start: int, end: int, language: str, taken: set[int]) -> Iterator[Numeral]:
    """A grouped token of which a date has claimed a part: what is left of it, piece by piece."""
    for piece in re.finditer(r"[0-9]+", text[start:end]):
        if start + piece.start() not in taken:
            yield from _read(piece.group(), start + piece.start(), language)


def _read(token: str, start: int, language: str) -> Iterator[Numeral]:
    end = start + len(token)
    if len(token) > _LONGEST:
        yield Numeral(start, end, (Decimal(token[:_LONGEST].translate(_BARE) or "0") + len(token),))
        return
    blanks = [index for index, sign in enumerate(token) if sign in _SPACES]
    if blanks:
        joined = "".join(sign for sign in token if sign not in _SPACES)
        edges = [0, *(index + 1 for index in blanks)]
        stops = [*blanks, len(token)]
        parts = tuple((start + first, start + last) for first, last in zip(edges, stops, strict=True))
        yield Numeral(start, end, _readings(joined, "ru"), parts)
        return
    readings = _readings(token, language)
    if readings:
        yield Numeral(start, end, readings)
        return
    for piece in re.finditer(r"[0-9]+", token):  # a version, a list without blanks: number by number
        yield Numeral(start + piece.start(), start + piece.end(), (Decimal(piece.group()),))


_BARE: Final = str.maketrans("", "", " .,\u00a0\u2007\u2009\u202f")


@lru_cache(maxsize=8192)
def _readings(token: str, language: str) -> tuple[Decimal, ...]:
    """What digits with points and commas mean; nothing if they are no one number."""
    points, commas = token.count("."), token.count(",")
    if not points and not commas:
        return (Decimal(token),)
    if points and commas:
        return _both(token)
    mark = "." if points else ","
    whole, *groups = token.split(mark)
    grouped = len(whole) <= 3 and whole != "0" and all(len(group) == 3 for group in groups)
    if len(groups) > 1:
        return (Decimal(token.replace(mark, "")),) if grouped else ()
    decimal = Decimal(token.replace(mark, "."))
    if not grouped:
        return (decimal,)
    thousands = Decimal(token.replace(mark, ""))
    grouping = {"en": ",", "tr": ".", "ru": ""}[language]
    if mark == grouping:
        return (thousands,)
    return (decimal, thousands) if language == "ru" and mark == "." else (decimal,)


def _both(token: str) -> tuple[Decimal, ...]:
    """Points and commas together: the last mark is the decimal one, the others group."""
    decimal = max(token.rfind("."), token.rfind(","))
    whole, fraction = token[:decimal], token[decimal + 1 :]
    mark = token[decimal]
    other = "," if mark == "." else "."
    groups = whole.split(other)
    if mark in whole or len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:]):
        return ()
    return (Decimal(whole.replace(other, "") + "." + fraction),)


def _scaled(text: str, numeral: Numeral, language: str) -> Numeral:
    readings, end, parts = numeral.readings, numeral.end, numeral.parts
    half = _HALF[language].match(text, end)
    if half is not None:
        readings, end = tuple(value + Decimal("0.5") for value in readings), half.end()
    match = _SCALE.match(text, end)
    if match is None:
        return Numeral(numeral.start, end, readings, parts)
    factor, doubtful = scale_of(match.group(2), language, bool(match.group(1)))
    if factor is None:
        return Numeral(numeral.start, end, readings, parts)
    scaled = tuple(value * factor for value in readings)
    if doubtful and text[numeral.start - 1 : numeral.start] not in _CURRENCIES:
        return Numeral(numeral.start, end, readings + scaled, parts)
    return Numeral(numeral.start, match.end(), scaled, (), factor)


@lru_cache(maxsize=8192)
def scale_of(word: str, language: str, apart: bool) -> tuple[Decimal | None, bool]:
    """The factor that a word after a number stands for, and whether it may be no factor at all (5m, 2
    decades)."""
    lower = word.replace("İ", "i").lower()
    if not apart and lower in _LETTERS:
        return _LETTERS[lower], True
    if lower in _VOLUMES:
        return _VOLUMES[lower], True
    if language == "tr" and _TR_BIN.fullmatch(lower):
        return Decimal(1000), False
    factor = _SCALES.get(lower)
    for stem in _STEMS.get(language, ()) if factor is None else ():
        if lower.startswith(stem) and not lower.startswith((stem + "er", "milyarder")):
            factor = _SCALES[stem]
    return factor, factor is not None and factor < 1000


_STEMS: Final = {
    "tr": ("milyon", "milyar", "trilyon"),
    "ru": ("тысяч", "миллион", "миллиард", "триллион", "десятилет", "столет"),
}
_VOLUMES: Final = {"bcm": Decimal(10**9), "mcm": Decimal(10**6), "tcm": Decimal(10**12)}
_LETTERS: Final = {
    "m": Decimal(10**6), "k": Decimal(1000), "b": Decimal(10**9), "t": Decimal(10**12),
}  # fmt: skip
_POWERS: Final = """
1000 thousand тыс тысяч
1000000 million mn mln milyon млн миллион
1000000000 billion bn mlr milyar млрд миллиард
1000000000000 trillion tn trn trilyon трлн триллион
10 decades десятилет
12 dozen
100 centuries столет
"""
_SCALES: Final = {
    word: Decimal(row.split()[0]) for row in _POWERS.strip().splitlines() for word in row.split()[1:]
}


def _joined(text: str, numerals: list[Numeral], language: str) -> list[Numeral]:
    """1 milyon 250 bin, 5 тыс. 300: a smaller number right after a scaled one belongs to it."""
    if language == "en":
        return numerals
    joined: list[Numeral] = []
    for numeral in numerals:
        last = joined[-1] if joined else None
        if last is not None and _continues(text, last, numeral):
            value = last.readings[0] + numeral.readings[0]
            parts = (*(last.parts or ((last.start, last.end),)), (numeral.start, numeral.end))
            joined[-1] = Numeral(last.start, numeral.end, (value,), parts, numeral.scale)
        else:
            joined.append(numeral)
    return joined


def _continues(text: str, last: Numeral, numeral: Numeral) -> bool:
    gap = text[last.end : numeral.start] if numeral.start - last.end <= 2 else "?"
    if last.scale < 1000 or gap.lstrip(".").strip(_SPACES) or not gap or numeral.readings[0] >= last.scale:
        return False
    if numeral.scale >= 1000:
        return True
    after = text[numeral.end : numeral.end + 2]
    return last.scale == 1000 and numeral.readings[0] < 1000 and not after.lstrip(_SPACES).startswith("%")


def _ranged(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """2-3 million: the first may be meant in millions too."""
    for index in range(len(numerals) - 1):
        first, second = numerals[index], numerals[index + 1]
        if second.scale > 1 and first.scale == 1:
            gap = _RANGE.match(text, first.end)
            if gap is not None and gap.end() == second.start:
                also = tuple(value * second.scale for value in first.readings)
                numerals[index] = Numeral(first.start, first.end, first.readings + also, first.parts)
    return numerals
