"""The open segment: everything that a reviewer needs to decide on it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.models import Finding, Person, Revision
from publishing.models.translation import State
from publishing.reports import history as past
from publishing.reports import reported, wording
from publishing.reports.workbench import Found, Row
from publishing.workflow import access, reviewing, transitions
from publishing.workflow.errors import StaleVersion

from .decisions import Attempt
from .differences import difference
from .marking import Span, marked
from .naming import making, origin, reason
from .sightings import sighting
from .timeline import timeline

CONTEXT = 40


def desk(row: Row, person: Person, attempt: Attempt | None, before: Row | None = None) -> dict[str, Any]:
    """The context of `_desk.html`. `before` is the row that the segment could be joined to."""
    translation = row.translation
    events = past.of_translation(translation)
    text = attempt.typed if attempt else translation.text
    refusal = approve_refusal(row, person)
    returned = _last_return(row, events)
    return {
        "origin": origin(translation.current) if translation.current else "",
        "making": making(translation.current) if translation.current else [],
        "text": text,
        "seen": sighting(person, row.key, translation.version),
        "typed": row.typed,
        "risk": translation.risk if translation.state != State.APPROVED else 0,
        "risk_reasons": wording.risks(translation.risk_reasons),
        "chips": list(Counter(MARK.findall(translation.source)).items()),
        "before": before,
        "is_empty": translation.is_empty_on_purpose,
        "may_omit": access.may(person, access.RELEASE) and not translation.joined_source,
        "omission": _omission(events) if translation.omitted else None,
        "engines": _other_engines(row),
        "since_approved": _since_approved(row, events),
        "letters": LETTERS[translation.language],
        "held_by": row.held_by(person),
        "report": reported.of_translation(translation) if translation.reported else None,
        "comments": list(translation.comments.select_related("person")),
        "lines": max(2, text.count("\n") + len(text) // 48 + 1),
        "refusal": str(attempt.refusal) if attempt and attempt.refusal else "",
        "conflict": _conflict(row, attempt),
        "return_attempted": bool(attempt and attempt.action == "return"),
        "reason": attempt.reason if attempt else "",
        "note": attempt.note if attempt else "",
        "approve_refusal": refusal,
        "may_approve": not refusal,
        "may_return": not translation.is_empty_on_purpose
        and "return" in transitions.verbs_from(translation.state),
        "may_confirm": translation.state in {State.OUTDATED, State.NEEDS_EDIT},
        "reasons": [(code, reason(code)) for code in reviewing.REASONS],
        "previous_source": _previous_source(row),
        "findings": [_finding(row, found, person, index) for index, found in enumerate(row.found)],
        "checked_text": checked_text(row) if row.found else "",
        "proposals": list(_proposals(row, events)),
        "returned": returned,
        "returned_reason": reason(returned.reason) if returned else "",
        "events": timeline(events),
        "mine": bool(translation.current and translation.current.is_by(person.pk)),
    }


LETTERS = {
    "en": "“”‘’–—…",
    "tr": "İıŞşĞğ“”’",
    "ru": "«»„“—–…ё№",
}
"""What is hard to find on many keyboards, at most nine of each language: each has a key."""
NO_TEXT_TO_APPROVE: Mapping[State, str | Promise] = {
    State.MISSING: gettext_lazy("There is no text yet: write one and submit it."),
    State.NEEDS_EDIT: gettext_lazy("It was returned: mend the text and submit it."),
}
MARK = re.compile(r"</?[a-z]{1,3}[1-9][0-9]{0,4}/?>|\[[0-9]{1,4}\]")


def _last_return(row: Row, events: list[past.Event]) -> past.Event | None:
    """Why the segment came back, while it waits to be mended."""
    if row.translation.state != State.NEEDS_EDIT:
        return None
    return next((event for event in events if event.verb == "return"), None)


def approve_refusal(row: Row, person: Person) -> str:
    """Why this person cannot approve this text as it is; empty where they can. Told before anybody presses."""
    translation = row.translation
    if translation.is_empty_on_purpose:
        return _("There is no text of its own here.")
    if translation.state == State.APPROVED:
        name = translation.approved_by.display_name
        return _("Approved by %(person)s.") % {"person": name}
    if translation.state in NO_TEXT_TO_APPROVE:
        return str(NO_TEXT_TO_APPROVE[State(translation.state)])
    if row.blocking:
        return ngettext(
            "%(number)d blocking finding stands in the way.",
            "%(number)d blocking findings stand in the way.",
            row.blocking,
        ) % {"number": row.blocking}
    if translation.current.is_by(person.pk):
        return _("You wrote this text, so somebody else approves it: every sentence is seen by two people.")
    return ""


def source_spans(row: Row) -> list[Span]:
    """What is missing from the target is marked where it stands in the source."""
    spans = []
    for found in row.found:
        params = found.finding.params
        if isinstance(params.get("source_start"), int) and isinstance(params.get("source_end"), int):
            spans.append(
                Span(params["source_start"], params["source_end"], kind_of(found), message_of(found))
            )
    return spans


def target_spans(row: Row) -> list[Span]:
    return [
        Span(found.finding.start, found.finding.end, kind_of(found), message_of(found)) for found in row.found
    ]


def checked_text(row: Row) -> str:
    """The text as the checks saw it, with its marks."""
    return marked(row.translation.text, target_spans(row), row.translation.segment.block.markup)


def kind_of(found: Found) -> str:
    return "overruled" if found.overrule else found.finding.severity


def message_of(found: Found) -> str:
    return wording.finding(found.finding.code, found.finding.params)


def _finding(row: Row, found: Found, person: Person, index: int) -> dict[str, Any]:
    finding, translation = found.finding, row.translation
    wrote_it = bool(translation.current and translation.current.is_by(person.pk))
    blocks = finding.severity == Finding.Severity.BLOCK
    editor = access.may(person, access.OVERRULE) and blocks and not found.overrule
    return {
        "index": index,
        "place": f"{finding.code}/{finding.start}-{finding.end}",
        "start": finding.start,
        "end": finding.end,
        "kind": kind_of(found),
        "message": message_of(found),
        "overrule": found.overrule,
        "may_dismiss": not blocks and not found.overrule,
        "may_overrule": editor and found.overrulable and not wrote_it,
        "overrule_refusal": _overrule_refusal(found, wrote_it=wrote_it) if editor else "",
    }


def _overrule_refusal(found: Found, *, wrote_it: bool) -> str:
    if not found.overrulable:
        return _("Nobody can overrule this one: mend the text.")
    if wrote_it:
        return _("You wrote this text, so another editor decides about its findings.")
    return ""


def _other_engines(row: Row) -> list[str]:
    """Engines that could be asked for another draft."""
    current = row.translation.current
    own = current.detail.get("engine", "") if current else ""
    return [name for name in settings.MT_ENGINES if name != own]


def _omission(events: list[past.Event]) -> past.Event | None:
    """Who left the sentence out, and why."""
    return next((event for event in events if event.verb == "omit"), None)


def _since_approved(row: Row, events: list[past.Event]) -> str:
    """What changed since somebody last approved a text here; empty where nothing did, or nobody has."""
    approval = next((event for event in events if event.verb == "approve"), None)
    number = (approval.data or {}).get("revision") if approval else None
    text = next((e.revision.text for e in events if e.revision and e.revision.number == number), None)
    changed = text is not None and text != row.translation.text
    return difference(text, row.translation.text) if changed and text else ""


def _previous_source(row: Row) -> str:
    """The source that the text was made from, as a difference to today's; empty where it is the same."""
    earlier = row.translation.previous_source
    return difference(earlier, row.translation.source) if earlier else ""


def _proposals(row: Row, events: list[past.Event]) -> Iterator[dict[str, Any]]:
    """Proposals that wait: one whose text was taken over once is done with."""
    used = {event.revision.text for event in events if event.revision and event.revision.author_id}
    for proposal in row.proposals:
        if proposal.text not in used:
            yield {
                "proposal": proposal,
                "difference": difference(row.translation.text, proposal.text),
                "source": difference(proposal.source, row.translation.source)
                if proposal.source and proposal.source != row.translation.source
                else "",
            }


def _conflict(row: Row, attempt: Attempt | None) -> dict[str, Any] | None:
    """Somebody was faster: what they made of the text that was open here, beside what was typed."""
    if attempt is None or not isinstance(attempt.refusal, StaleVersion):
        return None
    translation = row.translation
    seen = Revision.objects.filter(pk=attempt.seen_revision, translation=translation).first()
    started = seen.text if seen else ""
    typed = attempt.typed.strip()
    return {
        "started": started,
        "theirs": difference(started, translation.text),
        "mine": difference(started, typed),
        "is_typed": typed != started,
        "text_changed": started != translation.text,
        "current": translation.text,
    }
