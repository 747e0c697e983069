"""The whole site as a search engine goes through it: every relation is mutual, every page valid, every answer bare."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import etree

from publishing.models import Document, Page, Person
from publishing.worker import loop
from publishing.workflow import releasing
from tests.surfaces.reading import address, data, page, tree

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

LARGEST = 60_000  # bytes of a page, without its images
LINKS = "//a/@href | //link/@href | //img/@src | //script/@src"


@dataclass
class Answer:
    """What a path answered; the tree of a page or of a document in XML."""

    status: int
    kind: str
    content: bytes
    location: str = ""
    read: Any = None
    leads_to: set[str] = field(default_factory=set)


class Crawler:
    """Begins at the door, at robots.txt and at the feeds, and follows every address of the site."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.found: dict[str, Answer] = {}

    def go(self, *starts: str) -> dict[str, Answer]:
        waiting = list(starts)
        while waiting:
            path = waiting.pop()
            if path not in self.found:
                self.found[path] = answer = self.ask(path)
                answer.leads_to = {place for link in self.links(answer) if (place := self.place(path, link))}
                waiting += sorted(answer.leads_to)
        return self.found

    def ask(self, path: str) -> Answer:
        if path.startswith(settings.STATIC_URL):
            there = finders.find(path.removeprefix(settings.STATIC_URL))
            return Answer(200 if there else 404, "static", b"")
        response = self.client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path
        kind = response.get("Content-Type", "").partition(";")[0]
        answer = Answer(response.status_code, kind, response.content, response.get("Location", ""))
        if kind == "text/html" and answer.content:
            answer.read = tree(answer.content.decode())
        elif kind.endswith("xml"):
            answer.read = etree.fromstring(answer.content)
        return answer

    def links(self, answer: Answer) -> Iterator[str]:
        if answer.location:
            yield answer.location
        elif answer.kind == "text/html":
            yield from answer.read.xpath(LINKS)
            for text in answer.read.xpath("//script[@type='application/ld+json']/text()"):
                yield from addresses_in(json.loads(text))
        elif answer.kind.endswith("xml"):
            yield from answer.read.xpath("//@href | //*[local-name()='loc']/text() | //link/text()")
        elif answer.kind == "text/plain":
            yield from (
                line[9:] for line in answer.content.decode().splitlines() if line.startswith("Sitemap: ")
            )

    def place(self, path: str, link: str) -> str:
        """The path of an address of the site, or nothing."""
        to = urlsplit(urljoin(f"{settings.SITE_URL}{path}", link))
        return to.path if f"{to.scheme}://{to.netloc}" == settings.SITE_URL else ""


def addresses_in(value: Any) -> Iterator[str]:
    """Every address that a piece of JSON-LD names."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"@id", "url", "mainEntityOfPage"}:
                yield inner
            else:
                yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)


@pytest.fixture
def site(client: Client, document: Document) -> dict[str, Answer]:
    return Crawler(client).go("/", "/robots.txt", "/en/nothing/")


def pages_of(site: dict[str, Answer]) -> dict[str, Any]:
    return {path: each.read for path, each in site.items() if each.kind == "text/html" and each.status == 200}


def test_everything_that_is_stored_is_reached(site: dict[str, Answer]) -> None:
    stored = set(Page.objects.values_list("path", flat=True))
    assert stored <= set(site)
    assert len(pages_of(site)) == Page.objects.filter(content_type__startswith="text/html").count() >= 16


def test_nothing_links_to_what_does_not_exist(site: dict[str, Answer]) -> None:
    dead = {path: each.status for path, each in site.items() if each.status not in {200, 302}}
    assert dead == {"/en/nothing/": 404}


def test_every_page_is_its_own_canonical_address(site: dict[str, Answer]) -> None:
    for path, read in pages_of(site).items():
        assert read.xpath("//link[@rel='canonical']/@href") == [settings.SITE_URL + path]
        assert read.xpath("/html/@lang") == [path.split("/")[1]]


def test_every_alternate_answers_with_the_same_set_and_names_itself(site: dict[str, Answer]) -> None:
    sets = {path: alternates(read) for path, read in pages_of(site).items()}
    for path, known in sets.items():
        assert known[path.split("/")[1]] == settings.SITE_URL + path
        assert "x-default" in known
        for code, url in known.items():
            if code != "x-default":
                other = url.removeprefix(settings.SITE_URL)
                assert sets[other] == known, (path, code)
                assert other.startswith(f"/{code}/")


def alternates(read: Any) -> dict[str, str]:
    links = read.xpath("//link[@rel='alternate'][@hreflang]")
    found = {link.get("hreflang"): link.get("href") for link in links}
    assert len(found) == len(links), "a language is named twice"
    return found


def test_page_and_sitemap_tell_the_same_of_its_languages(site: dict[str, Answer]) -> None:
    told: dict[str, dict[str, str]] = {}
    for path, each in site.items():
        if path.startswith("/sitemap-"):
            for url in each.read:
                links = {link.get("hreflang"): link.get("href") for link in url if link.get("hreflang")}
                told[url[0].text.removeprefix(settings.SITE_URL)] = links
    assert told == {path: alternates(read) for path, read in pages_of(site).items()}


def test_the_data_of_originals_and_translations_is_mutual(site: dict[str, Answer]) -> None:
    known = {}
    for read in pages_of(site).values():
        if read.xpath("//script[@type='application/ld+json']"):
            found = data(read)
            known[found["@id"]] = found
    assert len(known) == 4
    tied = 0
    for identity, found in known.items():
        for translation in found.get("workTranslation", []):
            assert known[translation["@id"]]["translationOfWork"]["@id"] == identity
            assert known[translation["@id"]]["inLanguage"] == translation["inLanguage"]
            tied += 1
        if original := found.get("translationOfWork"):
            assert identity in {each["@id"] for each in known[original["@id"]]["workTranslation"]}
            assert known[original["@id"]]["headline"] == original["name"]
    assert tied == 2


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_a_page_stays_small(client: Client, document: Document, language: str) -> None:
    assert len(client.get(address(document, language)).content) < LARGEST


def test_a_withdrawn_edition_leaves_all_relations_at_once(
    client: Client, document: Document, carol: Person
) -> None:
    gone = address(document, "ru")
    releasing.withdraw(document, "ru", actor=carol)
    loop.drain()
    site = Crawler(client).go("/", "/robots.txt")
    assert gone not in site
    assert client.get(gone).status_code == 410
    assert tree(client.get(gone).content.decode()).xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("path", ["/en/nothing/", "/nothing", "/ru/a/b/"])
def test_what_is_not_there_is_valid_too(client: Client, document: Document, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert tree(response.content.decode()).xpath("//h1")


def test_the_strict_reader_refuses_what_is_wrong() -> None:
    """The crawl would be worth nothing if its parser forgave."""
    whole = "<!doctype html><html lang=en><head><title>x</title></head><body><p>x</p>{}</body></html>"
    tree(whole.format(""))
    for wrong in ("<p>a<div>b</div></p>", "<b><i>x</b></i>", "</section>", "<p a=1 a=2>x</p>", "<ul><li>x"):
        with pytest.raises(Exception, match=r"\S"):
            tree(whole.format(wrong))


def test_the_preview_is_valid_as_well(client: Client, document: Document, carol: Person) -> None:
    client.force_login(carol)
    edition = document.editions.get(language="tr")
    assert page(client, f"/admin/editions/{edition.pk}/preview/").xpath("//h1")
