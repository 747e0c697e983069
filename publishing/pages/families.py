"""Which pages there are. A new kind of page is a function that makes it, and a line in one of the tuples.

A function makes its pages from releases alone and returns them as `Finished`: bytes with their path, content
type and language; or as `Absent`, where something may stand that is not made any more. Storing, compressing,
serving, purging and exporting them is nobody's concern but that of `storing`, the reader's view and
`exporting`. Paths are those that `reader.middleware` answers: below a language, or a name like /robots.txt at
the root.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from publishing.languages import CODES
from publishing.models import Article, Edition, Release

from . import addresses, companions, contexts, feeds, sitemaps
from .finished import Absent, Finished, html, redirect


def article_pages(article: Article) -> Iterator[Finished | Absent]:
    """An article in every language: the live release and the files beside it, or that it was withdrawn."""
    editions = Edition.objects.filter(document=article.document_id, slug__isnull=False)
    for edition in editions.select_related("document").prefetch_related("former_slugs"):
        made = edition.releases.at_the_address().order_by("state", "-number").first()
        if made is None:
            continue
        made.edition = edition
        path = addresses.article(edition.language, edition.slug or "")
        if made.state == Release.State.LIVE:
            facts = contexts.facts_of(article, made)
            yield html(path, edition.language, "reader/article.html", contexts.article_page(facts))
            yield from companions.beside(facts)
        else:
            yield _gone(path, edition.language, made)
            yield from (Absent(addresses.beside(path, name)) for name in addresses.BESIDE)
        yield from _former(edition, path, is_live=made.state == Release.State.LIVE)


def _gone(path: str, language: str, made: Release) -> Finished:
    context = addresses.frame(language) | {"title": made.title, "note": made.withdrawal}
    return html(path, language, "reader/gone.html", context, status=410)


def _former(edition: Edition, path: str, *, is_live: bool) -> Iterator[Finished | Absent]:
    """Every address that the edition had leads to the one that it has, in one step; so do the files beside it."""
    for former in edition.former_slugs.all():
        if former.slug == edition.slug:
            continue
        old = addresses.article(edition.language, former.slug)
        yield redirect(old, edition.language, path)
        for name in addresses.BESIDE:
            beside = addresses.beside(old, name)
            yield (
                redirect(beside, edition.language, addresses.beside(path, name))
                if is_live
                else Absent(beside)
            )


def front_pages() -> Iterator[Finished]:
    """The front page of every language."""
    articles = contexts.listed()
    for language in CODES:
        page = contexts.list_page(language, articles)
        yield html(addresses.home(language), language, "reader/article_list.html", page)


Made = Iterable[Finished | Absent]

OF_AN_ARTICLE: tuple[Callable[[Article], Made], ...] = (article_pages,)
"""Written again when a release concerns the article."""

OF_SEVERAL: tuple[Callable[[Sequence[Article]], Made], ...] = (sitemaps.of_articles,)
"""What many articles share in bounded pieces: written again after a batch of articles, for those of the batch."""

OF_THE_SITE: tuple[Callable[[], Made], ...] = (front_pages, feeds.feeds, sitemaps.of_the_site)
"""Written again after every release. What stands here may not grow with the site."""
