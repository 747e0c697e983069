"""Building a record: a release as it was frozen, with everything that was decided about each of its sentences."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Anchor, AuditEntry, Edition, Person, Release, Revision, Segment, Translation

from .. import auditing, freezing
from ..errors import Refused
from .deciding import Decisions

FORMAT = "dragoman/review-record/2"


class NoSuchRelease(Refused):
    message = _("There is no such release of this edition: only what was released has a record.")


class NoDecision(Refused):
    message = _("No decision on record says that this was released: run manage.py verify.")


def build(edition: Edition, number: int | None = None) -> dict[str, Any]:
    """The record of a release, the last one where no number is given; docs/reference/records.md has the keys.

    The chain is the document's, up to now. Raises NoSuchRelease, NoDecision.
    """
    releases = edition.releases.frozen().order_by("-number")
    made = (releases.filter(number=number) if number is not None else releases).first()
    if made is None:
        raise NoSuchRelease
    entries = list(AuditEntry.objects.filter(document=edition.document).order_by("number"))
    decision = _decision(entries, made, edition)
    document = edition.document
    return {
        "format": FORMAT,
        "site": settings.SITE_URL,
        "made_at": auditing.moment(timezone.now()),
        "document": {
            "key": document.key,
            "kind": document.kind,
            "source_language": document.source_language,
        },
        "edition": {"language": edition.language, "slug": edition.slug},
        "release": _release(made, decision),
        "segments": _segments(made, edition, [each for each in entries if each.number < decision.number]),
        "people": _people(entries, made),
        "entries": [auditing.said(each, document.key) | {"hash": each.hash} for each in entries],
        "anchors": list(_anchors(document.key)),
    }


def _decision(entries: Iterable[AuditEntry], made: Release, edition: Edition) -> AuditEntry:
    wanted = {"language": edition.language, "release": made.number}
    for entry in entries:
        if entry.verb == "release" and wanted.items() <= entry.data.items():
            return entry
    raise NoDecision


def _release(made: Release, decision: AuditEntry) -> dict[str, Any]:
    """What was frozen. What became of the release later is in the chain."""
    return {
        "number": made.number,
        "decision": decision.number,
        "released_by": made.released_by_id,
        "manifest": made.manifest,
        "manifest_hash": made.manifest_hash,
        "body": made.body,
        "body_hash": made.body_hash,
        "note": made.note,
        "front_hash": decision.data.get("front", ""),
        **freezing.front(made),
    }


def _segments(made: Release, edition: Edition, before: list[AuditEntry]) -> list[dict[str, Any]]:
    keys = [key for key, _revision, _hash in made.manifest]
    kinds = dict(Segment.objects.filter(key__in=keys).values_list("key", "block__kind"))
    if edition.is_source:
        return [
            {"key": key, "kind": kinds.get(key, ""), "text": text}
            for key, text in zip(keys, made.source_texts, strict=True)
        ]
    rows = Translation.objects.filter(segment__document=edition.document, language=edition.language)
    decisions = Decisions(before, dict(rows.values_list("pk", "segment__key")))
    revisions = Revision.objects.in_bulk([revision for _key, revision, _hash in made.manifest if revision])
    sources = dict(rows.filter(segment__key__in=keys).values_list("segment__key", Translation.WHOLE_SOURCE))
    return [
        {"key": key, "kind": kinds.get(key, "")}
        | (
            _written(key, revisions[revision], decisions, sources.get(key, ""))
            if revision
            else _empty(key, decisions, sources.get(key, ""))
        )
        for key, revision, _hash in made.manifest
    ]


def _written(key: str, revision: Revision, decisions: Decisions, now: str) -> dict[str, Any]:
    """A sentence with a text: whose it is, and who approved it against which source."""
    approval = decisions.approval(key, revision.text)
    against = approval.data.get("source") if approval else None
    # An approval may confirm a text against a later source than the one that it was made from.
    source = now if auditing.sha256(now) == against else revision.source
    return {
        "source": source,
        "text": revision.text,
        "revision": revision.number,
        "origin": revision.origin,
        "author": revision.author_id,
        "authors": revision.detail.get("authors", []),
        "written_at": auditing.moment(revision.created_at),
        "approved": {
            "decision": approval.number,
            "by": approval.person_id,
            "at": auditing.moment(approval.at),
        }
        if approval
        else None,
        "set_aside": decisions.overruled(key, revision.number),
        "joined": [each for each, lead in decisions.leads.items() if lead == key],
    }


def _empty(key: str, decisions: Decisions, source: str) -> dict[str, Any]:
    """A sentence that is empty on purpose: left out, or its words are in another."""
    if omission := decisions.omissions.get(key):
        return {
            "source": source if auditing.sha256(source) == omission.data.get("source") else None,
            "text": "",
            "omitted": {
                "decision": omission.number,
                "by": omission.person_id,
                "at": auditing.moment(omission.at),
                "reason": omission.data.get("reason"),
            },
        }
    return {"source": source, "text": "", "joined_to": decisions.leads.get(key)}


def _people(entries: Iterable[AuditEntry], made: Release) -> dict[str, str]:
    """The names of everybody whom the record mentions, by number."""
    wanted = {each.person_id for each in entries} | {made.released_by_id}
    wanted |= {pk for each in _revisions(made) for pk in (each.author_id, *each.detail.get("authors", ()))}
    return {str(person.pk): person.display_name for person in Person.objects.filter(pk__in=wanted - {None})}


def _revisions(made: Release) -> QuerySet[Revision]:
    return Revision.objects.filter(pk__in=[pk for _key, pk, _hash in made.manifest if pk])


def _anchors(key: str) -> Iterable[dict[str, Any]]:
    """The anchors that know of this document."""
    for made in Anchor.objects.order_by("number").iterator(chunk_size=100):
        if any(head[0] == key for head in made.heads):
            yield {
                "number": made.number,
                "heads": made.heads,
                "at": auditing.moment(made.at),
                "previous": made.previous_hash,
                "hash": made.hash,
            }
