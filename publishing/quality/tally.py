"""Marks counted on both sides: which are missing from the target and which are too many."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """Marks of a source and a target as multisets. Surplus names the last occurrences, as (mark, span)."""

    source: Counter[str]
    target: Counter[str]
    missing: tuple[tuple[str, Span], ...]
    surplus: tuple[tuple[str, Span], ...]


def count(source: Sequence[re.Match[str]], target: Sequence[re.Match[str]]) -> Tally:
    """Compare marks by their text. Of a mark that stands too often, the last occurrences are the surplus."""
    ours, theirs = Counter(mark.group() for mark in source), Counter(mark.group() for mark in target)
    return Tally(ours, theirs, tuple(_beyond(source, theirs)), tuple(_beyond(target, ours)))


def _beyond(marks: Iterable[re.Match[str]], allowed: Counter[str]) -> list[tuple[str, Span]]:
    seen: Counter[str] = Counter()
    beyond: list[tuple[str, Span]] = []
    for mark in marks:
        text = mark.group()
        seen[text] += 1
        if seen[text] > allowed[text]:
            beyond.append((text, mark.span()))
    return beyond
