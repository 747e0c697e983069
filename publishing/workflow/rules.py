"""What is translated by rule, without memory or engine: footnotes, and what needs no translation at all."""

from typing import NamedTuple

from publishing import quality
from publishing.engines import markers
from publishing.markup import notes
from publishing.models import Block, Segment


class Ruled(NamedTuple):
    """A draft made by a rule; `rule` names it: `note` or `same`."""

    text: str
    rule: str


def by_rule(segment: Segment, source: str, target: str) -> Ruled | None:
    """The draft that a rule gives for the segment (with its block), or None.

    Numbers, addresses and marks alone are the same in the other language, unless the checks say that they are
    written otherwise there.
    """
    if segment.block.kind == Block.Kind.NOTE and (draft := notes.draft_note(segment.text, source, target)):
        return Ruled(draft, "note")
    if not needs_translation(segment.text) and not quality.check(segment.text, segment.text, source, target):
        return Ruled(segment.text, "same")
    return None


def travelling(segment: Segment, source: str, target: str) -> str:
    """What of the segment's text is sent to an engine: of a note not what it says of its date of access."""
    is_note = segment.block.kind == Block.Kind.NOTE
    return notes.without_boilerplate(segment.text, source, target)[0] if is_note else segment.text


def needs_translation(text: str) -> bool:
    """Whether there is anything in the text that an engine could translate."""
    return bool(markers.protect(text, "literal").pieces)
