"""The form in which texts are sought, one for all languages: whoever searches does not say in which they type.

Letters of either case are alike, and so are the dotted and the dotless i (a Turkish text has all four of i, İ, ı
and I, an English keyboard two), Russian ё and е, Turkish vowels with and without their circumflex; stress marks
are left out. Quotation marks and blanks of every kind are as keyboards have them.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

_LEFT_OUT: Final = "\u0307\u0300\u0301\u00ad"
"""What Python's lower() leaves of İ, stress marks, the soft hyphen."""
_ALIKE: Final[Mapping[str, str]] = {
    "ı": "i",
    "â": "a",
    "î": "i",
    "û": "u",
    "ё": "е",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
}


def search_form(text: str) -> str:
    """The text as it is sought. A text has the words if its form has theirs."""
    small = text.lower()
    if small.isascii():
        return small
    for character in _LEFT_OUT:
        small = small.replace(character, "")
    small = unicodedata.normalize("NFC", small)
    for character, alike in _ALIKE.items():  # quicker than str.translate, by a half
        small = small.replace(character, alike)
    return small
