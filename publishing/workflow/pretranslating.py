"""Pretranslation: memory, then rules, then engines; what none of them knows is left for people.

`request` plans a run with its job. The worker performs it: engines are asked outside any transaction, and
each answer is recorded under the job's fence, so that a worker that dies loses nothing but the call in flight.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import engines, languages
from publishing.engines import guard
from publishing.markup import notes
from publishing.models import Document, Job, Person, Revision, Run, Translation
from publishing.models.translation import State

from . import access, auditing, editions, exchanging, findings, jobs, remembering, revising, transitions
from .errors import BadInput, TryAgain
from .revising import Text

KIND = "pretranslate"
FINAL_REFERENCES = re.compile(r"(?:\s*\[\d{1,4}\])+\Z")


def request(
    document: Document, language: str, *, engine_names: Sequence[str] = (), actor: Person | None = None
) -> Run:
    """Opens the language for the document and plans a run into it. Raises BadInput, NotAllowed.

    `engine_names` are asked in order after memory and rules; none means memory and rules only.
    """
    if actor is not None:
        access.require(actor, access.INGEST)
    _require_target(document, language)
    for name in engine_names:
        _require_engine(name)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        editions.open_language(document, language)
        run = Run.objects.create(
            document=document, language=language, engines=list(engine_names), asked_by=actor
        )
        jobs.plan(KIND, f"{KIND}/{run.pk}", run=run.pk)
        auditing.record(
            document,
            "request_run",
            person=actor,
            data={"run": run.pk, "language": language, "engines": run.engines},
        )
    return run


def _require_target(document: Document, language: str) -> None:
    if language not in languages.CODES:
        raise BadInput(
            _("Unknown language “%(language)s”: give one of %(codes)s."),
            language=language,
            codes=", ".join(languages.CODES),
        )
    if language == document.source_language:
        raise BadInput(
            _("The document is written in “%(language)s”: it is not translated into its own language."),
            language=language,
        )


def _require_engine(name: str) -> None:
    try:
        engines.get(name)
    except (engines.UnknownEngine, engines.NotConfigured) as error:
        raise BadInput("%(error)s", error=error) from error


# --- performing: called by the worker, outside any transaction ---------------------------------------


@dataclass(slots=True)
class Troubles:
    """What engines said when they could not help, for the run's notice and the decision to try again."""

    lines: list[str] = field(default_factory=list)
    again: engines.Retryable | None = None

    def note(self, line: str) -> None:
        if line not in self.lines:
            self.lines.append(line)


def perform(job: Job) -> None:
    """Does a run: idempotent, and resumed where an earlier worker left it. Raises TryAgain or LeaseLost."""
    run = Run.objects.select_related("document").get(pk=job.payload["run"])
    if run.finished_at:
        return
    _record(job, run, lambda waiting: _from_memory(run, waiting))
    _record(job, run, lambda waiting: _by_rule(run, waiting))
    troubles = Troubles()
    for name in run.engines:
        _ask(job, run, name, troubles)
    if troubles.again and job.attempts < jobs.ATTEMPTS:
        raise TryAgain("; ".join(troubles.lines), troubles.again.retry_after)
    _finish(job, run, troubles)


def waiting(run: Run) -> list[Translation]:
    """The translations that the run may still fill: never those whose current text a person wrote."""
    sources = transitions.TABLE["pretranslate"].sources
    rows = Translation.objects.of_document(run.document_id, run.language).filter(
        Q(current=None) | Q(current__author=None), state__in=sources
    )
    return list(rows.exclude(current__run=run).select_for_update(of=("self",)))


def _record(
    job: Job, run: Run, answer: Callable[[Sequence[Translation]], Iterable[tuple[Translation, Text]]]
) -> None:
    """Writes what `answer` finds for the waiting translations, with findings, under the job's fence."""
    with jobs.recording(job):
        Document.objects.select_for_update().get(pk=run.document_id)
        texts = [(row, text) for row, text in answer(waiting(run)) if text.text != row.text]
        if texts:
            revising.write_many(texts, state=transitions.TABLE["pretranslate"].target)
            _record_findings([row for row, _ in texts])
            jobs.progressed(job)


def _record_findings(written: Sequence[Translation]) -> None:
    blocks = {row.segment.block_id for row in written}
    rows = Translation.objects.of_document(written[0].segment.document_id, written[0].language)
    findings.record(rows.filter(segment__block__in=blocks).select_related("segment__document"))


