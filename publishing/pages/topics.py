"""A topic's pages: in each language in which its name is released, and an article that has it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.models import Listing, Release, Topic

from . import addresses as paths
from . import contexts
from .shelves import Address, Shelf, latest


def shelf(topic: Topic) -> Shelf:
    named = contexts.live_releases([topic.document_id]).get(topic.document_id, {})
    return Shelf(
        Listing.objects.filter(article__topics=topic),
        {code: paths.topic(code, topic.slug) for code in CODES},
        {code: {"name": made.title, "language": code} for code, made in named.items()},
        "reader/topic.html",
        _("Topic"),
    )


def addresses() -> Iterator[Address]:
    """The topics' pages, for a sitemap; two queries."""
    names = Release.objects.live().filter(edition__document__kind="topic")
    named = set(names.values_list("edition__document__topic__slug", "edition__language"))
    for slug, found in latest(Listing.objects.filter(article__topics__isnull=False), "article__topics__slug"):
        there = {code: at for code, at in found.items() if (slug, code) in named}
        yield from Address.of_all({code: paths.topic(code, slug) for code in there}, there)
