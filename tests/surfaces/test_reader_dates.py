"""When an article changed, said to machines in four places: always the same, and never earlier than before."""

import json
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from publishing.models import Document, Person, Release
from publishing.pages import feeds
from publishing.worker import loop
from publishing.workflow import releasing
from tests.surfaces.reading import address, page, xml

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

ATOM = "//a:entry[a:link/@href=$place]/a:updated/text()"
SITEMAP = "//s:url[s:loc=$place]/s:lastmod/text()"
SPACES = {"a": feeds.ATOM, "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def said(client: Client, document: Document, language: str = "tr") -> datetime:
    """The one moment that all four places say, in whole seconds as the feed has it."""
    loop.drain()
    path = address(document, language)
    place, read = settings.SITE_URL + path, page(client, path)
    of_articles = f"/sitemap-articles-{document.article.pk // 100}.xml"
    data = json.loads(read.xpath("string(//script[@type='application/ld+json'])"))
    found = {
        str(*xml(client, f"/{language}/feed.xml").xpath(ATOM, namespaces=SPACES, place=place)),
        str(*xml(client, of_articles).xpath(SITEMAP, namespaces=SPACES, place=place)),
        data["dateModified"],
        str(*read.xpath("//meta[@property='article:modified_time']/@content")),
        json.loads(client.get(f"{path}provenance.json").content)["changed_at"],
    }
    (moment,) = {datetime.fromisoformat(each).astimezone(UTC).replace(microsecond=0) for each in found}
    return moment


def long_ago(document: Document) -> None:
    """As if everything so far had been decided a year before: the tests' seconds are too short to tell apart."""
    for made in Release.objects.frozen().filter(edition__document=document):
        for name in ("released_at", "changed_at"):
            moment = getattr(made, name)
            setattr(made, name, moment.replace(year=moment.year - 1))
        made.save()


def test_a_rollback_is_a_change_at_its_own_moment(client: Client, document: Document, carol: Person) -> None:
    first = Release.objects.live().get(edition__document=document, edition__language="tr")
    releasing.release(document, "tr", actor=carol)
    long_ago(document)
    before = said(client, document)
    back = releasing.rollback(document, "tr", actor=carol)
    assert back == first
    assert said(client, document) > before
    assert back.changed_at > back.released_at


def test_what_readers_see_as_the_day_of_the_text_is_that_of_its_release(
    client: Client, document: Document, carol: Person
) -> None:
    long_ago(document)
    first = Release.objects.live().get(edition__document=document, edition__language="tr")
    releasing.release(document, "tr", actor=carol)
    releasing.rollback(document, "tr", actor=carol)
    loop.drain()
    text = page(client, address(document, "tr")).xpath("string(//*[@class='provenance'])")
    assert str(first.released_at.year) in text


def test_a_rolled_back_article_is_among_the_newest_of_its_feed_again(
    document: Document, short: Document, carol: Person
) -> None:
    releasing.release(document, "en", actor=carol)
    releasing.release(short, "en", actor=carol)
    assert feeds.entries("en", newest=1)[0].url.endswith(address(short))
    releasing.rollback(document, "en", actor=carol)
    assert feeds.entries("en", newest=1)[0].url.endswith(address(document))


def test_a_word_about_the_original_is_a_change_and_taking_it_back_is_one_too(
    client: Client, document: Document, carol: Person
) -> None:
    releasing.release(document, "tr", actor=carol)
    for corrected in (True, False):
        long_ago(document)  # while its pages are still to be written
        before = said(client, document)
        releasing.say_original_corrected(document, "tr", actor=carol, corrected=corrected)
        assert said(client, document) > before
        releasing.say_original_corrected(document, "tr", actor=carol, corrected=not corrected)
        releasing.say_original_corrected(document, "tr", actor=carol, corrected=corrected)
