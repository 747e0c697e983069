"""Around the text: how to cite it, to whom to send it, how long it takes, when a note's source was looked up."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from publishing.languages import dates
from publishing.models import Document, Person, Release
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast
from tests.surfaces.reading import address, data, meta, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

LANGUAGES = ("en", "tr", "ru")


def live(document: Document, language: str) -> Release:
    return Release.objects.live().get(edition__document=document, edition__language=language)


def reference(client: Client, document: Document, language: str) -> str:
    read = page(client, address(document, language))
    return " ".join("".join(read.xpath("//p[@class='citation']//text()")).split())


class TestTheReference:
    def test_names_author_day_title_site_and_address(self, client: Client, document: Document) -> None:
        made = live(document, "en")
        day = dates.day_and_month(made.released_at.date(), "en")
        assert reference(client, document, "en") == (
            f"Tokmak, E. ({made.released_at.year}, {day}). {made.title}. {settings.SITE_NAME}. "
            f"{settings.SITE_URL}{address(document)}"
        )

    @pytest.mark.parametrize(
        ("language", "translator", "original"),
        [
            ("tr", "(A. Yılmaz, Çev.).", "Özgün metin: İngilizce, "),
            ("ru", "(пер. A. Yılmaz).", "Язык оригинала: английский"),
        ],
    )
    def test_names_translator_and_original_language(
        self, client: Client, document: Document, language: str, translator: str, original: str, carol: Person
    ) -> None:
        made = live(document, language)
        made.provenance["translators"] = ["Ayşe Yılmaz"]
        made.save(update_fields=["provenance"])
        releasing.say_original_corrected(document, language, actor=carol)
        loop.drain()
        said = reference(client, document, language)
        assert translator in said
        assert original in said
        assert str(live(document, "en").released_at.year) in said

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_can_be_taken_along_in_two_forms(self, client: Client, document: Document, language: str) -> None:
        read = page(client, address(document, language))
        title = live(document, language).title
        for name, kind in (
            ("citation.bib", "application/x-bibtex"),
            ("citation.ris", "application/x-research-info-systems"),
        ):
            path = f"{address(document, language)}{name}"
            assert read.xpath(f"//a[@href='{path}']/@type") == [kind]
            response = client.get(path)
            assert response["Content-Type"] == f"{kind}; charset=utf-8"
            assert response["Content-Language"] == language
            assert title in response.content.decode()

    def test_of_a_translation_names_its_original_in_the_file(
        self, client: Client, document: Document
    ) -> None:
        entry = client.get(f"{address(document, 'ru')}citation.bib").content.decode()
        assert "origlanguage = {english}" in entry
        assert f"origtitle = {{{live(document, 'en').title}}}" in entry
        assert "langid = {russian}" in entry


class TestSharing:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_by_plain_links_that_name_the_page(
        self, client: Client, document: Document, language: str
    ) -> None:
        read = page(client, address(document, language))
        url, title = f"{settings.SITE_URL}{address(document, language)}", live(document, language).title
        links = read.xpath("//ul[@aria-labelledby='share']//a")
        assert len(links) == 5
        for link in links:
            assert {"nofollow", "noopener", "noreferrer"} <= set(link.get("rel").split())
            said = " ".join(value for (value,) in parse_qs(urlsplit(link.get("href")).query).values())
            assert url in said
            assert title in said or "linkedin" in link.get("href")

    def test_puts_no_sign_of_a_title_into_the_address(
        self, client: Client, carol: Person, short: Document
    ) -> None:
        hostile = cast.article(cast.SHORT.replace(cast.TITLE, 'Grain & "Ports" <?=#%> at sea'))
        releasing.release(hostile, "en", actor=carol)
        loop.drain()
        for link in page(client, address(hostile)).xpath("//ul[@aria-labelledby='share']//a/@href"):
            assert not set(' "<>#') & set(link)
            assert "+" not in link
            query = parse_qs(urlsplit(link).query)
            assert any(f"{settings.SITE_URL}{address(hostile)}" in value for (value,) in query.values())


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "4 minutes to read"), ("tr", "4 dakikalık okuma"), ("ru", "4 минуты чтения")],
)
def test_the_time_it_takes_is_said(client: Client, document: Document, language: str, said: str) -> None:
    read = page(client, address(document, language))
    assert read.xpath("//p[@class='minutes']/text()") == [said]
    assert 400 < data(read)["wordCount"] < 1_200


@pytest.mark.parametrize(
    ("language", "form"),
    [("en", "Date of Accession"), ("tr", "Erişim Tarihi"), ("ru", "Дата обращения")],
)
def test_days_of_access_stand_in_the_form_of_the_language(
    client: Client, document: Document, language: str, form: str
) -> None:
    read = page(client, address(document, language))
    notes = ["".join(item.itertext()) for item in read.xpath("//section[@role='doc-endnotes']//li")]
    dated = [note for note in notes if re.search(r"\d\d\.\d\d\.\d{4}", note)]
    assert len(dated) == 8
    assert all(re.search(rf"\({form}: \d\d\.\d\d\.2022\)\.", note) for note in dated), dated


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ibid_carries_the_work_that_it_means(client: Client, document: Document, language: str) -> None:
    (meant,) = page(client, address(document, language)).xpath("//span[@class='meant']")
    assert meant.getparent().get("id") == "note-9"
    assert "Vice Foreign Minister Ma Zhaoxu" in meant.text


def test_an_image_of_the_text_stands_for_it_elsewhere(client: Client, document: Document) -> None:
    made = live(document, "en")
    made.body = made.body.replace("<p>", '<figure><img src="/static/a&amp;b.png" alt=""></figure><p>', 1)
    made.save(update_fields=["body"])
    releasing.record("release", made, Person.objects.get(username="carol"))
    loop.drain()
    assert meta(page(client, address(document)), "og:image") == [f"{settings.SITE_URL}/static/a&b.png"]
    assert "og:image" not in text_of(client, address(document, "tr"))
