"""Matches by likeness, for people: which remembered sources resemble a sentence, and how much.

By brute force: up to some 100,000 sentences nothing that was measured is faster, and nothing is missed. No draft
is made of such a match (see repair for what is).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

LEAST: Final = 0.6
"""Least likeness (1 − indel distance / length of both) of a match that helps."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The place of a source in the sequence that was searched, and its likeness from LEAST to 1."""

    place: int
    score: float


def most_like(text: str, sources: Sequence[str], *, limit: int, least: float = LEAST) -> list[Likeness]:
    """Those of the sources that resemble the text most, best first, the later of two that are alike."""
    found = process.extract(text, sources, scorer=Indel.normalized_similarity, score_cutoff=least, limit=None)
    ranked = sorted(found, key=lambda each: (-each[1], -each[2]))
    return [Likeness(int(place), float(score)) for _, score, place in ranked[:limit]]
