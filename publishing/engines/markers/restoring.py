"""Reading an engine's answer: every token becomes its mark again, and what is lost, doubled or moved is counted.

Nothing is dropped without a word and nothing is made up: a token that came back twice stands twice in the text,
one that names no mark stays as it was written, and both are told.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .marks import FINAL_STOP, MARK, Mark, Tail, marks_of, partners
from .protecting import EMAIL_HOST, Protected

_CORNER: Final = re.compile(r"[⟦〚]\s*(\d{1,5})\s*[⟧〛]")
_EMAIL: Final = re.compile(rf"\bm\s?(\d{{1,5}})\s?@\s?{re.escape(EMAIL_HOST)}\b", re.IGNORECASE)
_LOOSE: Final = re.compile(
    r"<\s?(?P<closes>/?)\s?(?P<id>[a-z]{1,3}\s?[1-9][0-9]{0,4})\s?(?P<single>/?)\s?>|[\[［【]\s?(?P<number>[0-9]{1,4})\s?[\]］】]",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(r"<(?P<closes>/?)\s*span\b(?P<rest>[^<>]*)>", re.IGNORECASE)
_ELEMENT: Final = re.compile(
    r"<(?P<closes>/?)\s*(?P<name>[gx])\b(?P<rest>[^<>]*?)(?P<single>/?)>", re.IGNORECASE
)
_ID: Final = re.compile(r"\bid\s*=\s*[\"“”«»']?\s*m?(\d{1,5})", re.IGNORECASE)

Piece = str | int
"""A stretch of an answer, or the place of a mark among the source's, counted from 1."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A draft in the segment's notation, and what became of the marks of its source."""

    text: str
    unplaced: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    misnested: bool = False
    moved: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every mark has its place, none is there too often, and they nest."""
        return not (self.unplaced or self.invented or self.misnested)


def restore(protected: Protected, answers: Sequence[str]) -> Restored:
    """The draft that the answers to `protected.pieces`, in their order, make up."""
    if not protected.pieces:
        return Restored(protected.source)
    if protected.scheme == "split":
        core = _put_together(protected, answers)
    else:
        core = _READERS[protected.scheme](protected, answers[0].strip())
    text = protected.before + _with_tail(core, protected.tail) + protected.after
    return compared(protected.source, text)


def _with_tail(core: str, tail: Tail) -> str:
    """The references that stood at the end, before the final stop or after it as in the source."""
    if not tail.written:
        return core
    stop = FINAL_STOP.search(core) if tail.inside else None
    if stop is None:
        return core + tail.written
    return core[: stop.start()] + tail.written + core[stop.start() :]


def compared(source: str, text: str) -> Restored:
    """The draft, and what became of the marks of `source` in it."""
    ours, theirs = [mark.written for mark in marks_of(source)], [mark.written for mark in marks_of(text)]
    missing, added = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    order = [mark for mark in theirs if mark in ours]
    return Restored(
        text,
        unplaced=tuple(_in_order(ours, missing)),
        invented=tuple(_in_order(theirs, added)),
        misnested=partners(marks_of(source)) is not None and partners(marks_of(text)) is None,
        moved=not missing and not added and order != ours,
    )


def _in_order(marks: Sequence[str], some: Counter[str]) -> Iterator[str]:
    """The marks that `some` counts, in the order of the text; of equal ones the last."""
    left = Counter(some)
    found = []
    for mark in reversed(marks):
        if left[mark] > 0:
            left[mark] -= 1
            found.append(mark)
    return reversed(found)


# --- one reader per scheme -----------------------------------------------------------------------


def _put_together(protected: Protected, answers: Sequence[str]) -> str:
    """The stretches that travelled, each between the marks and blanks of the source."""
    by_place = dict(zip(protected.travels, answers, strict=True))
    written = []
    for place, part in enumerate(protected.layout):
        if isinstance(part, Mark):
            written.append(part.written)
        elif place in by_place:
            stripped = part.strip()
            start = part.index(stripped)
            written.append(part[:start] + by_place[place].strip() + part[start + len(stripped) :])
        else:
            written.append(part)
    return "".join(written)


def _read_literal(protected: Protected, answer: str) -> str:
    """Marks as they are, with the small liberties that engines take: blanks inside, other brackets, capitals."""
    known = {mark.written for mark in protected.marks}

    def tidy(found: re.Match[str]) -> str:
        number = found["number"]
        written = (
            f"[{number}]"
            if number
            else f"<{found['closes']}{found['id'].replace(' ', '').lower()}{found['single']}>"
        )
        is_text = found[0] in protected.source  # it looks like a mark there, too
        return written if written in known and not is_text else found[0]

    return _spaced(protected.marks, _by_written(protected.marks, _LOOSE.sub(tidy, answer)))


def _by_written(marks: Sequence[Mark], text: str) -> list[Piece]:
    """A text with marks as they are in pieces; equal marks are taken in order, surplus ones stay text."""
    places: dict[str, list[int]] = {}
    for place, mark in enumerate(marks, start=1):
        places.setdefault(mark.written, []).append(place)

    def place_of(found: re.Match[str]) -> int | None:
        left = places.get(found[0])
        return left.pop(0) if left else None

    return _pieces(MARK, text, place_of)


