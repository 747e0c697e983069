"""Everything that happened to one segment in one language."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from publishing.models import Translation
from publishing.reports import history as past
from publishing.workflow import access

from .addresses import segment_address
from .differences import difference
from .doors import page, person_of, room
from .naming import language_name, origin
from .timeline import timeline


def _compared(request: HttpRequest, events: Sequence[past.Event]) -> dict[str, Any]:
    """Any two of its texts against one another; the last two where nothing was asked for."""
    revisions = [event.revision for event in reversed(events) if event.revision]
    approved = {(event.data or {}).get("revision") for event in events if event.verb == "approve"}
    texts = {str(revision.number): revision.text for revision in revisions}
    if len(texts) < 2:
        return {}
    numbers = list(texts)
    old, new = request.GET.get("from", ""), request.GET.get("to", "")
    old = old if old in texts else numbers[-2]
    new = new if new in texts else numbers[-1]
    return {
        "choices": [
            (str(revision.number), origin(revision), revision.number in approved) for revision in revisions
        ],
        "old": old,
        "new": new,
        "compared": difference(texts[old], texts[new]),
    }


@room
def history(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Texts and decisions, newest first; a retired segment keeps its history."""
    translation = get_object_or_404(
        Translation.objects.select_related("segment__document", "current"),
        segment__key=key,
        language=language,
    )
    access.require_review(person_of(request), language)
    segment = translation.segment
    events = past.of_translation(translation)
    context = {
        "title": _("History of a segment"),
        "segment": segment,
        "translation": translation,
        "language": language,
        "language_name": language_name(language),
        "source_language": segment.document.source_language,
        "source_language_name": language_name(segment.document.source_language),
        "events": timeline(events),
        **_compared(request, events),
        "address": "" if segment.retired_at else segment_address(segment.document_id, language, segment.key),
    }
    return page(request, "history.html", context)
