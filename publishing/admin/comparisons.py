"""What differs between two releases, sentence by sentence; and the signed record of a release."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from publishing.models import Block, Edition, Release
from publishing.reports import comparing
from publishing.reports.comparing import Kind, Sentence
from publishing.workflow import access, records
from publishing.workflow.errors import Refused

from .addresses import segment_address
from .differences import difference
from .doors import page, person_of, room
from .naming import language_name

NOW = "now"
LABELS = {
    Kind.ADDED: pgettext_lazy("a sentence", "new"),
    Kind.REMOVED: pgettext_lazy("a sentence", "gone"),
    Kind.CHANGED: pgettext_lazy("a sentence", "changed"),
    Kind.MOVED: pgettext_lazy("a sentence", "moved"),
}
SHOWN_KINDS = {Block.Kind.TITLE, Block.Kind.SUMMARY, Block.Kind.HEADING, Block.Kind.NAME, Block.Kind.NOTE}


@room
def difference_of(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """What a release changed against the one before it."""
    return _compared(request, edition, "", str(number))


@room
def compare(request: HttpRequest, edition: int) -> HttpResponse:
    """Any two releases, or one and what stands there now; the live one and the one before, where none is named."""
    return _compared(request, edition, request.GET.get("from", ""), request.GET.get("to", ""))


def _compared(request: HttpRequest, pk: int, old: str, new: str) -> HttpResponse:
    access.require(person_of(request), access.RELEASE)
    rows = Release.objects.frozen().filter(edition=pk).select_related("edition__document", "released_by")
    made = {str(each.number): each for each in rows.defer("body", "manifest", "source_texts")}
    if not made:
        raise Http404
    new = new or next(
        (name for name, each in made.items() if each.state == Release.State.LIVE), next(iter(made))
    )
    old = old or _before(new, made)
    if not {old, new} <= {*made, NOW, ""}:
        raise Http404
    edition = next(iter(made.values())).edition
    found = _sentences(edition, old, new) if old else []
    context = {
        "title": (made.get(new) or next(iter(made.values()))).title,
        "subtitle": language_name(edition.language),
        "edition": edition,
        "old": old,
        "new": new,
        "release": made.get(new),
        "releases": list(made.values()),
        "counts": [(label, number) for kind, label in LABELS.items() if (number := _count(found, kind))],
        "groups": list(_groups(found, edition)),
        "address": reverse("admin:edition", args=[pk]),
    }
    return page(request, "release_difference.html", context)


def _before(new: str, made: dict[str, Release]) -> str:
    """The last release before this one; nothing before the first."""
    numbers = sorted(int(name) for name in made)
    earlier = [number for number in numbers if new == NOW or number < int(new if new in made else 0)]
    return str(earlier[-1]) if earlier else ""


def _sentences(edition: Edition, old: str, new: str) -> list[Sentence]:
    wanted = [int(name) for name in {old, new} - {NOW}]
    rows = {
        str(each.number): each
        for each in edition.releases.filter(number__in=wanted).only(
            "number", "manifest", "source_texts", "edition"
        )
    }
    texts = dict(zip(rows, comparing.of_releases(edition, *rows.values()), strict=True))
    if NOW in {old, new}:
        texts[NOW] = comparing.of_now(edition)
    return comparing.compare(texts[old], texts[new])


def _count(found: Sequence[Sentence], kind: Kind) -> int:
    return sum(each.kind is kind for each in found)


def _groups(found: Iterable[Sentence], edition: Edition) -> Iterable[dict[str, Any]]:
    """Runs of sentences that stayed, to be folded, and runs of others."""
    for stayed, some in groupby(found, key=lambda each: each.kind is Kind.SAME):
        yield {"stayed": stayed, "lines": [_line(each, edition) for each in some]}


def _line(each: Sentence, edition: Edition) -> dict[str, Any]:
    linked = each.in_use and not edition.is_source
    return {
        "kind": each.kind.value,
        "label": LABELS.get(each.kind, ""),
        "block": Block.Kind(each.block).label if each.block in SHOWN_KINDS else "",
        "text": each.new if each.kind in {Kind.SAME, Kind.MOVED} else difference(each.old, each.new),
        "address": segment_address(edition.document_id, edition.language, each.key) if linked else "",
    }


@require_POST
@room
def record(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """The signed record of review of a release, as a file; or back to the edition, with the reason why not."""
    access.require(person_of(request), access.RELEASE)
    found = get_object_or_404(Edition.objects.select_related("document"), pk=edition)
    try:
        data = records.signed(records.build(found, number), records.signing_key())
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:edition", args=[edition]))
    name = f"{found.document_id}-{found.language}-{number}.record.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/json", headers=headers)
