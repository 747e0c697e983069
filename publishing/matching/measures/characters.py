"""Two measures over characters: the share that was edited, and chrF.

Both look at no more than MOST_CHARACTERS of each text, so that no text can hold a worker up. A sentence has
a few hundred.
"""

from collections import Counter
from typing import Final

from rapidfuzz.distance import Levenshtein

MOST_CHARACTERS: Final = 20_000

_LONGEST_GRAM: Final = 6
_RECALL_WEIGHS: Final = 2 * 2  # β² of the F-measure: recall counts twice as much as precision


def edit_ratio(draft: str, final: str) -> float:
    """The least number of characters to insert, delete or replace, by the length of the longer text: 0 to 1.

    0 is untouched, 1 has no character in its place. The distance is Levenshtein's (1966); it is symmetric.
    """
    return Levenshtein.normalized_distance(draft[:MOST_CHARACTERS], final[:MOST_CHARACTERS])


def chrf(draft: str, final: str) -> float:
    """chrF2, the F-measure over character n-grams of one to six characters, blanks left out: 0 to 100.

    Source: Popović, “chrF: character n-gram F-score for automatic MT evaluation”, WMT 2015, with β = 2 as
    proposed in “chrF deconstructed”, WMT 2016. Precision and recall are averaged over the orders that both
    texts are long enough for. Where one text has no character, nothing is shared: 0.
    """
    drafted, approved = _bare(draft), _bare(final)
    orders = min(_LONGEST_GRAM, len(drafted), len(approved))
    if not orders:
        return 0.0
    precision = recall = 0.0
    for order in range(1, orders + 1):
        shared = _shared(_grams(drafted, order), _grams(approved, order))
        precision += shared / (len(drafted) - order + 1)
        recall += shared / (len(approved) - order + 1)
    if not precision:
        return 0.0
    precision, recall = precision / orders, recall / orders
    return 100 * (1 + _RECALL_WEIGHS) * precision * recall / (_RECALL_WEIGHS * precision + recall)


def _bare(text: str) -> str:
    return "".join(text[:MOST_CHARACTERS].split())


def _grams(text: str, order: int) -> Counter[str]:
    return Counter(text[start : start + order] for start in range(len(text) - order + 1))


def _shared(drafted: Counter[str], approved: Counter[str]) -> int:
    """How many n-grams occur in both, each as often as in the text that has it less often."""
    return sum(min(count, approved[gram]) for gram, count in drafted.items() if gram in approved)
