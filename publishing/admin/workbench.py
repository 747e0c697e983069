"""The workbench: a whole document, source beside target, with one segment open."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.languages import CODES
from publishing.models import Document, Person, Translation
from publishing.models.translation import State
from publishing.reports import queue as waiting
from publishing.reports import workbench as reports
from publishing.reports.workbench import Row
from publishing.workflow import access

from . import bench_lines, decisions
from .addresses import segment_address, segment_part, workbench_address
from .decisions import Attempt
from .desk import checked_text, desk, source_spans
from .doors import page, person_of, room
from .marking import marked
from .naming import language_name, origin


@room
def workbench(request: HttpRequest, document: int, language: str) -> HttpResponse:
    """Shows the document; a posted decision either leads on to the next segment or is refused in place."""
    person = person_of(request)
    found = get_object_or_404(Document, pk=document)
    if language not in CODES or language == found.source_language:
        raise Http404
    access.require_review(person, language)
    attempt = _attempt(request, found, language, person) if request.method == "POST" else None
    if attempt and attempt.is_done:
        messages.success(request, attempt.said)
        onward = _onward(found, language, attempt, person)
        return HttpResponseRedirect(_with_last(onward, attempt) if attempt.can_be_undone else onward)
    rows = reports.rows(found, language, person)
    if not rows:
        raise Http404(_("This document is not being translated into this language yet."))
    context = _context(found, language, rows, person, _wanted(request, rows, person, attempt), attempt)
    context["undo"] = _undoable(rows, request.GET.get("last", ""), person)
    return page(request, "workbench.html", context, status=409 if attempt and attempt.refusal else 200)


def _with_last(address: str, attempt: Attempt) -> str:
    """The address, telling which decision can be undone there."""
    path, hash_sign, part = address.partition("#")
    return f"{path}&last={attempt.key}{hash_sign}{part}"


def _undoable(rows: list[Row], key: str, person: Person) -> Row | None:
    """The segment that the person has just decided on, if nothing came after it; the verb looks again."""
    for row in rows:
        if row.key == key and row.translation.state in {State.APPROVED, State.NEEDS_EDIT}:
            by = row.translation.approved_by_id
            return row if by in {None, person.pk} else None
    return None


def _attempt(request: HttpRequest, document: Document, language: str, person: Person) -> Attempt:
    rows = Translation.objects.of_document(document.pk, language).filter(
        segment__key=request.POST.get("segment", "").replace("\0", "")
    )
    return decisions.attempt(request.POST.dict(), {row.segment.key: row for row in rows}, person)


def _onward(document: Document, language: str, attempt: Attempt, person: Person) -> str:
    """The same segment after a plain save, else the next one that waits for this person."""
    if attempt.stays:
        return segment_address(document.pk, language, attempt.key)
    rows = Translation.objects.of_document(document.pk, language).select_related(None)
    keys = list(rows.values_list("segment__key", flat=True))
    open_keys = waiting.open_to(person, rows.exclude(state=State.APPROVED))
    key = waiting.following(keys, attempt.key, frozenset(open_keys.values_list("segment__key", flat=True)))
    return segment_address(document.pk, language, key or attempt.key)


def _wanted(request: HttpRequest, rows: list[Row], person: Person, attempt: Attempt | None) -> Row | None:
    """The segment to open: the one asked for, else the first that waits for this person."""
    wanted = attempt.key if attempt else request.GET.get("segment", "")
    if wanted:
        return next((row for row in rows if row.key == wanted), None)
    return next((row for row in rows if row.waits_for(person)), None)


def _context(
    document: Document,
    language: str,
    rows: list[Row],
    person: Person,
    opened: Row | None,
    attempt: Attempt | None,
) -> dict[str, Any]:
    base = workbench_address(document.pk, language)
    # Asked once: `get_state_display` translates all states for every row.
    states = {state.value: str(state.label) for state in State}
    lines = [_line(base, row, opened, person, states) for row in rows]
    open_keys = frozenset(row.key for row in rows if row.waits_for(person))
    return {
        "title": _title(rows),
        "document": document,
        "language": language,
        "language_name": language_name(language),
        "source_language": document.source_language,
        "source_language_name": language_name(document.source_language),
        "blocks": _blocks(lines, document.source_language, language),
        "opened": opened,
        "desk": desk(opened, person, attempt, _before(rows, opened)) if opened else None,
        "preview_address": reverse("admin:document_preview", args=[document.pk, language]),
        "lost": attempt if attempt and opened is None else None,
        "approved": sum(row.translation.state == State.APPROVED for row in rows),
        "total": len(rows),
        "waiting": len(open_keys),
        "held": sum(bool(row.blocking) for row in rows),
        "document_address": _document_address(document, person),
        **_neighbours(base, [row.key for row in rows], opened.key if opened else "", open_keys),
    }


def _blocks(lines: list[dict[str, Any]], source_language: str, language: str) -> list[dict[str, Any]]:
    """Each block's kind and its parts: the open line by itself, what is closed around it as HTML in one piece."""
    blocks = []
    for _pk, group in groupby(lines, key=lambda line: line["block"]):
        block = list(group)
        parts: list[dict[str, Any]] = []
        for is_open, some in groupby(block, key=lambda line: line["is_open"]):
            if is_open:
                parts += some
            else:
                parts.append({"html": bench_lines.closed(some, source_language, language)})
        blocks.append({"kind": block[0]["kind"], "parts": parts})
    return blocks


