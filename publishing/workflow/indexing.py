"""What a search looks into is written by the worker, after verbs that change a source, a text or a place in the queue.

They take `Translation.is_indexed` back in the statement that they make anyway, and plan this work. Until it
is done a search reads the rows themselves (reports/searching.py), so nothing is missed meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from publishing.languages.search_form import search_form
from publishing.models import Document, Job, SearchText, Translation
from publishing.models.search import hour_of

from . import jobs
from .errors import TryAgain

KIND: Final = "index"
BATCH: Final = 1_000
SAMPLED: Final = 1_000
"""Entries of each index that are looked at for its statistics: enough to tell a document from a language."""


class Row(NamedTuple):
    """A translation that a search does not find through the index yet, as it was read."""

    pk: int
    version: int
    source: str
    text: str | None
    changed_at: datetime


def job_of(document: Document) -> Job:
    """The work after a change of texts, to be planned with it."""
    return Job(kind=KIND, key=f"{KIND}/{document.pk}", payload={"document": document.pk})


def perform(job: Job) -> None:
    """Indexes the document's translations. Raises LeaseLost; TryAgain where somebody was at work on some."""
    last, left = 0, 0
    while batch := _next(job.payload["document"], after=last):
        with jobs.recording(job):
            left += len(batch) - store(batch)
        last = batch[-1].pk
    if left:
        raise TryAgain(f"{left} translations were being changed", wait=1.0)


def _next(document: int, *, after: int) -> list[Row]:
    waiting = Translation.objects.in_use().filter(segment__document=document, is_indexed=False, pk__gt=after)
    columns = waiting.values_list("pk", "version", Translation.WHOLE_SOURCE, "current__text", "changed_at")
    return [Row(*values) for values in columns.order_by("pk")[:BATCH]]


def store(batch: Sequence[Row]) -> int:
    """Writes the search texts of rows that are still as they were read; returns how many.

    Their locks are held until the end, so that nobody changes a text in between. It waits for nobody else's: verbs
    lock many rows in orders of their own.
    """
    locked = Translation.objects.select_for_update(skip_locked=True).filter(pk__in=[row.pk for row in batch])
    versions = dict(locked.values_list("pk", "version"))
    mine = [row for row in batch if versions.get(row.pk) == row.version]
    SearchText.objects.bulk_create(
        (
            SearchText(
                translation_id=row.pk,
                text=search_form(f"{row.source}\n{row.text or ''}"),
                hour=hour_of(row.changed_at),
            )
            for row in mine
        ),
        update_conflicts=True,
        unique_fields=["translation"],
        update_fields=["text", "hour"],
    )
    Translation.objects.filter(pk__in=[row.pk for row in mine]).update(is_indexed=True)
    return len(mine)


def refresh_statistics() -> None:
    """Tells SQLite how selective its indexes are; other databases find out by themselves.

    Without, it takes a language for as good a way to a row as a document.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLED}")
            cursor.execute("ANALYZE")
