"""Reading an article's HTML: headings, paragraphs, lists, quotes, figures, tables, footnotes into blocks."""

from collections import Counter
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from publishing.markup import notes, placeholders, sanitise
from publishing.markup.blocks import UNSEEN, Block, is_blank
from publishing.markup.inline import BLOCKS, Line, Node, nodes, read
from publishing.markup.reading import footnotes, furniture, page
from publishing.markup.reading.assembling import Found, assemble
from publishing.markup.reading.decoding import MARK, refuse_control_characters, refuse_unreadable
from publishing.markup.reading.values import Dropped, Reading, Remark

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page one is: the kind of block that text there becomes, and what that block carries."""

    kind: str = "paragraph"
    attributes: dict[str, str | int] = field(default_factory=dict)


def from_html(html: str) -> Reading:
    """Return what an article's HTML consists of; raise UnreadableSource for what is no such page."""
    refuse_unreadable(html)
    html = html.removeprefix(MARK)
    parsed = page.parse(html)
    reader = _Reader(parsed)
    reader.walk(parsed.article, _Place())
    found = _with_title(reader.found, parsed)
    for item in found:
        refuse_control_characters(item.block.text, item.line)
    return assemble(found, parsed.dropped, reader.remarks, parsed.metadata)


class _Reader:
    """Walks through a page's article and collects its blocks in document order."""

    def __init__(self, parsed: page.Page) -> None:
        self.found: list[Found] = []
        self.remarks: list[Remark] = []
        self._dropped = parsed.dropped
        self._base = parsed.metadata.original_address
        self._footnotes = footnotes.find(parsed.tree, self._base)
        self._numbers: Counter[str] = Counter()
        self._hold_blocks = _around_blocks(parsed.article)

    def walk(self, element: HtmlElement, place: _Place) -> None:
        """Read a container: its blocks one by one, inline content between them as blocks of their own."""
        waiting: list[Node] = []
        for node in nodes(element):
            if isinstance(node, str) or not (node.tag in BLOCKS or node in self._hold_blocks):
                waiting.append(node)
                continue
            self._write(waiting, element, place)
            waiting = []
            self._read_block(node, place)
        self._write(waiting, element, place)

    def _read_block(self, element: HtmlElement, place: _Place) -> None:
        tag = element.tag
        if element in self._footnotes.notes:
            self._read_note(element)
        elif tag in _HEADINGS:
            self._write(nodes(element), element, _Place("heading", {"level": _HEADINGS[tag]}))
        elif tag in {"ul", "ol"}:
            self._read_list(element, place)
        elif tag == "blockquote":
            self._numbers["quote"] += 1
            self.walk(element, _Place("quote", {"quote": self._numbers["quote"]}))
        elif tag == "figure":
            self._read_figure(element)
        elif tag == "table":
            self._read_table(element)
        else:
            self.walk(element, place)

    def _read_note(self, element: HtmlElement) -> None:
        number = self._footnotes.notes[element]
        line = self._line(nodes(element))
        text = line.text.lstrip(UNSEEN)
        for label in (f"[{number}]", f"{number}.", f"{number})"):
            text = text.removeprefix(label).lstrip(UNSEEN)
        self._add(replace(line, text=text), element, _Place("note", {"number": number}))

    def _read_list(self, element: HtmlElement, place: _Place) -> None:
        """Read a list's items; a nested list's items follow the item that holds them, one level deeper."""
        level = int(place.attributes.get("level", 0)) + 1 if place.kind == "list_item" else 1
        if level == 1:
            self._numbers["list"] += 1
        attributes: dict[str, str | int] = {"list": self._numbers["list"], "level": level}
        inner = _Place("list_item", {**attributes, "ordered": int(element.tag == "ol")})
        for item in element:
            if item in self._footnotes.notes:
                self._read_note(item)
            elif item.tag == "li":
                self._read_item(item, inner)
            else:
                self._read_block(item, inner)

    def _read_item(self, item: HtmlElement, place: _Place) -> None:
        waiting: list[Node] = []
        for node in nodes(item):
            if not isinstance(node, str) and node.tag in {"ul", "ol", "table", "figure", "blockquote"}:
                self._write(waiting, item, place)
                waiting = []
                self._read_block(node, place)
            else:
                waiting.append(node)
        self._write(waiting, item, place)

    def _read_figure(self, element: HtmlElement) -> None:
        if element.find(".//table") is not None or element.find(".//blockquote") is not None:
            self.walk(element, _Place())
            return
        self._numbers["figure"] += 1
        figure: dict[str, str | int] = {"figure": self._numbers["figure"]}
        for image in element.iter("img"):
            self._write_image(image, figure)
        for caption in element.iter("figcaption"):
            self._add(self._line(nodes(caption)), caption, _Place("caption", figure))

    def _read_table(self, element: HtmlElement) -> None:
        self._numbers["table"] += 1
        table: dict[str, str | int] = {"table": self._numbers["table"]}
        for caption in element.iterchildren("caption"):
            self._add(self._line(nodes(caption)), caption, _Place("caption", table))
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.iterchildren("td", "th"), start=1):
                attributes = {**table, "row": number, "column": column, "header": int(cell.tag == "th")}
                attributes |= _spans(cell)
                line = self._line(nodes(cell))
                self._add(line, cell, _Place("cell", attributes), keep_empty=True)

    def _write(self, content: list[Node], element: HtmlElement, place: _Place) -> None:
        """Add a block of inline content, unless it is furniture or nothing; a note by its label."""
        line = self._line(content)
        plain = placeholders.plain(line.text, line.markup)
        start = next((node for node in content if not isinstance(node, str)), element)
        at = element if element.tag in BLOCKS and element.tag not in {"div", "body"} else start
        reason = furniture.reason(plain)
        label = notes.label(line.text)
        if reason:
            self._dropped.append(Dropped(at.sourceline or 1, plain, reason))
        elif label and place.kind == "paragraph":
            note = _Place("note", {"number": label.number})
            self._add(replace(line, text=line.text[label.end :]), at, note)
        else:
            self._add(line, at, place)

    def _line(self, content: list[Node]) -> Line:
        return read(content, self._footnotes.marks, self._base)

    def _add(self, line: Line, element: HtmlElement, place: _Place, *, keep_empty: bool = False) -> None:
        attributes = dict(place.attributes)
        if line.wrapper:
            attributes["wrapper"] = line.wrapper
        at = element.sourceline or 1
        if keep_empty or not is_blank(placeholders.plain(line.text, line.markup)):
            self.found.append(Found(Block(place.kind, line.text, attributes, line.markup), at))
        for address in line.refused:
            self.remarks.append(Remark("link_refused", at, {"address": address[:100]}))
        for image in line.images:
            self._numbers["figure"] += 1
            self._write_image(image, {"figure": self._numbers["figure"]})

    def _write_image(self, image: HtmlElement, figure: dict[str, str | int]) -> None:
        """Add an image's description; without one it is an empty block, which still shows the image."""
        at, address = image.sourceline or 1, image.get("src", "")
        source = sanitise.address(address, self._base)
        if source is None or source.startswith(("mailto:", "#")):
            self.remarks.append(Remark("image_refused", at, {"address": address[:100]}))
            return
        alt = " ".join(image.get("alt", "").split())
        if not alt:
            self.remarks.append(Remark("image_without_alt", at, {"src": source}))
        sizes: dict[str, str | int] = {
            name: int(image.get(name, ""))
            for name in ("width", "height")
            if image.get(name, "").isascii()
            and image.get(name, "").isdigit()
            and len(image.get(name, "")) < 6
        }
        self.found.append(Found(Block("alt", alt, {**figure, "src": source, **sizes}), at))


