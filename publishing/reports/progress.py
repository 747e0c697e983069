"""How far each document is in each language: the counts behind the board and `translation_status`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from publishing.models import Document, Edition, Finding, Release, Segment, Translation
from publishing.models.translation import State

from . import gate


def status(documents: Iterable[Document]) -> dict[str, Any]:
    """The figures of `translation_status --json`: per document its segments, per language states and findings."""
    return {"documents": [_document(document) for document in documents]}


def with_biographies(document: Document) -> list[Document]:
    """The document, and for an article the biographies that appear with it."""
    authors = Document.objects.filter(author__articles__document=document).order_by(
        "author__authorship__position"
    )
    return [document, *authors.distinct()]


def _document(document: Document) -> dict[str, Any]:
    editions = {edition.language: edition for edition in Edition.objects.filter(document=document)}
    source = editions.pop(document.source_language)
    return {
        "slug": source.slug,
        "kind": document.kind,
        "source_language": document.source_language,
        "segments": Segment.objects.in_use().filter(document=document).count(),
        "release": release_state(source),
        "held_up_by": _held_up(document, document.source_language),
        "languages": {code: _language(document, editions[code]) for code in sorted(editions)},
    }


def _language(document: Document, edition: Edition) -> dict[str, Any]:
    rows = Translation.objects.in_use().filter(segment__document=document, language=edition.language)
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    findings = Finding.objects.filter(translation__in=rows).aggregate(
        block=Count("pk", filter=Q(severity="block")), warn=Count("pk", filter=Q(severity="warn"))
    )
    return {
        **{str(state): counted.get(state, 0) for state in State.values},
        "findings": findings,
        "held_up_by": _held_up(document, edition.language),
        "release": release_state(edition),
    }


def _held_up(document: Document, language: str) -> list[dict[str, Any]]:
    return [
        {"reason": found.code, "message": found.message, "segments": list(found.segments)}
        for found in gate.hold_ups(document, language)
    ]


def release_state(edition: Edition) -> str | None:
    """The state of the edition as readers have it: live, withdrawn, or nothing was ever released."""
    states = set(edition.releases.values_list("state", flat=True))
    for state in (Release.State.LIVE, Release.State.WITHDRAWN):
        if state in states:
            return str(state)
    return None
