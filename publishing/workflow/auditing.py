"""Evidence: every decision is one entry, bound to the one before it in its document's chain.

The hash is SHA-256 over the canonical JSON (sorted keys, no blanks) of everything that the entry says
and of the previous entry's hash, so that an entry can be neither changed nor removed unseen.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from publishing.models import AuditEntry, Document, Person, Translation, in_one_go


def record(
    document: Document,
    verb: str,
    *,
    person: Person | None,
    translation: Translation | None = None,
    data: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Appends an entry. The caller holds the document's lock, so that the chain has one end."""
    entries = AuditEntry.objects.filter(document=document).order_by("-number")
    last = entries.values_list("number", "hash").first()
    made = entry(document, verb, after=last, person=person, translation=translation, data=data)
    in_one_go.write(made.appending())
    return made


def end_of_chain(document: str) -> dict[str, Subquery]:
    """Annotations that bring the end of a document's chain along with rows that a verb reads under the lock.

    `document` is the field of the rows that leads to it.
    """
    last = AuditEntry.objects.filter(document=OuterRef(document)).order_by("-number")
    return {
        "chain_number": Subquery(last.values("number")[:1]),
        "chain_hash": Subquery(last.values("hash")[:1]),
    }


def entry(
    document: Document,
    verb: str,
    *,
    after: tuple[int, str] | None = None,
    person: Person | None = None,
    translation: Translation | None = None,
    data: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """An unsaved entry that follows the one of the given number and hash."""
    number, previous = after or (0, "")
    made = AuditEntry(
        document=document,
        number=number + 1,
        verb=verb,
        person=person,
        translation=translation,
        data=dict(data or {}),
        at=timezone.now(),
        previous_hash=previous,
    )
    made.hash = digest(made, document.key)
    return made


def digest(made: AuditEntry, document_key: str) -> str:
    """The hash of what the entry says."""
    return sha256(canonical(said(made, document_key)))


def said(made: AuditEntry, document_key: str) -> dict[str, Any]:
    """Everything that the entry says, as it goes into its hash; the time in UTC, ISO 8601."""
    return {
        "document": document_key,
        "number": made.number,
        "verb": made.verb,
        "person": made.person_id,
        "translation": made.translation_id,
        "data": made.data,
        "at": moment(made.at),
        "previous": made.previous_hash,
    }


def moment(at: datetime) -> str:
    """A time as evidence writes it: UTC, ISO 8601, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> str:
    """The one way to write a value as JSON: keys in order, no blanks, no escapes that are not needed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
