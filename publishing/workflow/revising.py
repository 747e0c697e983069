"""Writing a new text: the one place where a revision is made and a translation points to it."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from publishing.models import Document, Person, Revision, Run, Translation, in_one_go
from publishing.models.in_one_go import Statement
from publishing.models.once import Once
from publishing.models.translation import State

from .errors import StaleVersion, UnusableText

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text for a translation: where it comes from, who wrote it, what there is to know about its making."""

    text: str
    origin: str
    author: Person | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    run: Run | None = None


def _document_of(translation: int) -> QuerySet[Document]:
    return Document.objects.select_for_update(of=("self",)).filter(segments__translations=translation)


# What every verb that writes a text reads.
_LOCKED = Once(_document_of)
_BLOCK = Once(Translation.objects.in_the_block_of)


def clean(text: str) -> str:
    """A person's text as it is stored: line breaks unified, edge blanks off; no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t":
            raise UnusableText(character=f"U+{ord(character):04X}")
    return text


def lock(translation: Translation) -> Document:
    """The translation's document, locked: the verbs of one document follow one another."""
    found = _LOCKED(translation.pk)
    if not found:
        raise Document.DoesNotExist
    return found[0]


def seen(
    translation: Translation, seen_version: int, document: Document
) -> tuple[Translation, list[Translation]]:
    """The translation as it is now, and its block; raises StaleVersion where it is not what was displayed.

    `document` is the locked one that holds them.
    """
    block = block_of(translation, document)
    for row in block:
        if row.pk == translation.pk and row.version == seen_version:
            return row, block
    raise StaleVersion


def block_of(translation: Translation, document: Document) -> list[Translation]:
    """The translations of its block as they are now, in the order of the text; of the document that holds them."""
    block = _BLOCK(translation.pk)
    for row in block:
        row.segment.document = document
    return block


def write(translation: Translation, text: Text, *, state: State) -> Revision:
    """Appends a revision and makes it current at the version that was read; raises StaleVersion."""
    last = translation.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        translation=translation,
        number=last + 1,
        text=text.text,
        source=translation.source,
        origin=text.origin,
        author=text.author,
        detail=dict(text.detail),
    )
    move(translation, state=state, current=revision, confirmed_source="", is_indexed=False)
    return revision


def write_many(texts: Iterable[tuple[Translation, Text]], *, state: State) -> None:
    """The same for many translations that the caller has locked and read in this transaction."""
    waiting = iter(texts)
    while pairs := list(islice(waiting, BATCH)):
        _write_batch(pairs, state)


def _write_batch(pairs: Sequence[tuple[Translation, Text]], state: State) -> None:
    numbers = dict(
        Revision.objects.filter(translation__in=[translation.pk for translation, _ in pairs])
        .values_list("translation")
        .annotate(Max("number"))
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            translation=translation,
            number=numbers.get(translation.pk, 0) + 1,
            text=text.text,
            source=translation.source,
            origin=text.origin,
            author=text.author,
            detail=dict(text.detail),
            run=text.run,
        )
        for translation, text in pairs
    )
    now = timezone.now()
    if leads := [translation.pk for translation, _ in pairs if translation.joined_source]:
        Translation.objects.filter(joined_to__in=leads).update(
            state=state, version=F("version") + 1, approved_by=None, changed_at=now
        )
    latest = Revision.objects.filter(translation=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Translation.objects.filter(pk__in=[translation.pk for translation, _ in pairs]).update(
        current=Subquery(latest),
        state=state,
        version=F("version") + 1,
        approved_by=None,
        confirmed_source="",
        changed_at=now,
        is_indexed=False,
    )
    for (translation, _), revision in zip(pairs, revisions, strict=True):
        translation.current, translation.state, translation.version = revision, state, translation.version + 1
        translation.approved_by, translation.confirmed_source, translation.changed_at = None, "", now


def move(
    translation: Translation,
    *,
    state: State,
    approved_by: Person | None = None,
    along: Sequence[Statement] = (),
    **values: Any,
) -> None:
    """Takes a translation from the version that was read to its next state; raises StaleVersion otherwise.

    The sentences that are joined to it go along, in the same statement. What goes on waiting does so since now: it
    has another place in the queue, and is to be indexed anew. `along` is written in the same go, and taken back
    with the transaction where that raises.
    """
    now = timezone.now()
    if state != State.APPROVED:
        values["is_indexed"] = False
    values |= {"state": state, "approved_by": approved_by, "changed_at": now}
    if not translation.joined_source:
        moved, *_ = in_one_go.write(translation.advancing(**values), *along)
    else:
        moved = _move_joined(translation, **values)
        in_one_go.write(*along)
    if not moved:
        raise StaleVersion
    translation.version += 1
    for name, value in values.items():
        setattr(translation, name, value)


def _move_joined(lead: Translation, **values: Any) -> int:
    """The same for a text of several sentences: all of them move, and the first alone has the text."""
    joined = Q(joined_to=lead.pk, joined_to__version=lead.version)
    rows = Translation.objects.filter(Q(pk=lead.pk, version=lead.version) | joined)
    if "current" in values:
        values["current"] = Case(When(pk=lead.pk, then=Value(values["current"].pk)), default=None)
    return rows.update(version=F("version") + 1, **values)
