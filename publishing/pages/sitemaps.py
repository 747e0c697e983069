"""What search engines crawl: robots.txt, an index, and sitemaps in which every address names its languages.

Articles lie in sitemaps by their number, so many to each: a release writes the one that holds its article, and
the others stay as they are. Sources: sitemaps.org (protocol 0.9: at most 50,000 addresses and 50 MiB a file),
Google Search Central, "Tell Google about localized versions of your page" (xhtml:link); RFC 9309 (robots.txt).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from itertools import groupby
from operator import itemgetter

from django.db.models import F
from lxml import etree

from publishing.languages import CODES
from publishing.models import Article, Page, Release

from . import addresses, archive, authors, topics
from .finished import Absent, Finished
from .shelves import Address
from .xml import add, document

TYPE = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
INDEX, ROBOTS = "/sitemap.xml", "/robots.txt"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
ARTICLES = 100
"""How many articles' numbers share a sitemap: 300 addresses at most in three languages, some 200 KB. To compress
more would keep a release's transaction waiting; the index has room for five million articles."""
ADDRESSES = 500
"""How many pages of other kinds share a sitemap, each in all its languages: 1,500 addresses, some 1 MB."""


def fronts() -> Iterator[Address]:
    """The front pages; the door chooses between them."""
    yield Address({code: addresses.home(code) for code in CODES}, "/")


def searches() -> Iterator[Address]:
    """The search pages, before anything is asked."""
    there = {code: addresses.search(code) for code in CODES}
    yield Address(there, there[CODES[0]])


OTHERS: tuple[Callable[[], Iterable[Address]], ...] = (
    fronts,
    searches,
    archive.addresses,
    authors.addresses,
    topics.addresses,
)
"""Pages other than articles. A new kind of page puts a function here that tells of all its pages, in one order."""


def of_articles(articles: Sequence[Article], *, most: int | None = None) -> Iterator[Finished | Absent]:
    """The sitemaps that hold these articles; in one query each."""
    size = most or ARTICLES
    for number in sorted({article.pk // size for article in articles}):
        found = list(_articles(number, size))
        path = _path("articles", number)
        yield _sitemap(path, found) if found else Absent(path)


def _articles(number: int, size: int) -> Iterator[Address]:
    live = Release.objects.live().filter(
        edition__document__article__gte=number * size, edition__document__article__lt=(number + 1) * size
    )
    rows = live.order_by("edition__document__article").values_list(
        "edition__document__article",
        "edition__document__source_language",
        "edition__language",
        "edition__slug",
        "changed_at",
    )
    for _article, group in groupby(rows, key=itemgetter(0)):
        releases = sorted(group, key=lambda row: CODES.index(row[2]))
        paths = {code: addresses.article(code, slug) for *_, code, slug, _at in releases}
        changed = {code: at for *_, code, _slug, at in releases}
        yield Address(paths, paths.get(releases[0][1]) or next(iter(paths.values())), changed)


def of_the_site(*, most: int | None = None, articles: int | None = None) -> Iterator[Finished | Absent]:
    """robots.txt, the sitemaps of pages that are no articles, and the index of all sitemaps."""
    yield Finished(ROBOTS, robots(), content_type=TEXT)
    size, pages = most or ADDRESSES, [each for tell in OTHERS for each in tell()]
    # When these lists changed last is left out: every release would write the sitemap that holds the archive again.
    pages = [Address(each.paths, each.default) for each in pages]
    parts = {_path("pages", at // size): pages[at : at + size] for at in range(0, len(pages), size)}
    yield from (_sitemap(path, part) for path, part in parts.items())
    numbers = Article.objects.order_by().values_list(F("pk") / (articles or ARTICLES), flat=True).distinct()
    stored = set(Page.objects.filter(path__startswith="/sitemap-").values_list("path", flat=True))
    kept = [path for number in sorted(numbers) if (path := _path("articles", number)) in stored]
    yield Finished(INDEX, _index([*parts, *kept]), content_type=TYPE)
    yield from (Absent(path) for path in sorted(stored - parts.keys() - set(kept)))


def robots() -> bytes:
    """Everybody may read everything; what is not for readers asks for a login, and needs no hiding."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute(INDEX)}\n".encode()


def _path(kind: str, number: int) -> str:
    return f"/sitemap-{kind}-{number}.xml"


def _sitemap(path: str, pages: Iterable[Address]) -> Finished:
    root = etree.Element("urlset", nsmap={None: SITEMAP, "xhtml": XHTML})
    for each in pages:
        alternates = addresses.alternates(each.paths, each.default)
        for code, place in each.paths.items():
            url = add(root, "url")
            add(url, "loc", addresses.absolute(place))
            if code in each.changed:
                moment = each.changed[code].astimezone(UTC).isoformat(timespec="seconds")
                add(url, "lastmod", moment.replace("+00:00", "Z"))
            for other in alternates:
                add(url, f"{{{XHTML}}}link", rel="alternate", hreflang=other["code"], href=other["url"])
    return Finished(path, document(root), content_type=TYPE)


def _index(paths: Sequence[str]) -> bytes:
    root = etree.Element("sitemapindex", nsmap={None: SITEMAP})
    for path in paths:
        add(add(root, "sitemap"), "loc", addresses.absolute(path))
    return document(root)
