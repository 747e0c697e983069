"""Casing as each language has it: Python's own knows nothing of the Turkish dotted and dotless i.

Sources: the Unicode Standard, SpecialCasing.txt (`tr`: i ↔ İ, ı ↔ I).
"""

from typing import Final

from publishing.languages import require

_TURKISH_LOWER: Final = str.maketrans({"İ": "i", "I": "ı"})
_TURKISH_UPPER: Final = str.maketrans({"i": "İ", "ı": "I"})
_FOLDED: Final = str.maketrans({"ё": "е", "Ё": "е"})


def lower(text: str, language: str) -> str:
    """The text in small letters; in Turkish İ becomes i and I becomes ı, each one character."""
    return text.translate(_TURKISH_LOWER).lower() if require(language) == "tr" else text.lower()


def upper(text: str, language: str) -> str:
    """The text in capitals; in Turkish i becomes İ and ı becomes I."""
    return text.translate(_TURKISH_UPPER).upper() if require(language) == "tr" else text.upper()


def capitalise(text: str, language: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return upper(text[:1], language) + text[1:]


def fold(text: str, language: str) -> str:
    """A form for comparison: letters of either case alike by the language's rules, Russian ё like е.

    Character for character, so that places in the folded text are places in the text: where a letter's small
    form would be several characters, the letter stays.
    """
    if require(language) == "tr":
        text = text.translate(_TURKISH_LOWER)
    elif language == "ru":
        text = text.translate(_FOLDED)
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
