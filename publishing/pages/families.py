"""Which pages there are. A new kind of page is a function that makes it, and a line in one of the two tuples.

A function makes its pages from releases alone and returns them as `Finished`: bytes with their path, content
type and language. Storing, compressing, serving, purging and exporting them is nobody's concern but that of
`storing`, the reader's view and `exporting`. Paths are those that `reader.middleware` answers: below a
language, or a name like /robots.txt at the root.
"""

from collections.abc import Callable, Iterable, Iterator

from publishing.languages import CODES
from publishing.models import Article, Edition, Release

from . import addresses, contexts
from .finished import Finished, html


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
    """The front page of every language."""
    articles = contexts.listed()
    for language in CODES:
        page = contexts.list_page(language, articles)
        yield html(addresses.home(language), language, "reader/article_list.html", page)


OF_AN_ARTICLE: tuple[Callable[[Article], Iterable[Finished]], ...] = (article_pages,)
"""Written again when a release concerns the article."""

OF_THE_SITE: tuple[Callable[[], Iterable[Finished]], ...] = (front_pages,)
"""Written again after every release."""
