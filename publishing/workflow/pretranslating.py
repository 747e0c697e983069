"""Pretranslation as people ask for it: a run of a document into a language, paused, resumed, cancelled.

The worker performs it (see drafting and conversing); these verbs decide, and write the job with the decision.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from publishing import engines, languages
from publishing.models import Document, Person, Run

from . import access, auditing, drafting, editions, jobs
from .errors import BadInput, RunIsOver

KIND = "pretranslate"


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
        _plan(run)
        auditing.record(
            document,
            "request_run",
            person=actor,
            data={"run": run.pk, "language": language, "engines": run.engines},
        )
    return run


def pause(run: Run, *, actor: Person) -> Run:
    """The run goes no further until somebody resumes it; what is under way at an engine is still kept.

    Raises NotAllowed, RunIsOver.
    """
    with transaction.atomic():
        return _change(run, actor, Run.State.PAUSED, "pause_run")


def resume(run: Run, *, actor: Person) -> Run:
    """A paused run goes on where it stopped. Raises NotAllowed, RunIsOver."""
    with transaction.atomic():
        started = Run.objects.filter(pk=run.pk, started_at__isnull=False).exists()
        run = _change(run, actor, Run.State.RUNNING if started else Run.State.PLANNED, "resume_run")
        _plan(run)
    return run


def cancel(run: Run, *, actor: Person) -> Run:
    """Ends the run: its drafts so far stay drafts, the rest is left for people. Raises NotAllowed, RunIsOver."""
    with transaction.atomic():
        run = _change(run, actor, Run.State.CANCELLED, "cancel_run")
        drafting.finish(run, troubles=run.troubles)
    run.refresh_from_db()
    return run


def _change(run: Run, actor: Person, state: Run.State, verb: str) -> Run:
    access.require(actor, access.INGEST)
    document = Document.objects.select_for_update().get(pk=run.document_id)
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.is_over:
        raise RunIsOver
    run.state = state
    run.save(update_fields=["state"])
    auditing.record(document, verb, person=actor, data={"run": run.pk, "language": run.language})
    return run


def _plan(run: Run) -> None:
    jobs.plan(KIND, f"{KIND}/{run.pk}", run=run.pk)


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
