"""Approving many at one look: each was displayed, each is approved at the version that was displayed, or not at all."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.languages import CODES
from publishing.models import Document, Person, Translation
from publishing.reports import bulk as reports
from publishing.reports.titles import titles
from publishing.reports.workbench import Row
from publishing.workflow import access, reviewing
from publishing.workflow.errors import Refused

from .addresses import segment_address, workbench_address
from .desk import checked_text, source_spans
from .doors import page, person_of, room
from .marking import marked
from .naming import language_name, making, origin
from .sightings import seen_at, sighting

MOST = 100
"""Of one form; more were never displayed."""


@room
def bulk(request: HttpRequest, document: int, language: str) -> HttpResponse:
    """Shows drafts side by side with their sources; posted, approves those that were picked."""
    person = person_of(request)
    found = get_object_or_404(Document, pk=document)
    if language not in CODES or language == found.source_language:
        raise Http404
    access.require_review(person, language)
    if request.method == "POST":
        _approve(request, found, language, person)
        return HttpResponseRedirect(reverse("admin:bulk", args=[document, language]))
    shown, total = reports.approvable(found, language, person)
    context = {
        "title": titles([found.pk]).get(found.pk, ""),
        "document": found,
        "language": language,
        "language_name": language_name(language),
        "source_language": found.source_language,
        "rows": [_shown(row, person) for row in shown],
        "more": total - len(shown),
        "workbench": workbench_address(found.pk, language),
    }
    return page(request, "bulk.html", context)


def _shown(row: Row, person: Person) -> dict[str, Any]:
    translation, segment = row.translation, row.translation.segment
    return {
        "row": row,
        "source": marked(translation.source, source_spans(row), segment.block.markup),
        "target": checked_text(row),
        "origin": origin(translation.current),
        "making": making(translation.current),
        "is_safe": reports.trust(row) == 0 and not row.found,
        "seen": sighting(person, row.key, translation.version),
        "address": segment_address(segment.document_id, translation.language, row.key),
    }


def _approve(request: HttpRequest, document: Document, language: str, person: Person) -> None:
    """Approves what was picked, one by one; says how many, and why others were not."""
    picked = request.POST.getlist("pick")[:MOST]
    rows = Translation.objects.of_document(document.pk, language).filter(segment__key__in=picked)
    approved, refused = 0, list[str]()
    for row in rows:
        refusal = _refusal(row, request.POST, person)
        approved += not refusal
        if refusal:
            refused.append(_("“%(text)s”: %(reason)s") % {"text": row.source[:60], "reason": refusal})
    if approved:
        said = ngettext("%(number)d segment is approved.", "%(number)d segments are approved.", approved)
        messages.success(request, said % {"number": approved})
    for line in refused:
        messages.warning(request, line)
    if not picked:
        messages.info(request, _("Nothing was picked."))


def _refusal(row: Translation, post: Mapping[str, str], person: Person) -> str:
    """Approves the row as it was displayed; returns why not, or nothing."""
    key = row.segment.key
    version = post.get(f"version-{key}", "")
    shown = version.isascii() and version.isdigit() and len(version) < 10
    at = seen_at(post.get(f"seen-{key}", ""), person, key, int(version)) if shown else None
    if at is None:
        return _("it was not displayed to you: look at it, then approve it")
    try:
        reviewing.approve(row, actor=person, seen_version=int(version), seen_at=at)
    except Refused as refusal:
        return str(refusal)
    return ""
