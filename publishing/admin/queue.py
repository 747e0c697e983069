"""The queue of a language: what waits, oldest first."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing.languages import CODES
from publishing.models import Claim, Translation
from publishing.models.translation import State
from publishing.reports import picking, wording
from publishing.reports import queue as waiting
from publishing.workflow import access, claiming

from . import queue_rows
from .addresses import segment_address, segment_part, workbench_addresses
from .doors import page, person_of, room
from .naming import language_name

LONGEST_SEARCH = 200
STATES = [state for state in State if state != State.APPROVED]


@room
def queue(request: HttpRequest, language: str) -> HttpResponse:
    """A page of the queue; `state`, `document` and `after` come from the address."""
    if language not in CODES:
        raise Http404
    access.require_review(person_of(request), language)
    state = _one_of(request.GET.get("state", ""), STATES)
    sources = [code for code in CODES if code != language]
    wanted = waiting.Wanted(
        language,
        state=state,
        document=_number(request.GET.get("document", "")),
        returned_by=_number(request.GET.get("returned_by", "")),
        words=request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        held=request.GET.get("findings") == "block",
        order="risk" if request.GET.get("order") == "risk" else "age",
        source=_one_of(request.GET.get("from", ""), sources),
        reported="reported" in request.GET,
    )
    document = wanted.document
    after = waiting.Place.read(request.GET.get("after", ""), wanted.order)
    found = waiting.page(wanted, after=after)
    tally = waiting.tally(language, document=document, source=wanted.source)
    chosen = {
        "state": state,
        "document": document or "",
        "returned_by": wanted.returned_by or "",
        "from": wanted.source,
        "q": wanted.words,
        "findings": "block" if wanted.held else "",
        "reported": "1" if wanted.reported else "",
        "order": "risk" if wanted.order == "risk" else "",
    }
    rows = _rows(found, language)
    context = {
        "title": _("Queue: %(language)s") % {"language": language_name(language)},
        "language": language,
        "rows": rows,
        "rows_html": queue_rows.rows(rows),
        "tally": tally,
        "counted": waiting.COUNTED,
        "states": [_tab(language, chosen, code, tally) for code in ["", *STATES]],
        "state": state,
        "documents_html": queue_rows.options(
            {pk: found.titles.get(pk, str(pk)) for pk in found.offered}, document
        ),
        "wanted": wanted,
        "sources": [(code, language_name(code)) for code in sources],
        "returners": waiting.returners(language) if state == State.NEEDS_EDIT or wanted.returned_by else [],
        "orders": [
            (label, _address(language, chosen | {"order": order}), wanted.order == (order or "age"))
            for order, label in (("", _("Oldest first")), ("risk", _("Riskiest first")))
        ],
        "is_narrowed": any(value for name, value in chosen.items() if name != "order"),
        "is_continued": after is not None,
        "first_address": _address(language, chosen),
        "next_address": _address(language, chosen | {"after": found.next}) if found.next else "",
    }
    return page(request, "queue.html", context)


@room
@require_POST
def take_next(request: HttpRequest, language: str) -> HttpResponse:
    """“Next for me”: the most useful segment that nobody else has, claimed and opened."""
    if language not in CODES:
        raise Http404
    person = person_of(request)
    access.require_review(person, language)
    taken = claiming.next_for(person, picking.candidates(person, language))
    if taken is None:
        messages.info(request, _("Nothing waits for you in this language."))
        return HttpResponseRedirect(reverse("admin:queue", args=[language]))
    return HttpResponseRedirect(segment_address(taken.segment.document_id, language, taken.segment.key))


def _rows(found: waiting.Page, language: str) -> list[dict[str, object]]:
    """What each row shows; whom a text is assigned to is made once for each text."""
    assigned = {row.segment.document_id: found.assignments(row) for row in found.rows}
    told = {document: queue_rows.assigned(given) for document, given in assigned.items()}
    benches = workbench_addresses(told, language)
    return [_row(found, row, told, benches) for row in found.rows]


def _row(
    found: waiting.Page, row: Translation, assigned: Mapping[int, SafeString], benches: Mapping[int, str]
) -> dict[str, object]:
    segment = row.segment
    return {
        "translation": row,
        "title": found.titles.get(segment.document_id, ""),
        "held_by": claim.person.display_name if (claim := _held(row)) else "",
        "assigned": found.assignments(row),
        "assigned_html": assigned[segment.document_id],
        "risk_reasons": wording.risks(row.risk_reasons),
        "address": benches[segment.document_id] + segment_part(segment.key),
    }


def _held(row: Translation) -> Claim | None:
    """The claim on the row, while it lasts."""
    claim: Claim | None = getattr(row, "claim", None)
    return claim if claim and claim.until > timezone.now() else None


def _tab(language: str, chosen: dict[str, object], state: str, tally: waiting.Tally) -> dict[str, object]:
    """A choice of the state filter, with its count where it was counted."""
    return {
        "state": state,
        "label": State(state).label if state else _("everything"),
        "count": None if tally.more else (tally.states[state] if state else tally.total),
        "address": _address(language, chosen | {"state": state}),
        "is_current": chosen["state"] == state,
    }


def _address(language: str, chosen: dict[str, object]) -> str:
    query = urlencode({name: value for name, value in chosen.items() if value})
    return reverse("admin:queue", args=[language]) + (f"?{query}" if query else "")


def _one_of(text: str, choices: Sequence[str]) -> str:
    """The choice, or nothing for what is none."""
    return text if text in choices else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
