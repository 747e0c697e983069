"""The terms of a sentence: a part of the workbench that is fetched once the page stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publishing.languages import CODES
from publishing.models import Translation
from publishing.reports import terms as reports
from publishing.workflow import access

from .doors import person_of, room


@room
def segment_terms(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The terms of the source as a list, each with what to call it and what not."""
    if language not in CODES:
        raise Http404
    access.require_review(person_of(request), language)
    rows = Translation.objects.select_related("segment__document", "current")
    row = get_object_or_404(rows, segment__key=key, language=language)
    context = {
        "found": reports.terms(row),
        "language": language,
        "source_language": row.segment.document.source_language,
        "is_empty": not row.text,
    }
    return render(request, "admin/publishing/_terms.html", context)
