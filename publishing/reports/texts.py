"""A document's text in one language, block by block: as it stands now, or as a release froze it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from publishing.markup import Tag, placeholders
from publishing.models import Block, Document, Segment, Translation


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment's text in the language; `translation` is None in the source language."""

    segment: Segment
    text: str
    translation: Translation | None = None

    @property
    def is_empty_on_purpose(self) -> bool:
        return self.translation is not None and self.translation.is_empty_on_purpose


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block with its segments' texts in order."""

    block: Block
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The block's text: its pieces with the source's blanks between them.

        Around what is empty on purpose there is one blank, the first; at the block's edges there are the block's.
        """
        text, blank = "", self.pieces[0].segment.before
        for piece in self.pieces:
            blank = blank or (piece.segment.before if text else "")
            if not piece.is_empty_on_purpose:
                text += blank + piece.text
                blank = ""
            blank = blank or (piece.segment.after if text else "")
        return (text + self.pieces[-1].segment.after) if text else ""

    @property
    def tags(self) -> dict[str, Tag]:
        return {name: Tag.from_json(tag) for name, tag in self.block.markup.items()}


def of_document(document: Document, language: str) -> list[BlockText]:
    """The text as it stands: the source itself, or each segment's current translation, empty where missing."""
    if language == document.source_language:
        segments = Segment.objects.in_use().filter(document=document).select_related("block")
        return _by_block(Piece(segment, segment.text) for segment in segments)
    rows = Translation.objects.of_document(document.pk, language)
    return _by_block(Piece(row.segment, row.text, row) for row in rows)


def _by_block(pieces: Iterable[Piece]) -> list[BlockText]:
    return [
        BlockText(group[0].segment.block, group)
        for group in (tuple(some) for _, some in groupby(pieces, key=lambda piece: piece.segment.block_id))
    ]


class Compared(Protocol):
    """What checks read of a translation."""

    @property
    def pk(self) -> int: ...

    @property
    def joined_to_id(self) -> int | None: ...

    @property
    def source(self) -> str: ...

    @property
    def text(self) -> str: ...


def compared(block: Sequence[Compared]) -> list[tuple[str, str]]:
    """Source and text of each translation of a block, as checks compare them.

    A joined sentence is compared where its words are. What an omitted one holds may stand in another.
    """
    return [("", "") if row.joined_to_id else (row.source, row.text) for row in block]


def first(blocks: Sequence[BlockText], kind: str) -> str:
    """The text of the first block of a kind, without its placeholders, or nothing."""
    return next(
        (placeholders.plain(block.text, block.tags) for block in blocks if block.block.kind == kind), ""
    )
