"""The correct translations under tests/data/quality: groups of one sentence in three languages, and their pairs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "quality"


@dataclass(frozen=True, slots=True)
class Correct:
    """A source and a correct translation of it."""

    source: str
    target: str
    source_language: str
    target_language: str

    @property
    def direction(self) -> str:
        return f"{self.source_language}→{self.target_language}"


def groups(name: str) -> list[dict[str, str]]:
    """The groups of one file: language → sentence."""
    read: list[dict[str, str]] = [{}]
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.strip():
            read.append({})
        elif not line.startswith("#"):
            read[-1][line[:2]] = line[4:]
    return [group for group in read if group]


def pairs(*names: str) -> Iterator[Correct]:
    """Every pair of two languages of every group, in both directions."""
    for name in names:
        for group in groups(name):
            for one, other in permutations(group, 2):
                yield Correct(group[one], group[other], one, other)
