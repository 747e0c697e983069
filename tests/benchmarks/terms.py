"""How fast terms are found in a sentence, in a termbase of 5,000, and how well in the labelled sentences.

Two termbases of the words of the parallel sentences: one of runs of two and three words out of their order, few of
which stand anywhere, and the worst, of every run of up to four words of the sentences that are looked up. Beside
it stand whole words without regard to case, as most tools look terms up.
"""

import random
import re
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from publishing.languages import CODES
from publishing.matching.terms import Form, TermIndex
from publishing.matching.words import keys, words
from tests.crafts.matching.term_tables import Stands, Table, stands_in, tables
from tests.crafts.quality.parallel import pairs

TERMS = 5_000

Look = Callable[[str], set[Stands]]


def run() -> dict[str, Any]:
    """Measure, print a table, and return {"name", "figures", "beside"}."""
    figures: dict[str, float] = {}
    beside: dict[str, float] = {}
    for language in CODES:
        sentences = _sentences(language)
        for name, terms in (("", _some(sentences)), (" at worst", _every(sentences))):
            made, seconds = _timed(lambda terms=terms, language=language: _index(terms, language))
            figures[f"{language} index{name}, s"] = round(seconds, 2)
            keys.cache_clear()
            for when in ("words unseen", "words seen"):
                spent = [1000 * _timed(lambda text=text, made=made: made.find(text))[1] for text in sentences]
                figures[f"{language} find{name}, {when}, ms"] = round(median(spent), 3)
        for name, value in _shares(language, _by_keys).items():
            figures[f"{language} {name} %"] = value
        for name, value in _shares(language, _plainly).items():
            beside[f"{language} {name} %"] = value
    for name, value in figures.items():
        print(f"{name:<40}{value:>10}{beside.get(name, ''):>10}")
    return {"name": "terms", "figures": figures, "beside": {"whole words, any case": beside}}


def _sentences(language: str) -> list[str]:
    sides = [(each.source_language, each.source) for each in pairs("parallel.txt")]
    return sorted({text for code, text in sides if code == language})


def _index(terms: list[str], language: str) -> TermIndex:
    return TermIndex([Form(number, text) for number, text in enumerate(terms)], language)


def _some(sentences: list[str]) -> list[str]:
    chance = random.Random(1)
    known = sorted({word.text for text in sentences for word in words(text)})
    return [" ".join(chance.sample(known, chance.choice((2, 2, 3)))) for _ in range(TERMS)]


def _every(sentences: list[str]) -> list[str]:
    split = [[word.text for word in words(text)] for text in sentences]
    runs = {
        " ".join(each[start : start + n])
        for each in split
        for n in (1, 2, 3, 4)
        for start in range(len(each))
    }
    return random.Random(1).sample(sorted(runs), min(TERMS, len(runs)))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    return work(), time.perf_counter() - begin


def _by_keys(table: Table) -> Look:
    made = table.index()
    return lambda text: stands_in(made, text)


def _plainly(table: Table) -> Look:
    return lambda text: {
        (match.start(), match.end(), term)
        for term in table.terms
        for match in re.finditer(rf"\b{re.escape(term)}\b", text, re.IGNORECASE)
    }


def _shares(language: str, way: Callable[[Table], Look]) -> dict[str, float]:
    """Recall and precision in per cent over the labelled sentences.

    A term is found where it is found within the words labelled with it: NATO in NATO’nun counts.
    """
    right = apt = wanted = got = 0
    for table in tables(language):
        look = way(table)
        for sentence in table.sentences:
            found = look(sentence.text)
            right += sum(any(_within(one, label) for one in found) for label in sentence.stands)
            apt += sum(any(_within(one, label) for label in sentence.stands) for one in found)
            wanted, got = wanted + len(sentence.stands), got + len(found)
    return {"recall": round(100 * right / wanted, 1), "precision": round(100 * apt / got, 1)}


def _within(found: Stands, label: Stands) -> bool:
    return label[0] <= found[0] and found[1] <= label[1] and found[2] == label[2]


if __name__ == "__main__":
    run()
