"""How fast text is cut into sentences, on prose and on hostile input, beside a naive splitter.

The prose is the labelled cases joined, so it is denser in abbreviations and quotations than real prose is.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publishing.languages import CODES
from publishing.languages.sentences import split

DATA = Path(__file__).parents[1] / "data" / "segmentation"
LENGTH = 1_000_000
HOSTILE = {
    "full stops": ".",
    "quotation marks": '"',
    "initials": "A. ",
    "spaces": " ",
    "stops and spaces": ". ",
    "open brackets": "a (b. ",
    "letters": "a",
    "blank lines": "\n ",
}
_NAIVE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZА-ЯЁÇĞİÖŞÜ“«\"(])")


def naive(text: str, language: str) -> list[str]:
    """Cut wherever a capital follows a stop; what a first attempt would do."""
    return _NAIVE.split(text)


def lines(language: str) -> list[str]:
    """The labelled cases of a language."""
    files = sorted(DATA.glob(f"*_{language}.txt"))
    return [line for file in files for line in file.read_text("utf-8").split("\n") if line.strip()]


def prose(language: str) -> str:
    """About a million characters of paragraphs, each of ten cases."""
    cases = [line.replace("¦", "") for line in lines(language)]
    paragraphs = [" ".join(cases[start : start + 10]) for start in range(0, len(cases), 10)]
    text = "\n\n".join(paragraphs) + "\n\n"
    return text * (LENGTH // len(text) + 1)


def rate(cut: Callable[[str, str], list[str]], text: str, language: str) -> int:
    """Characters a second, the best of three."""
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        cut(text, language)
        best = min(best, time.perf_counter() - begin)
    return round(len(text) / best)


def exact(cut: Callable[[str, str], list[str]], language: str) -> float:
    """Percentage of the labelled cases cut exactly as marked."""
    right = 0
    for line in lines(language):
        pieces = [piece.strip() for piece in cut(line.replace("¦", ""), language)]
        right += pieces == [piece.strip() for piece in line.split("¦")]
    return round(100 * right / len(lines(language)), 1)


def run() -> dict[str, Any]:
    """Measure, print a table, and return {"name", "figures", "beside"}."""
    figures: dict[str, float] = {}
    beside: dict[str, float] = {}
    for language in CODES:
        text = prose(language)
        figures[f"{language} characters/s"] = rate(split, text, language)
        beside[f"{language} characters/s"] = rate(naive, text, language)
        figures[f"{language} exact %"] = exact(split, language)
        beside[f"{language} exact %"] = exact(naive, language)
    for name, part in HOSTILE.items():
        text = part * (LENGTH // len(part))
        figures[f"slowest on {name}, characters/s"] = min(rate(split, text, language) for language in CODES)
    show(figures, beside)
    return {"name": "sentences", "figures": figures, "beside": {"naive one-regex splitter": beside}}


def show(figures: dict[str, float], beside: dict[str, float]) -> None:
    """Print the figures beside the naive splitter's."""
    print(f"{'sentences':<45}{'ours':>15}{'naive':>15}")
    for name, value in figures.items():
        other = f"{beside[name]:,}" if name in beside else ""
        print(f"{name:<45}{value:>15,}{other:>15}")


if __name__ == "__main__":
    run()
