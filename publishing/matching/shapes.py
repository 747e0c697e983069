"""The shape of a sentence: what is left of it when its numbers, dates, marks and names are taken out.

Two sentences of one shape say the same of other figures or people; the translation of one may be repaired into
a translation of the other (see repair). Names are runs of capitalised words; that is generous, since a shape
only proposes and the repair decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from publishing.languages import casing, numbers, require
from publishing.languages.numbers import Quantity
from publishing.markup.blocks import WHITE_SPACE

Kind = Literal["quantity", "mark", "name"]

MARK: Final = re.compile(r"\[[0-9]{1,3}\]|</?[a-z]{1,3}[0-9]{1,5}/?>")
_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞĞİŞА-ЯЁ]"
_NAME: Final = re.compile(rf"(?<![\w’'ʼ-]){_CAPITAL}[\w&]*(?:[ -]{_CAPITAL}[\w&]*)*")
_BLANKS: Final = re.compile(f"[{re.escape(WHITE_SPACE)}]+")
_FILL: Final = "\ue000"
_SLOTS: Final = {"quantity": "\ue001", "mark": "\ue002", "name": "\ue003"}
FEWEST_WORDS: Final = 2
"""Words that must be left: what is nothing but names and figures has no shape of its own."""
LONGEST: Final = 2_000
"""Characters of the longest text that has a shape."""


@dataclass(frozen=True, slots=True)
class Item:
    """What was taken out of a text: its span, how it is written, and its value where it is a quantity."""

    kind: Kind
    start: int
    end: int
    text: str
    quantity: Quantity | None = None


def items(text: str, language: str) -> list[Item]:
    """What can be exchanged in the text, in order, without overlaps. Raises UnknownLanguage."""
    found = [Item("mark", mark.start(), mark.end(), mark.group()) for mark in MARK.finditer(text)]
    masked = _masked(text, found)
    for quantity in numbers.find(masked, require(language)):
        if quantity.firm and not quantity.parts:
            span = masked[quantity.start : quantity.end]
            if _FILL not in span:
                found.append(Item("quantity", quantity.start, quantity.end, span, quantity))
    found += [
        Item("name", name.start(), name.end(), name.group())
        for name in _NAME.finditer(_masked(text, found))
        if _FILL not in name.group()
    ]
    return sorted(found, key=lambda item: item.start)


def shape(text: str, language: str) -> str:
    """The text's shape; empty where nothing can be exchanged in it or too few words are left.

    Case does not count, nor do blanks. Equal shapes have as many items, of the same kinds in the same order.
    """
    if len(text) > LONGEST:
        return ""
    found = items(text, language)
    left = "".join(_written(text, found))
    said = _BLANKS.sub(" ", casing.fold(left, language)).strip(" ")
    words = sum(any(map(str.isalpha, word)) for word in said.split(" "))
    return said if found and words >= FEWEST_WORDS else ""


def _written(text: str, found: list[Item]) -> Iterator[str]:
    end = 0
    for item in found:
        yield text[end : item.start]
        yield _SLOTS[item.kind]
        end = item.end
    yield text[end:]


def _masked(text: str, found: list[Item]) -> str:
    """The text with the items filled in, sign for sign."""
    written = list(text)
    for item in found:
        written[item.start : item.end] = _FILL * (item.end - item.start)
    return "".join(written)
