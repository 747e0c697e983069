"""Inline HTML to a text with placeholders: the nodes of one block become a text and the map of its tags.

Placeholders are numbered per block. Blanks are folded as a browser would show them; U+00A0 is no such blank.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml.html import HtmlElement

from publishing.markup import placeholders, sanitise
from publishing.markup.blocks import Tag, is_blank

Node: TypeAlias = str | HtmlElement

_NAMES: Final[Mapping[str, str]] = {
    **{name: name for name in ("a", "abbr", "b", "cite", "code", "i", "q", "sub", "sup", "u")},
    **dict.fromkeys(("kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("em", "dfn"), "i"),
    "strong": "b",
    "ins": "u",
}
_LETTERS: Final[Mapping[str, str]] = {"abbr": "ab", "cite": "ci", "code": "cd"}

BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
"""Elements that begin a new line."""

_FOLDED: Final = re.compile(r"[ \t\n\f\r]+")
_WRAPPERS: Final = frozenset({"b", "i"})


@dataclass(slots=True)
class Marks:
    """What the reader of a page knows of single elements before its blocks are read.

    `instead`: the text to write in an element's place (`[7]` for a reference, nothing for a way back);
    `unwrapped`: elements whose content is written without a placeholder around it.
    """

    instead: dict[HtmlElement, str] = field(default_factory=dict)
    unwrapped: set[HtmlElement] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Line:
    """One block's text: its placeholders, the tags that enclosed all of it, images in it, links refused."""

    text: str
    markup: dict[str, Tag]
    wrapper: str
    images: tuple[HtmlElement, ...]
    refused: tuple[str, ...]


def nodes(element: HtmlElement) -> list[Node]:
    """Return an element's content in order: texts and child elements."""
    found: list[Node] = [element.text or ""]
    for child in element:
        found += [child, child.tail or ""]
    return found


def read(content: Iterable[Node], marks: Marks | None = None, base: str | None = None) -> Line:
    """Return the text and the placeholders of one block's nodes; `base` resolves relative addresses."""
    content, marks = list(content), marks or Marks()
    writer = _Writer(marks, base, frozenset())
    writer.write(content)
    text = writer.text()
    if placeholders.counts(text, writer.markup).total() != writer.tags:
        # The page's own text has something like <b1> in it: number around it.
        writer = _Writer(marks, base, placeholders.literal_ids(text))
        writer.write(content)
        text = writer.text()
    text, wrapper = _unwrap(text, writer.markup)
    return Line(text, writer.markup, wrapper, tuple(writer.images), tuple(writer.refused))


class _Writer:
    """Writes nodes as text with placeholders; `tags` counts the placeholder tags that stay in it."""

    def __init__(self, marks: Marks, base: str | None, reserved: Set[str]) -> None:
        self.markup: dict[str, Tag] = {}
        self.images: list[HtmlElement] = []
        self.refused: list[str] = []
        self._marks, self._base, self._reserved = marks, base, reserved
        self._parts: list[str] = []
        self._number = self._visible = self.tags = 0
        self._after_blank, self._break = True, False
        self._inside: list[str] = []

    def text(self) -> str:
        return "".join(self._parts).rstrip(" ")

    def write(self, content: Iterable[Node]) -> None:
        for node in content:
            if isinstance(node, str):
                self._write_text(node)
            elif isinstance(node.tag, str):
                self._write_element(node)

    def _write_text(self, text: str) -> None:
        text = _FOLDED.sub(" ", text)
        if self._after_blank:
            text = text.removeprefix(" ")
        if not text:
            return
        if self._break and text != " ":
            self._break = False
            if self._visible:
                self._write_break()
                text = text.removeprefix(" ")
        self._parts.append(text)
        self._after_blank = text.endswith(" ")
        self._visible += not is_blank(text)

    def _write_break(self) -> None:
        self._parts.append(f"<{self._add('br', Tag('br', paired=False))}/>")
        self.tags += 1
        self._after_blank = True

    def _write_element(self, element: HtmlElement) -> None:
        name = element.tag
        if element in self._marks.instead:
            self._write_text(self._marks.instead[element])
        elif name == "br":
            self._break = False
            if self._visible:
                self._write_break()
        elif name == "img":
            self.images.append(element)
        elif name in BLOCKS:
            self._break = True
            self.write(nodes(element))
            self._break = True
        else:
            self._write_inline(element, None if element in self._marks.unwrapped else self._tag(element))

    def _write_inline(self, element: HtmlElement, tag: Tag | None) -> None:
        if tag is None:
            self.write(nodes(element))
            return
        if self._break and self._visible:
            self._break = False
            self._write_break()
        place, visible = len(self._parts), self._visible
        self._parts.append("")
        self._inside.append(tag.name)
        number = self._number
        identifier = self._add(_LETTERS.get(tag.name, tag.name), tag)
        given = self._number
        self.write(nodes(element))
        self._inside.pop()
        if self._visible > visible:
            self._parts[place] = f"<{identifier}>"
            self._parts.append(f"</{identifier}>")
            self.tags += 2
        else:
            del self.markup[identifier]
            if self._number == given:
                self._number = number

    def _tag(self, element: HtmlElement) -> Tag | None:
        """Return what stands for the element, or None if its content alone is kept."""
        name = _NAMES.get(element.tag)
        if name is None or name in self._inside or is_blank(element.text_content()):
            return None
        attributes = {}
        language = sanitise.language_tag(element.get("lang", ""))
        if language:
            attributes["lang"] = language
        if name == "a":
            if not element.get("href"):
                return None
            address = sanitise.address(element.get("href", ""), self._base)
            if address is None:
                self.refused.append(element.get("href", ""))
                return None
            attributes["href"] = address
        return Tag(name, attributes)

    def _add(self, letters: str, tag: Tag) -> str:
        self._number += 1
        while f"{letters}{self._number}" in self._reserved:
            self._number += 1
        self.markup[f"{letters}{self._number}"] = tag
        return f"{letters}{self._number}"


def _unwrap(text: str, markup: dict[str, Tag]) -> tuple[str, str]:
    """Take bold or italics that enclose the whole text off it, so that they suppress no sentence boundary."""
    wrapper = []
    while text.startswith("<") and text.endswith(">"):
        found = placeholders.tokens(text, markup)
        outer = [
            first
            for first, last in placeholders.pairs(found)
            if first.start == 0 and last.end == len(text) and markup[first.id].name in _WRAPPERS
        ]
        if not outer or markup[outer[0].id].attributes:
            break
        first = outer[0]
        wrapper.append(markup.pop(first.id).name)
        text = text[first.end : -(first.end + 1)]
    return text, " ".join(wrapper)
