"""What follows from approvals: sentences that later ones are repaired from, what each engine cost, who is told.

Done by the worker after an approval, so that approving itself stays short.
"""

from collections.abc import Iterable
from typing import Final

from publishing.languages import words
from publishing.matching import measures
from publishing.models import (
    AuditEntry,
    Document,
    Effort,
    Job,
    MemoryEntry,
    Notice,
    Revision,
    Segment,
    Translation,
)
from publishing.models.translation import State

from . import access, jobs, notifying, segmenting

KIND: Final = "learn"
READY: Final = "ready_to_release"
BATCH: Final = 500
FASTEST_WORDS_A_SECOND: Final = 10.0
"""Nobody reads faster: silent reading is 238 words a minute (Brysbaert 2019), and this is 600."""


def job_of(document: Document, language: str) -> Job:
    """The work after approvals of this document in this language, to be planned with them."""
    payload = {"document": document.pk, "language": language}
    return Job(kind=KIND, key=f"{KIND}/{document.pk}/{language}", payload=payload)


def perform(job: Job) -> None:
    """Takes the shapes of what was approved, and measures the approvals. Raises LeaseLost."""
    document = Document.objects.get(pk=job.payload["document"])
    language = job.payload["language"]
    shaped = _shaped(document, language)
    entries = list(_imported_without_shape())
    while measured := _measured(document, language):
        with jobs.recording(job):
            Effort.objects.bulk_create(measured, batch_size=BATCH)
    with jobs.recording(job):
        _tell_editors(document, language)
        Segment.objects.bulk_update(shaped, ["shape"], batch_size=BATCH)
        MemoryEntry.objects.bulk_update(entries, ["shape"], batch_size=BATCH)


def _tell_editors(document: Document, language: str) -> None:
    """Once the last sentence is approved; not again while the editor has not looked."""
    if Translation.objects.awaiting_review().filter(segment__document=document, language=language).exists():
        return
    for editor in access.people_with(access.RELEASE):
        waiting = Notice.objects.unseen_by(editor.pk).filter(kind=READY, document=document)
        if not waiting.filter(params__language=language).exists():
            notifying.tell(editor, READY, document=document, language=language)


def _shaped(document: Document, language: str) -> list[Segment]:
    """The document's segments that are memory since a while, and have no shape yet."""
    rows = Segment.objects.filter(
        document=document, shape=None, translations__language=language, translations__state=State.APPROVED
    )
    found = list(rows.only("pk", "text"))
    for segment in found:
        segment.shape = segmenting.shape_digest(segment.text, document.source_language)
    return found


def _imported_without_shape() -> Iterable[MemoryEntry]:
    """Pairs that came in before shapes were taken."""
    for entry in MemoryEntry.objects.filter(shape=None).only("pk", "source", "source_language")[:BATCH]:
        entry.shape = segmenting.shape_digest(entry.source, entry.source_language)
        yield entry


def _measured(document: Document, language: str) -> list[Effort]:
    """The next approvals that nobody has measured, measured."""
    approvals = AuditEntry.objects.filter(
        document=document, verb="approve", translation__language=language, effort=None
    )
    found = list(approvals.order_by("number")[:BATCH])
    texts: dict[int, list[Revision]] = {}
    written = Revision.objects.filter(translation__in=[entry.translation_id for entry in found])
    for revision in written.order_by("number"):
        texts.setdefault(revision.translation_id, []).append(revision)
    return [
        _effort(entry, texts[entry.translation_id], document.source_language, language) for entry in found
    ]


def _effort(approval: AuditEntry, revisions: list[Revision], source: str, target: str) -> Effort:
    """The approval measured against the last draft that an engine made of the approved text's source."""
    approved = next(each for each in revisions if each.number == approval.data["revision"])
    drafts = [
        each
        for each in revisions
        if each.number <= approved.number
        and each.source == approved.source
        and each.origin == Revision.Origin.MACHINE
    ]
    made = Effort(
        approval=approval,
        source_language=source,
        language=target,
        words=words.count(approved.source) + words.count(approved.text),
        seconds=approval.data.get("seconds"),
        at=approval.at,
    )
    made.too_fast = made.seconds is not None and made.seconds < made.words / FASTEST_WORDS_A_SECOND
    if drafts:
        _measure(made, drafts[-1], approved.text)
    return made


def _measure(made: Effort, draft: Revision, text: str) -> None:
    made.draft, made.engine = draft, draft.detail.get("engine", "")
    made.untouched = draft.text == text
    made.edit_ratio = measures.edit_ratio(draft.text, text)
    made.ter = measures.ter(draft.text, text)
    made.chrf = measures.chrf(draft.text, text)
