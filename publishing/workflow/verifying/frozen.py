"""The releases: manifest and body are those that were decided on, and each sentence is still what was frozen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from publishing.models import AuditEntry, Document, Release, Revision

from .. import auditing, freezing
from .flaws import BATCH, RESTORE, Flaw, in_batches, name

AT_ONCE = 20  # releases in memory: each has a body and a manifest


class Decision(NamedTuple):
    """The hashes in a decision to release; one that is older than fronts has none of a front."""

    manifest: str
    body: str
    front: str | None


Decided = dict[tuple[int, str, int], Decision]


class Sentence(NamedTuple):
    """One line of a manifest, and the release that it is of."""

    release: Release
    key: str
    revision: int | None
    hash: str


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every release that took place."""
    made = Release.objects.frozen().select_related("edition__document").order_by("pk")
    if document:
        made = made.filter(edition__document=document)
    for batch in in_batches(made.iterator(chunk_size=AT_ONCE), AT_ONCE):
        tally["releases"] += len(batch)
        decided = _decided(batch)
        sound = []
        for release in batch:
            found = list(_hashes(release, decided))
            yield from found
            if not found:
                sound.append(release)
        for sentences in in_batches(sentence for release in sound for sentence in _sentences(release)):
            yield from _texts(sentences)
    yield from _gone(document)


def _gone(document: Document | None) -> Iterator[Flaw]:
    """Releases that a decision tells of, and that are no longer there."""
    entries = AuditEntry.objects.filter(verb="release").order_by("pk")
    if document:
        entries = entries.filter(document=document)
    rows = entries.values_list("document", "data__language", "data__release")
    for batch in in_batches(rows.iterator(chunk_size=BATCH)):
        there = set(
            Release.objects.frozen()
            .filter(edition__document__in={pk for pk, *_rest in batch})
            .values_list("edition__document", "edition__language", "number")
        )
        for pk, language, number in batch:
            if (pk, language, number) not in there:
                where = _("%(name)s (%(language)s), release %(number)s") % {
                    "name": name(pk),
                    "language": language,
                    "number": number,
                }
                yield Flaw("frozen", where, _("it is gone."), str(RESTORE))


def _decided(batch: Sequence[Release]) -> Decided:
    """The hashes that stand in the decisions to release."""
    entries = AuditEntry.objects.filter(
        document__in={release.edition.document_id for release in batch}, verb="release"
    )
    return {
        (pk, data.get("language"), data.get("release")): Decision(
            data.get("manifest"), data.get("body"), data.get("front")
        )
        for pk, data in entries.values_list("document_id", "data")
        if isinstance(data, dict)
    }


def _hashes(made: Release, decided: Decided) -> Iterator[Flaw]:
    if freezing.digest(made.manifest) != made.manifest_hash:
        yield _flaw(made, _("its manifest was changed."))
    if auditing.sha256(made.body) != made.body_hash:
        yield _flaw(made, _("its body was changed."))
    told = decided.get((made.edition.document_id, made.edition.language, made.number or 0))
    if told is None:
        yield _flaw(made, _("no decision on record says that it was released."))
    elif (told.manifest, told.body) != (made.manifest_hash, made.body_hash):
        yield _flaw(made, _("its hashes are not those of the decision on record."))
    elif told.front is None:
        yield from _older(made)
    elif freezing.front_hash(freezing.front(made)) != told.front:
        yield _flaw(made, _("what stands above and beside its body was changed."))
    if made.edition.is_source:
        hashes = [auditing.sha256(text) for text in made.source_texts]
        if hashes != [each for _key, _revision, each in made.manifest]:
            yield _flaw(made, _("its sentences were changed."))


def _older(made: Release) -> Iterator[Flaw]:
    """A release whose decision has no hash of its front: what heads it is made of its own sentences."""
    sentences = made.source_texts
    if not made.edition.is_source:
        wanted = [revision for _key, revision, _hash in made.manifest if revision]
        texts = dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "text"))
        sentences = [texts.get(each, "") for each in wanted]
    if not made.title or not all(freezing.stands_in(text, sentences) for text in (made.title, made.summary)):
        yield _flaw(made, _("its title and summary are not sentences of it."))


def _sentences(made: Release) -> Iterator[Sentence]:
    if not made.edition.is_source:
        for key, revision, hashed in made.manifest:
            yield Sentence(made, key, revision, hashed)


def _texts(sentences: Sequence[Sentence]) -> Iterator[Flaw]:
    wanted = {each.revision for each in sentences if each.revision}
    rows = Revision.objects.filter(pk__in=wanted).values_list(
        "pk", "text", "translation__segment__key", "translation__language"
    )
    known: dict[int, tuple[Any, ...]] = {row[0]: row[1:] for row in rows}
    for each in sentences:
        text, key, language = known.get(each.revision or 0, (None, None, None))
        if each.revision is None:
            text, key, language = "", each.key, each.release.edition.language
        if text is None or (key, language) != (each.key, each.release.edition.language):
            what = _("the text of segment %(key)s is gone.") % {"key": each.key}
            yield _flaw(each.release, what)
        elif auditing.sha256(text) != each.hash:
            yield _flaw(each.release, _("the text of segment %(key)s was changed.") % {"key": each.key})


def _flaw(made: Release, what: str) -> Flaw:
    where = _("%(name)s (%(language)s), release %(number)d") % {
        "name": name(made.edition.document_id),
        "language": made.edition.language,
        "number": made.number,
    }
    return Flaw("frozen", where, what, str(RESTORE))
