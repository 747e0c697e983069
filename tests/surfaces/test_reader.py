"""What readers get: path → bytes, in their language, linked both ways, and nothing that was not released."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import DjangoDbBlocker

from publishing.languages import dates
from publishing.models import Document, Edition, Page, Person, Translation
from publishing.worker import loop
from publishing.workflow import editing, ingesting, pretranslating, releasing, reviewing
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

SLUG = {
    "en": "the-future-of-china-russia-north-korea-relations",
    "tr": "cin-rusya-kuzey-kore-iliskilerinin-gelecegi",
}
ARTICLE = {language: f"/{language}/{slug}/" for language, slug in SLUG.items()}


def approve_all(document: Document, language: str, actor: Person) -> None:
    for row in Translation.objects.of_document(document.pk, language):
        reviewing.approve(row, actor=actor, seen_version=row.version)


@pytest.fixture(scope="module")
def _staged(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The sample, live in English and Turkish; the biography in Turkish alone; Russian drafted, not released.

    Made once for all tests of this file; each of them undoes what it does.
    """
    folder = tmp_path_factory.mktemp("locale")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(CATALOG_ROOT=folder):
        carol, document = cast.carol(), cast.sample()
        biography = Document.objects.get(author__articles__document=document)
        for language in ("tr", "ru"):
            pretranslating.request(document, language)
        pretranslating.request(biography, "en")
        loop.drain()
        approve_all(document, "tr", cast.ayse())
        releasing.release(biography, "tr", actor=carol)
        for language in ("en", "tr"):
            releasing.release(document, language, actor=carol)
        loop.drain()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def document(_staged: None, db: None) -> Document:
    return Document.objects.get(kind="article")


@pytest.fixture
def carol(document: Document) -> Person:
    return Person.objects.get(username="carol")


def get(client: Client, path: str, **headers: str) -> HttpResponse:
    return client.get(path, headers=headers)


def text_of(client: Client, path: str) -> str:
    response = get(client, path)
    assert response.status_code == 200, path
    return response.content.decode()


SCRIPTS = (
    {"type": "application/ld+json"},
    {"type": "module", "src": "/static/publishing/report.js"},
    {"type": "module", "src": "/static/publishing/search.js"},
)
"""Data, never run; what fills in the form of a report; what answers questions on a copy of the site."""


class Strict(HTMLParser):
    """Fails on tags that do not balance, doubled attributes and ids; collects links, ids and resources."""

    VOID = frozenset(("meta", "link", "br", "hr", "img", "input", "wbr"))

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[dict[str, str]] = []
        self.resources: list[str] = []
        self.alternates: dict[str, str] = {}
        self.documents: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids)), "an id stands twice"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"a doubled attribute in {tag}"
        if tag not in self.VOID:
            self.open.append(tag)
        given = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given)
        if tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        elif tag == "link" and given.get("rel") in {"alternate", "describedby", "canonical"}:
            self.documents.append(given["href"])
        elif tag == "script" and given not in SCRIPTS:
            self.handlers.append(tag)
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload"}:
            self.resources.append(given["href"])
        self.resources += [given[name] for name in ("src", "srcset", "poster", "data") if name in given]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert tag not in self.VOID
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


class TestTheFrontPages:
    @pytest.mark.parametrize("language", ["en", "tr"])
    def test_list_what_is_released_in_the_language(
        self, client: Client, document: Document, language: str
    ) -> None:
        assert f'href="{ARTICLE[language]}"' in text_of(client, f"/{language}/")

    def test_of_a_language_in_which_nothing_is_released_say_so(
        self, client: Client, document: Document
    ) -> None:
        page = text_of(client, "/ru/")
        assert "Будущее" not in page
        assert SLUG["en"] not in page

    @pytest.mark.parametrize("language", ["en", "tr", "ru"])
    def test_are_in_their_language(self, client: Client, document: Document, language: str) -> None:
        response = get(client, f"/{language}/")
        assert response["Content-Language"] == language
        assert f'<html lang="{language}">' in response.content.decode()


