"""Whom texts are assigned to: for the board, the queue and a document's page alike."""

from collections.abc import Collection, Iterable

from django.db.models import F, QuerySet

from publishing.models import Assignment
from publishing.models.once import Once, padded

Assigned = dict[tuple[int, str], list[Assignment]]


def of_documents(documents: Iterable[int], language: str = "") -> Assigned:
    """Document id and language → its assignments, the first due first; those without a day last. One query."""
    return _by_document(_given(set(documents), language))


def of_a_page(documents: Collection[int], language: str, most: int) -> Assigned:
    """The same for at most so many documents, by a statement that is built once."""
    build = Once(lambda *ids: _given(ids, language))
    return _by_document(_PAGES.setdefault((language, most), build)(*padded(documents, most)))


_PAGES: dict[tuple[str, int], Once[Assignment]] = {}


def _given(documents: Collection[int], language: str) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(document__in=documents).select_related("person")
    if language:
        rows = rows.filter(language=language)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def _by_document(rows: Iterable[Assignment]) -> Assigned:
    found: Assigned = {}
    for row in rows:
        found.setdefault((row.document_id, row.language), []).append(row)
    return found
