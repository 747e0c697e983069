"""Length: a translation far shorter or longer than any between these languages has lost or gained a sentence.

The bounds are wide on purpose. Between English, Turkish and Russian a sentence of prose keeps 60 to 160 per
cent of its length; what falls outside 35 to 280 per cent is no matter of style.
"""

from typing import Final

from publishing.quality.base import Finding, Pair, finding

_SHORTEST_SOURCE: Final = 60
_LEAST: Final = 35
_MOST: Final = 280


def check(pair: Pair) -> list[Finding]:
    """One finding over the whole target if its length is beyond belief; short texts are never judged."""
    if pair.source.language == pair.target.language or pair.note:
        return []
    source = len(pair.source.text.strip())
    target = len(pair.target.text.strip())
    if max(source, target) < _SHORTEST_SOURCE or source < _SHORTEST_SOURCE // 2:
        return []
    percent = 100 * target // source
    if (source >= _SHORTEST_SOURCE and percent < _LEAST) or percent > _MOST:
        return [finding("length", 0, len(pair.target.text), {"percent": percent})]
    return []
