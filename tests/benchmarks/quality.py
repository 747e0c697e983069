"""What the checks find and what they cry wolf over: false alarms on correct translations, mistakes caught, speed.

Every pair of tests/data/quality is correct; every mistake of tests/crafts/quality/mutations.py is planted in every
place of every target where it can be. Run it: `python -m tests.benchmarks.quality`.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable

from publishing.quality import check
from tests.crafts.quality.mutations import Mutant, mutants
from tests.crafts.quality.parallel import Correct, pairs

FILES = ("parallel.txt", "heldout.txt", "unseen.txt")
FIRST_RUN = "before mending: parallel 2 of 396, heldout 14 of 216, unseen 0 of 180"
ROUNDS = 3


def caught(pair: Correct, mutant: Mutant) -> bool:
    """Whether the mistake is found under its code and where it stands."""
    findings = check(pair.source, mutant.target, pair.source_language, pair.target_language)
    return any(
        one.code in mutant.codes and one.start <= mutant.end and one.end >= mutant.start for one in findings
    )


def run() -> dict[str, object]:
    """Measure, and return {"name", "figures", "beside"}: shares in per cent, speed in pairs per second."""
    correct = [pair for name in FILES for pair in pairs(name)]
    figures: dict[str, float] = {"correct pairs": len(correct)}
    alarms: Counter[str] = Counter()
    for pair in correct:
        alarms[pair.direction] += bool(_check(pair))
    figures["false alarms"] = alarms.total()
    figures |= {f"false alarms {direction}": count for direction, count in sorted(alarms.items())}
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for pair in correct:
        for mutant in mutants(pair):
            planted[mutant.kind] += 1
            found[mutant.kind] += caught(pair, mutant)
    figures["mistakes planted"] = planted.total()
    figures["recall %"] = _share(found.total(), planted.total())
    figures["precision %"] = _share(found.total(), found.total() + alarms.total())
    figures["clean pairs %"] = _share(len(correct) - alarms.total(), len(correct))
    figures |= {f"recall {kind} %": _share(found[kind], planted[kind]) for kind in planted}
    figures["pairs per second"] = _speed(_check, correct)
    return {
        "name": "quality",
        "figures": figures,
        "beside": {
            "false alarms": FIRST_RUN,
            "clean pairs %": "Translate Toolkit 3.20.4 StandardChecker: 33 (3 of 9 correct tr/ru translations)",
            "pairs per second": "at least 2000 on one core",
        },
    }


def _check(pair: Correct) -> object:
    return check(pair.source, pair.target, pair.source_language, pair.target_language)


def _share(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 2)


def _speed(work: Callable[[Correct], object], correct: Iterable[Correct]) -> int:
    items = list(correct)
    best = 0.0
    for _ in range(ROUNDS):
        begun = time.process_time()
        for item in items:
            work(item)
        best = max(best, len(items) / (time.process_time() - begun))
    return round(best)


def table(result: dict[str, object]) -> str:
    """The figures as text, one a line, with what stands beside them."""
    figures, beside = result["figures"], result["beside"]
    assert isinstance(figures, dict)
    assert isinstance(beside, dict)
    lines = [f"{name:<32}{value:>12}  {beside.get(name, '')}".rstrip() for name, value in figures.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run()))
