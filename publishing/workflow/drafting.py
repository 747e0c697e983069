"""Performing a run: memory, then rules, then engines; what none of them knows is left for people.

Called by the worker, outside any transaction. Whatever is found is recorded under the job's fence piece by
piece, so that a worker that dies loses nothing but the calls in flight, and another goes on where it stopped.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from publishing import engines
from publishing.models import Document, Job, Revision, Run, Segment, Translation
from publishing.models.translation import State, TranslationQuerySet

from . import auditing, exchanging, findings, indexing, jobs, remembering, revising, rules, transitions
from .errors import TryAgain
from .revising import Text

SLICE_SECONDS: Final = 20.0
"""After so long a run makes room for other work that is due."""
GLANCE_SECONDS: Final = 1.0
"""How often a run looks whether somebody paused or cancelled it."""

Draft = tuple[Translation, Text]


@dataclass(slots=True)
class Troubles:
    """What engines could not do: codes with their figures, counted, for the run's notice (see reports/wording.py)."""

    entries: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    again: engines.Retryable | None = None

    def note(self, engine: str, code: str, *, texts: int = 1, **params: Any) -> None:
        entry = self.entries.setdefault((engine, code), {"engine": engine, "code": code, "texts": 0})
        entry["texts"] += texts
        entry.update(params)

    def come_back(self, error: engines.Retryable) -> None:
        """The run is tried again later: as soon as the first of its engines is expected back."""
        if self.again is None or (error.retry_after or 0) < (self.again.retry_after or 0):
            self.again = error

    def lines(self) -> list[dict[str, Any]]:
        return list(self.entries.values())


@dataclass(slots=True)
class Work:
    """A run in the hands of the worker that holds its job."""

    job: Job
    run: Run
    troubles: Troubles = field(default_factory=Troubles)
    refused: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By source text: the drafts that were thrown away, with engine, scheme and faults."""
    stopped: str = ""
    """Why the run goes no further now: `paused`, `cancelled`, `overdue`, or `turn` for other work."""
    _began: float = field(default_factory=time.monotonic)
    _glanced: float = field(default_factory=time.monotonic)
    _wrote: bool = False

    @property
    def languages(self) -> tuple[str, str]:
        return self.run.document.source_language, self.run.language

    def must_stop(self) -> bool:
        """Whether nothing more should be begun; asked all the time, looked up once a second."""
        now = time.monotonic()
        if not self.stopped and now - self._glanced >= GLANCE_SECONDS:
            self._glanced = now
            self.stopped = self._reason(now)
        return bool(self.stopped)

    def _reason(self, now: float) -> str:
        state = Run.objects.values_list("state", flat=True).get(pk=self.run.pk)
        if state in {Run.State.PAUSED, Run.State.CANCELLED}:
            return str(state)
        if Run.objects.filter(pk=self.run.pk, started_at__lt=Run.oldest_start()).exists():
            return "overdue"
        in_turn = self._wrote and now - self._began >= SLICE_SECONDS
        return "turn" if in_turn and Job.objects.due().exclude(pk=self.job.pk).exists() else ""

    def record(
        self,
        drafts: Callable[[Sequence[Translation]], Iterable[Draft]],
        *,
        only: Iterable[int] | None = None,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """Writes what `drafts` finds for the waiting translations, with findings, under the job's fence.

        `only` names the translations concerned; `before` writes what belongs into the same transaction.
        """
        with jobs.recording(self.job):
            before()
            if only is not None and not (only := list(only)):
                return
            Document.objects.select_for_update().get(pk=self.run.document_id)
            if Run.objects.filter(pk=self.run.pk, state=Run.State.CANCELLED).exists():
                self.stopped = str(Run.State.CANCELLED)
                return
            rows = self._locked(only)
            waits = [row for row in rows if self._waits(row)]
            texts = [(row, text) for row, text in drafts(waits) if text.text != row.text]
            if texts:
                revising.write_many(texts, state=transitions.TABLE["pretranslate"].target)
                touched = {row.segment.block_id for row, _ in texts}
                findings.record(row for row in rows if row.segment.block_id in touched)
                jobs.progressed(self.job)
                self._wrote = True

    def _locked(self, only: Iterable[int] | None) -> list[Translation]:
        """The translations of the blocks concerned, which are judged together; all of the document without `only`."""
        rows = Translation.objects.of_document(self.run.document_id, self.run.language)
        if only is not None:
            rows = rows.filter(
                segment__block__in=Segment.objects.filter(translations__in=only).values("block")
            )
        rows = rows.defer("segment__block__attributes", "segment__block__markup", "current__detail")
        found = list(rows.select_for_update(of=("self",)))
        for row in found:
            row.segment.document = self.run.document  # all of one document: no need to read it with each
        return found

    def _waits(self, row: Translation) -> bool:
        """The same as `waiting` says of rows in the database."""
        if row.state not in transitions.TABLE["pretranslate"].sources:
            return False
        current = row.current
        return current is None or (current.author_id is None and current.run_id != self.run.pk)


class Waiting(NamedTuple):
    """A translation that an engine may be asked for; `kind` is its block's."""

    pk: int
    segment_id: int
    text: str
    kind: str


