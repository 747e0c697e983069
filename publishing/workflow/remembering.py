"""Memory: what was approved here, and what came in as a memory from elsewhere.

Found by the exact source, best where it stands between the same neighbours; else by a source that differs in
figures, marks or names alone, whose translation is repaired.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from publishing import catalogs, quality
from publishing.catalogs import tmx
from publishing.matching.repair import repair
from publishing.models import Document, MemoryEntry, Person, Segment, Translation

from . import access, revising, segmenting
from .errors import BadInput, UnusableText

BATCH: Final = 500
MOST_OF_A_SHAPE: Final = 20
"""Remembered sentences of one shape that are tried, the newest first."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Remembered:
    """A translation from memory; `detail` says where it stands, between which neighbours, and what was repaired."""

    text: str
    detail: dict[str, Any] = field(default_factory=dict)


class _Known(NamedTuple):
    """A remembered pair, with the memory keys of the sentences before and after it (empty at the edges)."""

    text: str
    origin: str
    neighbours: tuple[str, str] = ("", "")
    source: str = ""


def remembered(document: Document, segments: Sequence[Segment], language: str) -> Mapping[int, Remembered]:
    """What memory holds for segments of the document, by their ids.

    Our own approved texts go before imported ones, the newest before older ones, and one that stands between
    the same neighbours before all others. What is not there exactly may be repaired.
    """
    exact = _exact(document, segments, language)
    rest = [segment for segment in segments if segment.pk not in exact]
    return exact | _repaired(rest, document.source_language, language)


def _exact(document: Document, segments: Sequence[Segment], language: str) -> dict[int, Remembered]:
    known = _known({segment.memory_key for segment in segments}, document.source_language, language)
    beside = _neighbours(document) if known else {}
    return {
        segment.pk: _chosen(known[segment.memory_key], beside.get(segment.pk, ("", "")))
        for segment in segments
        if segment.memory_key in known
    }


def _chosen(known: Sequence[_Known], neighbours: tuple[str, str]) -> Remembered:
    """The last that stands between these neighbours, else the last; `known` is not empty."""
    same = [each for each in known if any(neighbours) and each.neighbours == neighbours]
    best = (same or known)[-1]
    return Remembered(best.text, {"from": best.origin, "context": True} if same else {"from": best.origin})


def _neighbours(document: Document) -> dict[int, tuple[str, str]]:
    """By segment, the memory keys of the sentences before and after it in today's text."""
    rows = list(Segment.objects.in_use().filter(document=document).values_list("pk", "memory_key"))
    keys = ["", *(key for _, key in rows), ""]
    return {pk: (keys[place], keys[place + 2]) for place, (pk, _) in enumerate(rows)}


def _known(digests: Iterable[str], source: str, target: str) -> dict[str, list[_Known]]:
    """By memory key what is known, the best last: imported pairs only where nothing was approved here."""
    wanted = sorted(set(digests))
    found: dict[str, list[_Known]] = {}
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        imported, approved = _imported(some, source, target), _approved(some, source, target)
        found |= {**imported, **approved}
    return found


def _approved(digests: list[str], source: str, target: str) -> dict[str, list[_Known]]:
    rows = _ours(source, target).filter(segment__memory_key__in=digests).order_by("pk")
    found: dict[str, list[_Known]] = {}
    for key, text, segment, before, after in rows.annotate(before=_beside(-1), after=_beside(+1)).values_list(
        "segment__memory_key", "current__text", "segment__key", "before", "after"
    ):
        found.setdefault(key, []).append(_Known(text, f"segment {segment}", (before, after)))
    return found


def _ours(source: str, target: str) -> QuerySet[Translation]:
    return Translation.objects.remembered().filter(segment__document__source_language=source, language=target)


def _beside(step: int) -> Coalesce:
    """The memory key of the sentence one step from a translation's own in its document."""
    row = Segment.objects.filter(
        retired_at=None,
        document=OuterRef("segment__document"),
        position=OuterRef("segment__position") + step,
    )
    return Coalesce(Subquery(row.values("memory_key")[:1]), Value(""))


