"""Numbers: every number in digits stands on the other side by value, in digits or in words."""

from publishing.languages.numbers import Quantity
from publishing.quality.base import Finding, Pair, finding
from publishing.quality.sides import Mismatch

NOTHING = "—"


def check(pair: Pair) -> list[Finding]:
    """Numbers, percentages and Roman numerals that are missing, changed or added."""
    return [report("numbers", mismatch, pair) for mismatch in pair.mismatches if not mismatch.dated]


def report(code: str, mismatch: Mismatch, pair: Pair) -> Finding:
    """A mismatch as a finding: at the target's quantity, or at its end if nothing there corresponds."""
    source, target = mismatch.source, mismatch.target
    end = len(pair.target.text)
    params: dict[str, str | int] = {
        "expected": _shown(source, pair.source.text),
        "found": _shown(target, pair.target.text),
    }
    if source is not None:
        params |= {"source_start": source.start, "source_end": source.end}
    if target is None:
        return finding(code, end, end, params)
    return finding(code, target.start, target.end, params)


def _shown(quantity: Quantity | None, text: str) -> str:
    return text[quantity.start : quantity.end][:60] if quantity else NOTHING
