"""Memory: what was approved here, and what came in as a memory from elsewhere, found by the exact source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from publishing import catalogs
from publishing.catalogs import tmx
from publishing.models import MemoryEntry, Person, Translation
from publishing.models.translation import State

from . import access, revising, segmenting
from .errors import BadInput, UnusableText

BATCH = 500
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Remembered:
    """A translation that people approved for the same source; `origin` says where it stands."""

    text: str
    origin: str


def remembered(digests: Iterable[str], source: str, target: str) -> Mapping[str, Remembered]:
    """What memory holds for these memory digests: our own approved texts first, then imported memories."""
    wanted = sorted(set(digests))
    found: dict[str, Remembered] = {}
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        found |= _imported(some, source, target)
        found |= _approved(some, source, target)
    return found


def _approved(digests: list[str], source: str, target: str) -> dict[str, Remembered]:
    rows = Translation.objects.filter(
        segment__memory_key__in=digests,
        segment__document__source_language=source,
        language=target,
        state=State.APPROVED,
    ).order_by("pk")
    return {
        key: Remembered(text, f"segment {segment}")
        for key, text, segment in rows.values_list("segment__memory_key", "current__text", "segment__key")
    }


def _imported(digests: list[str], source: str, target: str) -> dict[str, Remembered]:
    rows = MemoryEntry.objects.filter(memory_key__in=digests, source_language=source, target_language=target)
    return {
        key: Remembered(text, origin)
        for key, text, origin in rows.order_by("pk").values_list("memory_key", "target", "origin")
    }


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
            _("%(name)s is no readable memory: %(error)s"), name=name, error=f"{error} “{pair.source[:60]}”"
        ) from error