def _imported(digests: list[str], source: str, target: str) -> dict[str, list[_Known]]:
    rows = MemoryEntry.objects.filter(memory_key__in=digests, source_language=source, target_language=target)
    found: dict[str, list[_Known]] = {}
    for key, text, origin in rows.order_by("pk").values_list("memory_key", "target", "origin"):
        found.setdefault(key, []).append(_Known(text, origin))
    return found


# --- what differs in figures, marks or names alone --------------------------------------------


def _repaired(segments: Sequence[Segment], source: str, target: str) -> dict[int, Remembered]:
    shapes = {segment.pk: segmenting.shape_digest(segment.text, source) for segment in segments}
    known = _of_shapes({shape for shape in shapes.values() if shape}, source, target)
    found = {}
    for segment in segments:
        for candidate in known.get(shapes[segment.pk], ()):
            if made := _mended(segment.text, candidate, source, target):
                found[segment.pk] = made
                break
    return found


def _mended(text: str, known: _Known, source: str, target: str) -> Remembered | None:
    """The repaired translation, if the checks find nothing in it that would block it."""
    made = repair(text, known.source, known.text, source, target)
    if made is None or any(
        found.severity == "block" for found in quality.check(text, made.text, source, target)
    ):
        return None
    exchanged = [[change.old, change.new] for change in made.exchanges]
    return Remembered(made.text, {"from": known.origin, "repaired": exchanged, "source": known.source})


def _of_shapes(digests: Iterable[str], source: str, target: str) -> dict[str, list[_Known]]:
    """By shape some of what is known, ours first, the newest first."""
    found: dict[str, list[_Known]] = {}
    wanted = sorted(digests)
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        ours = _ours(source, target).filter(segment__shape__in=some).order_by("-pk")
        for shape, *pair, key in ours.values_list(
            "segment__shape", "current__text", "segment__text", "segment__key"
        )[: BATCH * MOST_OF_A_SHAPE]:
            found.setdefault(shape, []).append(_Known(pair[0], f"segment {key}", source=pair[1]))
        theirs = MemoryEntry.objects.filter(
            shape__in=some, source_language=source, target_language=target
        ).order_by("-pk")
        for shape, text, original, origin in theirs.values_list("shape", "target", "source", "origin")[
            : BATCH * MOST_OF_A_SHAPE
        ]:
            found.setdefault(shape, []).append(_Known(text, origin, source=original))
    return {shape: each[:MOST_OF_A_SHAPE] for shape, each in found.items()}


# --- memories from elsewhere ------------------------------------------------------------------


def import_memory(data: bytes, *, name: str, actor: Person | None = None) -> int:
    """Stores the pairs of a TMX file under the memory's name; returns how many were new.

    Raises BadInput for a file that is no TMX and for a name too long, NotAllowed for an actor without the right.
    """
    if actor is not None:
        access.require(actor, access.INGEST)
    if len(name) > LONGEST_NAME:
        raise BadInput(
            _("The memory's name is too long: give at most %(longest)d characters."), longest=LONGEST_NAME
        )
    try:
        pairs = tmx.read(data)
    except catalogs.CatalogError as error:
        raise BadInput(_("%(name)s is no readable memory: %(error)s"), name=name, error=error) from error
    entries = [
        MemoryEntry(
            source_language=pair.source_language,
            target_language=pair.target_language,
            memory_key=segmenting.memory_digest(pair.source, pair.source_language),
            shape=segmenting.shape_digest(pair.source, pair.source_language),
            source=pair.source,
            target=_usable(pair, name),
            origin=name,
            imported_by=actor,
        )
        for pair in pairs
    ]
    with transaction.atomic():
        before = MemoryEntry.objects.filter(origin=name).count()
        MemoryEntry.objects.bulk_create(entries, ignore_conflicts=True, batch_size=BATCH)
        return MemoryEntry.objects.filter(origin=name).count() - before


def _usable(pair: tmx.Pair, name: str) -> str:
    """The pair's target as a revision may store it: XML lets characters in that no catalog could carry."""
    try:
        return revising.clean(pair.target)
    except UnusableText as error:
        raise BadInput(
            _("%(name)s is no readable memory: %(error)s “%(text)s”"),
            name=name,
            error=error,
            text=pair.source[:60],
        ) from error
