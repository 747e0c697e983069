"""Quotes: marks and brackets come in pairs, and quotation marks are those of the target's language.

A quotation that runs over several sentences is left open in its first and closed in its last, in both
languages, so a target may leave open what its source leaves open. A cited title keeps the marks of its own
language.
"""

import re
from collections import Counter
from typing import Final

from publishing.languages import quotes
from publishing.quality.base import Finding, Pair, finding
from publishing.quality.mixed_script import CYRILLIC
from publishing.quality.text import MOST, Text

_BREAK: Final = re.compile(r"[.,;:!?—–]")
_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")


def check(pair: Pair) -> list[Finding]:
    """Marks of the target without a partner (and not so in the source), and marks of another language."""
    marked = pair.target.masked
    if quotes.WATCHED.isdisjoint(marked):
        return []
    allowed = _left_over(pair.source)
    found = [
        _finding(pair.target, position, position + 1)
        for role, positions in _left_over(pair.target).items()
        for position in positions[_tolerated(allowed, role) :][:MOST]
    ]
    return found + [_finding(pair.target, start, end) for start, end in _foreign(pair.target)[:MOST]]


def check_source(text: Text) -> list[Finding]:
    """Marks of a source without a partner, whatever their style."""
    if quotes.WATCHED.isdisjoint(text.masked):
        return []
    positions = sorted(position for left in _left_over(text).values() for position in left)
    return [_finding(text, position, position + 1) for position in positions[:MOST]]


def _left_over(text: Text) -> dict[str, list[int]]:
    """Positions of marks without a partner, by role: `open quote`, `shut quote`, `open (`, `shut (` and so
    on."""
    balance = quotes.balance(text.masked)
    if text.language == "ru":
        balance = _shared_closer(text, balance)
    roles: dict[str, list[int]] = {}
    for name, positions in (("open", balance.unclosed), ("shut", balance.unopened)):
        for position in positions:
            mark = text.masked[position]
            kind = "straight" if mark == quotes.STRAIGHT else "quote" if mark in quotes.MARKS else mark
            roles.setdefault(f"{name} {quotes.BRACKETS.get(kind, kind)}", []).append(position)
    return roles


def _shared_closer(text: Text, balance: quotes.Balance) -> quotes.Balance:
    """Where two Russian quotations end together, one » is printed: АО «Компания «Ромашка»."""
    inner = {start for start, _ in balance.spans if text.masked[start] == "«"}
    unclosed = tuple(
        position
        for position in balance.unclosed
        if text.masked[position] != "«"
        or not any(start in inner for start in range(position + 1, position + 30))
        or _BREAK.search(text.masked, position, position + 30)
    )
    return quotes.Balance(unclosed, balance.unopened, balance.spans)


def _tolerated(allowed: dict[str, list[int]], role: str) -> int:
    counts = Counter({name: len(positions) for name, positions in allowed.items()})
    if role.endswith(("quote", "straight")):
        either = counts["open straight"] + counts["shut straight"]
        return (
            counts[role] + either + (counts["open quote"] + counts["shut quote"]) * role.endswith("straight")
        )
    return counts[role]


def _foreign(text: Text) -> list[tuple[int, int]]:
    """Quotations in marks that the language does not use, unless what they quote is in another script."""
    style = quotes.STYLES[text.language]
    known = {style.outer[0], style.inner[0]} | ({quotes.STRAIGHT} if style.straight else set())
    inside = -1
    foreign: list[tuple[int, int]] = []
    for start, end in sorted(quotes.balance(text.masked).spans):
        mark = text.masked[start]
        if mark not in quotes.MARKS:
            continue
        nested = start < inside
        inside = max(inside, end)
        if nested or (mark in known and mark != "„"):
            continue
        cyrillic = _CYRILLIC.search(text.masked, start, end) is not None
        if cyrillic == (text.language == "ru"):
            foreign.append((start, end))
    return foreign


def _finding(text: Text, start: int, end: int) -> Finding:
    style = quotes.STYLES[text.language]
    expected = f"{style.outer[0]}…{style.outer[1]}"
    marks = text.text[start] if end - start == 1 else text.text[start] + "…" + text.text[end - 1]
    return finding("quotes", start, end, {"mark": marks, "expected": expected})
