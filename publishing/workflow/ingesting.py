"""An article's file into documents, blocks and segments; a corrected file into the difference alone."""

import dataclasses
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import languages, markup, quality
from publishing.languages import sentences, slugs
from publishing.markup import reading
from publishing.models import (
    Article,
    AuditEntry,
    Author,
    Authorship,
    Block,
    Document,
    Edition,
    Job,
    Original,
    Person,
    Proposal,
    Segment,
    Translation,
)

from . import access, auditing, editions, exchanging, findings, indexing, joining, segmenting
from .errors import BadInput
from .segmenting import Difference

BATCH = 2_000
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
LONGEST_ADDRESS = 500  # beyond that it is no address of an article, and no column holds it
MOST_AUTHORS = 20
_SOURCE_SLUG = Edition.objects.filter(
    document=OuterRef("document"), language=OuterRef("document__source_language")
).values("slug")
READERS: Mapping[str, Callable[[str], reading.Reading]] = {
    "text": reading.from_text,
    "html": reading.from_html,
}


@dataclass(slots=True)
class Ingested:
    """What an import did: `article` it made or found, and what the desk should look at."""

    article: Article
    slug: str
    created: bool = False
    documents: list[str] = field(default_factory=list)
    new: int = 0
    reworded: int = 0
    moved: int = 0
    retired: int = 0
    outdated: int = 0
    dropped: Sequence[reading.Dropped] = ()
    remarks: Sequence[reading.Remark] = ()
    findings: list[tuple[str, quality.Finding]] = field(default_factory=list)
    biographies_proposed: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return self.created or bool(self.new or self.reworded or self.moved or self.retired)


def import_article(
    data: bytes, *, form: str = "text", slug: str = "", language: str = "", actor: Person | None = None
) -> Ingested:
    """Stores an article's file, or what has changed in it since it was stored last.

    `form` is text or html. The article is found by `slug`, by its stored original address, or by the slug of
    its title. A biography that differs from the stored one becomes a proposal. `actor` is None for the desk's
    own shell. Raises BadInput or NotAllowed; then nothing was written.
    """
    if actor is not None:
        access.require(actor, access.INGEST)
    require_slug(slug)
    read = _read(data, form, language)
    try:
        done = _store(read, slug, data, form, actor)
    except IntegrityError:
        # Somebody imported the same article, or one by the same author, at this very moment: it is there now.
        done = _store(read, slug, data, form, actor)
    done.dropped, done.remarks = read.dropped, tuple(read.remarks)
    done.findings = list(source_findings(read))
    return done


def _store(read: reading.Reading, slug: str, data: bytes, form: str, actor: Person | None) -> Ingested:
    named, slug = bool(slug), slug or editions.unreserved(slugs.propose(read.title, read.language))
    with transaction.atomic():
        article = _find(slug, read.original_address, named=named)
        done = _update(article, read, actor) if article else _create(read, slug, actor)
        if done.changed:
            _keep_original(done.article, data, form, actor)
    return done


def require_slug(slug: str) -> None:
    """A slug is part of an address and of a file's name."""
    if slug and (len(slug) > LONGEST_SLUG or not SLUG.fullmatch(slug)):
        raise BadInput(
            _(
                "“%(slug)s” is no slug: give small letters from a to z, digits and hyphens, "
                "at most %(longest)d characters."
            ),
            slug=slug,
            longest=LONGEST_SLUG,
        )
    if slug in editions.RESERVED:
        raise BadInput(_("“%(slug)s” is a page of the site's own: give another slug."), slug=slug)


def _read(data: bytes, form: str, language: str) -> reading.Reading:
    """The file's blocks; the desk's word on the language counts more than our guess."""
    if language and language not in languages.CODES:
        raise BadInput(
            _("Unknown language “%(language)s”: give one of %(codes)s."),
            language=language,
            codes=", ".join(languages.CODES),
        )
    if form not in READERS:
        raise BadInput(
            _("Unknown format “%(form)s”: give one of %(known)s."),
            form=form,
            known=", ".join(READERS),
        )
    try:
        read = READERS[form](reading.decode(data))
    except reading.UnreadableSource as error:
        raise BadInput("%(error)s", error=error) from error
    if len(read.biographies) > MOST_AUTHORS:
        raise BadInput(
            _("The file seems to hold %(number)d biographies: at most %(most)d are taken."),
            number=len(read.biographies),
            most=MOST_AUTHORS,
        )
    if read.original_address and len(read.original_address) > LONGEST_ADDRESS:
        read = dataclasses.replace(read, original_address=None)
    return dataclasses.replace(read, language=language) if language else read


