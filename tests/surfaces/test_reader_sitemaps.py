"""Sitemaps and robots.txt: every page with its languages, in pieces of which a release writes one."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Article, Document, Page, Person
from publishing.pages import shelves, sitemaps, storing
from publishing.pages.finished import Finished
from publishing.worker import loop
from publishing.workflow import releasing, rewriting
from tests import cast
from tests.surfaces.reading import address, xml

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

NAMES = {"s": sitemaps.SITEMAP, "x": sitemaps.XHTML}


def listed(root: Any) -> dict[str, dict[str, str]]:
    """Address → its alternates by language."""
    return {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)
        }
        for url in root.iterfind("s:url", NAMES)
    }


def parts(client: Client) -> list[str]:
    root = xml(client, "/sitemap.xml")
    places = root.xpath("s:sitemap/s:loc/text()", namespaces=NAMES)
    return [place.removeprefix(settings.SITE_URL) for place in places]


def of(document: Document) -> str:
    return f"/sitemap-articles-{document.article.pk // sitemaps.ARTICLES}.xml"


def test_robots_txt_names_the_index_and_forbids_nothing(client: Client, document: Document) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]


def test_the_index_leads_to_every_sitemap(client: Client, document: Document) -> None:
    assert client.get("/sitemap.xml")["Content-Type"] == "application/xml; charset=utf-8"
    there = set(Page.objects.filter(path__startswith="/sitemap-").values_list("path", flat=True))
    assert set(parts(client)) == there
    assert {"/sitemap-pages-0.xml", of(document)} <= there


def test_every_page_stands_in_them_once_with_its_languages(
    client: Client, document: Document, short: Document
) -> None:
    found: dict[str, dict[str, str]] = {}
    for path in parts(client):
        more = listed(xml(client, path))
        assert not found.keys() & more.keys()
        found |= more
    html = Page.objects.filter(content_type__startswith="text/html", status=200)
    assert set(found) == {settings.SITE_URL + path for path in html.values_list("path", flat=True)}
    sample = {code: settings.SITE_URL + address(document, code) for code in ("en", "tr", "ru")}
    for url in sample.values():
        assert found[url] == sample | {"x-default": sample["en"]}
    alone = settings.SITE_URL + address(short)
    assert found[alone] == {"en": alone, "x-default": alone}


def test_they_say_when_a_page_changed(client: Client, document: Document, carol: Person) -> None:
    releasing.release(document, "tr", actor=carol)
    loop.drain()
    made = document.editions.get(language="tr").releases.live().get()
    root = xml(client, of(document))
    (said,) = root.xpath(
        "s:url[s:loc=$place]/s:lastmod/text()",
        namespaces=NAMES,
        place=settings.SITE_URL + address(document, "tr"),
    )
    assert said == made.released_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_what_is_withdrawn_goes_and_a_sitemap_without_articles_with_it(
    client: Client, document: Document, short: Document, carol: Person
) -> None:
    for language in ("en", "tr", "ru"):
        releasing.withdraw(document, language, actor=carol)
    loop.drain()
    assert settings.SITE_URL + address(document) not in listed(xml(client, of(short)))
    releasing.withdraw(short, "en", actor=carol)
    loop.drain()
    assert parts(client) == ["/sitemap-pages-0.xml"]
    assert client.get(of(short)).status_code == 404


class TestPieces:
    @pytest.fixture(autouse=True)
    def _one_article_each(self, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sitemaps, "ARTICLES", 1)
        rewriting.plan_all()
        loop.drain()

    def test_are_as_many_as_the_limit_asks_for(self, client: Client) -> None:
        expected = [
            f"/sitemap-articles-{pk}.xml"
            for pk in Article.objects.order_by("pk").values_list("pk", flat=True)
        ]
        assert parts(client) == ["/sitemap-pages-0.xml", *expected]

    def test_other_than_the_releases_are_not_written_again(
        self, document: Document, short: Document, carol: Person
    ) -> None:
        before = dict(Page.objects.filter(path__startswith="/sitemap").values_list("path", "written_at"))
        releasing.release(short, "en", actor=carol)
        loop.drain()
        after = dict(Page.objects.filter(path__startswith="/sitemap").values_list("path", "written_at"))
        assert {path for path in after if after[path] != before[path]} == {
            f"/sitemap-articles-{short.article.pk}.xml"
        }

    def test_of_another_size_replace_the_old_ones(
        self, client: Client, document: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sitemaps, "ARTICLES", 1_000_000)
        rewriting.plan_all()
        loop.drain()
        assert parts(client) == ["/sitemap-pages-0.xml", "/sitemap-articles-0.xml"]
        kept = Page.objects.filter(path__startswith="/sitemap-").values_list("path", flat=True)
        assert sorted(kept) == ["/sitemap-articles-0.xml", "/sitemap-pages-0.xml"]


class TestOtherPages:
    def many(self, number: int) -> Any:
        return lambda: (
            shelves.Address({"en": f"/en/topics/{n}/"}, f"/en/topics/{n}/") for n in range(number)
        )

    def test_find_their_place_by_a_line_in_the_tuple_and_in_pieces(
        self, document: Document, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sitemaps, "OTHERS", (sitemaps.fronts, self.many(6)))
        made = {each.path for each in sitemaps.of_the_site(most=3) if isinstance(each, Finished)}
        assert {f"/sitemap-pages-{n}.xml" for n in range(3)} <= made
        assert "/sitemap-pages-3.xml" not in made
        storing.store(sitemaps.of_the_site(most=3))
        monkeypatch.setattr(sitemaps, "OTHERS", (sitemaps.fronts,))
        storing.store(sitemaps.of_the_site(most=3))
        left = Page.objects.filter(path__startswith="/sitemap-pages").values_list("path", flat=True)
        assert list(left) == ["/sitemap-pages-0.xml"]


def test_no_sitemap_can_outgrow_the_protocol() -> None:
    """50,000 addresses and 50 MiB (sitemaps.org), with the longest slugs and a long name of the site."""
    slug, site = "s" * 100, 100
    link = len('    <xhtml:link rel="alternate" hreflang="x-default" href=""/>\n') + site + len(slug) + 5
    url = (
        len("<url><loc></loc><lastmod>2026-11-28T00:00:00Z</lastmod></url>")
        + 40
        + site
        + len(slug)
        + 4 * link
    )
    for size in (sitemaps.ARTICLES, sitemaps.ADDRESSES):
        assert 3 * size <= 50_000
        assert 3 * size * url <= 50 * 2**20


def test_a_release_asks_as_much_for_its_sitemap_however_many_articles_it_holds(
    document: Document, carol: Person
) -> None:
    counts = []
    for _ in range(2):
        articles = list(Article.objects.all())
        with CaptureQueriesContext(connection) as queries:
            list(sitemaps.of_articles(articles))
        counts.append(len(queries))
        releasing.release(cast.article(cast.SHORT.replace(cast.TITLE, "Steel")), "en", actor=carol)
    numbers = {pk // sitemaps.ARTICLES for pk in Article.objects.values_list("pk", flat=True)}
    assert counts == [1, 1] or len(numbers) > 1
