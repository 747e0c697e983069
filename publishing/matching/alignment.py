"""Aligning two versions of a text, so that a sentence that was kept, moved or reworded keeps its key.

Identical texts are found by hash, whatever their number; only what is left in the gaps between them is
compared fuzzily. Five thousand sentences with one change cost a few milliseconds.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

SIMILAR: Final = 0.6
"""Least similarity (1 − indel distance / length of both) of a sentence reworded in its place."""
MOVED: Final = 0.8
"""The same for a sentence that was reworded and also moved: there is no neighbour to vouch for it."""

_BAND: Final = 40
_LARGE: Final = 250_000
_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the old version and its successor in the new one; None where there is none."""

    old_index: int | None
    new_index: int | None
    same: bool


def align(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Match the texts of two versions: every index of both stands in exactly one Match.

    The matches come in the order of `new`, removed texts after them in the order of `old`. As many identical
    texts as possible are matched, in their places first, moved ones after that. What is left is matched by
    similarity: in order between the same neighbours, then anywhere.
    """
    partner = _Partners(len(new))
    _match_edges(old, new, partner)
    _match_unique(old, new, partner)
    _grow(old, new, partner)
    _match_moved(old, new, partner)
    for olds, news in _gaps(partner, len(old)):
        _match_in_order(old, new, olds, news, partner)
    _match_anywhere(old, new, partner)
    return [
        *(
            Match(index, place, index is not None and old[index] == new[place])
            for place, index in enumerate(partner.of_new)
        ),
        *(Match(index, None, same=False) for index in range(len(old)) if index not in partner.of_old),
    ]


class _Partners:
    """Which old text each new one comes from, and the reverse."""

    def __init__(self, size: int) -> None:
        self.of_new: list[int | None] = [None] * size
        self.of_old: dict[int, int] = {}

    def join(self, old: int, new: int) -> None:
        self.of_new[new] = old
        self.of_old[old] = new

    def free(self, old: int, new: int) -> bool:
        return old not in self.of_old and self.of_new[new] is None


def _match_edges(old: Sequence[str], new: Sequence[str], partner: _Partners) -> None:
    """Match what both versions begin and end with."""
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    tail = next((back for back in range(shorter - head) if old[-1 - back] != new[-1 - back]), shorter - head)
    for place in range(head):
        partner.join(place, place)
    for back in range(1, tail + 1):
        partner.join(len(old) - back, len(new) - back)


def _match_unique(old: Sequence[str], new: Sequence[str], partner: _Partners) -> None:
    """Match the texts that are left once in each version."""
    olds, news = _free(old, new, partner)
    for text, places in news.items():
        if len(places) == 1 and len(olds.get(text, ())) == 1:
            partner.join(olds[text][0], places[0])


def _free(
    old: Sequence[str], new: Sequence[str], partner: _Partners
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the places of each text that is not matched yet, in both versions."""
    olds, news = defaultdict(list), defaultdict(list)
    for place, text in enumerate(old):
        if place not in partner.of_old:
            olds[text].append(place)
    for place, text in enumerate(new):
        if partner.of_new[place] is None:
            news[text].append(place)
    return olds, news


def _grow(old: Sequence[str], new: Sequence[str], partner: _Partners) -> None:
    """Match identical neighbours of what is matched, so that a repeated text goes with its surroundings."""
    for step, places in ((1, range(len(new))), (-1, range(len(new) - 1, -1, -1))):
        for place in places:
            index, beside = partner.of_new[place], place + step
            if index is None or not (0 <= beside < len(new) and 0 <= index + step < len(old)):
                continue
            if partner.free(index + step, beside) and old[index + step] == new[beside]:
                partner.join(index + step, beside)


def _match_moved(old: Sequence[str], new: Sequence[str], partner: _Partners) -> None:
    """Match the identical texts that are left, wherever they are, in order."""
    olds, news = _free(old, new, partner)
    for text, places in news.items():
        for index, place in zip(olds.get(text, ()), places, strict=False):
            partner.join(index, place)


def _gaps(partner: _Partners, size: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what is unmatched between neighbours that kept their order, gap by gap: old and new places."""
    before, start = -1, 0
    for index, place in [*_in_order(partner), (size, len(partner.of_new))]:
        olds = [number for number in range(before + 1, index) if number not in partner.of_old]
        news = [number for number in range(start, place) if partner.of_new[number] is None]
        if olds and news:
            yield olds, news
        before, start = index, place + 1


def _in_order(partner: _Partners) -> list[tuple[int, int]]:
    """Return the longest run of matches that rises in both versions: the texts that did not move."""
    pairs = [(index, place) for place, index in enumerate(partner.of_new) if index is not None]
    lowest: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (index, _) in enumerate(pairs):
        length = bisect_left(lowest, index)
        previous.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [index]
        ends[length : length + 1] = [number]
    run, number = [], ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = previous[number]
    return run[::-1]


def _match_in_order(
    old: Sequence[str], new: Sequence[str], olds: list[int], news: list[int], partner: _Partners
) -> None:
    """Match a gap's texts without crossing so that the sum of their similarities is highest.

    In a gap with more pairs than _LARGE only those near its diagonal are compared.
    """
    band = _BAND if len(olds) * len(news) > _LARGE else max(len(olds), len(news))
    best: dict[tuple[int, int], float] = {}
    taken: set[tuple[int, int]] = set()
    for row, index in enumerate(olds, start=1):
        middle = row * len(news) // len(olds)
        for column in range(max(1, middle - band), min(len(news), middle + band) + 1):
            apart = max(best.get((row - 1, column), 0.0), best.get((row, column - 1), 0.0))
            score = _similarity(old[index], new[news[column - 1]], SIMILAR)
            joined = best.get((row - 1, column - 1), 0.0) + score
            best[row, column] = max(apart, joined)
            if score and joined > apart:
                taken.add((row, column))
    _trace(best, taken, olds, news, partner)


def _trace(
    best: dict[tuple[int, int], float],
    taken: set[tuple[int, int]],
    olds: list[int],
    news: list[int],
    partner: _Partners,
) -> None:
    """Walk back through the table of sums and join the pairs that made up the highest."""
    row, column = len(olds), len(news)
    while row and column:
        if (row, column) in taken:
            partner.join(olds[row - 1], news[column - 1])
            row, column = row - 1, column - 1
        elif best.get((row - 1, column), 0.0) >= best.get((row, column - 1), 0.0):
            row -= 1
        else:
            column -= 1


def _match_anywhere(old: Sequence[str], new: Sequence[str], partner: _Partners) -> None:
    """Match what is left by similarity alone, the most similar first, if it is not too much to compare."""
    olds = [index for index in range(len(old)) if index not in partner.of_old]
    news = [place for place, index in enumerate(partner.of_new) if index is None]
    if len(olds) * len(news) > _LARGE:
        return
    scored = [
        (-score, place, index)
        for index in olds
        for place in news
        if (score := _similarity(old[index], new[place], MOVED))
    ]
    for _, place, index in sorted(scored):
        if partner.free(index, place):
            partner.join(index, place)


def _similarity(one: str, other: str, least: float) -> float:
    """Return how similar two texts' first _LONGEST characters are (0 to 1), 0 below `least`."""
    return Indel.normalized_similarity(one[:_LONGEST], other[:_LONGEST], score_cutoff=least)
