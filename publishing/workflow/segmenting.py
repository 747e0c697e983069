"""Blocks into segments with permanent keys, and the difference between a stored source and a new one.

Cutting belongs to the source, for all languages. What is stored is compared with what came in, and only
the difference is written: a reworded sentence keeps its key, so that its translations are found again.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from publishing import markup
from publishing.markup import cutting, placeholders
from publishing.matching import alignment, exact, shapes
from publishing.models import Block, Document, Segment
from publishing.models.segment import SegmentRow


@dataclass(slots=True)
class Difference:
    """What has to be written so that the stored source becomes the new one."""

    new_blocks: list[Block] = field(default_factory=list)
    moved_blocks: list[Block] = field(default_factory=list)
    retired_blocks: list[Block] = field(default_factory=list)
    new: list[Segment] = field(default_factory=list)
    reworded: list[Segment] = field(default_factory=list)
    moved: list[Segment] = field(default_factory=list)
    retired: list[Segment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, slot.name) for slot in dataclasses.fields(self))


def memory_digest(text: str, language: str) -> str:
    """The key under which a memory knows a source text: 128 bits of BLAKE2b over its memory form."""
    return blake2b(exact.memory_key(text, language).encode(), digest_size=16).hexdigest()


def shape_digest(text: str, language: str) -> str:
    """The key under which sentences of one shape are found; empty where the text has none."""
    shape = shapes.shape(text, language)
    return blake2b(shape.encode(), digest_size=16).hexdigest() if shape else ""


def block_rows(document: Document, blocks: Sequence[markup.Block]) -> list[Block]:
    """Unsaved rows for a document's blocks, in order."""
    return [
        Block(
            document=document,
            position=position,
            kind=block.kind,
            attributes=dict(block.attributes),
            markup={name: tag.as_json() for name, tag in block.markup.items()},
        )
        for position, block in enumerate(blocks)
    ]


def rows_to_insert(
    document: Document, made: Sequence[Block], blocks: Sequence[markup.Block]
) -> Iterator[SegmentRow]:
    """The sentences of blocks whose rows are saved, in the order of the text, ready for insertion."""
    language, position = document.source_language, 0
    for row, block in zip(made, blocks, strict=True):
        for piece in cutting.cut(block.text, language, block.markup, kind=block.kind):
            digest = memory_digest(piece.text, language)
            yield SegmentRow(document.pk, row.pk, position, piece.before, piece.text, piece.after, digest)
            position += 1


def segment_rows(document: Document, made: Sequence[Block], blocks: Sequence[markup.Block]) -> list[Segment]:
    """Unsaved objects for the same, where they are compared with stored ones; their blocks may be unsaved, too."""
    language, segments = document.source_language, []
    for row, block in zip(made, blocks, strict=True):
        for piece in cutting.cut(block.text, language, block.markup, kind=block.kind):
            segments.append(
                Segment(
                    document=document,
                    block=row,
                    position=len(segments),
                    before=piece.before,
                    text=piece.text,
                    after=piece.after,
                    memory_key=memory_digest(piece.text, language),
                )
            )
    return segments


def difference(document: Document, stored: Sequence[Segment], blocks: Sequence[markup.Block]) -> Difference:
    """Compares the stored segments (with their blocks, in order) with the blocks that came in.

    Returns unsaved new rows and changed stored ones. A stored segment goes on in the new one that the
    alignment gives it; a block goes on in the block that keeps most of its segments.
    """
    fresh_blocks = block_rows(document, blocks)
    fresh = segment_rows(document, fresh_blocks, blocks)
    made = Difference()
    pairs = alignment.align([_mark(s) + s.text for s in stored], [_mark(s) + s.text for s in fresh])
    heirs = {
        m.new_index: stored[m.old_index] for m in pairs if m.old_index is not None and m.new_index is not None
    }
    seen = {segment.pk: _seen(segment) for segment in stored}
    block_of = _settle_blocks(made, fresh_blocks, fresh, stored, heirs)
    for index, segment in enumerate(fresh):
        block = block_of[id(segment.block)]
        heir = heirs.get(index)
        if heir is None:
            segment.block = block
            made.new.append(segment)
        else:
            _carry_over(made, heir, segment, block, reworded=seen[heir.pk] != _seen(segment))
    kept = {heir.pk for heir in heirs.values()}
    made.retired = [segment for segment in stored if segment.pk not in kept]
    return made


def _mark(segment: Segment) -> str:
    """Notes are compared with notes: the kind stands before the text where the kind must not change."""
    return f"{segment.block.kind}:" if segment.block.kind in {Block.Kind.NOTE, Block.Kind.NAME} else ""


def _seen(segment: Segment) -> tuple[object, ...]:
    """What a translation is made and approved for: the words, and the addresses and languages behind them."""
    markup, image = segment.block.markup, segment.block.attributes.get("src")
    return segment.text, image, [markup[token.id] for token in placeholders.tokens(segment.text, markup)]


def _carry_over(made: Difference, heir: Segment, segment: Segment, block: Block, *, reworded: bool) -> None:
    """Brings a stored segment up to date, and notes whether it was reworded or only moved."""
    moved = (heir.position, heir.before, heir.after, heir.block_id) != (
        segment.position, segment.before, segment.after, block.pk,
    )  # fmt: skip
    if heir.text != segment.text:
        heir.shape = None  # of another text; taken anew with the next approval
    heir.text, heir.memory_key = segment.text, segment.memory_key
    heir.position, heir.before, heir.after, heir.block = (
        segment.position,
        segment.before,
        segment.after,
        block,
    )
    if reworded:
        made.reworded.append(heir)
    elif moved:
        made.moved.append(heir)


def _settle_blocks(
    made: Difference,
    fresh_blocks: Sequence[Block],
    fresh: Sequence[Segment],
    stored: Sequence[Segment],
    heirs: dict[int, Segment],
) -> dict[int, Block]:
    """Which stored or new row each new block becomes; by the identity of the unsaved row."""
    claimed: dict[int, Block] = {}
    taken: set[int] = set()
    for index, segment in enumerate(fresh):
        heir = heirs.get(index)
        if heir and id(segment.block) not in claimed and heir.block_id not in taken:
            claimed[id(segment.block)] = heir.block
            taken.add(heir.block_id)
    for block in fresh_blocks:
        heir_block = claimed.setdefault(id(block), block)
        if heir_block is block:
            made.new_blocks.append(block)
        elif _differs(heir_block, block):
            heir_block.position, heir_block.kind = block.position, block.kind
            heir_block.attributes, heir_block.markup = block.attributes, block.markup
            made.moved_blocks.append(heir_block)
    old_blocks = {segment.block_id: segment.block for segment in stored}
    made.retired_blocks = [block for pk, block in old_blocks.items() if pk not in taken]
    return claimed


def _differs(stored: Block, fresh: Block) -> bool:
    return (stored.position, stored.kind, stored.attributes, stored.markup) != (
        fresh.position, fresh.kind, fresh.attributes, fresh.markup,
    )  # fmt: skip
