"""Anchoring: the ends of the documents' chains are written down together, each anchor bound to the one before.

A chain alone does not show that its last entries were cut off. After an anchor it does: the anchor names an
entry that is no longer there.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

from publishing.models import Anchor, AuditEntry

from . import auditing

HOURS = 24
"""Hours between two anchors that the worker makes by itself."""

CHUNK = 1_000


def keep_up() -> Anchor | None:
    """Anchors what was decided since, if the last anchor is HOURS old by the database's clock."""
    if Anchor.objects.filter(at__gt=Now() - timedelta(hours=HOURS)).exists():
        return None
    return anchor()


def anchor() -> Anchor | None:
    """Writes the ends of the chains that grew since the anchor before; None where none did.

    Two workers at the same moment make one anchor. A chain that is shorter than an anchor knew it is left as
    it is: the earlier anchor tells of it.
    """
    try:
        with transaction.atomic():
            last = Anchor.objects.select_for_update().order_by("-number").first()
            heads = _grown(_anchored())
            return _write(last, heads) if heads else None
    except IntegrityError:
        return None  # somebody else has just written the anchor of this number


def digest(number: int, heads: list[Any], at: str, previous: str) -> str:
    """The hash of what an anchor says; `at` as auditing.moment writes it."""
    said = {"number": number, "heads": heads, "at": at, "previous": previous}
    return auditing.sha256(auditing.canonical(said))


def _anchored() -> dict[str, int]:
    """The last number of each document's chain, by the document's key, that an anchor knows."""
    known: dict[str, int] = {}
    for heads in Anchor.objects.order_by("number").values_list("heads", flat=True).iterator(chunk_size=100):
        known.update((key, number) for key, number, _hash in heads)
    return known


def _grown(known: dict[str, int]) -> list[list[Any]]:
    later = AuditEntry.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    ends = AuditEntry.objects.filter(~Exists(later)).order_by("document_id")
    rows = ends.values_list(F("document__key"), "number", "hash").iterator(chunk_size=CHUNK)
    return [[key, number, hashed] for key, number, hashed in rows if number > known.get(key, 0)]


def _write(last: Anchor | None, heads: list[list[Any]]) -> Anchor:
    made = Anchor(
        number=last.number + 1 if last else 1,
        heads=heads,
        at=timezone.now(),
        previous_hash=last.hash if last else "",
    )
    made.hash = digest(made.number, heads, auditing.moment(made.at), made.previous_hash)
    made.save(force_insert=True)
    return made
