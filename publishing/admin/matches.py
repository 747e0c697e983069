"""What memory and other engines have of a sentence: a part of the workbench, fetched once the page stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publishing.languages import CODES
from publishing.models import Translation
from publishing.reports import matches as reports
from publishing.reports import offers, wording
from publishing.workflow import access

from .differences import difference
from .doors import person_of, room


@room
def matches(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The matches as a list, each with its likeness and what differs in its source."""
    if language not in CODES:
        raise Http404
    access.require_review(person_of(request), language)
    row = get_object_or_404(
        Translation.objects.select_related("segment__document"), segment__key=key, language=language
    )
    segment, asked = row.segment, offers.offers(row)
    found = [(match, difference(match.source, segment.text)) for match in reports.matches(segment, language)]
    context = {
        "found": found,
        "language": language,
        "source_language": segment.document.source_language,
        "offers": asked,
        "troubles": [wording.trouble(trouble) for trouble in asked.troubles],
    }
    return render(request, "admin/publishing/_matches.html", context)
