"""Whom texts are assigned to: for the board, the queue and a document's page alike."""

from collections.abc import Iterable

from django.db.models import F

from publishing.models import Assignment

Assigned = dict[tuple[int, str], list[Assignment]]


def of_documents(documents: Iterable[int], language: str = "") -> Assigned:
    """Document id and language → its assignments, the first due first; those without a day last. One query."""
    rows = Assignment.objects.filter(document__in=set(documents)).select_related("person")
    if language:
        rows = rows.filter(language=language)
    found: Assigned = {}
    for row in rows.order_by(F("due_on").asc(nulls_last=True), "pk"):
        found.setdefault((row.document_id, row.language), []).append(row)
    return found
