"""How each language quotes: the pairs it opens and closes with, outer and inner.

Source of the conventions: the Chicago Manual of Style for English, the Turkish Language Association's
spelling guide for Turkish, Milchin and Cheltsova's handbook and the 1956 rules for Russian.
"""

import re
from dataclasses import dataclass
from typing import Final

STRAIGHT: Final = '"'
MARKS: Final = frozenset('“”„‟«»"')
BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
_CLOSING_BRACKETS: Final = {closing: opening for opening, closing in BRACKETS.items()}
WATCHED: Final = frozenset('“”„‟«»"()[]{}')

_MARK: Final = re.compile(r"[“”„‟«»\"()\[\]{}]")
_LABEL: Final = re.compile(r"(?:^|(?<=[\s;,:.]))(?:[^\W\d_]|[0-9]{1,2}|[ivx]{1,4})$")
"""The label of a list's item, as in `a)` or `12)`: its bracket closes nothing."""


@dataclass(frozen=True, slots=True)
class Style:
    """Outer and inner pair of a language, and what it tolerates beside them."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    straight: bool


STYLES: Final = {
    "en": Style(("“", "”"), ("‘", "’"), straight=True),
    "tr": Style(("“", "”"), ("‘", "’"), straight=True),
    "ru": Style(("«", "»"), ("„", "“"), straight=False),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left over in a text: positions of openers without a closer and of closers without an opener."""

    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def openers(language: str) -> tuple[str, str]:
    """The outer and the inner opening mark of a language."""
    style = STYLES[language]
    return style.outer[0], style.inner[0]


def closers(language: str) -> tuple[str, str]:
    """The outer and the inner closing mark of a language."""
    style = STYLES[language]
    return style.outer[1], style.inner[1]


def balance(text: str) -> Balance:
    """Match double quotation marks and brackets, whatever the style; single marks are apostrophes too often.

    “ closes what „ opened and opens otherwise; a straight mark closes an open straight one and opens
    otherwise. Quotation marks and brackets may not cross: a closer matches the nearest opener of its own
    kind only if nothing else is open above it, except in broken text, where what lies above is left over as
    unclosed.
    """
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    unopened: list[int] = []
    unclosed: list[int] = []
    spans: list[tuple[int, int]] = []
    for position, mark in _marks(text):
        wanted = _opened_by(mark, waiting)
        if wanted is None:
            stack.append((mark, position))
            waiting[mark] = waiting.get(mark, 0) + 1
        elif waiting.get(wanted):
            spans.append((_close(stack, wanted, waiting, unclosed), position + 1))
        elif not (mark == ")" and _LABEL.search(text, max(0, position - 6), position)):
            unopened.append(position)
    unclosed += [position for _, position in stack]
    return Balance(tuple(sorted(unclosed)), tuple(unopened), tuple(spans))


def enclosed(text: str) -> list[tuple[int, int]]:
    """Outermost spans between matching quotation marks or brackets, marks included, in order."""
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(balance(text).spans):
        if not outermost or start >= outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _marks(text: str) -> list[tuple[int, str]]:
    if WATCHED.isdisjoint(text):
        return []
    return [(match.start(), match.group()) for match in _MARK.finditer(text)]


def _opened_by(mark: str, waiting: dict[str, int]) -> str | None:
    """The opener that this mark closes, or None if it opens."""
    if mark == "“":
        return "„" if waiting.get("„") else None
    if mark == STRAIGHT:
        return STRAIGHT if waiting.get(STRAIGHT) else None
    if mark == "”":
        return "“" if waiting.get("“") or not waiting.get("„") else "„"
    if mark == "»":
        return "«"
    return _CLOSING_BRACKETS.get(mark)


def _close(stack: list[tuple[str, int]], wanted: str, waiting: dict[str, int], unclosed: list[int]) -> int:
    while True:
        opener, position = stack.pop()
        waiting[opener] -= 1
        if opener == wanted:
            return position
        unclosed.append(position)
