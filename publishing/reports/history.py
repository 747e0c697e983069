"""What happened to a segment in a language: its texts and the decisions on them, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from publishing.models import AuditEntry, Person, Revision, Translation


@dataclass(frozen=True, slots=True)
class Event:
    """A new text (`revision`, against the `before` of the one that it replaced) or a decision (`entry`)."""

    at: datetime
    verb: str
    person: Person | None
    revision: Revision | None = None
    before: str = ""
    data: Mapping[str, Any] | None = None

    @property
    def note(self) -> str:
        return str((self.data or {}).get("note", ""))

    @property
    def reason(self) -> str:
        return str((self.data or {}).get("reason", ""))


def of_translation(translation: Translation) -> list[Event]:
    """Texts and decisions in one line, newest first, in two queries."""
    revisions = translation.revisions.select_related("author").order_by("number")
    events, before = [], ""
    for revision in revisions:
        events.append(Event(revision.created_at, "text", revision.author, revision, before))
        before = revision.text
    entries = (
        AuditEntry.objects.filter(translation=translation).exclude(verb="submit").select_related("person")
    )
    events += [Event(entry.at, entry.verb, entry.person, data=entry.data) for entry in entries]
    return sorted(events, key=lambda event: event.at, reverse=True)
