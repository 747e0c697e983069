"""Scheduling: an edition goes out at an hour to come, by the database's clock, if its gate is open then.

What is decided now is who releases, when, and with which words; the text is frozen at the hour, as it is
approved then. Editions that are scheduled jointly share a key, and go out at one moment or not at all.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from publishing.models import Document, Edition, Job, Person, Release
from publishing.models.fields import new_key
from publishing.reports import gate, texts, times
from publishing.reports.gate import HoldUp
from publishing.reports.texts import BlockText

from . import access, auditing, freezing, jobs, notifying, releasing, revising
from .errors import NothingScheduled, Overtaken, TimePast, TooFarAhead
from .freezing import Terms
from .releasing import Target

KIND = "release"
HELD_UP = "release_held_up"
FARTHEST = timedelta(days=3660)


def schedule(
    document: Document,
    language: str,
    *,
    actor: Person,
    at: datetime,
    note: str = "",
    correction: str = "",
    override: str = "",
) -> Release:
    """Plans the release of an edition for a time to come; what was planned for it before is replaced.

    The gate is not asked now: the text may be approved until then. Raises NotAllowed, Unknown, TimePast,
    TooFarAhead, NothingToCorrect, ReasonMissing.
    """
    terms = releasing.agreed(actor, note, correction, override)
    return _schedule([(document, language)], terms, at)[0]


def schedule_jointly(
    targets: Iterable[Target], *, actor: Person, at: datetime, note: str = "", override: str = ""
) -> list[Release]:
    """Plans several editions for one moment: all of them go out then, or none. Raises as `schedule`."""
    return _schedule(list(targets), releasing.agreed(actor, note, "", override), at)


def _schedule(targets: list[Target], terms: Terms, at: datetime) -> list[Release]:
    with transaction.atomic():
        found, now = _locked(targets)
        _require_to_come(at, now)
        chosen = {(document.pk, language) for document, language in targets}
        plans = [each for each in found if (each.document_id, each.language) in chosen]
        for edition in plans:
            releasing.require_something_to_correct(edition, terms)
        _unplan(found, chosen, terms.actor)
        key = new_key()
        made = [_plan(edition, terms, at, key) for edition in plans]
        jobs.plan_for(KIND, f"{KIND}/{key}", at, joint_key=key)
    return made


def _require_to_come(at: datetime, now: datetime) -> None:
    if at <= now:
        raise TimePast(time=times.moment(at))
    if at > now + FARTHEST:
        raise TooFarAhead(time=times.moment(at))


def _locked(targets: list[Target]) -> tuple[list[Edition], datetime]:
    """The editions and their companions, locked, and the time; raises Overtaken where a plan changed meanwhile."""
    wanted = _with_companions(targets)
    found, now = releasing.locked(wanted)
    if set(_with_companions(targets)) - set(wanted):
        raise Overtaken
    return found, now


def _with_companions(targets: list[Target]) -> list[Target]:
    """The editions, and those that one of them is scheduled jointly with: what is decided concerns all."""
    keys = [
        key
        for document, language in targets
        for key in Release.objects.filter(
            edition__document=document, edition__language=language, state=Release.State.SCHEDULED
        ).values_list("joint_key", flat=True)
    ]
    return targets + [(made.edition.document, made.edition.language) for made in _of_key(*keys)]


def _of_key(*keys: str) -> list[Release]:
    rows = Release.objects.filter(joint_key__in=keys, state=Release.State.SCHEDULED)
    return list(rows.select_related("edition__document", "released_by").order_by("pk"))


def _unplan(found: Sequence[Edition], replaced: set[tuple[int, str]], actor: Person) -> None:
    """Makes drafts of what was scheduled for these editions; those that are not replaced go on record."""
    for made in Release.objects.filter(edition__in=found, state=Release.State.SCHEDULED).select_related(
        "edition__document"
    ):
        jobs.take_back(f"{KIND}/{made.joint_key}")
        _to_draft(made, [])
        if (made.edition.document_id, made.edition.language) not in replaced:
            _note("cancel", made, actor)


def _plan(edition: Edition, terms: Terms, at: datetime, key: str) -> Release:
    made = edition.releases.planned().first() or Release(edition=edition)
    made.edition = edition
    made.state, made.scheduled_for, made.joint_key, made.held_by = Release.State.SCHEDULED, at, key, []
    made.released_by, made.note = terms.actor, terms.note
    made.correction, made.override = terms.correction, terms.override
    made.save()
    _note("schedule", made, terms.actor)
    return made


def cancel(document: Document, language: str, *, actor: Person, note: str = "") -> list[Release]:
    """Takes a scheduled release back, and those that were scheduled jointly with it: they are drafts again.

    Raises NotAllowed, Unknown, NothingScheduled.
    """
    access.require(actor, access.RELEASE)
    note = revising.clean(note)
    with transaction.atomic():
        found, _now = _locked([(document, language)])
        planned = Release.objects.filter(edition__in=found, state=Release.State.SCHEDULED)
        cancelled = list(planned.select_related("edition__document"))
        if not any((m.edition.document_id, m.edition.language) == (document.pk, language) for m in cancelled):
            raise NothingScheduled
        for made in cancelled:
            jobs.take_back(f"{KIND}/{made.joint_key}")
            _to_draft(made, [])
            _note("cancel", made, actor, note=note)
    return cancelled


def _to_draft(made: Release, held_by: Sequence[HoldUp]) -> None:
    made.state, made.joint_key = Release.State.DRAFT, ""
    made.held_by = [[each.code, list(each.segments)] for each in held_by]
    made.save(update_fields=["state", "joint_key", "held_by"])


def _note(verb: str, made: Release, actor: Person, **said: object) -> None:
    """The evidence of a decision on a plan: no page changes by it."""
    given = {"note": made.note, "correction": made.correction, "override": made.override} | said
    data = {"language": made.edition.language, "at": made.scheduled_for.isoformat()} | {
        name: value for name, value in given.items() if value
    }
    auditing.record(made.edition.document, verb, person=actor, data=data)


def perform(job: Job) -> None:
    """The hour has come: all editions of the key go out, or none, and whoever scheduled them is told why.

    One transaction under the job's fence and the documents' locks; the due time is the database's.
    """
    with jobs.recording(job):
        seen = _of_key(job.payload["joint_key"])
        if not seen:
            return  # cancelled, or planned anew under another key
        found, now = releasing.locked([(made.edition.document, made.edition.language) for made in seen])
        planned = {made.edition_id: made for made in _of_key(job.payload["joint_key"])}
        if {edition.pk for edition in found} != set(planned):
            return  # somebody decided otherwise between the look and the lock
        ready = [(planned[e.pk], e, texts.of_document(e.document, e.language)) for e in found]
        held = {made.pk: _held_up(made, edition, blocks) for made, edition, blocks in ready}
        if any(held.values()):
            _hold_up([made for made, _edition, _blocks in ready], held)
            return
        for made, edition, blocks in ready:
            releasing.go_live(edition, blocks, _terms(made), now)


def _terms(made: Release) -> Terms:
    return Terms(made.released_by, made.note, made.correction, made.override)


def _held_up(made: Release, edition: Edition, blocks: Sequence[BlockText]) -> list[HoldUp]:
    """Everything that stands against the release now: the gate, and what its editor may still do."""
    terms = _terms(made)
    rights = access.rights_of(terms.actor)
    needed = {access.RELEASE} | ({access.OVERRIDE} if terms.override else set())
    found = releasing.hold_ups(edition, blocks, terms)
    if not needed <= rights:
        found = [HoldUp(gate.NOT_ALLOWED, ()), *found]
    if terms.correction and freezing.before(edition) is None:
        found.append(HoldUp(gate.NOTHING_TO_CORRECT, ()))
    return found


def _hold_up(planned: list[Release], held: dict[int, list[HoldUp]]) -> None:
    """Nothing goes out: drafts again, each with its own reasons, and a notice of each for whoever scheduled it."""
    for made in planned:
        found = held[made.pk] or [HoldUp(gate.COMPANION, ())]
        _to_draft(made, found)
        reasons = [[each.code, len(each.segments)] for each in found]
        _note("hold_up", made, made.released_by, reasons=reasons)
        notifying.tell(
            made.released_by,
            HELD_UP,
            document=made.edition.document,
            edition=made.edition_id,
            language=made.edition.language,
            at=made.scheduled_for.isoformat(),
            reasons=reasons,
        )
