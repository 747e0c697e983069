"""Turkish suffixes after a number in digits: 2021'de but 2023'te, %14'ü but %16'sı.

The suffix follows the sound of the number as it is read aloud: its last vowel, whether that is voiced, and
whether the number ends in a vowel. Source: Türk Dil Kurumu, Yazım Kılavuzu, Sayıların Yazılışı.
"""

from decimal import Decimal
from typing import Final

_UNITS: Final = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS: Final = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_POWERS: Final = ((12, "trilyon"), (9, "milyar"), (6, "milyon"), (3, "bin"), (2, "yüz"))

_VOWELS: Final = "aıoueiöü"
_VOICELESS: Final = "fstkçşhp"
_NARROW: Final = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}
_WIDE: Final = {vowel: "a" if vowel in "aıou" else "e" for vowel in _VOWELS}

SUFFIXES: Final = (
    "DA", "DAn", "DAki", "DAkI", "(y)A", "(y)I", "(n)In", "(y)lA", "(s)I", "(s)InI", "(s)InA", "(s)IndA",
    "(s)IndAn", "(s)InIn", "lAr", "lArI", "lArA", "lArDA", "lArDAn", "lArIn", "lArInA", "lArIndA", "lIk",
    "(I)ncI", "(I)ncIsI", "(ş)Ar", "DIr",
)  # fmt: skip
"""The suffixes that stand after numbers: A and I follow the vowels, D the voice, a letter in brackets fills a gap
between two vowels (an I one between consonants)."""


def last_word(number: Decimal) -> str:
    """The word with which the number ends when it is read aloud; of a fraction, that of its last digits."""
    _sign, digits, exponent = number.as_tuple()
    whole = int("".join(map(str, digits)))
    if isinstance(exponent, int) and exponent > 0:
        whole *= 10**exponent
    elif isinstance(exponent, int) and exponent < 0:
        whole = whole % 10**-exponent or int(abs(number))
    if whole == 0:
        return _UNITS[0]
    if whole % 10:
        return _UNITS[whole % 10]
    if whole % 100:
        return _TENS[whole // 10 % 10]
    return next(word for power, word in _POWERS if whole % 10**power == 0)


def attach(suffix: str, word: str) -> str:
    """One of SUFFIXES as it sounds after the word."""
    written = ""
    for position, sign in enumerate(suffix):
        heard = word + written
        if sign in "()" or (position and suffix[position - 1] == "("):
            if sign not in "()" and (heard[-1] in _VOWELS) != (sign == "I"):
                written += _sounded(sign, heard)
            continue
        written += _sounded(sign, heard)
    return written


def _sounded(sign: str, heard: str) -> str:
    vowel = next(letter for letter in reversed(heard) if letter in _VOWELS)
    if sign == "A":
        return _WIDE[vowel]
    if sign == "I":
        return _NARROW[vowel]
    if sign == "D":
        return "t" if heard[-1] in _VOICELESS else "d"
    return sign


def carried_over(written: str, old: Decimal, new: Decimal) -> str | None:
    """The suffix that stood after the old number, as it is written after the new one.

    None where it is no suffix of the old number, or could be two that part ways after the new one.
    """
    heard, sought = last_word(old), last_word(new)
    found = {attach(suffix, sought) for suffix in SUFFIXES if attach(suffix, heard) == written}
    return found.pop() if len(found) == 1 else None
