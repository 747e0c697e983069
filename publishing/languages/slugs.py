"""Addresses from titles: Latin letters that a reader of the language can still read.

The Russian romanisation is the one that newspapers' addresses use (after BGN/PCGN, without diacritics).
"""

import re
import unicodedata
from typing import Final

from publishing.languages import casing, require

LONGEST: Final = 80

_RUSSIAN: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
        "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
_OTHERS: Final = str.maketrans(
    {"ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l", "þ": "th"}
)
_APOSTROPHES: Final = re.compile("['’‘ʼ`´]")
_REST: Final = re.compile("[^a-z0-9]+")


def propose(title: str, language: str) -> str:
    """A slug of small ASCII letters, digits and hyphens, at most 80 characters, cut between words; never empty."""
    text = casing.lower(_APOSTROPHES.sub("", title), require(language)).translate(_RUSSIAN).translate(_OTHERS)
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _shortened(_REST.sub("-", bare).strip("-")) or "untitled"


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
