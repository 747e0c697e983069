"""What engines and machines find in an article's head, and the files that stand beside its page."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from publishing.models import Document, Edition, Page, Person, Release
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast
from tests.surfaces.reading import address, data, meta, page, text_of
from tests.workflow import edition

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

LANGUAGES = ("en", "tr", "ru")
LOCALES = {"en": "en_GB", "tr": "tr_TR", "ru": "ru_RU"}
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ]]> \" ' \\"


def url(document: Document, language: str) -> str:
    return f"{settings.SITE_URL}{address(document, language)}"


def live(document: Document, language: str) -> Release:
    return Release.objects.live().get(edition__document=document, edition__language=language)


class TestOpenGraph:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_which_languages_there_are(self, client: Client, document: Document, language: str) -> None:
        read = page(client, address(document, language))
        assert meta(read, "og:type") == ["article"]
        assert meta(read, "og:url") == [url(document, language)]
        assert meta(read, "og:locale") == [LOCALES[language]]
        others = [LOCALES[code] for code in LANGUAGES if code != language]
        assert meta(read, "og:locale:alternate") == others
        assert meta(read, "og:title") == [live(document, language).title]

    def test_says_when_it_was_published_and_changed(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        first = live(document, "tr").released_at
        releasing.release(document, "tr", actor=carol, correction="Rakam düzeltildi.")
        loop.drain()
        read = page(client, address(document, "tr"))
        assert meta(read, "article:published_time") == [first.date().isoformat()]
        assert (
            datetime.fromisoformat(meta(read, "article:modified_time")[0]) == live(document, "tr").released_at
        )

    def test_of_a_front_page_is_that_of_a_site(self, client: Client, document: Document) -> None:
        read = page(client, "/ru/")
        assert (meta(read, "og:type"), meta(read, "og:locale")) == (["website"], ["ru_RU"])
        assert meta(read, "article:published_time") == []


class TestTheData:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_describes_the_article(self, client: Client, document: Document, language: str) -> None:
        found = data(page(client, address(document, language)))
        assert found["@context"] == "https://schema.org"
        assert found["@type"] == ["Article", "ScholarlyArticle"]
        assert found["@id"] == found["url"] == found["mainEntityOfPage"] == url(document, language)
        assert found["headline"] == live(document, language).title
        assert found["inLanguage"] == language
        assert found["publisher"]["name"] == settings.SITE_NAME
        assert found["isPartOf"]["inLanguage"] == language
        assert [each["@type"] for each in found["author"]] == ["Person"]
        assert "TOKMAK" in found["author"][0]["name"]
        assert client.get(urlsplit(found["author"][0]["url"]).path).status_code == 200

    def test_ties_original_and_translations_both_ways(self, client: Client, document: Document) -> None:
        original = data(page(client, address(document, "en")))
        assert {each["@id"] for each in original["workTranslation"]} == {
            url(document, "tr"),
            url(document, "ru"),
        }
        assert "translationOfWork" not in original
        for language in ("tr", "ru"):
            translation = data(page(client, address(document, language)))
            assert translation["translationOfWork"]["@id"] == original["@id"]
            assert translation["translationOfWork"]["inLanguage"] == "en"
            assert "workTranslation" not in translation

    def test_names_translators_and_reviewers_but_no_translator_of_an_original(
        self, client: Client, document: Document
    ) -> None:
        translation = data(page(client, address(document, "tr")))
        assert [each["name"] for each in translation["editor"]] == ["Борис"]
        assert "translator" not in data(page(client, address(document, "en")))

    def test_of_a_translation_whose_original_was_withdrawn_names_no_page_that_is_gone(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        gone = url(document, "en")
        found = data(page(client, address(document, "tr")))
        assert found["translationOfWork"]["inLanguage"] == "en"
        assert gone not in json.dumps(found)

    def test_cites_what_the_notes_cite(self, client: Client, document: Document) -> None:
        cited = data(page(client, address(document, "en")))["citation"]
        assert len(cited) == 9  # the tenth note says Ibid.
        assert cited[0].startswith("“Energy Fact Sheet: Why Does Russian Oil and Gas Matter?”, IEA")
        assert not any("↩" in each or "Ibid" in each for each in cited)

    def test_tells_of_corrections(self, client: Client, document: Document, carol: Person) -> None:
        releasing.release(document, "ru", actor=carol, correction="Исправлена цифра.")
        loop.drain()
        (correction,) = data(page(client, address(document, "ru")))["correction"]
        assert correction["@type"] == "CorrectionComment"
        assert correction["text"] == "Исправлена цифра."

    def test_is_no_way_for_a_title_to_become_a_script(
        self, client: Client, carol: Person, short: Document
    ) -> None:
        long_enough = "Ships left at once. " * 40
        hostile = cast.article(f"A title {HOSTILE}\n\n{long_enough}\n")
        releasing.release(hostile, "en", actor=carol)
        loop.drain()
        text = text_of(client, address(hostile))
        assert "<script>" not in text
        assert text.count("</script>") == text.count("<script type=") == 2  # the data, and our own module
        found = data(page(client, address(hostile)))
        assert found["headline"] == live(hostile, "en").title
        assert "alert(1)" in found["headline"]

    def test_and_nothing_else_of_the_kind_is_in_a_preview(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        client.force_login(carol)
        made = Edition.objects.get(document=document, language="tr")
        preview = client.get(f"/admin/editions/{made.pk}/preview/").content.decode()
        assert "ld+json" not in preview
        assert "canonical" not in preview


class TestTheProvenance:
    def read(self, client: Client, document: Document, language: str) -> dict[str, Any]:
        response = client.get(f"{address(document, language)}provenance.json")
        assert response["Content-Type"] == "application/json"
        found: dict[str, Any] = json.loads(response.content)
        return found

    def test_is_linked_from_the_head_and_the_data(self, client: Client, document: Document) -> None:
        read = page(client, address(document, "tr"))
        path = f"{address(document, 'tr')}provenance.json"
        assert read.xpath("//link[@rel='describedby']/@href") == [path]
        assert data(read)["subjectOf"]["url"] == settings.SITE_URL + path

    def test_says_how_a_translation_came_to_be(self, client: Client, document: Document) -> None:
        found, made = self.read(client, document, "tr"), live(document, "tr")
        assert (found["language"], found["source_language"], found["is_translation"]) == ("tr", "en", True)
        assert found["translated_from"] == url(document, "en")
        assert found["reviewed_by"] == ["Борис"]
        assert found["release"] == made.number
        assert datetime.fromisoformat(found["released_at"]) == made.released_at
        assert (found["manifest_sha256"], found["body_sha256"]) == (made.manifest_hash, made.body_hash)
        assert found["segments"] == len(made.manifest)
        assert found["original_corrected_at"] is None

    def test_says_that_the_original_was_corrected_since(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        releasing.say_original_corrected(document, "tr", actor=carol)
        loop.drain()
        said = datetime.fromisoformat(self.read(client, document, "tr")["original_corrected_at"])
        assert said.astimezone(UTC) == live(document, "tr").original_corrected_at

    def test_names_no_editor_and_no_note_of_the_house(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        releasing.release(document, "tr", actor=carol, note="for colleagues alone")
        loop.drain()
        for each in Page.objects.filter(path__startswith="/tr/"):
            text = bytes(each.content).decode()
            assert "for colleagues alone" not in text
            assert "Carol" not in text

    def test_goes_with_the_article_when_that_is_withdrawn(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        path = address(document, "tr")
        releasing.withdraw(document, "tr", actor=carol)
        loop.drain()
        for name in ("provenance.json", "citation.bib", "citation.ris"):
            assert client.get(path + name).status_code == 404


def test_a_rollback_brings_back_every_byte_around_the_text_but_when_it_changed(
    document: Document, carol: Person
) -> None:
    before = edition.site()
    releasing.release(document, "tr", actor=carol, correction="Rakam düzeltildi.")
    loop.drain()
    changed = {page.path for page in Page.objects.all() if bytes(page.content) != before[page.path]}
    assert f"{address(document, 'tr')}provenance.json" in changed
    releasing.rollback(document, "tr", actor=carol)
    after = edition.site()
    assert edition.timeless(after) == edition.timeless(before)
    told = {f"/sitemap-articles-{document.article.pk // 100}.xml", "/tr/feed.xml", "/tr/rss.xml"}
    own = {address(document, "tr"), f"{address(document, 'tr')}provenance.json"}
    assert {path for path in before if after[path] != before[path]} <= told | own
