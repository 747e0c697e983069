"""Moved: over the sentences of one block, a mark may change its sentence, but neither vanish nor appear.

This is the block's reading of `references` and `placeholders`: what one sentence lacks and another has too
many is a warning in both; what the block lacks or has too many blocks.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Final

from publishing.quality import placeholders, references
from publishing.quality.base import Finding, Pair, finding
from publishing.quality.tally import Span, Tally, count
from publishing.quality.text import Text

Found = list[list[Finding]]
Report = Callable[[Tally, str, Span, Span | None], Finding]


class _Kind:
    """References or placeholders: where to find them in a text and how to report one that is wrong."""

    def __init__(self, name: str, report: Report) -> None:
        self.name = name
        self.report = report

    def marks(self, text: Text) -> list[str]:
        return [mark.group() for mark in getattr(text, self.name)]

    def tally(self, pair: Pair) -> Tally:
        return count(getattr(pair.source, self.name), getattr(pair.target, self.name))


_KINDS: Final = (_Kind("references", references.report), _Kind("tags", placeholders.report))


def check(pairs: Sequence[Pair]) -> Found:
    """Findings per pair of a block. A pair without a target has none and takes part with what its source
    holds."""
    found: Found = [[] for _ in pairs]
    for kind in _KINDS:
        if any(getattr(text, kind.name) for pair in pairs for text in (pair.source, pair.target)):
            _judge(kind, pairs, found)
    for index, pair in enumerate(pairs):
        if not any(one.code == "placeholders" for one in found[index]):
            found[index] += placeholders.crossing(pair)
    return found


def _judge(kind: _Kind, pairs: Sequence[Pair], found: Found) -> None:
    tallies, pending = _tallied(kind, pairs)
    wanted: dict[str, deque[tuple[int, Span]]] = defaultdict(deque)
    for index, tally in tallies.items():
        for mark, span in tally.missing:
            wanted[mark].append((index, span))
    for index, tally in tallies.items():
        for mark, span in tally.surplus:
            if wanted[mark]:
                origin, source = wanted[mark].popleft()
                found[origin].append(_moved_away(pairs[origin], mark, source))
            elif pending[mark]:
                pending[mark] -= 1
            else:
                found[index].append(kind.report(tally, mark, span, None))
                continue
            found[index].append(finding("moved", *span, {"mark": mark}))
    for mark, missing in wanted.items():
        for index, source in missing:
            end = len(pairs[index].target.text)
            found[index].append(kind.report(tallies[index], mark, (end, end), source))


def _tallied(kind: _Kind, pairs: Sequence[Pair]) -> tuple[dict[int, Tally], Counter[str]]:
    """The marks of each translated pair, counted, and those of the sources that nobody has translated yet."""
    tallies: dict[int, Tally] = {}
    pending: Counter[str] = Counter()
    for index, pair in enumerate(pairs):
        if pair.target.text.strip():
            tallies[index] = kind.tally(pair)
        else:
            pending.update(kind.marks(pair.source))
    return tallies, pending


def _moved_away(pair: Pair, mark: str, source: Span) -> Finding:
    end = len(pair.target.text)
    return finding("moved", end, end, {"mark": mark, "source_start": source[0], "source_end": source[1]})
