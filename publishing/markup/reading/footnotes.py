"""Finding footnotes in a page: which links are references, which elements are notes, what leads back.

Word, WordPress and most converters write a reference as a link to a place further down whose text is a number
(`<a href="#_ftn1">[1]</a>`, `<sup><a href="#fn1">1</a></sup>`), and the note with a link back up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.html import HtmlElement

from publishing.markup.blocks import UNSEEN
from publishing.markup.inline import BLOCKS, Marks

_NUMBER: Final = re.compile(r"[\[(]?([1-9][0-9]{0,2})[\])]?\.?")
_ARROWS: Final = frozenset({"↩", "↩\ufe0e", "↩\ufe0f", "↑", "⤴", "⏎", "^", ""})
_NOTE_NAME: Final = re.compile(r"(?i)(?:^|[_-])(?:ftn|fn|footnote|endnote|edn|sdfootnote|cite_note|note)")
_BACK_NAME: Final = re.compile(
    r"(?i)(?:ftn|fn|footnote|endnote|edn|note)[_-]?ref|cite_ref|ref[_-]?(?:ftn|fn)|anc$"
)
_LONGEST_RAISED: Final = 100
_BRACKETED: Final = re.compile(r"(?:\[[1-9][0-9]{0,2}\][\s,;]*)+")


@dataclass(slots=True)
class Footnotes:
    """What to write in place of reference links, and the number of the note that an element holds."""

    marks: Marks = field(default_factory=Marks)
    notes: dict[HtmlElement, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Link:
    element: HtmlElement
    goal: str
    target: HtmlElement | None
    forward: bool
    number: int | None


def find(root: HtmlElement, own_address: str | None) -> Footnotes:
    """Return the footnotes of a page; `own_address` tells links into the page from links to others."""
    links = list(_links(root, own_address))
    finder = _Finder(links)
    for link in links:
        if link.forward:
            finder.note_reference(link)
    for link in links:
        if not link.forward:
            finder.note_way_back(link)
    _unwrap_superscripts(root, finder.found.marks)
    return finder.found


def _links(root: HtmlElement, own_address: str | None) -> Iterator[_Link]:
    """Yield the links to places in the page itself, with the direction that they lead in."""
    places: dict[HtmlElement, int] = {}
    named: dict[str, HtmlElement] = {}
    for place, element in enumerate(root.iter()):
        places[element] = place
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                named.setdefault(name, element)
    for element in root.iter("a"):
        page, sharp, goal = element.get("href", "").partition("#")
        if not sharp or not goal or (page and page != own_address):
            continue
        target = named.get(goal)
        forward = places[target] > places[element] if target is not None else not _BACK_NAME.search(goal)
        number = _NUMBER.fullmatch(element.text_content().strip(UNSEEN))
        yield _Link(element, goal, target, forward, int(number[1]) if number else None)


class _Finder:
    """Tells references, labels and ways back from other links, looking at each element once."""

    def __init__(self, links: list[_Link]) -> None:
        self.found = Footnotes()
        self._leading_back: set[HtmlElement] = set()
        self._openings: dict[HtmlElement, str] = {}
        for link in links:
            element = None if link.forward else link.element
            while element is not None and element not in self._leading_back:
                self._leading_back.add(element)
                element = element.getparent()

    def note_reference(self, link: _Link) -> None:
        """Take a numbered link down the page as a reference if what it leads to is a note."""
        if link.number is None:
            return
        named = _NOTE_NAME.search(link.goal)
        holder = _holder(link.target) if link.target is not None else None
        if holder is not None and holder not in self.found.notes:
            if holder.tag[0] == "h" or not (named or holder in self._leading_back):
                return
            self.found.notes[holder] = link.number
        if holder is not None or named:
            self.found.marks.instead[link.element] = f"[{link.number}]"

    def note_way_back(self, link: _Link) -> None:
        """Take a link up the page away if it is a note's label or its way back to the text."""
        holder = _holder(link.element)
        named = _BACK_NAME.search(link.goal)
        if holder is None or not (holder in self.found.notes or (named and link.number is not None)):
            return
        text = link.element.text_content().strip(UNSEEN)
        if link.number is not None and self._opening(holder).startswith(text):
            self.found.notes.setdefault(holder, link.number)
            self.found.marks.instead[link.element] = ""
        elif text in _ARROWS or named:
            self.found.marks.instead[link.element] = ""

    def _opening(self, holder: HtmlElement) -> str:
        """Return the first characters of an element's text, enough to hold a label."""
        if holder not in self._openings:
            self._openings[holder] = holder.text_content().lstrip(UNSEEN)[:20]
        return self._openings[holder]


def _holder(element: HtmlElement) -> HtmlElement | None:
    """Return the nearest element around (or itself) that begins a line of its own."""
    around: HtmlElement | None = element
    while around is not None and around.tag not in BLOCKS:
        around = around.getparent()
    inside = around.getparent() if around is not None and around.tag == "p" else None
    while inside is not None and inside.tag not in BLOCKS:
        inside = inside.getparent()
    return inside if inside is not None and inside.tag == "li" else around


def _unwrap_superscripts(root: HtmlElement, marks: Marks) -> None:
    """Let `<sup>` go where it raises nothing but references: they are written as plain `[7]`."""
    for raised in root.iter("sup"):
        text = raised.text_content().strip(UNSEEN)
        if len(text) > _LONGEST_RAISED:
            continue
        links = [link for link in raised.iter("a") if link in marks.instead]
        left = text
        for link in links:
            left = left.replace(link.text_content().strip(UNSEEN), "", 1)
        if (links and not left.strip(" ,;[]()")) or _BRACKETED.fullmatch(text):
            marks.unwrapped.add(raised)
