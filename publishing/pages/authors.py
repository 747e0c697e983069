"""An author's pages: the biography, and what they wrote, in each language in which any of it is released.

The biography stands in the page's language where it is released in it, else in its own, marked as such.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.models import Author, Listing, Release

from . import addresses as paths
from . import contexts
from .shelves import Address, Shelf, latest


def shelf(author: Author) -> Shelf:
    live = contexts.live_releases([author.document_id]).get(author.document_id, {})
    made = {code: contexts.shown(live, code) for code in CODES} if live else {}
    return Shelf(
        Listing.objects.filter(article__authors=author),
        {code: paths.author(code, author.slug) for code in CODES},
        {code: {"name": each.title, "language": each.edition.language} for code, each in made.items()},
        "reader/author.html",
        _("Author"),
        {code: {"biography": contexts.biography(each, code)} for code, each in made.items()},
    )


def addresses() -> Iterator[Address]:
    """The authors' pages, for a sitemap; two queries."""
    names = Release.objects.live().filter(edition__document__kind="biography")
    named = set(names.values_list("edition__document__author__slug", flat=True))
    rows = Listing.objects.filter(article__authors__isnull=False)
    for slug, found in latest(rows, "article__authors__slug"):
        if slug in named:
            yield from Address.of_all({code: paths.author(code, slug) for code in found}, found)