class TestAnArticle:
    def test_is_in_the_readers_language(self, client: Client, document: Document) -> None:
        page = text_of(client, ARTICLE["tr"])
        assert '<html lang="tr">' in page
        assert "Çin-Rusya-Kuzey Kore İlişkilerinin Geleceği" in page
        assert "Dipnotlar" in page

    def test_leads_to_its_other_languages_and_no_further(self, client: Client, document: Document) -> None:
        page = text_of(client, ARTICLE["en"])
        for part in (r'<nav class="switcher".*?</nav>', r'<p class="available">.*?</p>'):
            (found,) = re.findall(part, page, re.DOTALL)
            assert f'<a href="{ARTICLE["tr"]}" lang="tr" hreflang="tr"' in found
            assert "Русский" not in found

    def test_of_one_language_alone_names_no_other(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        releasing.withdraw(document, "tr", actor=carol)
        loop.drain()
        assert 'class="available"' not in text_of(client, ARTICLE["en"])
        assert ARTICLE["tr"] not in text_of(client, ARTICLE["en"])

    @pytest.mark.parametrize("language", ["en", "tr"])
    def test_ties_references_and_notes_both_ways(
        self, client: Client, document: Document, language: str
    ) -> None:
        page = Strict(text_of(client, ARTICLE[language]))
        inside = [link for link in page.links if link["href"].startswith("#") and link["href"] != "#text"]
        there = [link for link in inside if link["href"].startswith("#note-")]
        back = [link for link in inside if link["href"].startswith("#ref-")]
        assert {link["href"] for link in there} == {f"#note-{number}" for number in range(1, 11)}
        assert len(back) >= 10
        assert {link["href"][1:] for link in inside} <= set(page.ids)
        assert {link["id"] for link in there} == {link["href"][1:] for link in back}

    def test_shows_the_biography_in_its_own_language_until_it_is_released_in_the_readers(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        page = text_of(client, ARTICLE["en"])
        assert '<div class="biography" lang="tr">' in page
        assert "mezun olmuştur" in page
        biography = Document.objects.get(author__articles__document=document)
        approve_all(biography, "en", cast.person("elena", "Translators", "en"))
        releasing.release(biography, "en", actor=carol)
        loop.drain()
        page = text_of(client, ARTICLE["en"])
        assert '<div class="biography">' in page
        assert "mezun olmuştur" not in page
        assert "mezun olmuştur" in text_of(client, ARTICLE["tr"])

    def test_writes_dates_as_its_language_does(self, client: Client, document: Document) -> None:
        day = document.editions.get(language="tr").releases.live().get().released_at.date()
        assert dates.long_date(day, "tr") != dates.long_date(day, "en")
        for language in ("en", "tr"):
            assert dates.long_date(day, language) in text_of(client, ARTICLE[language])
        assert f'datetime="{day.isoformat()}"' in text_of(client, ARTICLE["en"])

    def test_names_its_languages_to_machines_absolutely_and_mutually(
        self, client: Client, document: Document
    ) -> None:
        site = settings.SITE_URL
        for language in ("en", "tr"):
            assert Strict(text_of(client, ARTICLE[language])).alternates == {
                "en": site + ARTICLE["en"],
                "tr": site + ARTICLE["tr"],
                "x-default": site + ARTICLE["en"],
            }
        for language in ("en", "tr", "ru"):
            assert Strict(text_of(client, f"/{language}/")).alternates == {
                "en": f"{site}/en/", "tr": f"{site}/tr/", "ru": f"{site}/ru/", "x-default": f"{site}/",
            }  # fmt: skip

    def test_shows_no_text_that_waits(self, client: Client, document: Document, carol: Person) -> None:
        row = Translation.objects.of_document(document.pk, "tr")[5]
        editing.submit(row, text=f"{row.text} GİZLİ", actor=carol, seen_version=row.version)
        ingesting.import_article(cast.SAMPLE.read_bytes().replace(b"Of course, they", b"UNRELEASED they"))
        loop.drain()
        russian = [
            row.text for row in Translation.objects.of_document(document.pk, "ru") if len(row.text) > 20
        ]
        assert russian
        for page in Page.objects.all():
            written = bytes(page.content).decode()
            assert "GİZLİ" not in written
            assert "UNRELEASED" not in written
            assert not [text for text in russian if text in written]


class TestWhatIsNotThere:
    def test_leads_to_the_languages_in_which_it_is(self, client: Client, document: Document) -> None:
        response = get(client, f"/ru/{SLUG['en']}/")
        assert (response.status_code, response["Content-Language"]) == (404, "ru")
        page = Strict(response.content.decode())
        assert set(ARTICLE.values()) <= {link["href"] for link in page.links}

    def test_by_the_slug_of_another_language_as_well(self, client: Client, document: Document) -> None:
        response = get(client, f"/en/{SLUG['tr']}/")
        assert response.status_code == 404
        assert ARTICLE["en"] in response.content.decode()

    @pytest.mark.parametrize(
        "path",
        [
            "/en/nothing/",
            "/tr/nothing",
            "/ru/a/b/c/",
            "/en/" + "x" * 5_000,
            "/en/%00",
            "/en/%0a",
            "/en/%ff%fe/",
            "/en/..%2f..%2fetc/passwd",
            "/en/<script>alert(1)</script>/",
            "/en/author/elcan-tokmak/",
            "/de/",
            "/nothing",
            "/enx/",
            "/EN/",
        ],
    )
    def test_is_told_in_a_page_of_ours(self, client: Client, document: Document, path: str) -> None:
        response = get(client, path)
        assert response.status_code == 404
        page = response.content.decode()
        assert "alert(1)<" not in page
        assert "/en/" in {link["href"] for link in Strict(page).links}

    def test_a_missing_slash_is_mended(self, client: Client, document: Document) -> None:
        response = get(client, ARTICLE["tr"].rstrip("/"))
        assert (response.status_code, response["Location"]) == (302, ARTICLE["tr"])

    def test_what_was_withdrawn_is_gone_and_says_why(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        releasing.withdraw(document, "tr", actor=carol, note="<b>Kaynak</b> düzeltiliyor.")
        loop.drain()
        response = get(client, ARTICLE["tr"])
        page = response.content.decode()
        assert (response.status_code, response["Content-Language"]) == (410, "tr")
        assert "&lt;b&gt;Kaynak&lt;/b&gt; düzeltiliyor." in page
        assert "Moskova" not in page
        assert ARTICLE["tr"] not in text_of(client, "/tr/")
        assert get(client, ARTICLE["tr"], if_none_match=response["ETag"]).status_code == 410


@pytest.mark.parametrize(
    ("header", "home"),
    [
        ("", "en"),
        ("tr", "tr"),
        ("TR", "tr"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("tr-TR-x-own", "tr"),
        ("en;q=0.1, tr;q=0.9", "tr"),
        ("de-DE, tr;q=0.3", "tr"),
        ("tr;q=0, ru", "ru"),
        ("*", "en"),
        ("zz", "en"),
        ("zz, *;q=0.1", "en"),
        ("tr;q=abc, ru", "en"),
        (";;;,,q=", "en"),
        ("\x00\x01", "en"),
        ("türkçe", "en"),
        ("x" * 10_000, "en"),
        (",".join(["tr;q=0.1"] * 2_000), "tr"),
    ],
)
def test_the_door_leads_to_the_language_that_the_browser_asks_for(
    client: Client, header: str, home: str
) -> None:
    response = get(client, "/", accept_language=header)
    assert response.status_code == 302
    assert response["Location"] == f"/{home}/"
    assert response["Vary"] == "Accept-Language"


class TestHeaders:
    @pytest.fixture
    def page(self, client: Client, document: Document) -> HttpResponse:
        return get(
            client,
            ARTICLE["tr"],
            accept_language="ru",
            cookie="django_language=ru; sessionid=0123456789abcdef",
        )

    def test_a_page_is_for_every_reader_the_same(self, client: Client, page: HttpResponse) -> None:
        assert page["Content-Language"] == "tr"
        assert "public" in page["Cache-Control"]
        assert page["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in page
        assert not page.cookies

    def test_who_has_it_gets_no_bytes(self, client: Client, page: HttpResponse) -> None:
        tag = page["ETag"]
        for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            response = get(client, ARTICLE["tr"], if_none_match=known, accept_language="ru")
            assert (response.status_code, response.content) == (304, b""), known
            assert (response["ETag"], response["Cache-Control"]) == (tag, page["Cache-Control"])
            assert response.get("Content-Language", "tr") == "tr"
            assert response["Vary"] == "Accept-Encoding"

    def test_who_has_an_older_one_gets_the_new_one(self, client: Client, page: HttpResponse) -> None:
        for known in ('"other"', "garbage", '"', 'W/"other"', ""):
            assert get(client, ARTICLE["tr"], if_none_match=known).status_code == 200

    def test_head_is_get_without_the_bytes(self, client: Client, page: HttpResponse) -> None:
        response = client.head(ARTICLE["tr"])
        assert (response.status_code, response.content) == (200, b"")
        assert (response["ETag"], response["Content-Length"]) == (page["ETag"], page["Content-Length"])

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    @pytest.mark.parametrize("path", ["/", "/tr/", ARTICLE["tr"], "/tr/nothing/"])
    def test_nothing_else_is_answered(
        self, client: Client, document: Document, method: str, path: str
    ) -> None:
        assert getattr(client, method)(path).status_code == 405

    def test_a_page_takes_one_query(self, client: Client, document: Document) -> None:
        for path in ("/", "/tr/", "/ru/", *ARTICLE.values()):
            with CaptureQueriesContext(connection) as queries:
                get(client, path, cookie="sessionid=0123456789abcdef")
            assert len(queries) <= 1, path

    @pytest.mark.parametrize(
        "path", ["/", "/en/", ARTICLE["en"], "/en/nothing/", "/nothing", "/admin/", "/admin/login/"]
    )
    def test_the_policy_stands_on_every_answer(self, client: Client, document: Document, path: str) -> None:
        policy = get(client, path)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


@dataclass
class Answer:
    """What a path answered, in the crawl of the whole site."""

    status: int
    kind: str
    text: str
    leads_to: str = ""


class TestTheWholeSite:
    @pytest.fixture
    def site(self, client: Client, document: Document) -> dict[str, Answer]:
        """Everything that can be reached from the door by following links."""
        waiting, found = ["/", "/en/"], {}
        while waiting:
            path = waiting.pop()
            if path not in found:
                found[path] = self.ask(client, path)
                waiting += self.links(path, found[path])
        return found

    def ask(self, client: Client, path: str) -> Answer:
        if path.startswith(settings.STATIC_URL):
            file = finders.find(path.removeprefix(settings.STATIC_URL))
            return Answer(200, Path(file).suffix, Path(file).read_text()) if file else Answer(404, "", "")
        response = get(client, path)
        kind = response.get("Content-Type", "")
        return Answer(response.status_code, kind, response.content.decode(), response.get("Location", ""))

    def links(self, path: str, answer: Answer) -> Iterator[str]:
        if answer.leads_to:
            yield answer.leads_to
        elif "html" in answer.kind:
            page = Strict(answer.text)
            links = [link["href"] for link in page.links]
            for link in [*links, *page.resources, *page.alternates.values(), *page.documents]:
                to = urlsplit(urljoin(f"{settings.SITE_URL}{path}", link))
                if f"{to.scheme}://{to.netloc}" == settings.SITE_URL:
                    yield to.path

    def test_has_no_dead_link(self, site: dict[str, Answer]) -> None:
        assert {path: answer.status for path, answer in site.items() if answer.status not in {200, 302}} == {}
        assert {"/en/", "/tr/", "/ru/", *ARTICLE.values()} <= set(site)

    def test_has_no_dead_anchor(self, site: dict[str, Answer]) -> None:
        for path, answer in site.items():
            if "html" in answer.kind:
                page = Strict(answer.text)
                anchors = {link["href"][1:] for link in page.links if link["href"].startswith("#")}
                assert anchors <= set(page.ids), path

    def test_asks_nobody_else_for_anything(self, site: dict[str, Answer]) -> None:
        assert {answer.kind for answer in site.values()} > {".css", ".svg"}
        for path, answer in site.items():
            if answer.kind in {".css", ".svg"}:
                used = re.findall(r"@import|(?:url\(|href=)\s*['\"]?(?!data:)(?:https?:)?//", answer.text)
                assert not used, path
            elif "html" in answer.kind:
                page = Strict(answer.text)
                assert all(urlsplit(address).netloc == "" for address in page.resources), path
                assert page.handlers == [], path
                assert "<style" not in answer.text, path

    def test_the_slug_that_a_reader_sees_is_the_editions(self, site: dict[str, Answer]) -> None:
        released = Edition.objects.filter(document__kind="article", releases__state="live")
        assert {f"/{edition.language}/{edition.slug}/" for edition in released} <= set(site)
