"""Telling people: a notice is written with the decision that it tells of, and seen by whom it is for."""

from typing import Any

from django.db.models.functions import Now

from publishing.models import Document, Notice, Person


def tell(person: Person, kind: str, *, document: Document | None = None, **params: Any) -> Notice:
    """Writes a notice in the caller's transaction."""
    return Notice.objects.create(person=person, kind=kind, document=document, params=params)


def see(notice_id: int, *, actor: Person) -> bool:
    """The person has read a notice of theirs; False where it is not theirs or was seen before."""
    return bool(Notice.objects.unseen_by(actor.pk).filter(pk=notice_id).update(seen_at=Now()))
