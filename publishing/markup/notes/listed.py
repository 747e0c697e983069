"""The notes of a finished body, read back from its HTML; which work an “Ibid.” means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement, HTMLParser, fragment_fromstring

from publishing.markup.notes.footnote import Ibid, access, parse

_PARSER: Final = HTMLParser(encoding="utf-8")
_NO_TEXT: Final = "self::a[contains(@class, 'back')] or self::span[@class='meant']"


@dataclass(frozen=True, slots=True)
class Listed:
    """A note as its readers have it: its number and its plain text, without the ways back."""

    number: int
    text: str


def listed(body: str) -> list[Listed]:
    """The notes of a rendered body in order; none where it has none."""
    if not body.strip():
        return []
    root = fragment_fromstring(body, create_parent="div", parser=_PARSER)
    items = root.xpath("//section[@role='doc-endnotes']//li[@value]")
    return [Listed(int(item.get("value", "0")), _text(item)) for item in items]


def running_text(body: str) -> str:
    """The plain text of a rendered body without its notes, its references and the ways between them."""
    if not body.strip():
        return ""
    root = fragment_fromstring(body, create_parent="div", parser=_PARSER)
    for element in root.xpath("//section[@role='doc-endnotes'] | //a[@role='doc-noteref']"):
        element.drop_tree()
    return " ".join(" ".join(root.itertext()).split())


def _text(item: HtmlElement) -> str:
    said = item.xpath(f".//text()[not(ancestor::*[{_NO_TEXT}])]")
    return " ".join("".join(said).split())


def is_ibid(text: str, language: str) -> bool:
    """Whether a note says that it means the same work as the one before it."""
    return isinstance(parse(text, language), Ibid)


def meant(texts: Iterable[str], language: str) -> list[str]:
    """For each note's text in order: the work that it means where it says Ibid., else nothing.

    What is meant is the note before, without its date of access; through any number of Ibid. in a row. An
    Ibid. with nothing before it means nothing.
    """
    found, work = [], ""
    for text in texts:
        if is_ibid(text, language):
            found.append(work)
        else:
            found.append("")
            cut = access(text, language)
            work = (cut[0] if cut else text).strip().rstrip(",.( ")
    return found
