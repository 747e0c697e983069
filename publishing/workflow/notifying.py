"""Telling people: a notice is written with the decision that it tells of, and seen by whom it is for.

Whoever wants it gets what they have not seen by e-mail, some notices at a time; each kind can be turned off.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from publishing.models import Document, Job, Notice, Person, Translation

KINDS = (
    "assigned",
    "returned",
    "question",
    "answered",
    "mention",
    "taken_over",
    "ready_to_release",
    "reported",
    "release_held_up",
)
"""What people are told of; the last one cannot be turned off, since a release did not happen."""
ALWAYS = frozenset({"release_held_up"})
DIGEST = "digest"
"""The kind of job that sends them (mailing.py)."""


def tell(
    person: Person,
    kind: str,
    *,
    document: Document | None = None,
    translation: Translation | None = None,
    **params: Any,
) -> Notice | None:
    """Writes a notice in the caller's transaction, and plans the e-mail; nothing where the person turned it off."""
    if kind in person.muted_notices and kind not in ALWAYS:
        return None
    if translation is not None and document is None:
        document = translation.segment.document
    made = Notice.objects.create(
        person=person, kind=kind, document=document, translation=translation, params=params
    )
    if person.email and person.wants_mail:
        _plan_digest(person)
    return made


def see(notice_id: int, *, actor: Person) -> bool:
    """The person has read a notice of theirs; False where it is not theirs or was seen before."""
    return bool(Notice.objects.unseen_by(actor.pk).filter(pk=notice_id).update(seen_at=Now()))


def see_all(*, actor: Person) -> int:
    """The person has read all of theirs; returns how many were new."""
    return Notice.objects.unseen_by(actor.pk).update(seen_at=Now())


def choose(person: Person, *, muted: list[str], wants_mail: bool) -> None:
    """What the person wants to be told of, and whether by e-mail, too. Unknown kinds are left out."""
    kept = [kind for kind in KINDS if kind in muted and kind not in ALWAYS]
    Person.objects.filter(pk=person.pk).update(muted_notices=kept, wants_mail=wants_mail)


def _plan_digest(person: Person) -> None:
    """One e-mail of what comes in until then; a digest that waits is enough."""
    with transaction.atomic():
        Job.objects.plan(Job(kind=DIGEST, key=f"{DIGEST}/{person.pk}", payload={"person": person.pk}))
        at = Now() + timedelta(minutes=settings.DIGEST_MINUTES)
        waiting = Job.objects.filter(
            key=f"{DIGEST}/{person.pk}", state=Job.State.READY, not_before__lte=Now()
        )
        waiting.update(not_before=at)
