"""What reading a source gives back, and the one error that it raises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from publishing.markup import placeholders
from publishing.markup.blocks import Block

REMARKS: Final[Mapping[str, str]] = {
    "reference_without_note": "The text refers to note [%(number)s], but there is no such note.",
    "note_without_reference": "Nothing in the text refers to note [%(number)s].",
    "note_twice": "There is more than one note with the number [%(number)s].",
    "text_after_notes": "A paragraph after the notes was taken as part of the article: %(opening)s",
    "language_differs": "The file declares the language %(declared)s; its text looks like %(identified)s.",
    "line_ends_unified": "Line ends of Windows or old Mac files were read as plain line feeds.",
    "mark_dropped": "The byte order mark at the file's beginning was dropped.",
    "damaged_character": "A replacement character (U+FFFD) shows that something was lost before the import.",
    "link_refused": "A link to an address that is not allowed became plain text: %(address)s",
    "image_refused": "An image with an address that is not allowed was dropped: %(address)s",
    "image_without_alt": "The image %(src)s has no description.",
}
"""Code → English template of every remark; surfaces translate from this table."""


class UnreadableSource(ValueError):
    """The source cannot be read; the message is one line that says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd in the source that was left as it is: code of REMARKS, line in the file if known."""

    code: str
    line: int | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The remark in plain English."""
        return REMARKS[self.code] % self.params


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out: its line in the file (from 1), its text, and one of furniture.REASONS."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Biography:
    """An author's biography: the name as written, its own language, and blocks that begin with the name."""

    name: str
    language: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as it was understood: the article's language and blocks, and everything worth a report."""

    language: str
    blocks: tuple[Block, ...]
    biographies: tuple[Biography, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[Remark, ...] = ()
    original_address: str | None = None
    published_on: date | None = None

    @property
    def title(self) -> str:
        """The text of the title block, without placeholders."""
        title = next(block for block in self.blocks if block.kind == "title")
        return placeholders.plain(title.text, title.markup)
