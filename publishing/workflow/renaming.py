"""Renaming: a released edition gets another slug, and its old address leads to the new one for ever."""

import re

from django.db import IntegrityError, transaction

from publishing.languages import slugs
from publishing.models import Document, Edition, FormerSlug, Person

from . import access, auditing, editions, releasing, revising, rewriting
from .errors import NeverReleased, OfAnAuthor, SameSlug, SlugTaken, UnusableSlug

_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def give_slug(document: Document, language: str, slug: str, *, actor: Person, note: str = "") -> Edition:
    """Gives the edition this slug. Every slug that it had leads to it, and no other edition gets one of them.

    It may get back one that it had. Raises NotAllowed, UnusableSlug, Unknown, OfAnAuthor, NeverReleased,
    SameSlug, SlugTaken.
    """
    access.require(actor, access.RELEASE)
    note, slug = revising.clean(note), slug.strip()
    if len(slug) > slugs.LONGEST or not _SLUG.fullmatch(slug):
        raise UnusableSlug(slug=slug[: slugs.LONGEST], limit=slugs.LONGEST)
    try:
        with transaction.atomic():
            (edition,), _now = releasing.locked([(document, language)])
            before = _require_another(edition, slug)
            FormerSlug.objects.get_or_create(edition=edition, language=language, slug=before)
            edition.slug = slug
            edition.save(update_fields=["slug"])
            said = {"language": language, "slug": slug, "before": before} | ({"note": note} if note else {})
            auditing.record(edition.document, "give_slug", person=actor, data=said)
            rewriting.plan(edition.document)
    except IntegrityError:  # another edition took it at this very moment
        raise SlugTaken(slug=slug) from None
    return edition


def _require_another(edition: Edition, slug: str) -> str:
    """The slug that the edition has, where it may get this one."""
    if edition.document.kind != Document.Kind.ARTICLE:
        raise OfAnAuthor
    if not edition.slug or not edition.releases.frozen().exists():
        raise NeverReleased
    if edition.slug == slug:
        raise SameSlug
    if editions.free_slug(slug, edition.document) != slug:
        raise SlugTaken(slug=slug)
    return edition.slug
