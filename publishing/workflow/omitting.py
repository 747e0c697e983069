"""Omitting: an editor leaves a sentence out in one language, with a reason on record; and brings it back.

The omission is an approval of nothing: as with machine text, whoever decided it alone does not release it.
"""

from django.db import transaction

from publishing.markup import notes
from publishing.models import Block, Person, Translation
from publishing.models.translation import State

from . import access, auditing, exchanging, findings, indexing, jobs, revising
from .errors import CannotBeOmitted, EmptyOnPurpose, NotOmitted, ReasonMissing, ReferencesWouldBeLost

KEPT = (Block.Kind.TITLE, Block.Kind.NAME, Block.Kind.NOTE)
"""What a page cannot be without."""


def omit(translation: Translation, *, actor: Person, seen_version: int, reason: str) -> Translation:
    """Leaves the displayed sentence out in this language. Its texts stay in its history.

    One that is left out already, and whose source has changed since, is confirmed. Raises NotAllowed,
    StaleVersion, ReasonMissing, EmptyOnPurpose, CannotBeOmitted, ReferencesWouldBeLost.
    """
    access.require(actor, access.RELEASE)
    if not (reason := revising.clean(reason)):
        raise ReasonMissing
    with transaction.atomic():
        document = revising.lock(translation)
        current, block = revising.seen(translation, seen_version, document)
        _require_omittable(current, block)
        before = current.current.number if current.current else None
        revising.move(
            current, state=State.APPROVED, approved_by=actor, current=None, omitted=True, confirmed_source="",
            is_indexed=False,
        )  # fmt: skip
        findings.record(revising.block_of(current, document))
        data = {"reason": reason, "revision": before, "source": auditing.sha256(current.segment.text)}
        auditing.record(document, "omit", person=actor, translation=current, data=data)
        jobs.plan_all(exchanging.job_of(document, current.language), indexing.job_of(document))
    return current


def bring_back(translation: Translation, *, actor: Person, seen_version: int) -> Translation:
    """The sentence is no longer left out: its last text waits to be mended, or it is missing.

    Raises NotAllowed, StaleVersion, NotOmitted.
    """
    access.require(actor, access.RELEASE)
    with transaction.atomic():
        document = revising.lock(translation)
        current, _block = revising.seen(translation, seen_version, document)
        if not current.omitted:
            raise NotOmitted
        last = current.revisions.order_by("-number").first()
        state = State.NEEDS_EDIT if last else State.MISSING
        revising.move(current, state=state, current=last, omitted=False)
        findings.record(revising.block_of(current, document))
        data = {"revision": last.number if last else None}
        auditing.record(document, "bring_back", person=actor, translation=current, data=data)
        jobs.plan_all(exchanging.job_of(document, current.language), indexing.job_of(document))
    return current


def _require_omittable(current: Translation, block: list[Translation]) -> None:
    if current.segment.block.kind in KEPT:
        raise CannotBeOmitted
    if current.joined_to_id or current.joined_source or (current.omitted and current.state == State.APPROVED):
        raise EmptyOnPurpose
    others = "".join(row.text for row in block if row.pk != current.pk)
    standing = {reference.number for reference in notes.references(others)}
    lost = [each.number for each in notes.references(current.segment.text) if each.number not in standing]
    if lost:
        raise ReferencesWouldBeLost(marks=", ".join(f"[{number}]" for number in lost))
