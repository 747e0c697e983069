"""Writing a text in a scheme: what travels, and what is needed to put its marks back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..base import Markup
from .marks import Mark, Tail, has_marks, needs_translation, partners, parts, without_tail

EMAIL_HOST: Final = "mark.example"
_COLLISIONS: Final = {
    "corner": re.compile("[⟦⟧]"),
    "email": re.compile(re.escape(EMAIL_HOST), re.IGNORECASE),
}


class Unprotectable(ValueError):
    """The text cannot travel in this scheme: it holds what the scheme's tokens look like, or its marks do not nest."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A text ready to travel. `pieces` are sent as they are, in the notation that `markup` names.

    `layout` is the text between its edges as stretches and marks; for `split` the pieces stand for those of
    its stretches that `travels` names.
    """

    source: str
    scheme: str
    markup: Markup
    pieces: tuple[str, ...]
    before: str
    after: str
    tail: Tail
    layout: tuple[str | Mark, ...]
    travels: tuple[int, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        """The marks between the edges, in order; a mark's token carries its place in this list, counted from 1."""
        return [part for part in self.layout if isinstance(part, Mark)]


def protect(text: str, scheme: str) -> Protected:
    """The text in this scheme, one of SCHEMES; raises Unprotectable where it cannot be written so."""
    if scheme not in WRITERS:
        raise Unprotectable(f"there is no scheme {scheme!r}")
    core, tail = without_tail(text)
    stripped = core.strip()
    start = core.index(stripped)
    layout = tuple(parts(stripped))
    before, after = core[:start], core[start + len(stripped) :]
    if not needs_translation(stripped):
        return Protected(text, scheme, "plain", (), before, after, tail, layout)
    markup, pieces, travels = WRITERS[scheme](layout)
    return Protected(text, scheme, markup, pieces, before, after, tail, layout, travels)


def ladder(text: str, schemes: Sequence[str]) -> tuple[str, ...]:
    """Those of the schemes in which this text can travel, in their order; one is enough for a text without marks."""
    if not has_marks(text):
        return ("literal",)
    return tuple(scheme for scheme in schemes if _can(text, scheme))


def _can(text: str, scheme: str) -> bool:
    try:
        protect(text, scheme)
    except Unprotectable:
        return False
    return True


Written = tuple[Markup, tuple[str, ...], tuple[int, ...]]
Layout = Sequence[str | Mark]


def _joined(layout: Layout, stretch: Callable[[str], str], token: Callable[[int, Mark], str]) -> str:
    written, place = [], 0
    for part in layout:
        if isinstance(part, str):
            written.append(stretch(part))
        else:
            place += 1
            written.append(token(place, part))
    return "".join(written)


def _literal(layout: Layout) -> Written:
    return "plain", (_joined(layout, str, lambda _place, mark: mark.written),), ()


def _corner(layout: Layout) -> Written:
    _require_free(layout, "corner")
    return "plain", (_joined(layout, str, lambda place, _mark: f"⟦{place}⟧"),), ()


def _email(layout: Layout) -> Written:
    """An address needs blanks around it to be seen as one; restoring takes them off again."""
    _require_free(layout, "email")

    def token(place: int, mark: Mark) -> str:
        before = "" if mark.before[-1:].isspace() else " "
        after = "" if mark.after[:1].isspace() else " "
        return f"{before}m{place}@{EMAIL_HOST}{after}"

    return "plain", (_joined(layout, str, token).strip(),), ()


def _require_free(layout: Layout, scheme: str) -> None:
    if any(_COLLISIONS[scheme].search(part) for part in layout if isinstance(part, str)):
        raise Unprotectable(f"the text holds what looks like a mark in the scheme {scheme}")


def _html(layout: Layout) -> Written:
    def token(place: int, mark: Mark) -> str:
        if mark.form == "open":
            return f'<span id="m{place}">'
        if mark.form == "close":
            return "</span>"
        return f'<span id="m{place}" translate="no">{html.escape(mark.written, quote=False)}</span>'

    return "html", (_elements(layout, token),), ()


def _xml(layout: Layout) -> Written:
    def token(place: int, mark: Mark) -> str:
        if mark.form == "open":
            return f'<g id="{place}">'
        return "</g>" if mark.form == "close" else f'<x id="{place}"/>'

    if any(_NO_XML.search(part) for part in layout if isinstance(part, str)):
        raise Unprotectable("the text holds a character that XML cannot carry")
    return "xml", (_elements(layout, token),), ()


_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _elements(layout: Layout, token: Callable[[int, Mark], str]) -> str:
    if partners([part for part in layout if isinstance(part, Mark)]) is None:
        raise Unprotectable("the placeholders of the text do not nest")
    return _joined(layout, lambda stretch: html.escape(stretch, quote=False), token)


def _split(layout: Layout) -> Written:
    travels = tuple(
        place for place, part in enumerate(layout) if isinstance(part, str) and needs_translation(part)
    )
    return "plain", tuple(str(layout[place]).strip() for place in travels), travels


def _bare(layout: Layout) -> Written:
    text = _joined(layout, str, lambda _place, _mark: "")
    return "plain", (" ".join(text.split()),), ()


WRITERS: Final[Mapping[str, Callable[[Layout], Written]]] = {
    "literal": _literal,
    "corner": _corner,
    "email": _email,
    "html": _html,
    "xml": _xml,
    "split": _split,
    "bare": _bare,
}
SCHEMES: Final = tuple(WRITERS)
