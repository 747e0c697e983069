"""Catalogs back in: what a returned file proposes, never an approval and never over a newer human word.

A text that is new in the file and unchanged here since the export becomes the importer's submitted revision,
where the segment is not approved and an importer is named. Everything else that differs waits as a proposal
beside the segment.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from publishing.catalogs import Catalog, CatalogError, digest, merge, po
from publishing.catalogs.merge import Side, Verdict
from publishing.models import Document, Person, Proposal, Revision, Translation
from publishing.models.translation import State

from . import access, auditing, exchanging, findings, indexing, jobs, revising, transitions
from .errors import BadInput

REASON_OF = {
    Verdict.CHANGED: Proposal.Reason.CHANGED,
    Verdict.CONFLICT: Proposal.Reason.CONFLICT,
    Verdict.STALE_SOURCE: Proposal.Reason.STALE_SOURCE,
    Verdict.EDITED_SOURCE: Proposal.Reason.STALE_SOURCE,
}


@dataclass(slots=True)
class Returned:
    """What a returned catalog came to: the verdict on every unit, and what was written."""

    document: Document
    language: str
    verdicts: list[merge.Proposal] = field(default_factory=list)
    submitted: int = 0
    proposed: int = 0

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(verdict.verdict for verdict in self.verdicts)
        return {str(verdict): counted.get(verdict, 0) for verdict in Verdict}


def import_catalog(
    data: bytes, *, actor: Person | None = None, document: Document | None = None, dry_run: bool = False
) -> Returned:
    """Takes a catalog's file back. `document` is the one that it must belong to, where the caller knows.

    Raises BadInput for what cannot be read or belongs to another document, NotAllowed, WrongLanguage.
    """
    catalog = _read(data)
    found = _document(catalog, document)
    if actor is not None:
        access.require_review(actor, catalog.language)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=found.pk)
        rows = {row.segment.key: row for row in _rows(found, catalog.language)}
        ours = {key: _side(row.source, row.text) for key, row in rows.items()}
        verdicts = merge.merge(_base(catalog, rows), catalog.units, ours)
        done = Returned(found, catalog.language, verdicts)
        if not dry_run:
            _write(done, rows, catalog, actor)
    return done


def _read(data: bytes) -> Catalog:
    try:
        return po.read(data)
    except CatalogError as error:
        raise BadInput(_("The catalog cannot be read: %(error)s"), error=error) from error


def _document(catalog: Catalog, expected: Document | None) -> Document:
    found = Document.objects.filter(key=catalog.document).first() if catalog.document else None
    if found is None:
        raise BadInput(
            _("The catalog names no document of this site (X-Dragoman-Document): was it exported here?")
        )
    if expected is not None and expected.pk != found.pk:
        raise BadInput(_("This is the catalog of another document: nothing was imported."))
    if catalog.language not in exchanging.target_languages(found):
        raise BadInput(
            _("The catalog's language is “%(language)s”, into which the document is not being translated."),
            language=catalog.language,
        )
    return found


def _rows(document: Document, language: str) -> list[Translation]:
    """What has a text of its own to compare; a file that still has one for the others names nothing of today's."""
    rows = Translation.objects.of_document(document.pk, language).filter(joined_to=None, omitted=False)
    return list(
        rows.select_related("segment__block", "segment__document", "current").select_for_update(of=("self",))
    )


def _side(source: str, target: str) -> Side:
    return Side(digest(source), target)


def _base(catalog: Catalog, rows: Mapping[str, Translation]) -> dict[str, Side]:
    """The export's snapshot, from what the file says of each unit: its revision's number, its source's hash.

    Revisions are never changed, so a number is as good as a copy.
    """
    numbers = {
        unit.key: int(unit.comment("revision") or 0)
        for unit in catalog.units
        if _is_numbered(unit.comment("revision"))
    }
    texts = {
        (key, number): text
        for key, number, text in Revision.objects.filter(
            translation__in=[row.pk for row in rows.values()]
        ).values_list("translation__segment__key", "number", "text")
    }
    base = {}
    for unit in catalog.units:
        number = numbers.get(unit.key)
        if unit.comment("hash") and number is not None and (number == 0 or (unit.key, number) in texts):
            base[unit.key] = Side(unit.comment("hash"), texts.get((unit.key, number), ""))
    listed = {unit.key for unit in catalog.units}
    return base | {key: _side(row.source, row.text) for key, row in rows.items() if key not in listed}


def _is_numbered(text: str) -> bool:
    return text == "" or (text.isascii() and text.isdigit() and len(text) < 9)


def _write(done: Returned, rows: Mapping[str, Translation], catalog: Catalog, actor: Person | None) -> None:
    submitted: list[tuple[Translation, revising.Text]] = []
    proposals: list[Proposal] = []
    sources = {unit.key: unit.source for unit in catalog.units}
    for verdict in done.verdicts:
        if verdict.verdict not in REASON_OF or not verdict.target:
            continue
        row, text = rows[verdict.key], revising.clean(verdict.target)
        if verdict.verdict is Verdict.CHANGED and actor and row.state != State.APPROVED:
            submitted.append((row, revising.Text(text, Revision.Origin.IMPORT, author=actor)))
        else:
            proposals.append(_proposal(done, row, text, sources.get(verdict.key, ""), verdict.verdict, actor))
    if submitted:
        _submit(done.document, submitted)
    before = _waiting(done)
    Proposal.objects.bulk_create(proposals, ignore_conflicts=True)
    done.submitted, done.proposed = len(submitted), _waiting(done) - before
    data = {"language": done.language, "verdicts": done.counts, "submitted": done.submitted}
    auditing.record(done.document, "import_catalog", person=actor, data=data)


def _waiting(done: Returned) -> int:
    """How many proposals there are: one that was made before is not made again."""
    return Proposal.objects.filter(document=done.document, language=done.language).count()


def _submit(document: Document, submitted: list[tuple[Translation, revising.Text]]) -> None:
    revising.write_many(submitted, state=transitions.TABLE["submit"].target)
    language = submitted[0][0].language
    blocks = {row.segment.block_id for row, _ in submitted}
    rows = Translation.objects.of_document(document.pk, language).filter(segment__block__in=blocks)
    findings.record(rows.select_related("segment__block", "segment__document", "current"))
    jobs.plan_all(exchanging.job_of(document, language), indexing.job_of(document))


def _proposal(
    done: Returned, row: Translation, text: str, source: str, verdict: Verdict, actor: Person | None
) -> Proposal:
    reason = REASON_OF[verdict]
    if verdict is Verdict.CHANGED and row.state == State.APPROVED:
        reason = Proposal.Reason.APPROVED
    return Proposal(
        document=done.document,
        segment=row.segment,
        language=done.language,
        text=text,
        source=source,
        reason=reason,
        digest=auditing.sha256(f"{row.segment.key}\n{source}\n{text}"),
        proposed_by=actor,
    )
