"""Which pages there are. A new kind of page is a function that makes it, and a line in one of the tables.

A function makes its pages from releases alone and returns them as `Finished`: bytes with their path, content
type and language. Storing, compressing, serving, purging and exporting them is nobody's concern but that of
`storing`, the reader's view and `exporting`. Paths are those that `reader.middleware` answers: below a
language, or a name like /robots.txt at the root.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from publishing.languages import CODES
from publishing.models import Article, Author, Edition, Listing, Release, Topic
from publishing.models.listing import day_of

from . import addresses, archive, authors, contexts, search, shelves, topics
from .finished import Absent, Finished, html
from .shelves import Shelf


def article_pages(article: Article) -> Iterator[Finished]:
    """An article in every language: the live release, or that it was withdrawn."""
    editions = Edition.objects.filter(document=article.document_id, slug__isnull=False)
    for edition in editions.select_related("document"):
        made = edition.releases.at_the_address().order_by("state", "-number").first()
        if made is None:
            continue
        made.edition = edition
        path = addresses.article(edition.language, edition.slug or "")
        if made.state == Release.State.LIVE:
            yield html(path, edition.language, "reader/article.html", contexts.article_page(article, made))
        else:
            yield _gone(path, edition.language, made)


def _gone(path: str, language: str, made: Release) -> Finished:
    context = addresses.frame(language) | {"title": made.title, "note": made.withdrawal}
    return html(path, language, "reader/gone.html", context, status=410)


def front_pages() -> Iterator[Finished]:
    """The front page of every language: what is newest there."""
    for language in CODES:
        newest = Listing.objects.filter(language=language).newest_first().select_related("article")
        articles = [row.article for row in newest[: shelves.NEWEST]]
        yield html(
            addresses.home(language),
            language,
            "reader/article_list.html",
            contexts.list_page(language, contexts.listed(articles)),
        )


OF_AN_ARTICLE: tuple[Callable[[Article], Iterable[Finished | Absent]], ...] = (article_pages,)
"""Written again when a release concerns the article."""

OF_THE_SITE: tuple[Callable[[], Iterable[Finished | Absent]], ...] = (
    front_pages,
    archive.first_pages,
    search.pages,
)
"""Written again after every release."""


class Place(NamedTuple):
    """A part of a shelf that is written in one go: whose shelf, by its id, and which year; 0 is its first page."""

    kind: str
    owner: int
    year: int


SHELVES: Mapping[str, Callable[[int], Shelf | None]] = {
    "archive": lambda _owner: archive.shelf(),
    "author": lambda owner: authors.shelf(author) if (author := _named(Author, owner)) else None,
    "topic": lambda owner: topics.shelf(topic) if (topic := _named(Topic, owner)) else None,
}


def _named(model: type[Any], pk: int) -> Any:
    return model.objects.filter(pk=pk).first()


def shelf_pages(place: Place) -> Iterator[Finished | Absent]:
    """The pages of one place on a shelf, in every language."""
    shelf = SHELVES[place.kind](place.owner)
    if shelf:
        yield from shelves.year_pages(shelf, place.year) if place.year else shelves.first_page(shelf)


def places(document: int | None) -> list[Place]:
    """The places on shelves that a release of the document concerns, or for None all there are, in one order.

    An article: its year, and its authors' and topics' first pages and that year of theirs. A biography or a
    topic's name: its own shelf throughout, for the name heads it, and the first pages that name the author.
    """
    every = Article.objects.all()
    if document is None:
        return sorted(_on("archive", every) | _on("author", every) | _on("topic", every))
    own, written = every.filter(document=document), every.filter(authors__document=document)
    found = _on("archive", own) | _on("author", own) | _on("topic", own)
    found |= _on("author", written) | _on("topic", every.filter(topics__document=document))
    named = every.filter(pk__in=written.values("pk"))
    found |= {place for kind in ("author", "topic") for place in _on(kind, named) if not place.year}
    return sorted(found)


def places_of(kind: str, owner: int) -> list[Place]:
    """All places on one shelf, the first page among them."""
    concerned = Article.objects.filter(**{f"{kind}s": owner})
    return sorted(_on(kind, concerned) | {Place(kind, owner, 0)})


def _on(kind: str, articles: QuerySet[Article]) -> set[Place]:
    """Where these articles stand on shelves of a kind: years, and first pages, which the archive's is not among."""
    columns = ("published_on", "created_at")
    if kind == "archive":
        return {Place(kind, 0, day_of(*row).year) for row in articles.values_list(*columns)}
    rows = articles.filter(**{f"{kind}s__isnull": False}).values_list(f"{kind}s", *columns)
    found = {(owner, day_of(*row).year) for owner, *row in rows}
    return {Place(kind, owner, year) for owner, of in found for year in (of, 0)}
