"""What a decision on a text rests on, read in one go under its document's lock.

A reviewer decides hundreds of times a day and waits for it each time: docs/decisions/0046 tells what that costs.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, QuerySet, When

from publishing.models import Document, Person, Revision, Segment, Translation
from publishing.models.in_one_go import Row
from publishing.models.once import OnceInOneGo, made_of

from . import access, auditing
from .errors import StaleVersion

_OF_DOCUMENT = ("id", "key", "source_language")
_OF_TRANSLATION = (
    "id", "segment_id", "language", "state", "version", "current_id", "confirmed_source", "joined_to_id",
    "joined_source", "omitted",
)  # fmt: skip
_OF_SEGMENT = ("id", "text")
_OF_REVISION = ("id", "number", "text", "source", "author_id", "detail")
# A row is these columns, then the chain's number and hash, then the rights.
_COLUMNS = (
    *_OF_TRANSLATION,
    *(f"segment__{name}" for name in _OF_SEGMENT),
    *(f"current__{name}" for name in _OF_REVISION),
)
_CHAIN, _RIGHTS = slice(len(_COLUMNS), len(_COLUMNS) + 2), slice(len(_COLUMNS) + 2, None)
_read_of_sentence = itemgetter(
    *map(_COLUMNS.index, ("joined_to_id", "joined_source", "segment__text", "current__text"))
)


class Sentence(NamedTuple):
    """A translation of the block, as checks compare it."""

    pk: int
    joined_to_id: int | None
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A locked document; in it a translation and its block, the end of the audit chain, what the person may do.

    Of document and translation, its segment and its current revision, what no decision looks at is not loaded. There
    is no translation where the source has lost its sentence.
    """

    document: Document
    rights: frozenset[str]
    translation: Translation | None
    block: Sequence[Sentence]
    end: tuple[int, str]

    def seen(self, version: int) -> Translation:
        """The translation as it is now; raises StaleVersion where that is not the version that was displayed."""
        if self.translation is None or self.translation.version != version:
            raise StaleVersion
        return self.translation


def lock(translation: Translation, *, reviewer: Person) -> Ground:
    """Locks the translation's document and reads the ground on which the person decides.

    Everything is read after the lock was taken, rights as well. Raises Document.DoesNotExist where there is none.
    """
    documents, rows = _GROUND(translation.pk, reviewer.pk or 0)
    if not documents:
        raise Document.DoesNotExist
    document = made_of(Document, _OF_DOCUMENT, documents[0])
    made = next((_translation(row, document) for row in rows if row[0] == translation.pk), None)
    return Ground(document, _rights(rows, reviewer), made, [_sentence(row) for row in rows], _end(rows))


def _rights(rows: Sequence[Row], reviewer: Person) -> frozenset[str]:
    """What the person may do, which each row of _texts brings along."""
    return access.brought_by(rows[0][_RIGHTS], reviewer) if rows else access.rights_of(reviewer)


def _end(rows: Sequence[Row]) -> tuple[int, str]:
    """The end of the chain, which the translation's own row brings along; its beginning where there is no entry."""
    ends = (row[_CHAIN] for row in rows)
    return next(((number, digest) for number, digest in ends if number is not None), (0, ""))


def _translation(row: Row, document: Document) -> Translation:
    """The translation with its segment and its current revision, of a row of _texts."""
    here, there = len(_OF_TRANSLATION), len(_OF_TRANSLATION) + len(_OF_SEGMENT)
    made = made_of(Translation, _OF_TRANSLATION, row[:here])
    made.segment = made_of(Segment, _OF_SEGMENT, row[here:there])
    made.segment.document = document
    if made.current_id is not None:
        *written, detail = row[there : there + len(_OF_REVISION)]
        made.current = made_of(
            Revision, _OF_REVISION, [*written, json.loads(detail)]
        )  # a driver gives JSON as text
    else:
        made.current = None
    return made


def _sentence(row: Row) -> Sentence:
    joined_to, joined_source, text, translated = _read_of_sentence(row)
    return Sentence(row[0], joined_to, joined_source or text, translated or "")


def _locked(translation: int, _reviewer: int) -> QuerySet[Document, tuple[Any, ...]]:
    # A subquery, so that no row but the document's is locked.
    of_it = Translation.objects.filter(pk=translation).values("segment__document")[:1]
    return Document.objects.select_for_update().filter(pk=of_it).values_list(*_OF_DOCUMENT)


def _texts(translation: int, reviewer: int) -> QuerySet[Translation, tuple[Any, ...]]:
    rows = Translation.objects.in_the_block_of(translation)
    chain, rights = auditing.end_of_chain("segment__document"), access.brought_along(reviewer)
    # Once, not for each sentence of the block.
    rows = rows.annotate(
        **{name: Case(When(pk=translation, then=end)) for name, end in chain.items()}, **rights
    )
    return rows.values_list(*_COLUMNS, *chain, *rights)


_GROUND = OnceInOneGo(_locked, _texts)
