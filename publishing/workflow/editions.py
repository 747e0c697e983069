"""Editions: opening a language for a document, naming it, finding documents by their slugs."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from publishing.models import Document, Edition, Segment, Translation

from .errors import Unknown

RESERVED = frozenset({"archive", "authors", "search", "topics"})
"""What the site's own pages are called below a language: no article's slug."""


def document_named(slug: str) -> Document:
    """The document that has this slug in any language (`author/<slug>` for a biography); raises Unknown."""
    found = Document.objects.filter(editions__slug=slug).distinct().first()
    if found is None:
        raise Unknown(what=_("article"), name=slug)
    return found


def slug_of(document: Document) -> str:
    """The slug of the document's source edition: its name on the command line."""
    return Edition.objects.values_list("slug", flat=True).get(
        document=document, language=document.source_language
    )


def open_language(document: Document, language: str) -> Edition:
    """The edition in a language, with a translation for every segment that has none yet."""
    edition, _ = Edition.objects.get_or_create(document=document, language=language)
    bare = Segment.objects.in_use().filter(document=document).exclude(translations__language=language)
    Translation.objects.bulk_create(
        (Translation(segment=segment, language=language) for segment in bare),
        ignore_conflicts=True,
        batch_size=2_000,
    )
    return edition


def open_segments(document: Document, segments: Iterable[Segment]) -> None:
    """Missing translations of new segments, in every language that the document is being translated into."""
    languages = Edition.objects.filter(document=document).exclude(language=document.source_language)
    codes = list(languages.values_list("language", flat=True))
    Translation.objects.bulk_create(
        [Translation(segment=segment, language=code) for segment in segments for code in codes],
        batch_size=2_000,
    )


def unreserved(slug: str) -> str:
    """The slug, or another one where the site has a page of its own there."""
    return f"{slug}-2" if slug in RESERVED else slug


def free_slug(proposed: str, document: Document) -> str:
    """The proposed slug, or the same with the first number that no other document has."""
    taken = RESERVED | set(
        Edition.objects.filter(slug__startswith=proposed)
        .exclude(document=document.pk)
        .values_list("slug", flat=True)
    )
    slug, number = proposed, 1
    while slug in taken:
        number += 1
        slug = f"{proposed}-{number}"
    return slug
