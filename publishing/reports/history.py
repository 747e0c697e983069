"""What happened to a segment in a language: its texts and the decisions on them, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from publishing.models import AuditEntry, Person, Revision, Translation
from publishing.models.once import Once


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


# Whoever opens a segment at the workbench asks these.
_TEXTS = Once(lambda pk: Revision.objects.filter(translation=pk).select_related("author").order_by("number"))
_DECISIONS = Once(
    lambda pk: AuditEntry.objects.filter(translation=pk).exclude(verb="submit").select_related("person")
)


def of_translation(translation: Translation) -> list[Event]:
    """Texts and decisions in one line, newest first, in two queries."""
    events, before = [], ""
    for revision in _TEXTS(translation.pk):
        events.append(Event(revision.created_at, "text", revision.author, revision, before))
        before = revision.text
    entries = _DECISIONS(translation.pk)
    events += [Event(entry.at, entry.verb, entry.person, data=entry.data) for entry in entries]
    return sorted(events, key=lambda event: event.at, reverse=True)
