"""What people call documents: the source text of the title, or of a biography's name."""

from collections.abc import Iterable

from publishing.models import Block, Segment


def titles(documents: Iterable[int]) -> dict[int, str]:
    """Document id → its title in the source language, in one query. A document without one is absent."""
    blocks = Block.objects.filter(document__in=set(documents), kind__in=("title", "name"))
    rows = Segment.objects.in_use().filter(block__in=blocks.order_by())
    rows = rows.values_list("document_id", "block_id", "before", "text", "after")
    found: dict[int, tuple[int, str]] = {}
    for document, block, before, text, after in rows:
        first, sofar = found.get(document, (block, ""))
        if block == first:
            found[document] = (first, sofar + before + text + after)
    return {document: text for document, (_, text) in found.items()}
