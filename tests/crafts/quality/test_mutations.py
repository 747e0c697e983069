"""A mistake put into a correct translation is found, under its code and in its place."""

from collections import defaultdict
from itertools import islice

import pytest

from publishing.quality import check
from tests.crafts.quality.mutations import MUTATORS, Mutant
from tests.crafts.quality.parallel import Correct, pairs

PER_PAIR = 1
"""Mutants of one kind tried on one pair here; `tests/benchmarks/quality.py` tries all."""

KNOWN_TO_ESCAPE = {
    "digits swapped": 0.01,  # 76 → 67 where the sentence has a 67 already: found, but at the other one
    "full stop lost": 0.05,  # the source ends with an abbreviation, whose point may be all the point there is
    "month changed": 0.05,  # "the April Revolution": a bare April may be a name
    "source copied": 0.02,  # "A.g.e., s. 45." may stay as it is
    "digit changed": 0.005,  # Q4 for Q1, where the source's word for quarter may be a 4
    "word doubled": 0.005,  # «как как минимум» can be meant
}


def is_caught(pair: Correct, mutant: Mutant) -> bool:
    findings = check(pair.source, mutant.target, pair.source_language, pair.target_language)
    return any(
        one.code in mutant.codes and one.start <= mutant.end and one.end >= mutant.start for one in findings
    )


@pytest.fixture(scope="module")
def tried() -> dict[str, list[tuple[bool, str]]]:
    results: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for number, pair in enumerate(pairs("parallel.txt", "heldout.txt", "unseen.txt")):
        for mutate in MUTATORS:
            every = list(mutate(pair))
            for mutant in islice(every[number % max(1, len(every)) :], PER_PAIR):
                results[mutant.kind].append((is_caught(pair, mutant), f"{pair.direction} {mutant.target}"))
    return results


@pytest.mark.parametrize(
    "kind",
    [
        "reference dropped",
        "reference doubled",
        "reference changed",
        "placeholder dropped",
        "placeholder crossed",
        "digit changed",
        "digits swapped",
        "day and month swapped",
        "month changed",
        "look-alike letter",
        "word doubled",
        "space doubled",
        "space before a mark",
        "space missing",
        "quote lost",
        "quotes of another language",
        "emptied",
        "blanked",
        "source copied",
        "full stop lost",
    ],
)
def test_a_mistake_is_caught(tried: dict[str, list[tuple[bool, str]]], kind: str) -> None:
    results = tried[kind]
    escaped = [text for caught, text in results if not caught]
    assert results
    assert len(escaped) <= KNOWN_TO_ESCAPE.get(kind, 0) * len(results), escaped[:5]
