"""Releasing: an approved state of an edition is frozen, and readers get it and nothing else."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import pages
from publishing.languages import slugs
from publishing.models import Article, AuditEntry, Document, Edition, Job, Person, Release, Translation
from publishing.models.translation import State
from publishing.reports import gate, texts
from publishing.reports.texts import BlockText

from . import access, auditing, editions, jobs, revising
from .errors import HeldUp, NothingToRollBack, NotReleased, SameHands, Unknown

KIND = "pages"


def release(document: Document, language: str, *, actor: Person, note: str = "") -> Release:
    """Freezes the edition as it is approved now, and makes it what readers get.

    Raises NotAllowed, Unknown, HeldUp with the gate's reasons, or SameHands where the actor alone approved
    text that no person wrote: machine text, too, passes two people.
    """
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        edition = _locked(document, language)
        blocks = texts.of_document(document, language)
        if found := gate.hold_ups(document, language, blocks):
            raise HeldUp(reasons="; ".join(hold_up.message for hold_up in found))
        _require_two_people(document, language, actor)
        _freeze_slug(edition, blocks)
        Release.objects.live().filter(edition=edition).update(state=Release.State.SUPERSEDED)
        made = _freeze(edition, blocks, actor, note)
        _record("release", made, actor, note)
    return made


def rollback(document: Document, language: str, *, actor: Person, note: str = "") -> Release:
    """Makes what readers had before the live release what they get again, byte for byte.

    Raises NotReleased, NothingToRollBack.
    """
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        live = _live(_locked(document, language))
        earlier = _before(live)
        if earlier is None:
            raise NothingToRollBack
        _set_state(live, Release.State.SUPERSEDED)
        _set_state(earlier, Release.State.LIVE)
        _record("rollback", earlier, actor, note)
    return earlier


def withdraw(document: Document, language: str, *, actor: Person, note: str = "") -> Release:
    """Takes the live release back: its address says so from now on. Raises NotReleased."""
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        live = _live(_locked(document, language))
        live.note = note  # readers see it; what was noted at the release was for colleagues
        live.state = Release.State.WITHDRAWN
        live.save(update_fields=["state", "note"])
        _record("withdraw", live, actor, note)
    return live


def _locked(document: Document, language: str) -> Edition:
    """The edition, with its document locked: decisions about a document follow one another."""
    Document.objects.select_for_update().get(pk=document.pk)
    try:
        return Edition.objects.select_related("document").get(document=document, language=language)
    except Edition.DoesNotExist:
        raise Unknown(what=_("edition"), name=f"{editions.slug_of(document)} ({language})") from None


def _live(edition: Edition) -> Release:
    live = Release.objects.live().filter(edition=edition).select_related("edition__document").first()
    if live is None:
        raise NotReleased
    return live


def _before(live: Release) -> Release | None:
    """What readers had before the live release: one that was itself taken back is not gone back to."""
    had: list[int] = []
    decisions = AuditEntry.objects.filter(
        document=live.edition.document_id,
        verb__in=("release", "rollback", "withdraw"),
        data__language=live.edition.language,
    )
    for verb, number in decisions.order_by("number").values_list("verb", "data__release"):
        if verb == "release":
            had.append(number)
        else:
            del had[-1:]
    return Release.objects.filter(edition=live.edition, number__in=had[-2:-1]).first()


def _set_state(made: Release, state: str) -> None:
    made.state = state
    made.save(update_fields=["state"])


def _require_two_people(document: Document, language: str, actor: Person) -> None:
    alone = Translation.objects.of_document(document.pk, language).filter(
        state=State.APPROVED, approved_by=actor, current__author=None
    )
    if alone.exists():
        raise SameHands(
            _(
                "You approved text here that no person wrote, and nobody else has seen it: "
                "somebody else has to release it."
            )
        )


def _freeze_slug(edition: Edition, blocks: Sequence[BlockText]) -> None:
    """Proposes the slug from the title at the first release; from then on it stays."""
    if edition.slug:
        return
    if edition.document.kind == Document.Kind.BIOGRAPHY:
        edition.slug = f"author/{edition.document.author.slug}"
    else:
        proposed = slugs.propose(texts.first(blocks, "title"), edition.language)
        edition.slug = editions.free_slug(proposed, edition.document)
    try:
        with transaction.atomic():
            edition.save(update_fields=["slug"])
    except IntegrityError:
        # Another document took it at this very moment, and has it by now.
        edition.slug = editions.free_slug(edition.slug, edition.document)
        edition.save(update_fields=["slug"])


def _freeze(edition: Edition, blocks: Sequence[BlockText], actor: Person, note: str) -> Release:
    manifest = [
        [
            piece.segment.key,
            piece.translation.current_id if piece.translation else None,
            auditing.sha256(piece.text),
        ]
        for block in blocks
        for piece in block.pieces
    ]
    body = pages.body(blocks, edition.language)
    last = edition.releases.aggregate(last=Max("number"))["last"] or 0
    return Release.objects.create(
        edition=edition,
        number=last + 1,
        manifest=manifest,
        manifest_hash=auditing.sha256(json.dumps(manifest, separators=(",", ":"))),
        title=texts.first(blocks, "title") or texts.first(blocks, "name"),
        summary=texts.first(blocks, "summary"),
        body=body,
        body_hash=auditing.sha256(body),
        provenance=_provenance(blocks),
        released_by=actor,
        released_at=timezone.now(),
        note=note,
    )


def _provenance(blocks: Sequence[BlockText]) -> dict[str, Any]:
    """Who approved the text, and which engines drafted it: what readers are told."""
    rows = [piece.translation.pk for block in blocks for piece in block.pieces if piece.translation]
    approved = Translation.objects.filter(pk__in=rows).select_related("approved_by", "current")
    reviewers = sorted({row.approved_by.display_name for row in approved})
    drafts = approved.filter(revisions__origin="machine").values_list("revisions__detail__engine", flat=True)
    return {"reviewers": reviewers, "engines": sorted({name for name in drafts if name})}


def _record(verb: str, made: Release, actor: Person, note: str) -> None:
    """The evidence, and the job that rewrites the pages concerned."""
    document = made.edition.document
    data = {
        "language": made.edition.language,
        "release": made.number,
        "manifest": made.manifest_hash,
        "body": made.body_hash,
    } | ({"note": note} if note else {})
    auditing.record(document, verb, person=actor, data=data)
    jobs.plan(KIND, f"{KIND}/{document.pk}", document=document.pk)


def perform(job: Job) -> None:
    """Rewrites the pages that a release of the job's document concerns: it, its siblings, the lists."""
    with jobs.recording(job):
        pages.take_turns()
        for article in articles_concerned(job.payload["document"]):
            pages.write_article(article)
        pages.write_lists()


def articles_concerned(document_id: int) -> list[Article]:
    """The article of this text, or every article of the author whose biography it is."""
    own = Article.objects.filter(document=document_id)
    return list(own or Article.objects.filter(authors__document=document_id))
