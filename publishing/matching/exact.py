"""The key under which a sentence is looked up in memory: equal keys are an exact match."""

import re
import unicodedata
from typing import Final

from publishing.languages import require
from publishing.markup.blocks import WHITE_SPACE

_BLANKS: Final = re.compile(f"[{re.escape(WHITE_SPACE)}]+")


def memory_key(text: str, language: str) -> str:
    """Return the text's memory key: composed (NFC), without blanks at its edges, one space for inner ones.

    Case, punctuation and quotation marks stay: a match that differs in them is no exact one. The key of a key
    is the key. Raises UnknownLanguage, since a key of the wrong language would never be found.
    """
    require(language)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
