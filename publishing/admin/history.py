"""Everything that happened to one segment in one language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from publishing.models import Translation
from publishing.reports import history as past
from publishing.workflow import access

from .addresses import segment_address
from .doors import page, person_of, room
from .naming import language_name
from .timeline import timeline


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
    context = {
        "title": _("History of a segment"),
        "segment": segment,
        "translation": translation,
        "language": language,
        "language_name": language_name(language),
        "source_language": segment.document.source_language,
        "source_language_name": language_name(segment.document.source_language),
        "events": timeline(past.of_translation(translation)),
        "address": "" if segment.retired_at else segment_address(segment.document_id, language, segment.key),
    }
    return page(request, "history.html", context)
