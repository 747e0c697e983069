"""Matches from memory for a reviewer: like sentences and how people translated them, with the difference."""

import threading
import time
from dataclasses import dataclass
from typing import Final

from publishing.matching import fuzzy
from publishing.models import MemoryEntry, Segment, Translation

MOST_PAIRS: Final = 20_000
"""The newest pairs that are searched."""
SHOWN: Final = 9
"""There is a key for each."""
FRESH_SECONDS: Final = 30.0
"""So long the pairs that were read are searched again before they are read anew."""


@dataclass(frozen=True, slots=True)
class Match:
    """A remembered pair and its likeness to a source, 1 for the same."""

    source: str
    target: str
    origin: str
    score: float

    @property
    def percent(self) -> int:
        """Rounded down, so that only the same is a hundred."""
        return int(100 * self.score)


@dataclass(frozen=True, slots=True)
class _Pairs:
    sources: list[str]
    targets: list[str]
    origins: list[str]
    segments: list[int]
    read_at: float


_read: dict[tuple[str, str], _Pairs] = {}
_reading = threading.Lock()


def matches(segment: Segment, language: str) -> list[Match]:
    """What memory has of sentences like the segment's, best first; its own translation is not among them."""
    pairs = _pairs(segment.document.source_language, language)
    found: dict[str, Match] = {}
    for like in fuzzy.most_like(segment.text, pairs.sources, limit=4 * SHOWN):
        if pairs.segments[like.place] == segment.pk:
            continue
        target = pairs.targets[like.place]
        made = Match(pairs.sources[like.place], target, pairs.origins[like.place], like.score)
        found.setdefault(target, made)
    return list(found.values())[:SHOWN]


def _pairs(source: str, target: str) -> _Pairs:
    """The pairs of two languages, read at most every FRESH_SECONDS by each process."""
    with _reading:
        known = _read.get((source, target))
        if known is None or time.monotonic() - known.read_at > FRESH_SECONDS:
            known = _read[source, target] = _load(source, target)
        return known


def forget() -> None:
    """The next look reads anew."""
    with _reading:
        _read.clear()


def _load(source: str, target: str) -> _Pairs:
    imported = MemoryEntry.objects.filter(source_language=source, target_language=target).order_by("-pk")
    rows = [(*row, 0) for row in imported.values_list("source", "target", "origin")[:MOST_PAIRS]]
    approved = (
        Translation.objects.remembered()
        .filter(segment__document__source_language=source, language=target)
        .order_by("-pk")
    )
    ours = approved.values_list("segment__text", "current__text", "segment__document__key", "segment")
    # The best last: among equals the later is shown.
    rows = [*reversed(rows), *reversed(ours[:MOST_PAIRS])]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return _Pairs(*(list(column) for column in columns), read_at=time.monotonic())
