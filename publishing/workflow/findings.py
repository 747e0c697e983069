"""What the checks say about a block's translations, kept beside them for queue and reports.

References and placeholders are judged per block, so a new text in one sentence may settle or raise a
finding in another: the findings of a whole block are written together.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db.models import F

from publishing import quality
from publishing.models import Document, Finding, Job, Overrule, Translation
from publishing.reports.texts import Compared, compared

from . import jobs, risking

KIND = "findings"
Judged = list[tuple[Translation, list[quality.Finding]]]


def judge(block: Sequence[Translation]) -> Judged:
    """The findings of each translation of one block in one language; none for what is missing."""
    if not block:
        return []
    source_language = block[0].segment.document.source_language
    found = quality.check_block(compared(block), source_language, block[0].language)
    return [
        (translation, findings if translation.current_id else [])
        for translation, findings in zip(block, found, strict=True)
    ]


def record(translations: Iterable[Translation]) -> None:
    """Writes the findings of the blocks that these translations (in the order of the text) make up, anew; and risk."""
    judged: Judged = []
    for _, block in groupby(translations, key=lambda translation: translation.segment.block_id):
        judged += judge(list(block))
    Finding.objects.filter(translation__in=[translation.pk for translation, _ in judged]).delete()
    found = Finding.objects.bulk_create(
        Finding(
            translation=translation,
            code=finding.code,
            severity=finding.severity,
            start=finding.start,
            end=finding.end,
            params=dict(finding.params),
        )
        for translation, findings in judged
        for finding in findings
    )
    risking.record([translation for translation, _ in judged], found)


def blocking(translation: Translation, block: Sequence[Compared]) -> list[quality.Finding]:
    """The findings that stop an approval: blocking, and not overruled on this very revision."""
    if translation.current_id is None:
        return []
    source_language = translation.segment.document.source_language
    place = next(place for place, row in enumerate(block) if row.pk == translation.pk)
    found = quality.blocking(compared(block), source_language, translation.language, place=place)
    if any(finding.overrulable for finding in found):
        overruled = set(
            Overrule.objects.by_editors()
            .filter(revision=translation.current_id)
            .values_list("code", "start", "end")
        )
        found = [f for f in found if not f.overrulable or (f.code, f.start, f.end) not in overruled]
    return found


def job(document: Document) -> Job:
    """The work of judging a document's translations anew, after its source has changed."""
    return Job(kind=KIND, key=f"{KIND}/{document.pk}", payload={"document": document.pk})


def perform(job: Job) -> None:
    """Writes the findings of every translation of the job's document against today's source."""
    with jobs.recording(job):
        document = Document.objects.select_for_update().get(pk=job.payload["document"])
        opened = document.editions.exclude(language=F("document__source_language"))
        for language in opened.values_list("language", flat=True):
            rows = Translation.objects.of_document(document.pk, language)
            record(rows.select_related("segment__block", "segment__document", "current"))
