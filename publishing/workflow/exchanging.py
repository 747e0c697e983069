"""Catalogs out: the PO file of a document in a language, a projection that can always be written again.

Written by the worker after commit, from one snapshot, whole or not at all.
"""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from publishing.catalogs import Catalog, Unit, digest, files, po
from publishing.models import Document, Edition, Job, Run, Translation
from publishing.models.translation import State

from . import editions, jobs

KIND = "catalog"
_FOLDERS = {
    Document.Kind.ARTICLE: "articles",
    Document.Kind.BIOGRAPHY: "authors",
    Document.Kind.TOPIC: "topics",
}


def job_of(document: Document, language: str) -> Job:
    """The catalog of one language, to be planned with other work; waiting requests coalesce."""
    payload = {"document": document.pk, "language": language}
    return Job(kind=KIND, key=f"{KIND}/{document.pk}/{language}", payload=payload)


def job_of_all(document: Document) -> Job:
    """The same for every language that the document is being translated into, to be planned."""
    return Job(kind=KIND, key=f"{KIND}/{document.pk}", payload={"document": document.pk})


def perform(job: Job) -> None:
    """Writes the catalogs that the job names."""
    document = Document.objects.get(pk=job.payload["document"])
    language = job.payload.get("language")
    for code in [language] if language else target_languages(document):
        jobs.renew(job)
        write_catalog(document, code)


def target_languages(document: Document) -> list[str]:
    """The languages that the document is being translated into."""
    opened = Edition.objects.filter(document=document).exclude(language=document.source_language)
    return list(opened.order_by("language").values_list("language", flat=True))


def write_catalog(document: Document, language: str) -> Path:
    """Writes the catalog, if its bytes differ from the file's; returns the path. Raises OSError.

    What was written is held against the database once more: another worker may have read later and written
    earlier, and then this file would be the older one.
    """
    path = path_of(document, language)
    written, data = b"", po.write(snapshot(document, language))
    while written != data:
        files.write_whole(path, data)
        written, data = data, po.write(snapshot(document, language))
    return path


def path_of(document: Document, language: str) -> Path:
    """Where the catalog stands: the document's id never changes, the slug is there for people."""
    slug = editions.slug_of(document).rpartition("/")[2]
    return (
        Path(settings.CATALOG_ROOT)
        / language
        / _FOLDERS[Document.Kind(document.kind)]
        / f"{document.pk}-{slug}.po"
    )


def snapshot(document: Document, language: str) -> Catalog:
    """The catalog as the database has it at one moment."""
    with transaction.atomic():
        rows = list(Translation.objects.of_document(document.pk, language))
        runs = (
            Run.objects.of_documents()
            .filter(document=document, language=language)
            .aggregate(last=Max("finished_at"))
        )
    revised = max((row.changed_at for row in rows), default=runs["last"] or timezone.now())
    return Catalog(
        language=language,
        source_language=document.source_language,
        document=document.key,
        export_id=digest("".join(f"{row.segment.key}{row.version}" for row in rows)),
        created_at=document.created_at,
        revised_at=revised,
        units=tuple(unit(document, row) for row in rows if not row.is_empty_on_purpose),
    )


def unit(document: Document, row: Translation) -> Unit:
    """One translation as an entry: its state is told in comments for people, and as fuzzy for tools."""
    comments = [("kind", row.segment.block.kind), ("state", row.state)]
    if row.current:
        comments += [("origin", row.current.origin), ("revision", str(row.current.number))]
    comments.append(("hash", digest(row.source)))
    return Unit(
        key=row.segment.key,
        source=row.source,
        target=row.text,
        fuzzy=row.state not in {State.APPROVED, State.MISSING},
        previous_source=(row.previous_source or "") if row.state == State.OUTDATED else "",
        comments=tuple(comments),
        reference=f"{document.kind}/{document.pk}/{row.segment.block.kind}:{row.segment.position + 1}",
    )
