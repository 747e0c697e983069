"""Joining: in one language, two sentences of a paragraph become one text; and each gets its own back.

The first of them leads: it holds the words, and its state is that of all. Cutting belongs to the source, so
nothing else changes: other languages, and the segments themselves, know nothing of it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from publishing.models import Document, Person, Revision, Translation
from publishing.models.translation import State

from . import access, auditing, exchanging, findings, indexing, jobs, revising
from .errors import EmptyOnPurpose, NothingBefore, NotJoined, StaleVersion
from .revising import Text

PARTS: Final = "parts"
"""In the detail of a joined text: the revisions that it was made of, by the keys of their segments."""


def join(translation: Translation, *, actor: Person, seen_version: int, seen_before: int) -> Translation:
    """Joins the displayed text to the sentence before it, both at the versions that were displayed.

    Returns the lead. Its new text is the actor's, and the authors' of all its parts: somebody else approves it.
    Raises NotAllowed, WrongLanguage, StaleVersion, NothingBefore, EmptyOnPurpose.
    """
    access.require_review(actor, translation.language)
    with transaction.atomic():
        document = revising.lock(translation)
        current, block = revising.seen(translation, seen_version, document)
        if current.is_empty_on_purpose:
            raise EmptyOnPurpose
        lead = _lead_before(current, block)
        if lead.version != seen_before:
            raise StaleVersion
        _write(lead, current, block, actor)
        block = revising.block_of(lead, document)
        findings.record(block)
        data = {"segments": _keys(lead, block), "text": auditing.sha256(lead.text)}
        auditing.record(document, "join", person=actor, translation=lead, data=data)
        jobs.plan_all(exchanging.job_of(document, lead.language), indexing.job_of(document))
    return lead


def separate(translation: Translation, *, actor: Person, seen_version: int) -> Translation:
    """Gives each sentence of a joined text back its own; any of them may be named, at its displayed version.

    Where the joined text is as the joining made it, each gets the text that it had. Where somebody has written
    it anew since, the lead keeps it and waits to be mended, and the others are missing: nobody can say which
    words are theirs. Raises NotAllowed, WrongLanguage, StaleVersion, NotJoined.
    """
    access.require_review(actor, translation.language)
    with transaction.atomic():
        document = revising.lock(translation)
        current, block = revising.seen(translation, seen_version, document)
        lead = next((row for row in block if row.pk == current.joined_to_id), current)
        if not lead.joined_source:
            raise NotJoined
        keys = _keys(lead, block)
        _take_apart([lead, *_joined_to(lead, block)])
        findings.record(revising.block_of(lead, document))
        data = {"segments": keys}
        auditing.record(document, "separate", person=actor, translation=lead, data=data)
        jobs.plan_all(exchanging.job_of(document, lead.language), indexing.job_of(document))
    return lead


def resettle(document: Document) -> None:
    """After a change of the source: what is joined still stands together, or is taken apart.

    Called by the verb that changes the source, under the document's lock. A joined text whose sentences have
    changed is outdated; where one of them is gone, has moved away or has another beside it now, the others get
    back what nobody has written: nothing.
    """
    rows = Translation.objects.filter(segment__document=document)
    leads = list(rows.exclude(joined_source="").select_related("segment", "current"))
    if not leads:
        return
    joined, blocks = _of_the_leads(rows, leads)
    for lead in leads:
        followers = joined.get(lead.pk, [])
        beside = blocks.get((lead.segment.block_id, lead.language), [])
        if lead.pk not in beside or not _together([row.pk for row in (lead, *followers)], beside):
            _dissolve(lead, followers)
        elif (source := _source([lead, *followers])) != lead.joined_source:
            _give_source(lead, source)
            if lead.state != State.MISSING:
                revising.move(lead, state=State.OUTDATED)


def _of_the_leads(
    rows: QuerySet[Translation], leads: Sequence[Translation]
) -> tuple[dict[int, list[Translation]], dict[tuple[int, str], list[int]]]:
    """What is joined to each lead, and the ids beside it today by block and language; in two queries."""
    ordered = rows.order_by("segment__position", "pk").select_related("segment", "current")
    joined: dict[int, list[Translation]] = {}
    for row in ordered.filter(joined_to__in=leads):
        joined.setdefault(row.joined_to_id, []).append(row)
    blocks: dict[tuple[int, str], list[int]] = {}
    beside = ordered.filter(
        segment__retired_at=None, segment__block__in={lead.segment.block_id for lead in leads}
    )
    for block, language, pk in beside.values_list("segment__block", "language", "pk"):
        blocks.setdefault((block, language), []).append(pk)
    return joined, blocks


def _lead_before(current: Translation, block: Sequence[Translation]) -> Translation:
    """The translation that the sentence before belongs to; raises NothingBefore, EmptyOnPurpose."""
    place = [row.pk for row in block].index(current.pk)
    if place == 0:
        raise NothingBefore
    before = block[place - 1]
    if before.omitted:
        raise EmptyOnPurpose
    return next((row for row in block if row.pk == before.joined_to_id), before)


def _write(lead: Translation, current: Translation, block: Sequence[Translation], actor: Person) -> None:
    """Moves the words of `current`, and what is joined to it, to the lead."""
    members = [lead, *_joined_to(lead, block), current, *_joined_to(current, block)]
    joining = [row.pk for row in members if current.pk in {row.pk, row.joined_to_id}]
    texts = [row.text for row in (lead, current) if row.text]
    text = _gap(current, block).join(texts)
    state = State.SUBMITTED if len(texts) == 2 else State.NEEDS_EDIT if texts else State.MISSING
    detail = {PARTS: _parts(lead) | _parts(current), "authors": _authors(lead, current)}
    Translation.objects.filter(pk__in=joining).update(
        joined_to=lead, joined_source="", current=None, confirmed_source="", approved_by=None,
        state=lead.state if lead.state != State.APPROVED else State.SUBMITTED,
    )  # fmt: skip
    lead.joined_source = _source(members)
    Translation.objects.filter(pk=lead.pk).update(joined_source=lead.joined_source)
    if text:
        revising.write(lead, Text(text, Revision.Origin.HUMAN, author=actor, detail=detail), state=state)
    else:
        revising.move(lead, state=state)


def _parts(row: Translation) -> dict[str, int | None]:
    """The revisions that a text was made of, by segment; a joined text that was written anew is one of its own."""
    known: dict[str, int | None] | None = row.current.detail.get(PARTS) if row.current else None
    return known if known and row.joined_source else {row.segment.key: row.current_id}


def _authors(*rows: Translation) -> list[int]:
    """Everybody whose words are in the texts, each once."""
    found = [row.current for row in rows if row.current]
    people = [pk for each in found for pk in (each.author_id, *each.detail.get("authors", ())) if pk]
    return list(dict.fromkeys(people))


def _joined_to(lead: Translation, block: Iterable[Translation]) -> list[Translation]:
    return [row for row in block if row.joined_to_id == lead.pk]


def _keys(lead: Translation, block: Iterable[Translation]) -> list[str]:
    return [lead.segment.key, *(row.segment.key for row in _joined_to(lead, block))]


def _gap(current: Translation, block: Sequence[Translation]) -> str:
    """The blanks between a sentence and the one before it."""
    place = [row.pk for row in block].index(current.pk)
    return block[place - 1].segment.after + current.segment.before


def _source(members: Sequence[Translation]) -> str:
    """The sentences of a joined text with the blanks between them, without those at its edges."""
    whole = "".join(row.segment.before + row.segment.text + row.segment.after for row in members)
    first, last = members[0].segment, members[-1].segment
    return whole[len(first.before) : len(whole) - len(last.after)]


def _take_apart(members: Sequence[Translation]) -> None:
    lead = members[0]
    parts = lead.current.detail.get(PARTS) if lead.current else {}
    kept = Revision.objects.in_bulk([pk for pk in (parts or {}).values() if pk])
    _free(members)
    if lead.current and not parts:
        revising.move(lead, state=State.NEEDS_EDIT)
        return
    for row in members:
        _give_back(row, kept.get((parts or {}).get(row.segment.key)))


def _free(members: Sequence[Translation]) -> None:
    """Ends the joining. Those that were joined are missing; the lead keeps its text for the moment."""
    lead, *followers = members
    now = timezone.now()
    Translation.objects.filter(pk__in=[row.pk for row in followers]).update(
        joined_to=None, state=State.MISSING, approved_by=None, version=F("version") + 1, changed_at=now,
        is_indexed=False,
    )  # fmt: skip
    for row in followers:
        row.joined_to, row.state, row.approved_by, row.version = None, State.MISSING, None, row.version + 1
    _give_source(lead, "")


def _give_source(lead: Translation, source: str) -> None:
    """Another source is another version: neither a text nor an index entry that was made for the former one fits it."""
    Translation.objects.filter(pk=lead.pk).update(
        joined_source=source, version=F("version") + 1, is_indexed=False
    )
    lead.joined_source, lead.version = source, lead.version + 1


def _give_back(row: Translation, had: Revision | None) -> None:
    """The text that a sentence had, as a new revision by whoever wrote it; or nothing, if it had none."""
    if had is not None:
        by_people = had.origin in {Revision.Origin.HUMAN, Revision.Origin.IMPORT}
        state = State.SUBMITTED if by_people else State.PRETRANSLATED
        detail: dict[str, Any] = {**had.detail, "given_back": had.number}
        made = Revision.objects.create(
            translation=row,
            number=row.revisions.count() + 1,
            text=had.text,
            source=had.source,
            origin=had.origin,
            author_id=had.author_id,
            detail=detail,
        )
        revising.move(row, state=state, current=made, confirmed_source="")
    elif row.current_id is not None:
        revising.move(row, state=State.MISSING, current=None, confirmed_source="")


def _dissolve(lead: Translation, followers: Sequence[Translation]) -> None:
    _free([lead, *followers])
    if lead.state != State.MISSING:
        revising.move(lead, state=State.OUTDATED)


def _together(members: Sequence[int], beside: Sequence[int]) -> bool:
    """Whether the members follow one another in the block, the lead first."""
    start = beside.index(members[0])
    return list(beside[start : start + len(members)]) == list(members)
