"""The feeds: valid by RFC 4287 and by RSS 2.0, bounded, their ids for ever."""

import re
import uuid
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from publishing.models import Document, Edition, Person, Release
from publishing.pages import feeds
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast
from tests.surfaces.reading import address, page, xml

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

NAMES = {"a": feeds.ATOM, "dc": feeds.DUBLIN_CORE}
LANGUAGES = ("en", "tr", "ru")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def the(found: list[Any]) -> str:
    (only,) = found
    return str(only)


def ids(client: Client, language: str) -> list[str]:
    return [
        str(each)
        for each in xml(client, f"/{language}/feed.xml").xpath("//a:entry/a:id/text()", namespaces=NAMES)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
class TestAtom:
    """What RFC 4287 requires, section by section."""

    def test_has_what_a_feed_must_have(self, client: Client, document: Document, language: str) -> None:
        response = client.get(f"/{language}/feed.xml")
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert response["Content-Language"] == language
        root = xml(client, f"/{language}/feed.xml")
        assert root.tag == f"{{{feeds.ATOM}}}feed"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        for name in ("id", "title", "updated"):  # §4.1.1: exactly one of each
            assert the(root.xpath(f"a:{name}/text()", namespaces=NAMES))
        assert the(root.xpath("a:author/a:name/text()", namespaces=NAMES)) == settings.SITE_NAME
        own = the(root.xpath("a:link[@rel='self']/@href", namespaces=NAMES))
        assert own == f"{settings.SITE_URL}/{language}/feed.xml"
        home = root.xpath("a:link[@rel='alternate'][@type='text/html']", namespaces=NAMES)
        assert [(each.get("href"), each.get("hreflang")) for each in home] == [
            (f"{settings.SITE_URL}/{language}/", language)
        ]

    def test_has_what_an_entry_must_have(self, client: Client, document: Document, language: str) -> None:
        root = xml(client, f"/{language}/feed.xml")
        entries = root.xpath("a:entry", namespaces=NAMES)
        assert entries
        for entry in entries:
            for name in ("id", "title", "updated", "published", "summary"):
                assert the(entry.xpath(f"a:{name}/text()", namespaces=NAMES))
            assert len(entry.xpath("a:link[@rel='alternate']", namespaces=NAMES)) == 1
            for moment in entry.xpath("a:updated/text() | a:published/text()", namespaces=NAMES):
                assert MOMENT.fullmatch(moment)
                datetime.fromisoformat(moment)
            identity = the(entry.xpath("a:id/text()", namespaces=NAMES))
            assert uuid.UUID(identity).version == 5
        assert len(set(ids(client, language))) == len(entries)

    def test_is_in_its_language_alone(self, client: Client, document: Document, language: str) -> None:
        root = xml(client, f"/{language}/feed.xml")
        places = root.xpath("a:entry/a:link[@rel='alternate']/@href", namespaces=NAMES)
        assert settings.SITE_URL + address(document, language) in places
        assert all(place.startswith(f"{settings.SITE_URL}/{language}/") for place in places)

    def test_is_linked_from_every_page(self, client: Client, document: Document, language: str) -> None:
        for path in (f"/{language}/", address(document, language)):
            read = page(client, path)
            for kind, name in (("atom", "feed.xml"), ("rss", "rss.xml")):
                linked = read.xpath(f"//link[@rel='alternate'][@type='application/{kind}+xml']/@href")
                assert linked == [f"/{language}/{name}"]
            assert read.xpath(f"//footer//a[@href='/{language}/feed.xml']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rss_has_what_a_channel_and_an_item_must_have(
    client: Client, document: Document, language: str
) -> None:
    response = client.get(f"/{language}/rss.xml")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = xml(client, f"/{language}/rss.xml")
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert the(channel.xpath(f"{name}/text()"))
    assert the(channel.xpath("a:link[@rel='self']/@href", namespaces=NAMES)).endswith(f"/{language}/rss.xml")
    items = channel.xpath("item")
    assert items
    for item in items:
        for name in ("title", "link", "description", "pubDate"):
            assert the(item.xpath(f"{name}/text()"))
        assert parsedate_to_datetime(the(item.xpath("pubDate/text()"))).tzinfo
        assert item.xpath("guid/@isPermaLink") == ["false"]
    assert [the(item.xpath("guid/text()")) for item in items] == ids(client, language)


class TestAnEntry:
    def test_names_author_and_translator(self, client: Client, document: Document) -> None:
        made = Release.objects.live().get(edition__document=document, edition__language="tr")
        made.provenance["translators"] = ["Ayşe"]
        made.save(update_fields=["provenance"])
        (entry,) = feeds.entries("tr")
        assert "TOKMAK" in entry.authors[0]
        assert entry.translators == ("Ayşe",)

    def test_keeps_its_id_when_it_is_released_anew_and_says_when(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        before = feeds.entries("tr")[0]
        releasing.release(document, "tr", actor=carol, correction="Rakam düzeltildi.")
        loop.drain()
        after = feeds.entries("tr")[0]
        assert (after.identity, after.published) == (before.identity, before.published)
        assert after.updated > before.updated
        assert before.identity in ids(client, "tr")

    def test_says_when_readers_were_told_that_the_original_was_corrected(
        self, document: Document, carol: Person
    ) -> None:
        before = feeds.entries("tr")[0]
        made = releasing.say_original_corrected(document, "tr", actor=carol)
        assert feeds.entries("tr")[0].updated == made.original_corrected_at > before.updated

    def test_has_other_ids_in_other_languages(self, client: Client, document: Document) -> None:
        found = [identity for language in LANGUAGES for identity in ids(client, language)]
        assert len(set(found)) == len(found) == 4

    def test_goes_when_it_is_withdrawn(self, client: Client, document: Document, carol: Person) -> None:
        releasing.withdraw(document, "ru", actor=carol)
        loop.drain()
        root = xml(client, "/ru/feed.xml")
        assert root.xpath("a:entry", namespaces=NAMES) == []
        assert root.xpath("a:updated/text()", namespaces=NAMES) == ["1970-01-01T00:00:00Z"]
        assert xml(client, "/ru/rss.xml").xpath("channel/item") == []

    def test_has_no_text_that_readers_could_keep_after_a_withdrawal(
        self, client: Client, document: Document
    ) -> None:
        text = client.get("/en/feed.xml").content.decode()
        assert "Pyongyang-Beijing-Moscow trio" not in text
        assert "Russia invaded Ukraine" in text


@pytest.mark.parametrize(
    "title", ["a ]]> b", "<b>&amp;</b> & <c", "\x0b\x1f\ufffe\x85 x", "\ud83c\udf3e", "'\"" * 9, "İıЁё"]
)
def test_a_hostile_title_survives(title: str, document: Document) -> None:
    entry = feeds.entries("en")[0]
    hostile = feeds.Entry(
        entry.identity, title, entry.url, title, (title,), (title,), entry.published, entry.updated
    )
    for written, path in (
        (feeds.atom("en", [hostile]), "a:entry/a:title/text()"),
        (feeds.rss("en", [hostile]), "channel/item/title/text()"),
    ):
        root = etree.fromstring(written)
        left = re.sub("[\x0b\x1f\ufffe\ud800-\udfff]", "", title)
        assert root.xpath(path, namespaces=NAMES) == ([left] if left else [])


class TestGrowth:
    def test_a_feed_holds_the_newest_alone(self, document: Document, short: Document, carol: Person) -> None:
        assert [entry.title for entry in feeds.entries("en", newest=1)] == [cast.TITLE]
        releasing.release(document, "en", actor=carol)
        (entry,) = feeds.entries("en", newest=1)
        assert entry.url.endswith(address(document))

    def test_a_feed_takes_as_many_queries_for_two_articles_as_for_one(
        self, document: Document, short: Document
    ) -> None:
        counts = []
        for newest in (1, 2):
            with CaptureQueriesContext(connection) as queries:
                assert len(feeds.entries("en", newest=newest)) == newest
            counts.append(len(queries))
        assert counts[1] <= 4
        assert Edition.objects.filter(language="en", slug__isnull=False).count() >= 2
