"""Empty: a source that says something has a translation that says something."""

from publishing.quality.base import Finding, Pair, finding


def check(pair: Pair) -> list[Finding]:
    """One finding if the target is blank and the source is not."""
    if pair.source.text.strip() and not pair.target.text.strip():
        return [finding("empty", 0, len(pair.target.text))]
    return []