def _from_memory(run: Run, rows: Sequence[Translation]) -> Iterable[tuple[Translation, Text]]:
    known = remembering.remembered(
        (row.segment.memory_key for row in rows), run.document.source_language, run.language
    )
    for row in rows:
        if hit := known.get(row.segment.memory_key):
            yield row, Text(hit.text, Revision.Origin.MEMORY, detail={"from": hit.origin}, run=run)


def _by_rule(run: Run, rows: Sequence[Translation]) -> Iterable[tuple[Translation, Text]]:
    for row in rows:
        if row.segment.block.kind == "note":
            draft = notes.draft_note(row.segment.text, run.document.source_language, run.language)
            if draft:
                yield row, Text(draft, Revision.Origin.RULE, detail={"rule": "note"}, run=run)


def _ask(job: Job, run: Run, name: str, troubles: Troubles) -> None:
    """Asks one engine for what is still waiting, a batch at a time; distinct sources are asked once."""
    engine = engines.get(name)
    source, target = run.document.source_language, run.language
    with transaction.atomic():
        sources = list(dict.fromkeys(row.segment.text for row in waiting(run)))
    size = engine.capabilities.batch_size
    for start in range(0, len(sources), size):
        batch = sources[start : start + size]
        try:
            drafts = _translate(engine, batch, source, target)
        except (engines.BadInput, engines.BadOutput) as error:
            troubles.note(str(error))
            continue
        except engines.EngineError as error:
            troubles.note(str(error))
            troubles.again = error if isinstance(error, engines.Retryable) else troubles.again
            return
        good = {text: draft for text, draft in drafts.items() if _passes(text, draft, run, name, troubles)}
        _record(job, run, lambda rows, good=good: _from_engine(run, name, rows, good))


def _translate(engine: engines.Engine, batch: Sequence[str], source: str, target: str) -> dict[str, str]:
    """The engine's drafts by source text. References at the end do not travel: they are put back as they were."""
    bare = [without_final_references(text) for text in batch]
    drafts = engine.translate(bare, source, target)
    return {
        text: draft.strip() + text[len(sent) :] for text, sent, draft in zip(batch, bare, drafts, strict=True)
    }


def without_final_references(text: str) -> str:
    """The text without the references at its very end, and the blank before them."""
    end = FINAL_REFERENCES.search(text)
    return text[: end.start()] if end else text


def _passes(text: str, draft: str, run: Run, name: str, troubles: Troubles) -> bool:
    faults = guard.inspect(text, draft, run.document.source_language, run.language)
    for fault in faults:
        troubles.note(f"{name}: {fault.message}")
    return not faults


def _from_engine(
    run: Run, name: str, rows: Sequence[Translation], drafts: dict[str, str]
) -> Iterable[tuple[Translation, Text]]:
    for row in rows:
        if draft := drafts.get(row.segment.text):
            yield row, Text(draft, Revision.Origin.MACHINE, detail={"engine": name}, run=run)


def _finish(job: Job, run: Run, troubles: Troubles) -> None:
    """Closes the run: what it did, what it left for people, one audit entry with a digest of its revisions."""
    with jobs.recording(job):
        document = Document.objects.select_for_update().get(pk=run.document_id)
        made = run.revisions.order_by("pk").values_list("translation__segment__key", "text")
        digest = auditing.sha256("\n".join(f"{key} {auditing.sha256(text)}" for key, text in made))
        run.counts = counts(run)
        run.notice = "\n".join(troubles.lines)
        run.finished_at = timezone.now()
        run.save(update_fields=["counts", "notice", "finished_at"])
        auditing.record(
            document,
            "pretranslate",
            person=None,
            data={"run": run.pk, "language": run.language, "counts": run.counts, "revisions": digest},
        )
        exchanging.plan_catalog(document, run.language)


def counts(run: Run) -> dict[str, int]:
    """How many drafts each origin gave, and how many segments are left for people."""
    given = dict(run.revisions.values_list("origin").annotate(Count("pk")))
    left = Translation.objects.in_use().filter(
        segment__document=run.document_id, language=run.language, state__in=(State.MISSING, State.OUTDATED)
    )
    return {**given, "left": left.count()}
