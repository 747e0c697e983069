"""Reading the text of a web page, copied and pasted: title, paragraphs, notes, an author's biography.

Text is text: there is no markup in it, `<` and `&` mean themselves, and nothing is mended. What is normalised
is said in the remarks: line ends become line feeds, and a byte order mark at the beginning goes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publishing.markup import notes
from publishing.markup.blocks import Block, is_blank
from publishing.markup.reading import furniture
from publishing.markup.reading.assembling import Found, assemble
from publishing.markup.reading.decoding import MARK, refuse_unreadable
from publishing.markup.reading.values import Dropped, Reading, Remark, UnreadableSource

_TAGS: Final = (
    "html|head|body|meta|link|title|script|style|div|p|h[1-6]|article|section|main|header|footer|nav|aside|"
    "table|tbody|tr|td|ul|ol|li|blockquote|figure|img|br|span|a"
)
_HTML_OPENING: Final = re.compile(rf"\s*<(?:!doctype|!--|\?xml|(?:{_TAGS})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_HTML_TAG: Final = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_MANY_TAGS: Final = 0.1
"""Share of a text's characters that lie in HTML tags, from which on it is HTML and no text about HTML."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines without a blank one between them, and the number of the first."""

    lines: list[str]
    line: int

    def rest(self, first: int) -> "_Paragraph":
        return _Paragraph(self.lines[first:], self.line + first)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def from_text(text: str) -> Reading:
    """Return what an article's pasted text consists of; raise UnreadableSource for what is no such text.

    The first line is the title. Blocks keep every character of their lines; a note's label (`[1] `) becomes
    its number, and blank lines part the blocks.
    """
    refuse_unreadable(text)
    remarks = []
    if text.startswith(MARK):
        text = text[1:]
        remarks.append(Remark("mark_dropped", 1))
    if "\r" in text:
        remarks.append(Remark("line_ends_unified", text[: text.index("\r")].count("\n") + 1))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_html(text)
    dropped: list[Dropped] = []
    kept = list(_without_furniture(_paragraphs(text), dropped))
    return assemble(list(_blocks(kept)), dropped, remarks)


def _refuse_html(text: str) -> None:
    """Raise UnreadableSource for HTML, which would otherwise be read as text full of tags."""
    tags = sum(len(match[0]) for match in _HTML_TAG.finditer(text))
    if _HTML_OPENING.match(text) or tags > _MANY_TAGS * len(text):
        raise UnreadableSource("The source is HTML, not plain text: use --format html.")


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if not is_blank(line):
            lines.append(line)
        elif lines:
            yield _Paragraph(lines, number - len(lines))
            lines = []


def _without_furniture(paragraphs: Iterator[_Paragraph], dropped: list[Dropped]) -> Iterator[_Paragraph]:
    """Yield the paragraphs that are the article's; note down the others, line by line."""
    for paragraph in paragraphs:
        reasons = [furniture.reason(line) for line in paragraph.lines]
        if not all(reasons):
            yield paragraph
            continue
        for place, (line, reason) in enumerate(zip(paragraph.lines, reasons, strict=True)):
            dropped.append(Dropped(paragraph.line + place, line, reason or ""))


def _blocks(paragraphs: list[_Paragraph]) -> Iterator[Found]:
    for place, paragraph in enumerate(paragraphs):
        if place == 0:
            yield Found(Block("title", paragraph.lines[0]), paragraph.line)
            if len(paragraph.lines) == 1:
                continue
            rest = paragraph.rest(1)
        else:
            rest = paragraph
        yield from (
            _notes(rest) if notes.label(rest.lines[0]) else [Found(Block("paragraph", str(rest)), rest.line)]
        )


def _notes(paragraph: _Paragraph) -> Iterator[Found]:
    """Yield the notes of a paragraph that begins with one: a line with a label begins the next."""
    starts = [place for place, line in enumerate(paragraph.lines) if notes.label(line)]
    for start, end in zip(starts, [*starts[1:], len(paragraph.lines)], strict=True):
        text = "\n".join(paragraph.lines[start:end])
        label = notes.label(text)
        if label:
            yield Found(Block("note", text[label.end :], {"number": label.number}), paragraph.line + start)
