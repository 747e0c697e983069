"""What a decision on a text rests on, read in one go under its document's lock.

A reviewer decides hundreds of times a day and waits for it each time: docs/decisions/0046 tells what that costs.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Model, QuerySet, When
from django.db.models.base import ModelState

from publishing.models import Document, Person, Revision, Segment, Translation
from publishing.models.once import OnceInOneGo

from . import access, auditing
from .errors import StaleVersion

_OF_DOCUMENT = ("id", "key", "source_language")
_OF_TRANSLATION = (
    "id", "segment_id", "language", "state", "version", "current_id", "confirmed_source", "joined_to_id",
    "joined_source", "omitted",
)  # fmt: skip
_OF_SEGMENT = ("id", "text")
_OF_REVISION = ("id", "number", "text", "source", "author_id", "detail")
_COLUMNS = (
    *_OF_TRANSLATION,
    *(f"segment__{name}" for name in _OF_SEGMENT),
    *(f"current__{name}" for name in _OF_REVISION),
)
_read_of_sentence = itemgetter(
    *map(_COLUMNS.index, ("joined_to_id", "joined_source", "segment__text", "current__text"))
)
M = TypeVar("M", bound=Model)


class Sentence(NamedTuple):
    """A translation of the block, as checks compare it."""

    pk: int
    joined_to_id: int | None
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A locked document; in it a translation and its block, the end of the audit chain, what the person may do.

    Of document and translation, its segment and its current revision, what no decision looks at is not loaded.
    """

    document: Document
    rights: frozenset[str]
    translation: Translation
    block: Sequence[Sentence]
    end: tuple[int, str]

    def seen(self, version: int) -> Translation:
        """The translation as it is now; raises StaleVersion where that is not the version that was displayed."""
        if self.translation.version != version:
            raise StaleVersion
        return self.translation


def lock(translation: Translation, *, reviewer: Person) -> Ground:
    """Locks the translation's document and reads the ground on which the person decides.

    Texts and chain are read after the lock was taken. Raises StaleVersion where the source has lost the sentence.
    """
    documents, rows = _GROUND(translation.pk, reviewer.pk)
    if not documents:
        raise Document.DoesNotExist
    (found,) = documents
    document = _made(Document, _OF_DOCUMENT, found[: len(_OF_DOCUMENT)])
    rights = access.brought_by(found[len(_OF_DOCUMENT) :], reviewer)
    for row in rows:
        if row[0] == translation.pk:
            number, digest = row[-2:]
            block = [_sentence(each) for each in rows]
            return Ground(document, rights, _translation(row, document), block, (number or 0, digest or ""))
    raise StaleVersion


def _translation(row: tuple[Any, ...], document: Document) -> Translation:
    """The translation with its segment and its current revision, of a row of _texts."""
    here, there = len(_OF_TRANSLATION), len(_OF_TRANSLATION) + len(_OF_SEGMENT)
    made = _made(Translation, _OF_TRANSLATION, row[:here])
    made.segment = _made(Segment, _OF_SEGMENT, row[here:there])
    made.segment.document = document
    if made.current_id is not None:
        *written, detail = row[there : there + len(_OF_REVISION)]
        made.current = _made(Revision, _OF_REVISION, [*written, json.loads(detail)])
    else:
        made.current = None
    return made


def _sentence(row: tuple[Any, ...]) -> Sentence:
    joined_to, joined_source, text, translated = _read_of_sentence(row)
    return Sentence(row[0], joined_to, joined_source or text, translated or "")


def _made(model: type[M], names: Sequence[str], values: Sequence[Any]) -> M:
    """An object of the model of which these fields alone are loaded, as unpickling makes one: without __init__,

    which would take as long for the four of a decision as its statements.
    """
    made = model.__new__(model)
    made._state = ModelState()
    made._state.db, made._state.adding = DEFAULT_DB_ALIAS, False
    made.__dict__.update(zip(names, values, strict=True))
    return made


def _locked(translation: int, reviewer: int) -> QuerySet[Document, tuple[Any, ...]]:
    # A subquery, so that no row but the document's is locked.
    of_it = Translation.objects.filter(pk=translation).values("segment__document")[:1]
    rights = access.brought_along(reviewer)
    found = Document.objects.select_for_update().filter(pk=of_it).annotate(**rights)
    return found.values_list(*_OF_DOCUMENT, *rights)


def _texts(translation: int, _reviewer: int) -> QuerySet[Translation, tuple[Any, ...]]:
    rows = Translation.objects.in_the_block_of(translation)
    chain = auditing.end_of_chain("segment__document")
    # Once, not for each sentence of the block.
    rows = rows.annotate(**{name: Case(When(pk=translation, then=end)) for name, end in chain.items()})
    return rows.values_list(*_COLUMNS, *chain)


_GROUND = OnceInOneGo(_locked, _texts)
