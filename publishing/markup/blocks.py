"""The pieces that a document is made of, and what counts as a blank in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

KINDS: Final[tuple[str, ...]] = (
    "title",
    "summary",
    "heading",
    "paragraph",
    "list_item",
    "quote",
    "caption",
    "alt",
    "cell",
    "note",
    "name",
)

WHITE_SPACE: Final = (
    "\t\n\v\f\r \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""The characters with the property White_Space of the Unicode Character Database (PropList.txt).

`str.strip()` without an argument is no substitute: it also takes U+001C to U+001F.
"""

UNSEEN: Final = WHITE_SPACE + "\u200b\u200c\u200d\u2060\ufeff"
"""What leaves nothing to see when a text consists of nothing else."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a placeholder stands for: an HTML element's name and the attributes that we keep.

    `paired` tells `<b1>…</b1>` from `<br4/>`.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    paired: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the tag as plain values, for a JSON column."""
        return {"name": self.name, "attributes": dict(self.attributes), "paired": self.paired}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the tag that `as_json` wrote."""
        return cls(str(value["name"]), dict(value.get("attributes", {})), bool(value.get("paired", True)))


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document in order: its kind, its text with placeholders, what rendering needs, the map.

    `attributes` by kind (all optional, counted from 1 within the document):
    heading: level; list_item: list, level, ordered; quote: quote; alt and caption: figure (or table), src,
    width, height; cell: table, row, column, header, columns, rows; note: number. Any text kind may carry
    wrapper, the tags that enclosed the whole block (`"b"`, `"b i"`).
    """

    kind: str
    text: str
    attributes: dict[str, str | int] = field(default_factory=dict)
    markup: dict[str, Tag] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Unknown kind of block {self.kind!r}: use one of {', '.join(KINDS)}.")


def is_blank(text: str) -> bool:
    """Tell whether the text leaves nothing to see: no character but blanks and zero-width ones."""
    return not text.strip(UNSEEN)