def source_findings(read: reading.Reading) -> list[tuple[str, quality.Finding]]:
    """What looks wrong in the source, with the text that it was found in; nothing is mended."""
    texts = [(block.text, read.language) for block in read.blocks]
    for biography in read.biographies:
        texts.extend((block.text, biography.language) for block in biography.blocks)
    return [(text, finding) for text, language in texts for finding in quality.check_source(text, language)]


def _find(slug: str, address: str | None, *, named: bool) -> Article | None:
    """The stored article with its `source_slug`, its document locked.

    A slug that the desk has `named` goes before the address, the address before a slug made of the title. Two
    articles may have one title (“Editorial”): where both have addresses and these differ, they are two.
    """
    of_that_slug = Article.objects.filter(document__editions__slug=slug)
    if address and not named:
        of_that_slug = of_that_slug.filter(original_address__in=("", address))
    by_slug = Q(pk__in=of_that_slug.values("pk"))
    by_address = Q(original_address=address) if address else by_slug
    joined = Translation.objects.filter(joined_to__isnull=False, segment__document=OuterRef("document"))
    found = Article.objects.filter(by_slug | by_address).annotate(
        source_slug=Subquery(_SOURCE_SLUG), has_joined=Exists(joined)
    )
    found = found.order_by(Case(When(by_slug if named else by_address, then=0), default=1), "pk")
    return found.select_related("document").select_for_update(of=("self", "document")).first()


def _create(read: reading.Reading, slug: str, actor: Person | None) -> Ingested:
    document = Document(
        kind=Document.Kind.ARTICLE, source_language=read.language, segmenter_version=sentences.VERSION
    )
    texts: list[tuple[Document, Sequence[markup.Block]]] = [(document, read.blocks)]
    authors, known = _authors(read)
    texts += [(author.document, biography.blocks) for author, biography in authors if author.pk is None]
    entries = store_documents(texts, actor)
    article = Article.objects.create(
        document=document, original_address=read.original_address or "", published_on=read.published_on
    )
    for author, _biography in authors:
        if author.pk is None:
            author.document_id = author.document.pk
            author.save(force_insert=True)
    Authorship.objects.bulk_create(
        Authorship(article=article, author=author, position=place)
        for place, (author, _) in enumerate(authors)
    )
    taken = editions.free_slug(slug, document)
    if taken != slug and not read.original_address:
        # Nobody had this slug a moment ago, so somebody is importing this very article.
        raise IntegrityError(slug)
    Edition.objects.bulk_create(
        [Edition(document=document, language=read.language, slug=taken)]
        + [
            Edition(
                document=author.document,
                language=author.document.source_language,
                slug=f"author/{author.slug}",
            )
            for author, _ in authors
            if author.document.kind == Document.Kind.BIOGRAPHY and author.slug not in known
        ]
    )
    done = Ingested(article, taken, created=True, new=entries)
    done.documents = [taken, *(f"author/{author.slug}" for author, _ in authors)]
    done.biographies_proposed = _propose_biographies(
        [pair for pair in authors if pair[0].slug in known], actor
    )
    return done


def _authors(read: reading.Reading) -> tuple[list[tuple[Author, reading.Biography]], set[str]]:
    """The byline's authors: those whom we know by their slug, and unsaved ones with unsaved documents."""
    by_slug = {slugs.propose(biography.name, biography.language): biography for biography in read.biographies}
    if not by_slug:
        return [], set()
    stored = {
        author.slug: author for author in Author.objects.filter(slug__in=by_slug).select_related("document")
    }
    authors = []
    for slug, biography in by_slug.items():
        document = Document(
            kind=Document.Kind.BIOGRAPHY,
            source_language=biography.language,
            segmenter_version=sentences.VERSION,
        )
        authors.append((stored.get(slug) or Author(slug=slug, document=document), biography))
    return authors, set(stored)


def store_documents(texts: Sequence[tuple[Document, Sequence[markup.Block]]], actor: Person | None) -> int:
    """Inserts documents with their blocks, segments and first audit entries; returns the number of segments."""
    Document.objects.bulk_create(document for document, _ in texts)
    blocks = [segmenting.block_rows(document, source) for document, source in texts]
    Block.objects.bulk_create(chain.from_iterable(blocks), batch_size=BATCH)
    counts = [
        Segment.objects.insert(segmenting.rows_to_insert(document, made, source))
        for (document, source), made in zip(texts, blocks, strict=True)
    ]
    AuditEntry.objects.bulk_create(
        auditing.entry(document, "ingest", person=actor, data={"segments": count})
        for (document, _), count in zip(texts, counts, strict=True)
    )
    return sum(counts)


