"""References in a text (`[7]`) and the label at a note's beginning (`[7] `)."""

import re
from dataclasses import dataclass
from typing import Final

from publishing.markup.blocks import WHITE_SPACE

_REFERENCE: Final = re.compile(r"\[([1-9][0-9]{0,2})\]")
_LABEL: Final = re.compile(rf"[{WHITE_SPACE}]*\[([1-9][0-9]{{0,2}})\](?:[{WHITE_SPACE}]+|$)")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference to a note: the note's number and the span of the whole mark, brackets included."""

    number: int
    start: int
    end: int


def references(text: str) -> list[Reference]:
    """Return the references of the text in order. A number has one to three digits: `[2022]` is text."""
    return [Reference(int(match[1]), *match.span()) for match in _REFERENCE.finditer(text)]


def label(text: str) -> Reference | None:
    """Return the label that opens a note's paragraph, its span with the blanks around it, or None."""
    match = _LABEL.match(text)
    return Reference(int(match[1]), *match.span()) if match else None
