"""The chains: numbers without gaps, each entry bound to the one before it, and saying what its hash says."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import F
from django.utils.translation import gettext as _

from publishing.models import AuditEntry, Document, Revision, Run

from .. import auditing
from .flaws import BATCH, RESTORE, Flaw, in_batches, name


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every chain, and every text that an entry tells of."""
    entries = AuditEntry.objects.order_by("document_id", "number")
    bare = Document.objects.filter(audit_entries=None).order_by("pk")
    if document:
        entries, bare = entries.filter(document=document), bare.filter(pk=document.pk)
    tally["documents"] += Document.objects.count() if document is None else 1
    last: AuditEntry | None = None
    for batch in in_batches(entries.annotate(key=F("document__key")).iterator(chunk_size=BATCH)):
        tally["entries"] += len(batch)
        for before, made in zip([last, *batch], batch, strict=False):
            yield from _bound(before, made)
        yield from _texts(batch)
        yield from _runs(batch)
        last = batch[-1]
    for pk in bare.values_list("pk", flat=True).iterator():
        yield Flaw("chains", name(pk), _("no decision is on record, not even that it came in."), str(RESTORE))


def _bound(before: AuditEntry | None, made: AuditEntry) -> Iterator[Flaw]:
    if before is not None and before.document_id != made.document_id:
        before = None
    number, previous = (before.number, before.hash) if before else (0, "")
    if made.number != number + 1:
        what = _("it follows entry %(number)d: what was between them is gone.") % {"number": number}
        yield _flaw(made, what)
    elif made.previous_hash != previous:
        yield _flaw(made, _("it is not bound to the entry before it: one of the two was changed."))
    if auditing.digest(made, made.key) != made.hash:  # type: ignore[attr-defined] -- annotated
        yield _flaw(made, _("it says something else than its hash: it was changed."))


def _texts(batch: Sequence[AuditEntry]) -> Iterator[Flaw]:
    """The texts that were decided on are those that stand in the revisions."""
    told = [
        (entry, (entry.translation_id, entry.data["revision"]), entry.data["text"])
        for entry in batch
        if entry.translation_id
        and isinstance(entry.data, dict)
        and isinstance(entry.data.get("revision"), int)
        and isinstance(entry.data.get("text"), str)
    ]
    if not told:
        return
    rows = Revision.objects.filter(
        translation__in={pk for _entry, (pk, _number), _text in told},
        number__in={number for _entry, (_pk, number), _text in told},
    )
    texts = {(pk, number): text for pk, number, text in rows.values_list("translation", "number", "text")}
    for entry, place, text in told:
        if place not in texts:
            yield _flaw(
                entry, _("the text that was decided on (revision %(number)d) is gone.") % {"number": place[1]}
            )
        elif auditing.sha256(texts[place]) != text:
            yield _flaw(
                entry,
                _("the text that was decided on (revision %(number)d) was changed.") % {"number": place[1]},
            )


def _runs(batch: Sequence[AuditEntry]) -> Iterator[Flaw]:
    """The drafts of a run are those that its entry has the digest of."""
    for entry in batch:
        if entry.verb == "pretranslate" and isinstance(entry.data, dict):
            made = Run.objects.filter(pk=entry.data.get("run")).values_list(
                "revisions__translation__segment__key", "revisions__text"
            )
            drafts = made.order_by("revisions__pk").iterator(chunk_size=BATCH)
            said = "\n".join(f"{key} {auditing.sha256(text)}" for key, text in drafts if key)
            if auditing.sha256(said) != entry.data.get("revisions"):
                yield _flaw(
                    entry, _("the drafts of run %(run)s were changed.") % {"run": entry.data.get("run")}
                )


def _flaw(entry: AuditEntry, what: str) -> Flaw:
    where = _("%(name)s, entry %(number)d") % {"name": name(entry.document_id), "number": entry.number}
    return Flaw("chains", where, what, str(RESTORE))
