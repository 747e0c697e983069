"""Characters: those that no catalog can hold block, invisible ones are named.

Control characters but tab and line breaks, unpaired surrogates and U+FFFD (a text decoded wrongly) cannot be
translated. Zero-width characters, soft hyphens and direction marks are there by accident.
"""

import re
import unicodedata
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, finding
from publishing.quality.text import MOST, Text

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff]+")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)


def check(text: Text) -> list[Finding]:
    """Control characters and invisible ones, run by run."""
    found: list[Finding] = []
    for code, pattern in (("control_character", _CONTROL), ("invisible_character", _INVISIBLE)):
        for match in islice(pattern.finditer(text.text), MOST):
            found.append(
                finding(code, match.start(), match.end(), {"character": _name(match.group())}, in_source=True)
            )
    return found


def _name(run: str) -> str:
    sign = run[0]
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()