def _read_tokens(pattern: re.Pattern[str]) -> Callable[[Protected, str], str]:
    def read(protected: Protected, answer: str) -> str:
        count = len(protected.marks)
        pieces = _pieces(
            pattern, answer, lambda found: int(found[1]) if 1 <= int(found[1]) <= count else None
        )
        return _spaced(protected.marks, pieces)

    return read


def _pieces(
    pattern: re.Pattern[str], text: str, place_of: Callable[[re.Match[str]], int | None]
) -> list[Piece]:
    found: list[Piece] = []
    position = 0
    for match in pattern.finditer(text):
        place = place_of(match)
        if place is not None:
            found += [text[position : match.start()], place]
            position = match.end()
    return [*found, text[position:]]


def _read_html(protected: Protected, answer: str) -> str:
    """Spans by their ids. What a span that stands for a mark holds is that mark, whatever the engine made of it."""
    marks, pairs = protected.marks, partners(protected.marks) or {}
    found: list[Piece] = []
    opened: list[int | None] = []
    position = 0
    for match in _SPAN.finditer(answer):
        inside_of_mark = bool(opened) and opened[-1] is not None and opened[-1] - 1 not in pairs
        if not inside_of_mark:
            found.append(html.unescape(answer[position : match.start()]))
        position = match.end()
        if match["closes"]:
            place = opened.pop() if opened else None
            if place is not None and place - 1 in pairs:
                found.append(pairs[place - 1] + 1)
            continue
        place = _place(match["rest"], marks)
        opened.append(place)
        if place is not None:
            found.append(place)
    return _spaced(marks, [*found, html.unescape(answer[position:])])


def _read_xml(protected: Protected, answer: str) -> str:
    """Elements by their ids."""
    marks, pairs = protected.marks, partners(protected.marks) or {}
    found: list[Piece] = []
    opened: list[int | None] = []
    position = 0
    for match in _ELEMENT.finditer(answer):
        found.append(html.unescape(answer[position : match.start()]))
        position = match.end()
        if match["closes"]:
            place = opened.pop() if opened and match["name"].lower() == "g" else None
            if place is not None and place - 1 in pairs:
                found.append(pairs[place - 1] + 1)
            continue
        place = _place(match["rest"], marks)
        if match["name"].lower() == "g" and not match["single"]:
            opened.append(place)
        if place is not None:
            found.append(place)
    return _spaced(marks, [*found, html.unescape(answer[position:])])


def _place(attributes: str, marks: Sequence[Mark]) -> int | None:
    found = _ID.search(attributes)
    place = int(found[1]) if found else 0
    return place if 1 <= place <= len(marks) and marks[place - 1].form != "close" else None


_READERS: Final[Mapping[str, Callable[[Protected, str], str]]] = {
    "literal": _read_literal,
    "corner": _read_tokens(_CORNER),
    "email": _read_tokens(_EMAIL),
    "html": _read_html,
    "xml": _read_xml,
    "bare": lambda _protected, answer: answer,
}


# --- blanks around marks -------------------------------------------------------------------------


def _spaced(marks: Sequence[Mark], pieces: Sequence[Piece]) -> str:
    """The pieces joined, with the blanks around each mark as the source has them.

    Engines put blanks around tokens, and one scheme needs them there.
    """
    stretches, placed = [""], list[Mark]()
    for piece in pieces:
        if isinstance(piece, str):
            stretches[-1] += piece
        else:
            placed.append(marks[piece - 1])
            stretches.append("")
    for place, mark in enumerate(placed):
        stretches[place] = _before(mark, stretches[place])
        stretches[place + 1] = _after(mark, stretches[place + 1])
    written = [stretches[0]]
    for mark, stretch in zip(placed, stretches[1:], strict=True):
        written += [mark.written, stretch]
    return "".join(written)


def _before(mark: Mark, stretch: str) -> str:
    """What stands before the mark in the draft, with the blank that the source has there."""
    bare = stretch.rstrip()
    if not bare:
        return mark.before if not mark.before.strip() else ""
    if not mark.before:
        return stretch
    blank = mark.before[len(mark.before.rstrip()) :]
    if blank:
        follows_sign = bare[-1] in _OPENING and not mark.before.rstrip().endswith(bare[-1])
        return bare if follows_sign else bare + blank
    keeps_to_its_word = mark.form in {"reference", "close"} or mark.before[-1].isalnum()
    return bare if keeps_to_its_word or not bare[-1].isalnum() else stretch


def _after(mark: Mark, stretch: str) -> str:
    """What stands after the mark in the draft, with the blank that the source has there."""
    bare = stretch.lstrip()
    if not bare:
        return mark.after if not mark.after.strip() else ""
    if not mark.after:
        return stretch
    blank = mark.after[: len(mark.after) - len(mark.after.lstrip())]
    if blank:
        precedes_sign = bare[0] in _CLOSING and not mark.after.lstrip().startswith(bare[0])
        return bare if precedes_sign else blank + bare
    keeps_to_its_word = mark.form == "open" or mark.after[0].isalnum()
    return bare if keeps_to_its_word or not bare[0].isalnum() else stretch


_OPENING: Final = "([{«“„‘"
_CLOSING: Final = ".,;:!?…)]}»”’"