def _before(rows: list[Row], opened: Row) -> Row | None:
    """The row of the sentence before it in the paragraph, or of the one that this is joined to."""
    row, segment = opened.translation, opened.translation.segment
    place = next(index for index, each in enumerate(rows) if each is opened)
    before = rows[place - 1] if place else None
    if before is None or before.translation.segment.block_id != segment.block_id or row.is_empty_on_purpose:
        return None
    lead = before.translation.joined_to_id
    found = next((each for each in rows if each.translation.pk == lead), before)
    return None if found.translation.omitted else found


def _document_address(document: Document, person: Person) -> str:
    """The document's page, for those whom it is open to."""
    return reverse("admin:document", args=[document.pk]) if access.may(person, access.RELEASE) else ""


def _neighbours(base: str, keys: list[str], here: str, open_keys: frozenset[str]) -> dict[str, str]:
    """Where the keys and links lead from the open segment."""
    following = waiting.following(keys, here, open_keys)
    place = keys.index(here) if here in keys else len(keys)
    return {
        "next_address": base + segment_part(following) if following else "",
        "before_address": base + segment_part(keys[place - 1]) if 0 < place < len(keys) else "",
        "after_address": base + segment_part(keys[place + 1]) if place + 1 < len(keys) else "",
    }


def _title(rows: list[Row]) -> str:
    block = next((row.translation.segment.block_id for row in rows), None)
    segments = [row.translation.segment for row in rows if row.translation.segment.block_id == block]
    return "".join(segment.before + segment.text + segment.after for segment in segments)


def _line(
    base: str, row: Row, opened: Row | None, person: Person, states: Mapping[str, str]
) -> dict[str, Any]:
    """One segment as the text shows it."""
    translation, segment = row.translation, row.translation.segment
    block = segment.block
    return {
        "block": block.pk,
        "kind": block.kind,
        "note_number": block.attributes.get("number") if block.kind == "note" else None,
        "row": row,
        "key": row.key,
        "number": segment.position + 1,
        "address": base + segment_part(row.key),
        "is_open": row is opened,
        "source": marked(translation.source, source_spans(row), block.markup),
        "target": checked_text(row),
        "is_joined": translation.joined_to_id is not None,
        "is_omitted": translation.omitted,
        "state": translation.state,
        "state_label": states[translation.state],
        "origin": origin(translation.current) if translation.current else "",
        "blocking": row.blocking,
        "warnings": row.warnings,
        "proposals": len(row.proposals),
        "held_by": claim.person.display_name if (claim := row.held_by(person)) else "",
        "asked": row.translation.asked,
        "reported": row.translation.reported,
    }
