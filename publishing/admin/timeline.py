"""The history of a segment, made ready for a template."""

from collections.abc import Iterable
from typing import Any

from publishing.reports.history import Event

from .differences import difference
from .naming import decision, origin, reason


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Each event in words: a text with its difference to the one before, or a decision with its reason."""
    return [_text(event) if event.revision else _decision(event) for event in events]


def _text(event: Event) -> dict[str, Any]:
    revision = event.revision
    assert revision is not None  # noqa: S101 -- told apart by the caller; for the type checker
    return {
        "at": event.at,
        "kind": "text",
        "what": origin(revision),
        "number": revision.number,
        "text": difference(event.before, revision.text) if event.before else revision.text,
    }


def _decision(event: Event) -> dict[str, Any]:
    code = event.reason
    return {
        "at": event.at,
        "kind": event.verb,
        "what": decision(event.verb),
        "person": event.person,
        # A return has a reason from the list; an overruled finding has one in the editor's own words.
        "reason": reason(code) if event.verb == "return" else code,
        "note": event.note,
    }
