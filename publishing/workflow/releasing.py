"""Releasing: an approved state of an edition is frozen, and readers get it and nothing else."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publishing.models import AuditEntry, Document, Edition, Person, Release
from publishing.reports import gate, texts, times
from publishing.reports.gate import HoldUp
from publishing.reports.texts import BlockText

from . import access, auditing, editions, freezing, revising, rewriting
from .errors import (
    HeldUp,
    IsTheOriginal,
    NothingChosen,
    NothingToCorrect,
    NothingToRollBack,
    NotReleased,
    ReasonMissing,
    SameHands,
    Scheduled,
    Unknown,
)
from .freezing import Terms

SHORTEST_OVERRIDE = 20  # characters: a sentence that somebody will understand in a year

Target = tuple[Document, str]


def release(
    document: Document,
    language: str,
    *,
    actor: Person,
    note: str = "",
    correction: str = "",
    override: str = "",
) -> Release:
    """Freezes the edition as it is approved now, and makes it what readers get.

    `note` is for colleagues; readers see `correction`, dated. `override` is a written exception from the last
    of the errors below, and needs the right to it. Raises NotAllowed, Unknown, Scheduled, NothingToCorrect,
    ReasonMissing, HeldUp with the gate's reasons, or SameHands where the actor alone approved text that no
    person wrote: machine text, too, passes two people.
    """
    terms = agreed(actor, note, correction, override)
    return _release([(document, language)], terms)[0]


def release_jointly(
    targets: Iterable[Target], *, actor: Person, note: str = "", override: str = ""
) -> list[Release]:
    """Releases several editions at one moment, or none of them. Raises as `release`, naming the language."""
    return _release(list(targets), agreed(actor, note, "", override))


def _release(targets: list[Target], terms: Terms) -> list[Release]:
    with transaction.atomic():
        found, now = locked(targets)
        for edition in found:
            _require_unscheduled(edition)
        ready = [(edition, texts.of_document(edition.document, edition.language)) for edition in found]
        for edition, blocks in ready:
            _require_open(edition, blocks, terms, named=len(found) > 1)
        return [go_live(edition, blocks, terms, now) for edition, blocks in ready]


def agreed(actor: Person, note: str, correction: str, override: str) -> Terms:
    """The terms of a release, cleaned. Raises NotAllowed, UnusableText, or ReasonMissing for a bare override."""
    access.require(actor, access.RELEASE)
    override = revising.clean(override)
    if override:
        access.require(actor, access.OVERRIDE)
        if len(override) < SHORTEST_OVERRIDE:
            raise ReasonMissing(
                _("An exception needs its reason in at least %(number)d characters."),
                number=SHORTEST_OVERRIDE,
            )
    return Terms(actor, revising.clean(note), revising.clean(correction), override)


def locked(targets: Sequence[Target]) -> tuple[list[Edition], datetime]:
    """The editions with their documents locked, and the database's time.

    Decisions about a document follow one another. Documents are locked in one order, so that two who release
    jointly do not wait for each other. Raises NothingChosen, Unknown.
    """
    if not targets:
        raise NothingChosen
    wanted = list(dict.fromkeys((document.pk, language) for document, language in targets))
    documents = Document.objects.filter(pk__in={pk for pk, _language in wanted}).order_by("pk")
    held = {row.pk: row for row in documents.select_for_update().annotate(now=Now())}
    known = {
        (edition.document_id, edition.language): edition
        for edition in Edition.objects.filter(document__in=held).select_related("document")
    }
    for pk, language in wanted:
        if (pk, language) not in known:
            raise Unknown(what=_("edition"), name=f"{editions.slug_of(held[pk])} ({language})")
    return [known[each] for each in wanted], max(row.now for row in held.values())


def hold_ups(edition: Edition, blocks: Sequence[BlockText], terms: Terms) -> list[HoldUp]:
    """The gate's reasons; and without a written exception, that nobody but the actor has seen machine text."""
    found = gate.hold_ups(edition.document, edition.language, blocks)
    return found if terms.override else found + gate.alone(edition.document, edition.language, terms.actor)


