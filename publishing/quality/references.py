"""References: the literal [n] of source and target are the same multiset; their order is the translator's."""

from itertools import islice

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.tally import Span, Tally, count
from publishing.quality.text import MOST


def check(pair: Pair) -> list[Finding]:
    """References that are missing, invented or doubled."""
    if not pair.source.references and not pair.target.references:
        return []
    tally = count(pair.source.references, pair.target.references)
    end = len(pair.target.text)
    found = [report(tally, mark, (end, end), span) for mark, span in islice(tally.missing, MOST)]
    return found + [report(tally, mark, span) for mark, span in islice(tally.surplus, MOST)]


def report(tally: Tally, mark: str, span: Span, source: Span | None = None) -> Finding:
    """One mark as a finding, with how often it stands on each side."""
    counts: dict[str, str | int] = {
        "reference": mark,
        "in_source": tally.source[mark],
        "in_target": tally.target[mark],
    }
    if source:
        counts |= {"source_start": source[0], "source_end": source[1]}
    return finding("references", *span, counts)
