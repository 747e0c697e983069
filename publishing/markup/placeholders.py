"""Placeholders: inline markup as short tags (`<b1>…</b1>`, `<br4/>`) that a translator can move, not lose.

Only a tag whose id is in the block's map is a placeholder; any other `<` is text. Source and target are
compared as multisets and for nesting, never by order: Turkish and Russian reorder.
"""

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from typing import Final, Literal

_SHAPE: Final = re.compile(r"<(/?)([a-z]{1,3}[1-9][0-9]{0,4})(/?)>")

Form = Literal["open", "close", "single"]


@dataclass(frozen=True, slots=True)
class Token:
    """One placeholder tag in a text: its id (`b1`), its form and its span."""

    id: str
    form: Form
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a target has too few (missing) and too many (added) of, as written tags (`</b1>`) with counts."""

    missing: Counter[str]
    added: Counter[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.added)


def tokens(text: str, known: Container[str]) -> list[Token]:
    """Return the placeholders of the text in order; `known` is the block's map or the ids in it."""
    if "<" not in text:
        return []
    return [
        Token(match[2], _form(match), match.start(), match.end())
        for match in _SHAPE.finditer(text)
        if match[2] in known and not (match[1] and match[3])
    ]


def _form(match: re.Match[str]) -> Form:
    if match[1]:
        return "close"
    return "single" if match[3] else "open"


def literal_ids(text: str) -> set[str]:
    """Return the ids of everything in the text that has a placeholder's shape, known or not."""
    return {match[2] for match in _SHAPE.finditer(text)}


def plain(text: str, known: Container[str]) -> str:
    """Return the text without its placeholders."""
    kept, position = [], 0
    for token in tokens(text, known):
        kept.append(text[position : token.start])
        position = token.end
    return "".join(kept) + text[position:]


def bare(text: str) -> str:
    """Return the text without anything that has a placeholder's shape, known or not."""
    return _SHAPE.sub("", text)


def counts(text: str, known: Container[str]) -> Counter[str]:
    """Return how often each placeholder tag, as written, stands in the text."""
    return Counter(text[token.start : token.end] for token in tokens(text, known))


def compare(source: str, target: str, known: Container[str]) -> Difference:
    """Compare the placeholders of a source and a target (or of all segments of a block, joined)."""
    ours, theirs = counts(source, known), counts(target, known)
    return Difference(missing=ours - theirs, added=theirs - ours)


def pairs(found: list[Token]) -> list[tuple[Token, Token]]:
    """Return the opening and closing tags that belong together, crossing or not, in order of closing."""
    waiting: dict[str, list[Token]] = {}
    matched = []
    for token in found:
        if token.form == "open":
            waiting.setdefault(token.id, []).append(token)
        elif token.form == "close" and waiting.get(token.id):
            matched.append((waiting[token.id].pop(), token))
    return matched


def misnested(text: str, known: Container[str]) -> list[Token]:
    """Return the tags that break nesting: never opened, never closed, or closed across another pair."""
    open_now: list[Token] = []
    wrong = []
    for token in tokens(text, known):
        if token.form == "open":
            open_now.append(token)
        elif token.form == "close":
            if open_now and open_now[-1].id == token.id:
                open_now.pop()
            else:
                wrong.append(token)
    return sorted(wrong + open_now, key=lambda token: token.start)
