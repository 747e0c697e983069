"""Finished pages into their rows: compressed once, and only where the answer differs from what stands there."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from publishing.models import Page

from .finished import Absent, Finished

AT_ONCE = 50  # pages in memory, and in one statement
WRITTEN = (
    "content_type",
    "language",
    "etag",
    "status",
    "location",
    "written_at",
    "brotli",
    "gzip",
    "content",
)


def store(finished: Iterable[Finished | Absent]) -> list[str]:
    """Stores pages, removes those that shall be absent, and returns the paths whose answers are now others than before.

    Every row is replaced in one statement: who reads meanwhile gets the old page or the new one.
    """
    changed: list[str] = []
    waiting: list[Finished] = []
    absent: list[str] = []
    for each in finished:
        if isinstance(each, Absent):
            absent.append(each.path)
            continue
        waiting.append(each)
        if len(waiting) == AT_ONCE:
            changed += _store(waiting)
            waiting = []
    return changed + _store(waiting) + (remove(absent) if absent else [])


def _store(finished: Sequence[Finished]) -> list[str]:
    known = {
        path: rest
        for path, *rest in Page.objects.filter(path__in=[each.path for each in finished]).values_list(
            "path", "etag", "status", "location", "content_type", "language"
        )
    }
    differing = [
        each
        for each in finished
        if known.get(each.path) != [each.etag, each.status, each.location, each.content_type, each.language]
    ]
    rows = [each.row() for each in differing]
    now = timezone.now()
    for row in rows:
        row.written_at = now
    if rows:
        Page.objects.bulk_create(rows, update_conflicts=True, unique_fields=["path"], update_fields=WRITTEN)
    return [row.path for row in rows]


def remove(paths: Iterable[str]) -> list[str]:
    """Removes pages that nothing makes any more, and returns the paths of those that were there."""
    there = Page.objects.filter(path__in=list(paths))
    gone = list(there.values_list("path", flat=True))
    there.delete()
    return gone
