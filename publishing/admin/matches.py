"""What memory has of a sentence: a part of the workbench that is fetched once the page stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publishing.languages import CODES
from publishing.models import Segment
from publishing.reports import matches as reports
from publishing.workflow import access

from .differences import difference
from .doors import person_of, room


@room
def matches(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The matches as a list, each with its likeness and what differs in its source."""
    if language not in CODES:
        raise Http404
    access.require_review(person_of(request), language)
    segment = get_object_or_404(Segment.objects.select_related("document"), key=key)
    found = [(match, difference(match.source, segment.text)) for match in reports.matches(segment, language)]
    context = {"found": found, "language": language, "source_language": segment.document.source_language}
    return render(request, "admin/publishing/_matches.html", context)
