"""The labelled sentences of tests/data/terms: which terms stand in them, and where."""

import re
from dataclasses import dataclass
from pathlib import Path

from publishing.matching.terms import Form, TermIndex

TABLES = Path(__file__).parents[2] / "data/terms"
_MARKED = re.compile(r"\{([^{}=]+)(?:=([^{}]+))?\}")

Stands = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, what stands in it (start, end, term), and whether it is known to be got wrong."""

    text: str
    stands: frozenset[Stands]
    fails: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The terms and the sentences of a file; its language is the end of its name."""

    name: str
    terms: list[str]
    sentences: list[Labelled]

    @property
    def language(self) -> str:
        return self.name[-2:]

    def index(self) -> TermIndex:
        return TermIndex([Form(number, text) for number, text in enumerate(self.terms)], self.language)


def tables(language: str = "") -> list[Table]:
    return [_read(path) for path in sorted(TABLES.glob(f"*{language}.txt"))]


def stands_in(index: TermIndex, text: str) -> set[Stands]:
    return {(each.start, each.end, each.form.text) for each in index.find(text)}


def _read(path: Path) -> Table:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    terms = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    return Table(path.stem, terms, [_labelled(line) for line in lines if not line.startswith("+ ")])


def _labelled(line: str) -> Labelled:
    marked, text, end, stands = line.removeprefix("? "), "", 0, set()
    for mark in _MARKED.finditer(marked):
        text += marked[end : mark.start()]
        stands.add((len(text), len(text) + len(mark[1]), mark[2] or mark[1]))
        text, end = text + mark[1], mark.end()
    return Labelled(text + marked[end:], frozenset(stands), line.startswith("? "))