def waiting(run: Run) -> TranslationQuerySet:
    """The translations that the run may still fill: never those whose current text a person wrote."""
    return (
        Translation.objects.of_document(run.document_id, run.language)
        .filter(
            Q(current=None) | Q(current__author=None),
            state__in=transitions.TABLE["pretranslate"].sources,
            joined_to=None,
            joined_source="",
            omitted=False,
        )
        .exclude(current__run=run)
    )


def perform(job: Job, ask: Callable[[Work], None]) -> None:
    """Does a run: idempotent, and resumed where an earlier worker left it. `ask` asks the run's engines.

    Raises TryAgain where the rest may go better later, LeaseLost where another worker has the job.
    """
    run = Run.objects.select_related("document").get(pk=job.payload["run"])
    if run.is_over or run.state == Run.State.PAUSED:
        return
    work = Work(job, run)
    _begin(work)
    work.record(lambda rows: _without_engines(run, rows))
    ask(work)
    again = work.troubles.again
    if work.stopped in {Run.State.PAUSED, Run.State.CANCELLED}:
        return
    if work.stopped == "turn":
        raise TryAgain("makes room for other work", wait=0.0)
    if again and not work.stopped and job.attempts < jobs.ATTEMPTS:
        raise TryAgain(str(again), again.retry_after)
    _finish(work)


def _begin(work: Work) -> None:
    """The run is under way; what it finds waiting at its first beginning is its measure."""
    with jobs.recording(work.job):
        run = Run.objects.select_for_update(of=("self",)).select_related("document").get(pk=work.run.pk)
        if run.state == Run.State.PLANNED:
            run.state, run.started_at, run.total = Run.State.RUNNING, timezone.now(), waiting(run).count()
            run.save(update_fields=["state", "started_at", "total"])
            jobs.plan_all(
                indexing.job_of(run.document)
            )  # what the run has opened: engines may be away for hours
    work.run = run


def _without_engines(run: Run, rows: Sequence[Translation]) -> Iterator[Draft]:
    """What memory gives, and by rule what it does not."""
    for source in (_from_memory, _by_rule):
        drafts = list(source(run, rows))
        yield from drafts
        drafted = {row.pk for row, _ in drafts}
        rows = [row for row in rows if row.pk not in drafted]


def _from_memory(run: Run, rows: Sequence[Translation]) -> Iterator[Draft]:
    known = remembering.remembered(run.document, [row.segment for row in rows], run.language)
    for row in rows:
        if hit := known.get(row.segment_id):
            yield row, Text(hit.text, Revision.Origin.MEMORY, detail=hit.detail, run=run)


def _by_rule(run: Run, rows: Sequence[Translation]) -> Iterator[Draft]:
    for row in rows:
        if ruled := rules.by_rule(row.segment, run.document.source_language, run.language):
            yield row, Text(ruled.text, Revision.Origin.RULE, detail={"rule": ruled.rule}, run=run)


def _finish(work: Work) -> None:
    """Closes the run: what it did, what it left for people, one audit entry with a digest of its revisions."""
    with jobs.recording(work.job):
        finish(work.run, troubles=work.troubles.lines(), overdue=work.stopped == "overdue")


def finish(run: Run, *, troubles: list[dict[str, Any]], overdue: bool = False) -> None:
    """Ends a run of a document, in the caller's transaction; one that was cancelled stays cancelled."""
    document = Document.objects.select_for_update().get(pk=run.document_id)
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    made = run.revisions.order_by("pk").values_list("translation__segment__key", "text")
    digest = auditing.sha256("\n".join(f"{key} {auditing.sha256(text)}" for key, text in made))
    run.counts = counts(run)
    run.troubles = [*troubles, {"engine": "", "code": "overdue", "texts": 0}] if overdue else troubles
    run.finished_at = timezone.now()
    run.state = Run.State.CANCELLED if run.state == Run.State.CANCELLED else Run.State.FINISHED
    run.save(update_fields=["counts", "troubles", "finished_at", "state"])
    auditing.record(
        document,
        "pretranslate",
        person=None,
        data={"run": run.pk, "language": run.language, "counts": run.counts, "revisions": digest},
    )
    jobs.plan_all(exchanging.job_of(document, run.language), indexing.job_of(document))


def counts(run: Run) -> dict[str, int]:
    """How many drafts each origin gave, and how many segments are left for people."""
    given = dict(run.revisions.values_list("origin").annotate(Count("pk")))
    left = Translation.objects.in_use().filter(
        segment__document=run.document_id,
        language=run.language,
        state__in=(State.MISSING, State.OUTDATED),
        joined_to=None,
    )
    return {**given, "left": left.count()}


def distinct_sources(run: Run) -> dict[str, list[Waiting]]:
    """What still waits, by source text: each is asked once, whatever number of segments says it.

    What holds nothing to translate is not among it: where no rule could carry it over, people write it.
    """
    found: dict[str, list[Waiting]] = {}
    for row in waiting(run).values_list("pk", "segment_id", "segment__text", "segment__block__kind"):
        each = Waiting(*row)
        found.setdefault(each.text, []).append(each)
    return {text: rows for text, rows in found.items() if rules.needs_translation(text)}
