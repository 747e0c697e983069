"""What people call documents: the source text of the title, or of a biography's name."""

from collections.abc import Iterable

from publishing.models import Segment


def titles(documents: Iterable[int]) -> dict[int, str]:
    """Document id → its title in the source language, in one query. A document without one is absent."""
    rows = (
        Segment.objects.in_use()
        .filter(block__document__in=set(documents), block__kind__in=("title", "name"))
        .values_list("document_id", "block_id", "before", "text", "after")
    )
    found: dict[int, tuple[int, str]] = {}
    for document, block, before, text, after in rows:
        first, sofar = found.get(document, (block, ""))
        if block == first:
            found[document] = (first, sofar + before + text + after)
    return {document: text for document, (_, text) in found.items()}
