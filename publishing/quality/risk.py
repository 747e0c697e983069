"""How risky a draft is: a score that orders a reviewer's work, and its reasons. It orders, it never approves.

Points are added up to 100. The weights are judgement, not measurement: what stops a release weighs most, then
what an engine is known to do, then what makes any sentence hard.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

HIGHEST: Final = 100
LONG_WORDS: Final = 20
UNKNOWN_RECORD: Final = 0.2
"""The edit ratio that an engine is assumed to need while nobody has approved drafts of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a draft: counts of findings, how it came about, how hard its source is.

    `record` is the median edit ratio of the engine's approved drafts (0 to 1, None where unknown or no engine);
    `disagreement` how far another engine's draft is from this one (0 to 1).
    """

    blocking: int = 0
    warnings: int = 0
    words: int = 0
    unplaced: int = 0
    refused: int = 0
    repaired: bool = False
    by_engine: bool = False
    through_english: bool = False
    outdated: bool = False
    record: float | None = None
    disagreement: float = 0.0


Reason = tuple[str, int]
"""A code and its points; the codes stand in reports/wording.py."""


def weigh(draft: Draft) -> tuple[int, list[Reason]]:
    """The score from 0 to 100 and its reasons, the heaviest first."""
    reasons = sorted((each for each in _reasons(draft) if each[1] > 0), key=lambda each: -each[1])
    return min(HIGHEST, sum(points for _, points in reasons)), reasons


def _reasons(draft: Draft) -> Iterator[Reason]:
    yield "blocking", 40 + 5 * (draft.blocking - 1) if draft.blocking else 0
    yield "unplaced", 30 if draft.unplaced else 0
    yield "warnings", min(24, 8 * draft.warnings)
    yield "disagreement", round(30 * draft.disagreement)
    yield "refused", min(18, 6 * draft.refused)
    yield "outdated", 10 if draft.outdated else 0
    yield "repaired", 12 if draft.repaired else 0
    if draft.by_engine:
        yield "unseen", 5
        yield "record", min(20, round(60 * (UNKNOWN_RECORD if draft.record is None else draft.record)))
    yield "through_english", 8 if draft.through_english else 0
    yield "long", min(15, max(0, draft.words - LONG_WORDS) // 2)


def codes(reasons: Sequence[Sequence[object]]) -> list[str]:
    """The codes of stored reasons, in their order."""
    return [str(code) for code, _points in reasons]
