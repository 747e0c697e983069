"""What readers have reported: a list with what they say, where it leads, and a decision on each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.models import ReaderReport
from publishing.reports import reported as reports
from publishing.workflow import access, reporting
from publishing.workflow.errors import NotAllowed, Refused, WrongLanguage

from .addresses import segment_address
from .doors import page, person_of, room
from .naming import language_name


@room
def reported(request: HttpRequest) -> HttpResponse:
    """Open reports of the languages that the person reviews; posted, one of them is decided."""
    person = person_of(request)
    access.require(person, access.TRANSLATE)
    if request.method == "POST":
        number, _colon, outcome = request.POST.get("decision", "").partition(":")
        try:
            reporting.resolve(_number(number), outcome, actor=person)
            messages.success(request, _("Decided: a reader who left an address is told."))
        except (NotAllowed, WrongLanguage):
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:reported"))
    found = reports.waiting(access.languages_of(person), source=access.may(person, access.RELEASE))
    context = {"title": _("Reported by readers"), "lines": [_line(each) for each in found]}
    return page(request, "reported.html", context)


def _line(report: ReaderReport) -> dict[str, Any]:
    segment = report.segment
    in_use = report.translation_id and segment.retired_at is None
    return {
        "report": report,
        "language_name": language_name(report.language),
        "address": segment_address(segment.document_id, report.language, segment.key) if in_use else "",
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else -1
