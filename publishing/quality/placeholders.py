"""Placeholders: <b1>…</b1> and <br4/> of source and target are the same multiset, and pairs nest.

Their order is free, since languages order words differently. Whatever has the grammar of a placeholder
counts as one on either side, so an invented one is found, too.
"""

import re
from itertools import islice

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.tally import Span, Tally, count
from publishing.quality.text import MOST


def check(pair: Pair) -> list[Finding]:
    """Placeholders that are missing, invented, doubled, or crossed where the source's nest."""
    if not pair.source.tags and not pair.target.tags:
        return []
    tally = count(pair.source.tags, pair.target.tags)
    end = len(pair.target.text)
    found = [report(tally, mark, (end, end), span) for mark, span in islice(tally.missing, MOST)]
    found += [report(tally, mark, span) for mark, span in islice(tally.surplus, MOST)]
    return found or crossing(pair)


def crossing(pair: Pair) -> list[Finding]:
    """One finding where pairs of the target cross, or stay open, and those of the source do not."""
    tag = _crossed(pair.target.tags)
    if tag is None or _crossed(pair.source.tags) is not None:
        return []
    return [report(count(pair.source.tags, pair.target.tags), tag.group(), tag.span())]


def report(tally: Tally, mark: str, span: Span, source: Span | None = None) -> Finding:
    """One mark as a finding, with how often it stands on each side."""
    counts: dict[str, str | int] = {
        "placeholder": mark,
        "in_source": tally.source[mark],
        "in_target": tally.target[mark],
    }
    if source:
        counts |= {"source_start": source[0], "source_end": source[1]}
    return finding("placeholders", *span, counts)


def _crossed(tags: list[re.Match[str]]) -> re.Match[str] | None:
    """The first closing tag that does not close the innermost open pair, or the first pair left open; else
    None."""
    stack: list[re.Match[str]] = []
    for tag in tags:
        text = tag.group()
        if text.endswith("/>"):
            continue
        if not text.startswith("</"):
            stack.append(tag)
        elif stack and stack[-1].group()[1:] == text[2:]:
            stack.pop()
        else:
            return tag
    return stack[0] if stack else None
