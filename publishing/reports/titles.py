"""What people call documents: the source text of the title, or of a biography's name."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from publishing.models import Block, Edition, Segment
from publishing.models.once import Once, padded

Row = tuple[int, int, str, str, str]


def titles(documents: Iterable[int]) -> dict[int, str]:
    """Document id → its title in the source language, in one query. A document without one is absent."""
    wanted = set(documents)
    return _joined(_read(wanted)) if wanted else {}


def of_a_few(documents: Collection[int], most: int) -> dict[int, str]:
    """The same for at most so many documents, by a statement that is built once."""
    if not documents:
        return {}
    return _joined(_A_FEW.setdefault(most, Once(lambda *ids: _read(ids)))(*padded(documents, most)))


def of_the_newest(language: str, most: int) -> dict[int, str]:
    """The same for the newest documents that are being translated into the language; the newest first."""
    found = _joined(_NEWEST.setdefault((language, most), Once(lambda: _read(_newest(language, most))))())
    return dict(sorted(found.items(), reverse=True))


_A_FEW: dict[int, Once[Row]] = {}
_NEWEST: dict[tuple[str, int], Once[Row]] = {}


def _newest(language: str, most: int) -> QuerySet[Edition, Any]:
    opened = Edition.objects.filter(language=language).exclude(document__source_language=language)
    return opened.order_by("-document").values("document")[:most]


def _read(documents: Iterable[int] | QuerySet[Edition, Any]) -> QuerySet[Segment, Row]:
    blocks = Block.objects.filter(document__in=documents, kind__in=("title", "name"))
    rows = Segment.objects.in_use().filter(block__in=blocks.order_by())
    return rows.values_list("document_id", "block_id", "before", "text", "after")


def _joined(rows: Iterable[Row]) -> dict[int, str]:
    """The sentences of each document's first title put together."""
    found: dict[int, tuple[int, str]] = {}
    for document, block, before, text, after in rows:
        first, sofar = found.get(document, (block, ""))
        if block == first:
            found[document] = (first, sofar + before + text + after)
    return {document: text for document, (_, text) in found.items()}
