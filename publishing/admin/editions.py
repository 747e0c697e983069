"""An edition: what holds its release up, its preview, and the editor's verbs."""

from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from publishing import pages
from publishing.models import Document, Edition, Release, Segment
from publishing.reports import board as boards
from publishing.reports import gate
from publishing.workflow import access
from publishing.workflow.errors import NotAllowed, Refused

from . import release_decisions as releases
from .addresses import segment_address
from .board import cell_context
from .doors import page, person_of, room
from .naming import language_name

SEGMENTS_SHOWN = 30


@room
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """The page of an edition; a posted verb leads back to it."""
    person = person_of(request)
    access.require(person, access.RELEASE)
    found = get_object_or_404(Edition.objects.select_related("document"), pk=edition)
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, releases.decide(request.POST, found, person))
        except NotAllowed:
            raise
        except Refused as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(request.path)
    return page(request, "edition.html", _context(request, found, refusal), status=409 if refusal else 200)


def _context(request: HttpRequest, found: Edition, refusal: Refused | None) -> dict[str, Any]:
    line = boards.lines([found.document])[0]
    cell = next(cell for cell in line.cells if cell.language == found.language)
    made = list(found.releases.frozen().select_related("released_by").defer("manifest", "body"))
    live = next((each for each in made if each.state == Release.State.LIVE), None)
    planned = found.releases.planned().select_related("released_by").first()
    return {
        "title": line.title,
        "subtitle": language_name(found.language),
        "edition": found,
        "language_name": language_name(found.language),
        "cell": cell_context(line, cell),
        "hold_ups": _hold_ups(found),
        "releases": made,
        "live": live,
        "planned": planned,
        "planned_with": _planned_with(planned) if planned else [],
        "held_by": _held_by(planned) if planned else [],
        "companions": [(other.pk, language_name(other.language)) for other in _others(found)],
        "may_correct": bool(made),
        "may_override": access.may(person_of(request), access.OVERRIDE),
        "may_roll_back": bool(live)
        and any(each.number < live.number and each.state == Release.State.SUPERSEDED for each in made),
        "may_announce": found.document.kind == Document.Kind.ARTICLE and not made,
        "may_rename": found.document.kind == Document.Kind.ARTICLE and bool(made),
        "former_slugs": list(
            found.former_slugs.exclude(slug=found.slug).order_by("pk").values_list("slug", flat=True)
        ),
        "refusal": str(refusal) if refusal else "",
        "given": request.POST if refusal else {},
        "may_sign": bool(settings.REVIEW_RECORD_KEY),
        "given_with": request.POST.getlist("with") if refusal else [],
        "document_address": reverse("admin:document", args=[found.document_id]),
        "public_address": f"/{found.language}/{found.slug}/"
        if live and found.document.kind == Document.Kind.ARTICLE
        else "",
    }


def _others(found: Edition) -> list[Edition]:
    """The document's other editions, which could go out at the same moment."""
    return list(found.document.editions.exclude(pk=found.pk).order_by("language"))


def _planned_with(planned: Release) -> list[str]:
    """The languages that are scheduled jointly with it."""
    if not planned.joint_key:
        return []
    companions = Release.objects.filter(joint_key=planned.joint_key, state=Release.State.SCHEDULED)
    rows = companions.exclude(pk=planned.pk).select_related("edition").order_by("edition__language")
    return [language_name(row.edition.language) for row in rows]


def _held_by(planned: Release) -> list[str]:
    """Why a draft did not go out at its hour."""
    return [gate.HoldUp(code, tuple(segments)).message for code, segments in planned.held_by]


def _hold_ups(found: Edition) -> list[dict[str, Any]]:
    """The gate's reasons with the beginning of each segment that they lie in."""
    reasons = gate.hold_ups(found.document, found.language)
    keys = {key for reason in reasons for key in islice(reason.segments, SEGMENTS_SHOWN)}
    texts = dict(Segment.objects.filter(key__in=keys).values_list("key", "text"))
    return [
        {
            "message": reason.message,
            "segments": [
                {
                    "text": texts.get(key, ""),
                    "address": ""
                    if found.is_source
                    else segment_address(found.document_id, found.language, key),
                }
                for key in islice(reason.segments, SEGMENTS_SHOWN)
            ],
            "more": max(0, len(reason.segments) - SEGMENTS_SHOWN),
        }
        for reason in reasons
    ]


@room
def preview(request: HttpRequest, edition: int) -> HttpResponse:
    """The page as it would be if the edition were released now."""
    return _preview(request, pk=edition)


@room
def document_preview(request: HttpRequest, document: int, language: str) -> HttpResponse:
    """The same, found by document and language: beside the workbench."""
    return _preview(request, document=document, language=language)


def _preview(request: HttpRequest, **wanted: Any) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(Edition.objects.select_related("document"), **wanted)
    if not access.may(person, access.RELEASE):
        access.require_review(person, found.language)
    return HttpResponse(pages.preview(found), headers={"X-Robots-Tag": "noindex"})