def _update(article: Article, read: reading.Reading, actor: Person | None) -> Ingested:
    """Compares the file with what is stored, and writes the difference alone."""
    document = article.document
    if document.source_language != read.language:
        raise BadInput(
            _(
                "The stored article is in “%(stored)s”, this file is in “%(new)s”: an article has one source language."
            ),
            stored=document.source_language,
            new=read.language,
        )
    stored = list(
        Segment.objects.in_use()
        .filter(Q(document=document) | Q(document__author__articles=article))
        .select_related("block", "document__author")
        .distinct()
    )
    own = [segment for segment in stored if segment.document_id == document.pk]
    for segment in own:
        segment.document = segment.block.document = document
    done = Ingested(article, article.source_slug)
    found = segmenting.difference(document, own, read.blocks)
    if not found.is_empty:
        _write(document, found, done, actor)
        if article.has_joined:
            joining.resettle(document)
    done.biographies_proposed = _compare_biographies(stored, read, document, actor)
    return done


def _write(document: Document, found: Difference, done: Ingested, actor: Person | None) -> None:
    """Writes a difference: new, changed and retired rows, outdated translations, evidence, the work that follows."""
    now = timezone.now()
    auditing.record(document, "change_source", person=actor, data=_evidence(found))
    if found.new_blocks:
        Block.objects.bulk_create(found.new_blocks, batch_size=BATCH)
    if found.moved_blocks:
        Block.objects.bulk_update(
            found.moved_blocks, ["position", "kind", "attributes", "markup"], batch_size=BATCH
        )
    changed = found.reworded + found.moved
    if changed:
        Segment.objects.bulk_update(
            changed,
            ["text", "memory_key", "shape", "position", "before", "after", "block"],
            batch_size=BATCH,
        )
    if found.reworded:
        done.outdated = Translation.objects.outdate([segment.pk for segment in found.reworded])
    if found.new:
        Segment.objects.bulk_create(found.new, batch_size=BATCH)
        editions.open_segments(document, found.new)
    if found.retired:
        Segment.objects.filter(pk__in=[segment.pk for segment in found.retired]).update(retired_at=now)
    if found.retired_blocks:
        Block.objects.filter(pk__in=[block.pk for block in found.retired_blocks]).update(retired_at=now)
    Job.objects.plan(exchanging.job_of_all(document), findings.job(document), indexing.job_of(document))
    done.new, done.reworded, done.moved, done.retired = (
        len(found.new), len(found.reworded), len(found.moved), len(found.retired),
    )  # fmt: skip


def _evidence(found: Difference) -> dict[str, object]:
    return {
        "new": len(found.new),
        "reworded": {segment.key: auditing.sha256(segment.text) for segment in found.reworded},
        "moved": len(found.moved),
        "retired": [segment.key for segment in found.retired],
    }


def _compare_biographies(
    stored: Sequence[Segment], read: reading.Reading, document: Document, actor: Person | None
) -> list[str]:
    """Biographies that differ from the stored ones become proposals; nothing is asked where none differs."""
    texts: dict[str, tuple[Document, list[Segment]]] = {}
    for segment in stored:
        if segment.document_id != document.pk:
            slug = segment.document.author.slug
            texts.setdefault(slug, (segment.document, []))[1].append(segment)
    differing = []
    for biography in read.biographies:
        known = texts.get(slugs.propose(biography.name, biography.language))
        if known and _joined(known[1]) != [block.text for block in biography.blocks]:
            differing.append((known[0], biography))
    return _store_proposals(differing, actor)


def _propose_biographies(
    authors: Sequence[tuple[Author, reading.Biography]], actor: Person | None
) -> list[str]:
    """The same for the known authors of a new article."""
    differing = []
    for author, biography in authors:
        stored = list(Segment.objects.in_use().filter(document=author.document).select_related("block"))
        if _joined(stored) != [block.text for block in biography.blocks]:
            differing.append((author.document, biography))
    return _store_proposals(differing, actor)


def _joined(stored: Sequence[Segment]) -> list[str]:
    """The stored texts of a document's blocks, in order."""
    texts: dict[int, str] = {}
    for segment in stored:
        texts[segment.block_id] = (
            texts.get(segment.block_id, "") + segment.before + segment.text + segment.after
        )
    return list(texts.values())


def _store_proposals(
    differing: Sequence[tuple[Document, reading.Biography]], actor: Person | None
) -> list[str]:
    proposals = []
    for document, biography in differing:
        text = "\n\n".join(block.text for block in biography.blocks)
        proposals.append(
            Proposal(
                document=document,
                language=document.source_language,
                text=text,
                reason=Proposal.Reason.BIOGRAPHY,
                digest=auditing.sha256(text),
                proposed_by=actor,
            )
        )
    if proposals:
        Proposal.objects.bulk_create(proposals, ignore_conflicts=True)
    return [biography.name for _, biography in differing]


def _keep_original(article: Article, data: bytes, form: str, actor: Person | None) -> None:
    Original.objects.create(
        article=article,
        format=form,
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        imported_by=actor,
    )