def _around_blocks(root: HtmlElement) -> set[HtmlElement]:
    """Return the inline elements that hold blocks: their own formatting is given up."""
    around: set[HtmlElement] = set()
    for element in root.iter():
        if element.tag in BLOCKS:
            for outer in element.iterancestors():
                if outer in around or outer is root:
                    break
                around.add(outer)
    return around


def _spans(cell: HtmlElement) -> dict[str, str | int]:
    """Return how many columns and rows a cell spans, where it is more than one."""
    found: dict[str, str | int] = {}
    for name, attribute in (("columns", "colspan"), ("rows", "rowspan")):
        value = cell.get(attribute, "")
        if value.isascii() and value.isdigit() and 1 < int(value[:4]) <= 1000:
            found[name] = int(value[:4])
    return found


def _with_title(found: list[Found], parsed: page.Page) -> list[Found]:
    """Put the title first: the page's first <h1>, else the title that it states, else its first text."""
    for place, item in enumerate(found):
        if item.block.kind == "heading" and item.block.attributes["level"] == 1:
            return [_as_title(item), *found[:place], *found[place + 1 :]]
    for heading in parsed.tree.iter("h1"):
        line = read(nodes(heading))
        if not is_blank(line.text):
            return [Found(Block("title", line.text, {}, line.markup), heading.sourceline or 1), *found]
    if parsed.metadata.title and found:
        return [Found(Block("title", parsed.metadata.title), 1), *found]
    first = next((place for place, item in enumerate(found) if item.block.kind == "heading"), 0)
    return [_as_title(found[first]), *found[:first], *found[first + 1 :]] if found else []


def _as_title(item: Found) -> Found:
    return Found(Block("title", item.block.text, {}, item.block.markup), item.line)
