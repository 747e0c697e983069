"""Offers: what another engine would make of one segment, for a reviewer who wants to compare.

Asked through the same books, budget and guard as a run; what comes back is a proposal beside the segment, never
its text. Whoever submits it answers for it.
"""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.engines.asking import Progress
from publishing.models import Document, Job, Person, Proposal, Run, Translation

from . import access, auditing, conversing, jobs
from .conversing import Accepted
from .drafting import Waiting, Work
from .errors import EmptyOnPurpose, TryAgain, Unknown
from .ledger import Books

KIND: Final = "offer"


def request(translation: Translation, engine: str, *, actor: Person) -> Run:
    """Asks an engine for a draft of one segment; the worker performs it. One that is under way is not asked twice.

    One whose work came to nothing is: after MT_RUN_HOURS no run is waited for.
    Raises NotAllowed, WrongLanguage, EmptyOnPurpose, Unknown for an engine that is not in MT_ENGINES.
    """
    access.require_review(actor, translation.language)
    if engine not in settings.MT_ENGINES:
        raise Unknown(what=_("engine"), name=engine)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(segments__translations=translation.pk)
        row = Translation.objects.select_related("segment").get(pk=translation.pk)
        if row.is_empty_on_purpose:
            raise EmptyOnPurpose
        asked = Run.objects.in_its_time().filter(segment=row.segment, language=row.language)
        if found := next((run for run in asked if run.engines == [engine]), None):
            return found
        run = Run.objects.create(
            document=document, language=row.language, engines=[engine], segment=row.segment, asked_by=actor
        )
        jobs.plan(KIND, f"{KIND}/{run.pk}", run=run.pk)
        data = {"run": run.pk, "engine": engine}
        auditing.record(document, "ask_engine", person=actor, translation=row, data=data)
    return run


def perform(job: Job) -> None:
    """Asks, and puts what passes the guard beside the segment. Raises TryAgain, LeaseLost."""
    run = Run.objects.select_related("document", "segment__block").get(pk=job.payload["run"])
    if run.is_over:
        return
    work = Work(job, run)
    with jobs.recording(job):
        Run.objects.filter(pk=run.pk).update(
            state=Run.State.RUNNING, started_at=run.started_at or timezone.now(), total=1
        )
    _ask(work)
    again = work.troubles.again
    if again and job.attempts < jobs.ATTEMPTS:
        raise TryAgain(str(again), again.retry_after)
    with jobs.recording(job):
        Run.objects.filter(pk=run.pk).update(
            state=Run.State.FINISHED, finished_at=timezone.now(), troubles=work.troubles.lines()
        )


def _ask(work: Work) -> None:
    """Once with its marks, and without them where no draft kept them."""
    run, (name,) = work.run, work.run.engines
    row = Translation.objects.select_related("segment__block").get(segment=run.segment, language=run.language)
    sources = {row.source: [Waiting(row.pk, row.segment_id, row.source, row.segment.block.kind)]}
    kept: list[Proposal] = []

    def keep(progress: Progress, accepted: Sequence[Accepted], books: Books) -> None:
        with jobs.recording(work.job):
            books.settle(progress.settled)
            for each in accepted:
                text = each.draft + each.candidate.tail
                kept.append(_proposal(run, row, name, text))
                Proposal.objects.bulk_create(kept[-1:], ignore_conflicts=True)

    conversing.converse(work, name, sources, keep)
    if not kept and conversing.lost_its_marks(work.refused.get(row.source, [])):
        conversing.converse(work, name, sources, keep, bare=True)


def _proposal(run: Run, row: Translation, engine: str, text: str) -> Proposal:
    return Proposal(
        document=run.document,
        segment=row.segment,
        language=row.language,
        text=text,
        source=row.source,
        reason=Proposal.Reason.ENGINE,
        engine=engine,
        digest=auditing.sha256(f"{engine}\n{row.segment.key}\n{row.source}\n{text}"),
        proposed_by=run.asked_by,
    )