def _require_open(edition: Edition, blocks: Sequence[BlockText], terms: Terms, *, named: bool) -> None:
    found = hold_ups(edition, blocks, terms)
    if not found:
        require_something_to_correct(edition, terms)
    elif [each.code for each in found] == [gate.SAME_HANDS]:
        raise SameHands(
            _(
                "You approved text here that no person wrote, or left sentences out, and nobody else has seen that: "
                "somebody else has to release it."
            )
        )
    else:
        said = "; ".join(hold_up.message for hold_up in found)
        raise HeldUp(reasons=f"{edition.language}: {said}" if named else said)


def require_something_to_correct(edition: Edition, terms: Terms) -> None:
    if terms.correction and freezing.before(edition) is None:
        raise NothingToCorrect


def _require_unscheduled(edition: Edition) -> None:
    planned = edition.releases.filter(state=Release.State.SCHEDULED).first()
    if planned:
        raise Scheduled(language=edition.language, time=times.moment(planned.scheduled_for))


def go_live(edition: Edition, blocks: Sequence[BlockText], terms: Terms, now: datetime) -> Release:
    """What every release ends in, once its gate is open: a planned one is used up, the live one superseded.

    The caller holds the document's lock.
    """
    made = edition.releases.planned().first() or Release(edition=edition)
    made.edition = edition
    corrections = freezing.corrections_with(edition, terms.correction, now)
    Release.objects.live().filter(edition=edition).update(state=Release.State.SUPERSEDED)
    freezing.freeze(made, blocks, terms, now, corrections)
    made.state = Release.State.LIVE
    made.save()
    if edition.in_preparation:
        edition.in_preparation = False
        edition.save(update_fields=["in_preparation"])
    record("release", made, terms.actor, note=terms.note, override=terms.override)
    return made


def rollback(document: Document, language: str, *, actor: Person, note: str = "") -> Release:
    """Makes what readers had before the live release what they get again, byte for byte.

    Raises NotReleased, NothingToRollBack.
    """
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        live, now = _live(document, language)
        earlier = _before(live)
        if earlier is None:
            raise NothingToRollBack
        live.state = Release.State.SUPERSEDED
        live.save(update_fields=["state"])
        earlier.state, earlier.changed_at = Release.State.LIVE, now
        earlier.save(update_fields=["state", "changed_at"])
        record("rollback", earlier, actor, note=note)
    return earlier


def withdraw(document: Document, language: str, *, actor: Person, note: str = "") -> Release:
    """Takes the live release back: its address says so from now on, with the note. Raises NotReleased."""
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        live, now = _live(document, language)
        live.withdrawal, live.changed_at = note, now
        live.state = Release.State.WITHDRAWN
        live.save(update_fields=["state", "withdrawal", "changed_at"])
        record("withdraw", live, actor, note=note)
    return live


def say_original_corrected(
    document: Document, language: str, *, actor: Person, corrected: bool = True, note: str = ""
) -> Release:
    """Tells the readers of a translation that its original was corrected since, or no longer.

    It is said of the live release; the next one is silent again. Raises IsTheOriginal, NotReleased.
    """
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        live, now = _live(document, language)
        if live.edition.is_source:
            raise IsTheOriginal
        live.original_corrected_at, live.changed_at = now if corrected else None, now
        live.save(update_fields=["original_corrected_at", "changed_at"])
        record("original_corrected" if corrected else "original_settled", live, actor, note=note)
    return live


def _live(document: Document, language: str) -> tuple[Release, datetime]:
    """The live release of an edition, whose document is locked from here on, and the database's time."""
    (edition,), now = locked([(document, language)])
    live = Release.objects.live().filter(edition=edition).select_related("edition__document").first()
    if live is None:
        raise NotReleased
    return live, now


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


def record(verb: str, made: Release, actor: Person, **said: str) -> None:
    """The evidence, and the job that rewrites the pages concerned."""
    document = made.edition.document
    data: dict[str, Any] = {
        "language": made.edition.language,
        "release": made.number,
        "manifest": made.manifest_hash,
        "body": made.body_hash,
        "front": freezing.front_hash(freezing.front(made)),
        "slug": made.edition.slug,
    } | {name: value for name, value in said.items() if value}
    auditing.record(document, verb, person=actor, data=data)
    rewriting.plan(document)
