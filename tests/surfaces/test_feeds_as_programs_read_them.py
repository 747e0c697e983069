"""The feeds as feedparser reads them, which many readers' programs are made with: whole, and nothing lost.

feedparser reads broken feeds as well; `bozo` says that it had to.
"""

from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from publishing.models import Document, Listing, Person
from publishing.pages import feeds
from publishing.worker import loop
from publishing.workflow import releasing

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

LANGUAGES = ("en", "tr", "ru")
NAMES = ("feed.xml", "rss.xml")


def read(client: Client, path: str) -> Any:
    """The feed as a program gets it: with the type that the site says."""
    response = client.get(path)
    headers = {"content-type": response["Content-Type"], "content-language": response["Content-Language"]}
    found = feedparser.parse(response.content, response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    return found


def moment(parsed: struct_time) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def whole(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
class TestAFeed:
    def test_is_of_its_kind_language_and_site(
        self, client: Client, document: Document, name: str, language: str
    ) -> None:
        found = read(client, f"/{language}/{name}")
        assert found.version == {"feed.xml": "atom10", "rss.xml": "rss20"}[name]
        assert found.encoding == "utf-8"
        assert found.feed.language == language
        assert found.feed.title == settings.SITE_NAME
        assert found.feed.link == f"{settings.SITE_URL}/{language}/"
        own = [link.href for link in found.feed.links if link.rel == "self"]
        assert own == [f"{settings.SITE_URL}/{language}/{name}"]

    def test_holds_every_article_of_the_language_in_order(
        self, client: Client, document: Document, short: Document, name: str, language: str
    ) -> None:
        found = read(client, f"/{language}/{name}").entries
        ours = feeds.entries(language)
        assert len(found) == Listing.objects.filter(language=language).count() == len(ours)
        assert [(each.id, each.link, each.title, each.summary) for each in found] == [
            (each.identity, each.url, each.title, each.summary) for each in ours
        ]
        assert len({each.id for each in found}) == len(found)
        for each in found:
            assert client.get(each.link.removeprefix(settings.SITE_URL)).status_code == 200

    def test_dates_every_entry(self, client: Client, document: Document, name: str, language: str) -> None:
        for each, ours in zip(
            read(client, f"/{language}/{name}").entries, feeds.entries(language), strict=True
        ):
            assert moment(each.published_parsed) == whole(ours.published)
            if name == "feed.xml":
                assert moment(each.updated_parsed) == whole(ours.updated)

    def test_names_who_wrote_and_who_translated(
        self, client: Client, document: Document, name: str, language: str
    ) -> None:
        for each, ours in zip(
            read(client, f"/{language}/{name}").entries, feeds.entries(language), strict=True
        ):
            assert [author.name for author in each.get("authors", ()) if author] == list(ours.authors)
            if name == "feed.xml":
                assert [one.name for one in each.get("contributors", ())] == list(ours.translators)

    def test_of_nothing_is_a_feed(
        self, client: Client, document: Document, short: Document, carol: Person, name: str, language: str
    ) -> None:
        for each in (document, short):
            if each.editions.filter(language=language, releases__state="live").exists():
                releasing.withdraw(each, language, actor=carol)
        loop.drain()
        assert read(client, f"/{language}/{name}").entries == []


HOSTILE = (
    "a ]]> b",
    "<b>&amp;</b> & <c",
    "\x0b\x1f\ufffe x",
    "'\"" * 9,
    "İıЁё “…” ’s",
    "<script>alert(1)</script>",
)


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("make", [feeds.atom, feeds.rss])
def test_a_hostile_title_breaks_no_program(make: Any, title: str, document: Document) -> None:
    entry = feeds.entries("en")[0]
    hostile = feeds.Entry(
        entry.identity, title, entry.url, title, (title,), (), entry.published, entry.updated
    )
    found = feedparser.parse(make("en", [hostile]))
    assert not found.bozo, found.get("bozo_exception")
    (only,) = found.entries
    assert (only.id, only.link) == (entry.identity, entry.url)
