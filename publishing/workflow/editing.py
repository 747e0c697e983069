"""Submitting: a person's text becomes the current revision and waits for other eyes."""

from django.db import transaction

from publishing.models import Person, Revision, Translation
from publishing.models.translation import State

from . import access, auditing, autosaving, exchanging, findings, indexing, jobs, revising, transitions
from .errors import EmptyText, NothingChanged


def submit(translation: Translation, *, text: str, actor: Person, seen_version: int) -> Translation:
    """Saves a person's text as a new revision, based on the version that was displayed.

    Raises NotAllowed, WrongLanguage, StaleVersion, EmptyText, UnusableText, or NothingChanged for a text
    that already waits as it is.
    """
    access.require_review(actor, translation.language)
    text = revising.clean(text)
    if not text:
        raise EmptyText
    with transaction.atomic():
        document = revising.lock(translation)
        current, block = revising.seen(translation, seen_version, document)
        step = transitions.check(current, "submit")
        if text == current.text and current.state not in {State.OUTDATED, State.NEEDS_EDIT}:
            raise NothingChanged
        revision = revising.write(
            current, revising.Text(text, Revision.Origin.HUMAN, author=actor), state=step.target
        )
        findings.record(block)
        autosaving.discard(current, actor=actor)
        auditing.record(
            document,
            "submit",
            person=actor,
            translation=current,
            data={"revision": revision.number, "text": auditing.sha256(text)},
        )
        jobs.plan_all(exchanging.job_of(document, current.language), indexing.job_of(document))
    return current
