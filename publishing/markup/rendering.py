"""Rendering released blocks as the HTML that readers get.

Semantic HTML without scripts or styles; references and notes are linked both ways. Everything is escaped when
it is written, and the result passes the allow-list once more.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

from publishing.languages import require
from publishing.markup import sanitise
from publishing.markup.blocks import Block, is_blank
from publishing.markup.grouping import lists, table
from publishing.markup.linking import References
from publishing.markup.notes.listed import meant
from publishing.markup.placeholders import plain
from publishing.markup.restoring import restore

Rendered = Block
"""What is rendered is a block whose text is the released one."""

LABELS: Final = ("notes", "reference", "back")
"""Accessible names that a caller gives in the reader's language: of the notes' section, of a reference
(`Note %(number)s`) and of a way back (`Back to reference %(number)s`). Without them none is written."""

_TITLES: Final = frozenset({"title", "name"})
_CLASSES: Final = {"summary": ' class="summary"'}


def body(
    blocks: Sequence[Rendered],
    language: str,
    *,
    headings_from: int = 2,
    title: bool = False,
    labels: Mapping[str, str] | None = None,
) -> str:
    """Return a document's blocks as HTML in a `<div class="text" lang="…">`.

    `headings_from` is the level that the highest heading gets; a title or a name, only written if `title`, is
    one level above it. Blocks with an empty text (omitted, or joined to another) leave no trace.
    """
    require(language)
    writer = _Writer(blocks, language, headings_from, labels or {})
    html = "".join(writer.write([block for block in blocks if title or block.kind not in _TITLES]))
    return sanitise.body(f'<div class="text" lang="{language}">\n{html}</div>\n')


class _Writer:
    """Writes blocks in order; the notes come last, since only then all references to them are known."""

    def __init__(
        self, blocks: Sequence[Rendered], language: str, headings_from: int, labels: Mapping[str, str]
    ) -> None:
        self._language = language
        self._notes = [block for block in blocks if block.kind == "note"]
        self._references = References((_number(block, "number") for block in self._notes), labels)
        levels = [_number(block, "level", 2) for block in blocks if block.kind == "heading"]
        self._headings_from = headings_from
        self._shift = headings_from - min(levels, default=2)
        self._labels = labels

    def write(self, blocks: Sequence[Rendered]) -> Iterator[str]:
        for key, group in groupby((block for block in blocks if block.kind != "note"), key=_together):
            members = list(group)
            match key[0]:
                case "quote":
                    inner = "".join(self._element("p", block) for block in members)
                    yield f"<blockquote>\n{inner}</blockquote>\n" if inner else ""
                case "list":
                    yield lists(members, self._inline)
                case "table":
                    yield table(members, self._inline)
                case "figure":
                    yield self._figure(members)
                case _:
                    yield from map(self._single, members)
        yield self._section()

    def _single(self, block: Rendered) -> str:
        if block.kind in _TITLES:
            return self._element(f"h{_level(self._headings_from - 1)}", block)
        if block.kind == "heading":
            return self._element(f"h{_level(_number(block, 'level', 2) + self._shift)}", block)
        return self._element("p", block, _CLASSES.get(block.kind, ""))

    def _element(self, tag: str, block: Rendered, attributes: str = "") -> str:
        return "" if is_blank(block.text) else f"<{tag}{attributes}>{self._inline(block)}</{tag}>\n"

    def _inline(self, block: Rendered) -> str:
        """Return a block's text with its tags, references linked, inside the tags that enclose all of it."""
        html = restore(block.text, block.markup, self._references.write)
        for tag in reversed(str(block.attributes.get("wrapper", "")).split()):
            html = f"<{tag}>{html}</{tag}>" if tag in {"b", "i"} else html
        return html

    def _figure(self, members: Sequence[Rendered]) -> str:
        images = "".join(_image(block) for block in members if block.kind == "alt")
        captions = [block for block in members if block.kind == "caption" and not is_blank(block.text)]
        caption = "<br>".join(self._inline(block) for block in captions)
        caption = f"<figcaption>{caption}</figcaption>\n" if caption else ""
        return f"<figure>\n{images}{caption}</figure>\n" if images or caption else ""

    def _section(self) -> str:
        """Return the notes as an ordered list, each with a way back to every reference."""
        if not self._notes:
            return ""
        # References inside notes count too, so all texts are written before the first way back.
        works = meant((plain(block.text, block.markup) for block in self._notes), self._language)
        written = [
            (_number(block, "number"), self._inline(block) + _meant(work))
            for block, work in zip(self._notes, works, strict=True)
        ]
        items = "".join(self._references.note(number, html) for number, html in written)
        name = self._labels.get("notes", "")
        label = f' aria-label="{escape(name)}"' if name else ""
        return f'<section class="notes" role="doc-endnotes"{label}>\n<ol>\n{items}</ol>\n</section>\n'


def _meant(work: str) -> str:
    """The work that an Ibid. means; readers see it when they come to the note."""
    return f' <span class="meant">({escape(work, quote=False)})</span>' if work else ""


def _number(block: Rendered, name: str, default: int = 1) -> int:
    return int(block.attributes.get(name, default))


def _level(level: int) -> int:
    return max(1, min(6, level))


def _together(block: Rendered) -> tuple[str, object]:
    """Return what a block is part of: blocks next to each other with the same answer are written together."""
    if block.kind == "list_item":
        return "list", block.attributes.get("list")
    if block.kind == "quote":
        return "quote", block.attributes.get("quote")
    for whole in ("table", "figure"):
        if whole in block.attributes:
            return whole, block.attributes[whole]
    return ("figure", None) if block.kind in {"alt", "caption"} else ("single", None)


def _image(block: Rendered) -> str:
    """Return an image of this site, or a link to one elsewhere: readers' browsers ask no third party."""
    source = sanitise.address(str(block.attributes.get("src", "")))
    alt = escape(block.text)
    if source is None:
        return f"<p>{alt}</p>\n" if alt else ""
    if source.lower().startswith(("http:", "https:", "mailto:")):
        return f'<p><a href="{escape(source)}">{alt or escape(source)}</a></p>\n'
    sizes = "".join(
        f' {name}="{int(block.attributes[name])}"' for name in ("width", "height") if name in block.attributes
    )
    return f'<img src="{escape(source)}" alt="{alt}"{sizes}>\n'
