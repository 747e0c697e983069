"""An edition: what holds its release up, its preview, and the editor's verbs."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from publishing import pages
from publishing.models import Document, Edition, Release, Segment
from publishing.reports import board as boards
from publishing.reports import gate
from publishing.reports.titles import titles
from publishing.workflow import access, releasing
from publishing.workflow.errors import NotAllowed, Refused

from .addresses import segment_address
from .board import cell_context
from .differences import changed_lines
from .doors import page, person_of, room
from .naming import language_name

SEGMENTS_SHOWN = 30


VERBS: Mapping[str, Callable[..., Release]] = {
    "release": releasing.release,
    "rollback": releasing.rollback,
    "withdraw": releasing.withdraw,
}


@room
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """The page of an edition; a posted verb leads back to it."""
    person = person_of(request)
    access.require(person, access.RELEASE)
    found = get_object_or_404(Edition.objects.select_related("document"), pk=edition)
    refusal = _decide(request, found) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return HttpResponseRedirect(request.path)
    return page(request, "edition.html", _context(request, found, refusal), status=409 if refusal else 200)


def _context(request: HttpRequest, found: Edition, refusal: Refused | None) -> dict[str, Any]:
    line = boards.lines([found.document])[0]
    cell = next(cell for cell in line.cells if cell.language == found.language)
    releases = list(found.releases.select_related("released_by").defer("manifest", "body"))
    live = next((made for made in releases if made.state == Release.State.LIVE), None)
    return {
        "title": line.title,
        "subtitle": language_name(found.language),
        "edition": found,
        "language_name": language_name(found.language),
        "cell": cell_context(line, cell),
        "hold_ups": _hold_ups(found),
        "releases": releases,
        "live": live,
        "may_roll_back": bool(live)
        and any(made.number < live.number and made.state == Release.State.SUPERSEDED for made in releases),
        "refusal": str(refusal) if refusal else "",
        "note": request.POST.get("note", "") if refusal else "",
        "document_address": reverse("admin:document", args=[found.document_id]),
        "public_address": f"/{found.language}/{found.slug}/"
        if live and found.document.kind == Document.Kind.ARTICLE
        else "",
    }


def _decide(request: HttpRequest, found: Edition) -> Refused | None:
    verb = VERBS.get(request.POST.get("action", ""))
    if verb is None:
        return Refused()
    note = request.POST.get("note", "").strip()[:2000]
    try:
        made = verb(found.document, found.language, actor=person_of(request), note=note)
    except NotAllowed:
        raise
    except Refused as refusal:
        return refusal
    said = {
        "release": _("Release %(number)d is live. The pages are being written."),
        "rollback": _("Release %(number)d is live again, word for word. The pages are being written."),
        "withdraw": _("Release %(number)d is withdrawn. The pages are being written."),
    }
    messages.success(request, said[request.POST["action"]] % {"number": made.number})
    return None


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
    person = person_of(request)
    found = get_object_or_404(Edition.objects.select_related("document"), pk=edition)
    if not access.may(person, access.RELEASE):
        access.require_review(person, found.language)
    return HttpResponse(pages.preview(found), headers={"X-Robots-Tag": "noindex"})


@room
def document_preview(request: HttpRequest, document: int, language: str) -> HttpResponse:
    """The same, found by document and language: beside the workbench."""
    found = get_object_or_404(Edition, document=document, language=language)
    return preview(request, found.pk)


@room
def difference(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """What a release changed against the one before it."""
    access.require(person_of(request), access.RELEASE)
    made = get_object_or_404(
        Release.objects.select_related("edition__document", "released_by"), edition=edition, number=number
    )
    before = Release.objects.filter(edition=edition, number__lt=number).order_by("-number").first()
    context = {
        "title": titles([made.edition.document_id]).get(made.edition.document_id, ""),
        "subtitle": language_name(made.edition.language),
        "release": made,
        "before": before,
        "lines": changed_lines(_lines(before), _lines(made)) if before else [],
        "address": reverse("admin:edition", args=[edition]),
    }
    return page(request, "release_difference.html", context)


def _lines(made: Release) -> list[str]:
    """A release's text, one line per paragraph, without its markup."""
    body = made.body.replace("</", "\n</")
    lines = [" ".join(strip_tags(line).split()) for line in _paragraphs(body)]
    return [line for line in (made.title, made.summary, *lines) if line]


def _paragraphs(body: str) -> list[str]:
    for end in (
        "</p>",
        "</h2>",
        "</h3>",
        "</h4>",
        "</li>",
        "</blockquote>",
        "</figcaption>",
        "</td>",
        "</th>",
    ):
        body = body.replace(f"\n{end}", f"{end}\x00")
    return body.replace("\n</", "</").split("\x00")
