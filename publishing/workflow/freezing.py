"""Freezing: an edition's approved text becomes a release's bytes. Called by the verbs that release, and by no other."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from publishing import pages
from publishing.languages import slugs
from publishing.markup import placeholders
from publishing.models import Document, Edition, Person, Release, Translation
from publishing.reports import texts
from publishing.reports.texts import BlockText

from . import auditing, editions

FRONT = ("title", "summary", "released_at", "correction", "corrections", "exception", "provenance")
"""What a front holds: the names of `front`, and of a record's release."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an editor gives with a release: who decides, a note for colleagues, a correction for readers.

    `override` is the reason of a written exception from the rule that two people see machine text.
    """

    actor: Person
    note: str = ""
    correction: str = ""
    override: str = ""


def freeze(
    made: Release, blocks: Sequence[BlockText], terms: Terms, now: datetime, corrections: list[dict[str, str]]
) -> None:
    """Fills a new or planned release with what is approved now; the caller gives it its state and stores it."""
    edition = made.edition
    freeze_slug(edition, blocks)
    manifest = [
        [
            piece.segment.key,
            piece.translation.current_id if piece.translation else None,
            auditing.sha256(piece.text),
        ]
        for block in blocks
        for piece in block.pieces
    ]
    made.number = (edition.releases.aggregate(last=Max("number"))["last"] or 0) + 1
    made.manifest, made.manifest_hash = manifest, digest(manifest)
    if edition.is_source:
        made.source_texts = [piece.text for block in blocks for piece in block.pieces]
    made.title = texts.first(blocks, "title") or texts.first(blocks, "name")
    made.summary = texts.first(blocks, "summary")
    made.body = pages.body(blocks, edition.language)
    made.body_hash = auditing.sha256(made.body)
    made.released_by, made.released_at, made.changed_at = terms.actor, now, now
    made.note, made.correction, made.override = terms.note, terms.correction, terms.override
    made.corrections = corrections
    made.provenance = provenance(edition, blocks, terms, now)
    made.held_by, made.joint_key = [], ""


def digest(manifest: list[list[Any]]) -> str:
    """The hash of a manifest: SHA-256 over its JSON without blanks."""
    return auditing.sha256(json.dumps(manifest, separators=(",", ":")))


def front(made: Release) -> dict[str, Any]:
    """What readers are told above and beside the body, as it was frozen with it; a decision has its hash."""
    return {
        "title": made.title,
        "summary": made.summary,
        "released_at": auditing.moment(made.released_at) if made.released_at else "",
        "correction": made.correction,
        "corrections": made.corrections,
        "exception": made.override,
        "provenance": made.provenance,
    }


def front_hash(said: Mapping[str, Any]) -> str:
    """The hash of a front, of whatever has its names: SHA-256 over its canonical JSON."""
    return auditing.sha256(auditing.canonical({name: said[name] for name in FRONT}))


def stands_in(text: str, sentences: Iterable[str]) -> bool:
    """Whether a title or summary is made of sentences that follow one another: marks and blanks apart.

    For releases whose decision does not have the hash of their front.
    """
    wanted, run, starts = _squeezed(text), "", {0}
    for sentence in sentences:
        run += _squeezed(sentence)
        starts.add(len(run))
    return any(run.startswith(wanted, at) and at + len(wanted) in starts for at in starts)


def _squeezed(text: str) -> str:
    return "".join(placeholders.bare(text).split())


def corrections_with(edition: Edition, correction: str, now: datetime) -> list[dict[str, str]]:
    """What readers are told of corrections, newest first: this one, and those that they have been told of."""
    had = before(edition)
    earlier = had.corrections if had else []
    return [{"at": now.isoformat(), "text": correction}, *earlier] if correction else earlier


def before(edition: Edition) -> Release | None:
    """What readers have, or had until it was withdrawn."""
    return edition.releases.at_the_address().order_by("state", "-number").first()


def freeze_slug(edition: Edition, blocks: Sequence[BlockText]) -> None:
    """Proposes the slug from the title at the first release; from then on it stays."""
    if edition.slug:
        return
    if edition.document.kind == Document.Kind.BIOGRAPHY:
        edition.slug = f"author/{edition.document.author.slug}"
    elif edition.document.kind == Document.Kind.TOPIC:
        edition.slug = f"topic/{edition.document.topic.slug}"
    else:
        proposed = slugs.propose(texts.first(blocks, "title"), edition.language)
        edition.slug = editions.free_slug(proposed, edition.document)
    try:
        with transaction.atomic():
            edition.save(update_fields=["slug"])
    except IntegrityError:
        # Another document took it at this very moment, and has it by now.
        edition.slug = editions.free_slug(edition.slug, edition.document)
        edition.save(update_fields=["slug"])


def provenance(edition: Edition, blocks: Sequence[BlockText], terms: Terms, now: datetime) -> dict[str, Any]:
    """How the text came to be, for readers and machines. docs/reference/provenance.md describes the keys."""
    rows = [piece.translation.pk for block in blocks for piece in block.pieces if piece.translation]
    approved = Translation.objects.filter(pk__in=rows).select_related("approved_by", "current__author")
    drafts = approved.filter(revisions__origin="machine").values_list("revisions__detail__engine", flat=True)
    said: dict[str, Any] = {
        "source_language": edition.document.source_language,
        "translators": sorted(
            {row.current.author.display_name for row in approved if row.current and row.current.author}
        ),
        "engines": sorted({name for name in drafts if name}),
        "reviewers": sorted({row.approved_by.display_name for row in approved}),
        "released_by": terms.actor.display_name,
        "released_at": now.isoformat(),
    }
    return said | ({"override": terms.override} if terms.override else {})
