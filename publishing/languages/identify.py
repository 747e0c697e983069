"""Which of the three languages a text is in: by its script, then by letters and small words that tell."""

import re
from collections import Counter
from typing import Final

from publishing.languages import casing

ENOUGH: Final = 4_000
"""Characters that are looked at: what they do not tell, the rest of a book would not either."""

_CYRILLIC: Final = re.compile("[Ѐ-ӿ]")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")
_TURKISH_LETTERS: Final = re.compile("[ığşİĞŞ]")
_TURKISH_WORDS: Final = re.compile(r"\b(?=[a-zçğıöşü]*[ğış])[a-zçğıöşü]+\b")
_WORDS: Final = re.compile(r"[^\W\d_]+")

_TURKISH: Final = frozenset(
    "ve bir bu da de ile için olarak olan en çok daha gibi kadar sonra ancak ise veya ya ki ne o şu her mi mı "
    "olduğu göre arasında tarafından üzerinde etmiştir olmuştur yılında eğitimine devam çalışmalarını".split()
)
_ENGLISH: Final = frozenset(
    "the of and to in a is that for on was with as by at from it this are be has have had which an its or not "
    "their will been were but they he she his her".split()
)


def identify(text: str) -> str:
    """The text's language, by its beginning; English where nothing speaks for another."""
    text = text[:ENOUGH]
    if 2 * len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)):
        return "ru"
    turkish = _turkish_words(text) + len(_TURKISH_LETTERS.findall(text))
    return "tr" if turkish > 2 * _english_words(text) else "en"


def telling_words(text: str) -> dict[str, int]:
    """How many words tell that a text is Turkish, and how many that it is English: no names among them.

    Small words of either language, and words in small letters that have letters of Turkish alone.
    """
    return {
        "tr": _turkish_words(text) + len(_TURKISH_WORDS.findall(text)),
        "en": _english_words(text),
    }


def _turkish_words(text: str) -> int:
    words = Counter(_WORDS.findall(casing.lower(text, "tr")))
    return sum(words[word] for word in _TURKISH)


def _english_words(text: str) -> int:
    words = Counter(_WORDS.findall(text.lower()))
    return sum(words[word] for word in _ENGLISH)
