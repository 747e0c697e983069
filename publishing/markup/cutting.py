"""Cutting a block's text into sentences, with the blanks between them kept apart.

`publishing.languages.sentences` knows nothing of placeholders, so it is shown the text without them; its
boundaries are then found again in the text with them. A placeholder pair that spans a boundary suppresses it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from publishing.languages import sentences
from publishing.markup import placeholders
from publishing.markup.blocks import WHITE_SPACE
from publishing.markup.placeholders import Token

WHOLE: Final = frozenset({"note", "name"})
"""Kinds of block that are one segment whatever they contain."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment's text and the blanks around it; `before` is empty but at a block's beginning."""

    before: str
    text: str
    after: str

    def __str__(self) -> str:
        return self.before + self.text + self.after


def cut(text: str, language: str, known: Container[str] = (), *, kind: str = "paragraph") -> list[Piece]:
    """Cut a block's text into pieces that, joined, are the text, code point for code point.

    `known` is the block's map of placeholders (or its ids), `kind` the block's kind. An empty text has no
    piece; a text of nothing but blanks is one piece whose own text is empty.
    """
    if not text:
        return []
    if kind in WHOLE:
        return [_trimmed(text)]
    found = placeholders.tokens(text, known)
    if not found:
        return _pieces(sentences.split(text, language))
    return _pieces(_around_placeholders(text, language, found))


def join(pieces: Sequence[Piece]) -> str:
    """Return the text that the pieces were cut from."""
    return "".join(map(str, pieces))


def _trimmed(text: str) -> Piece:
    head = text.lstrip(WHITE_SPACE)
    core = head.rstrip(WHITE_SPACE)
    return Piece(text[: len(text) - len(head)], core, head[len(core) :])


def _pieces(parts: Iterable[str]) -> list[Piece]:
    """Trim the parts; blanks between two of them belong to the earlier one."""
    made: list[Piece] = []
    for piece in map(_trimmed, parts):
        if not made:
            made.append(piece)
        elif not made[-1].text:
            made[-1] = Piece(str(made[-1]) + piece.before, piece.text, piece.after)
        else:
            last = made[-1]
            made[-1] = Piece(last.before, last.text, last.after + piece.before)
            if piece.text:
                made.append(Piece("", piece.text, piece.after))
    return made


def _around_placeholders(text: str, language: str, found: list[Token]) -> Iterator[str]:
    """Split the text at the sentence boundaries of its plain form that no placeholder pair spans."""
    plain, starts, places = _plain(text, found)
    crossed = _Pairs(found)
    position = 0
    for low, high in _boundaries(plain, language):
        left, right = bisect_left(starts, low) - 1, bisect_right(starts, high) - 1
        first, last = places[left] + low - starts[left], places[right] + high - starts[right]
        place = crossed.last_free(first, last)
        if place is not None and place > position:
            yield text[position:place]
            position = place
    yield text[position:]


def _plain(text: str, found: list[Token]) -> tuple[str, list[int], list[int]]:
    """Return the text without placeholders, and where each run of it starts there and in the text.

    A single (`<br4/>`) becomes a line feed, so that a sentence may end before it.
    """
    shown, starts, places = [], [0], [0]
    for token in found:
        run = text[places[-1] : token.start] + ("\n" if token.form == "single" else "")
        shown.append(run)
        starts.append(starts[-1] + len(run))
        places.append(token.end)
    return "".join(shown) + text[places[-1] :], starts, places


def _boundaries(plain: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield, per sentence boundary, the end of what is visible before it and the start of what follows."""
    place = end = 0
    for part in sentences.split(plain, language):
        head = part.lstrip(WHITE_SPACE)
        if head:
            if end:
                yield end, place + len(part) - len(head)
            end = place + len(part.rstrip(WHITE_SPACE))
        place += len(part)


class _Pairs:
    """Tells which places of a text lie inside a pair of placeholders."""

    def __init__(self, found: list[Token]) -> None:
        matched = placeholders.pairs(found)
        self._starts = sorted(first.start for first, _ in matched)
        self._ends = sorted(last.end for _, last in matched)
        self._edges = sorted({edge for token in found for edge in (token.start, token.end)})

    def last_free(self, low: int, high: int) -> int | None:
        """Return the last tag's edge or gap's end that no pair spans: singles and blanks stay on the left."""
        edges = self._edges[bisect_left(self._edges, low) : bisect_right(self._edges, high)]
        for place in (high, *reversed(edges), low):
            if bisect_left(self._starts, place) == bisect_right(self._ends, place):
                return place
        return None
