"""TER, the Translation Edit Rate: words inserted, deleted, replaced, and runs of words moved.

Source: Snover, Dorr, Schwartz, Micciulla and Makhoul, “A Study of Translation Edit Rate with Targeted Human
Annotation”, AMTA 2006. The best series of moves cannot be found in reasonable time; the paper's greedy search
makes the move that helps most until none helps. The limits on a move, the order in which equal moves are
preferred and the band around the diagonal are those of its program, TERCOM, as sacrebleu has them, so that
figures can be compared with published ones.

Here a sentence is a string in which each character stands for a word: two words are the same where their
characters are, and slices and distances of strings are fast.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from .characters import MOST_CHARACTERS

MOST_WORDS: Final = 500
"""Longer texts are compared without moves, which is an upper bound: the search for moves grows fast."""

_LONGEST_MOVE: Final = 10
_FARTHEST_MOVE: Final = 50
_BAND: Final = 25
_MOST_TRIED: Final = 1000

_FAR: Final = 10**9


def ter(draft: str, final: str) -> float:
    """Edits to make of the draft what was approved, by the words of what was approved, in per cent.

    0 is untouched. Above 100 the draft had more wrong words than the approved text has words; whoever shows
    the figure may clamp it, what is stored is as computed. Case does not count, punctuation belongs to its
    word. An empty approved text counts as 100 against any draft, and as 0 against an empty one.
    """
    drafted, approved = _as_characters(*(text[:MOST_CHARACTERS].lower().split() for text in (draft, final)))
    if drafted == approved:
        return 0.0
    if not approved:
        return 100.0
    if max(len(drafted), len(approved)) > MOST_WORDS:
        return 100 * Levenshtein.distance(drafted, approved) / len(approved)
    return 100 * _edits(drafted, approved) / len(approved)


def _as_characters(*texts: list[str]) -> list[str]:
    """The texts with a character for each word, the same for the same word."""
    known: dict[str, int] = {}
    return ["".join(chr(known.setdefault(word, len(known))) for word in words) for words in texts]


def _edits(draft: str, final: str) -> int:
    """Moves, and the edits that are left after them."""
    moves, tried = 0, 0
    while True:
        alignment = _align(draft, final)
        best, tried = _best_move(draft, final, alignment, tried)
        if best is None or tried >= _MOST_TRIED:
            return moves + alignment.distance
        draft, moves = best.moved, moves + 1


# --- moves -------------------------------------------------------------------------------------------------


class _Move(NamedTuple):
    """A move, in the order of preference: what it gains, then longer ones, then earlier ones."""

    gain: int
    length: int
    minus_start: int
    minus_target: int
    moved: str


@dataclass(frozen=True, slots=True)
class _Alignment:
    """The edits between two texts: where in the draft each word of the final text went, and which are wrong.

    `place` has one entry more at its head: what stands before the first word is at place −1.
    """

    distance: int
    place: list[int]
    wrong_in_draft: list[bool]
    wrong_in_final: list[bool]


def _best_move(draft: str, final: str, now: _Alignment, tried: int) -> tuple[_Move | None, int]:
    """The move that shortens the distance most, or None; and how many have been tried so far.

    A candidate is first held against the plain distance, which is never above the banded one: only where it
    could be the best is the banded distance worth its time.
    """
    best: _Move | None = None
    for start, aim, length in _runs(draft, final):
        if not _is_worth_trying(start, aim, length, now):
            continue
        for target in _targets(aim, length, now.place):
            tried += 1
            moved = _move(draft, start, length, target)
            gain = now.distance - Levenshtein.distance(moved, final)
            candidate = _Move(gain, length, -start, -target, moved)
            if gain <= 0 or (best and candidate <= best):
                continue
            candidate = candidate._replace(gain=now.distance - _distance(moved, final))
            if candidate.gain > 0 and (best is None or candidate > best):
                best = candidate
        if tried >= _MOST_TRIED:
            break
    return best, tried


def _runs(draft: str, final: str) -> Iterator[tuple[int, int, int]]:
    """Runs of words that both texts have: start in the draft, start in the final text, length."""
    for start in range(len(draft)):
        for aim in range(max(0, start - _FARTHEST_MOVE), min(len(final), start + _FARTHEST_MOVE + 1)):
            longest = min(_LONGEST_MOVE, len(draft) - start, len(final) - aim)
            length = 0
            while length < longest and draft[start + length] == final[aim + length]:
                length += 1
                yield start, aim, length


def _is_worth_trying(start: int, aim: int, length: int, now: _Alignment) -> bool:
    """Something must be wrong where the run is and where it would go, and it is not moved into itself."""
    return (
        any(now.wrong_in_draft[start : start + length])
        and any(now.wrong_in_final[aim : aim + length])
        and not start <= now.place[aim + 1] < start + length
    )


def _targets(aim: int, length: int, place: list[int]) -> Iterator[int]:
    """Where the run may go: behind what precedes it in the final text, or behind any of its own words."""
    last = None
    for before in place[aim : aim + length + 1]:
        if before + 1 != last:
            last = before + 1
            yield last


def _move(text: str, start: int, length: int, target: int) -> str:
    """The text with the run at `start` taken out and put in before the word at `target`.

    A target within the run moves the run on by as many words.
    """
    run, rest = text[start : start + length], text[:start] + text[start + length :]
    if target > start + length:
        target -= length
    return rest[:target] + run + rest[target:]


# --- distance ----------------------------------------------------------------------------------------------


def _distance(draft: str, final: str) -> int:
    """The edit distance within the band. Short texts lie within it whole."""
    if max(len(draft), len(final)) < _BAND:
        return Levenshtein.distance(draft, final)
    return _table(draft, final)[-1][-1]


def _table(draft: str, final: str) -> list[list[int]]:
    """The distances between all beginnings of both texts that lie near the diagonal, row by row."""
    width = len(final) + 1
    slope = len(final) / len(draft) if draft else 1.0
    band = _BAND if slope / 2 <= _BAND else ceil(slope / 2 + _BAND)
    above = list(range(width))
    table = [above]
    for number, word in enumerate(draft, start=1):
        middle = int(number * slope)
        end = width if number == len(draft) else min(width, middle + band)
        row = [_FAR] * width
        start = max(0, middle - band)
        if start == 0:
            row[0] = above[0] + 1
            start = 1
        left = row[start - 1]
        for place in range(start, end):
            cost = above[place - 1] + (word != final[place - 1])
            if above[place] < cost:
                cost = above[place] + 1
            if left < cost:
                cost = left + 1
            row[place] = left = cost
        table.append(row)
        above = row
    return table


def _align(draft: str, final: str) -> _Alignment:
    """Follows the table back. Of equal edits a replacement comes before a word too many, before a missing one."""
    table = _table(draft, final)
    place = [-1] * (len(final) + 1)
    wrong_in_draft, wrong_in_final = [True] * len(draft), [True] * len(final)
    row, column = len(draft), len(final)
    while row or column:
        cost = table[row][column]
        same = row and column and draft[row - 1] == final[column - 1]
        if row and column and table[row - 1][column - 1] + (not same) == cost:
            wrong_in_draft[row - 1] = wrong_in_final[column - 1] = not same
            row, column = row - 1, column - 1
            place[column + 1] = row
        elif row and table[row - 1][column] + 1 == cost:
            row -= 1
        else:
            column -= 1
            place[column + 1] = row - 1
    return _Alignment(table[-1][-1], place, wrong_in_draft, wrong_in_final)
