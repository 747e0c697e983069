"""Approving, returning, overruling: what another pair of eyes decides about a text that was displayed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import quality
from publishing.models import AuditEntry, Job, Overrule, Person, Translation
from publishing.models.translation import State

from . import (
    access,
    auditing,
    deciding,
    exchanging,
    findings,
    indexing,
    learning,
    notifying,
    revising,
    transitions,
)
from .errors import (
    BlockedByFindings,
    EmptyOnPurpose,
    FindingStands,
    NoSuchFinding,
    NothingToUndo,
    ReasonMissing,
    SameHands,
)

REASONS = ("meaning", "terminology", "language", "style", "formatting", "other")


def approve(
    translation: Translation, *, actor: Person, seen_version: int, seen_at: datetime | None = None
) -> Translation:
    """Approves the text that was displayed, at its version; `seen_at` is when that was, where it is known.

    Raises NotAllowed, WrongLanguage, StaleVersion, WrongState, SameHands (nobody approves their own
    words) or BlockedByFindings.
    """
    with transaction.atomic():
        ground = deciding.lock(translation, reviewer=actor)
        access.require_review(actor, translation.language, rights=ground.rights)
        current = ground.seen(seen_version)
        step = transitions.check(current, "approve")
        if current.current.is_by(actor.pk):
            raise SameHands
        if found := findings.blocking(current, ground.block):
            raise BlockedByFindings(found)
        data = _what(current) | _looked_at(seen_at) | {"from": str(current.state)}
        work = learning.job_of(ground.document, current.language)
        confirmed = _confirmed(current)
        _decide(
            ground, current, "approve", actor, data, work,
            state=step.target, approved_by=actor, confirmed_source=confirmed,
        )  # fmt: skip
    return current


def return_(
    translation: Translation, *, actor: Person, seen_version: int, reason: str, note: str = ""
) -> Translation:
    """Sends the displayed text back, with one of REASONS and a note. Raises ReasonMissing without one."""
    access.require_review(actor, translation.language)  # nobody waits for the lock to be refused
    if reason not in REASONS:
        raise ReasonMissing
    note = revising.clean(note)
    with transaction.atomic():
        ground = deciding.lock(translation, reviewer=actor)
        access.require_review(actor, translation.language, rights=ground.rights)
        current = ground.seen(seen_version)
        step = transitions.check(current, "return")
        data = _what(current) | {"reason": reason, "note": note, "from": str(current.state)}
        _decide(ground, current, "return", actor, data, indexing.job_of(ground.document), state=step.target)
        author = current.current.author
        if author is not None and author.pk != actor.pk:
            notifying.tell(author, "returned", translation=current, by=actor.display_name, note=note[:200])
    return current


def undo(translation: Translation, *, actor: Person, seen_version: int) -> Translation:
    """Takes back the person's own last decision, an approval or a return, while nothing came after it.

    The segment waits again as it did before. What was approved before a return is not approved again by
    this: it waits as submitted. Raises NotAllowed, WrongLanguage, StaleVersion, EmptyOnPurpose, NothingToUndo.
    """
    access.require_review(actor, translation.language)  # nobody waits for the lock to be refused
    with transaction.atomic():
        ground = deciding.lock(translation, reviewer=actor)
        access.require_review(actor, translation.language, rights=ground.rights)
        current = ground.seen(seen_version)
        if current.is_empty_on_purpose:
            raise EmptyOnPurpose
        last = AuditEntry.objects.filter(translation=current.pk).order_by("-number").first()
        if last is None or last.person_id != actor.pk or last.verb not in {"approve", "return"}:
            raise NothingToUndo
        if current.state != transitions.TABLE[last.verb].target or "from" not in last.data:
            raise NothingToUndo
        before = State(last.data["from"])
        state = State.SUBMITTED if before == State.APPROVED else before
        # An outdated text is again none that anybody has held against today's source.
        confirmed = "" if before == State.OUTDATED else current.confirmed_source
        data = _what(current) | {"undone": last.number}
        work = indexing.job_of(ground.document)
        _decide(ground, current, "undo", actor, data, work, state=state, confirmed_source=confirmed)
    return current


def overrule(
    translation: Translation, *, actor: Person, seen_version: int, finding: tuple[str, int, int], reason: str
) -> Overrule:
    """An editor who did not write the text sets a blocking finding (code, start, end) aside, with a reason.

    Raises NotAllowed, StaleVersion, SameHands, ReasonMissing, NoSuchFinding, or FindingStands for what
    nobody may overrule: references, placeholders, empty text.
    """
    access.require(actor, access.OVERRULE)
    if not (reason := revising.clean(reason)):
        raise ReasonMissing
    with transaction.atomic():
        document = revising.lock(translation)
        current, block = revising.seen(translation, seen_version, document)
        if current.current and current.current.is_by(actor.pk):
            raise SameHands
        _require_overrulable(findings.blocking(current, block), finding)
        made = _set_aside(current, finding, reason, actor, dismissed=False)
        data = _what(current) | {"finding": list(finding), "reason": reason}
        auditing.record(document, "overrule", person=actor, translation=current, data=data)
    return made


def dismiss(
    translation: Translation, *, actor: Person, seen_version: int, finding: tuple[str, int, int], reason: str
) -> Overrule:
    """Sets a warning (code, start, end) aside, with a reason: it is shown as that from now on.

    Nothing passes by it that did not pass before, so whoever reviews the language may do so, the author
    included. Raises NotAllowed, WrongLanguage, StaleVersion, ReasonMissing, NoSuchFinding.
    """
    access.require_review(actor, translation.language)
    if not (reason := revising.clean(reason)):
        raise ReasonMissing
    with transaction.atomic():
        document = revising.lock(translation)
        current, block = revising.seen(translation, seen_version, document)
        if finding not in _warnings(current, block):
            raise NoSuchFinding
        made = _set_aside(current, finding, reason, actor, dismissed=True)
        data = _what(current) | {"finding": list(finding), "reason": reason}
        auditing.record(document, "dismiss", person=actor, translation=current, data=data)
    return made


def _decide(
    ground: deciding.Ground,
    current: Translation,
    verb: str,
    actor: Person,
    data: Mapping[str, Any],
    work: Job,
    **values: Any,
) -> None:
    """Moves the translation, with the evidence and the work that follow, in one go."""
    evidence = auditing.entry(
        ground.document, verb, person=actor, translation=current, data=data, after=ground.end
    )
    catalog = exchanging.job_of(ground.document, current.language)
    revising.move(current, along=[evidence.appending(), Job.planning(catalog, work)], **values)


def _warnings(current: Translation, block: list[Translation]) -> set[tuple[str, int, int]]:
    return {
        (found.code, found.start, found.end)
        for judged, all_found in findings.judge(block)
        if judged.pk == current.pk
        for found in all_found
        if found.severity == "warn"
    }


def _set_aside(
    current: Translation, finding: tuple[str, int, int], reason: str, actor: Person, *, dismissed: bool
) -> Overrule:
    """One row for each finding of a revision: who sets it aside once more replaces the reason."""
    code, start, end = finding
    made, _new = Overrule.objects.update_or_create(
        revision=current.current,
        code=code,
        start=start,
        end=end,
        memory_key=current.segment.memory_key,
        defaults={"reason": reason, "person": actor, "dismissed": dismissed},
    )
    return made


def _require_overrulable(found: list[quality.Finding], finding: tuple[str, int, int]) -> None:
    for candidate in found:
        if (candidate.code, candidate.start, candidate.end) == finding:
            if not candidate.overrulable:
                raise FindingStands
            return
    raise NoSuchFinding


def _confirmed(current: Translation) -> str:
    """The source that an approval confirms, where the text was made from another one."""
    return "" if current.current.source == current.source else current.source


def _looked_at(seen_at: datetime | None) -> dict[str, Any]:
    """For how many seconds the text was on the screen before it was approved."""
    if seen_at is None:
        return {}
    return {"seconds": max(0, round((timezone.now() - seen_at).total_seconds()))}


def _what(current: Translation) -> dict[str, Any]:
    """Which text was decided on, and against which source."""
    if current.current is None:
        return {}
    return {
        "revision": current.current.number,
        "text": auditing.sha256(current.current.text),
        "source": auditing.sha256(current.source),
    }
