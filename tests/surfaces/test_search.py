"""The readers' search: released text in one language, words in any form, and nothing that a question can break."""

import re
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Document, Listing, Page, Person, Posting, Word
from publishing.reports import finding
from publishing.worker import loop
from publishing.workflow import editing, releasing, rewriting
from tests import cast
from tests.workflow import edition

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

TURKISH = """İstanbul’da Seçim Haftası

Seçimlerde Kırım Tatarları da oy kullandı. Kitaplarımızdaki haritalar eskidi.
"""
RUSSIAN = """Ещё о Выборах

На выборах в Чёрном море победили моряки. Самолёты улетели, и люди ушли домой.
"""


@pytest.fixture(scope="class")
def _grain(for_the_class: None) -> None:
    """The short English article, live in English, translated but not released in Turkish."""
    document = cast.article()
    releasing.release(document, "en", actor=cast.carol())
    edition.approved(document, "tr", cast.boris(), cast.ayse())
    loop.drain()


@pytest.fixture
def grain(_grain: None, db: None) -> Document:
    return Document.objects.get()


@pytest.fixture
def carol(db: None) -> Person:
    return Person.objects.filter(username="carol").first() or cast.carol()


def live(carol: Person, text: str, language: str) -> Document:
    document = cast.ingesting.import_article(text.encode(), language=language).article.document
    releasing.release(document, language, actor=carol)
    loop.drain()
    return document


def ask(client: Client, language: str, question: str, **more: str) -> HttpResponse:
    return client.get(f"/{language}/search/", {"q": question, **more})


def titles(answer: HttpResponse) -> list[str]:
    """The titles that were found, in order."""
    assert answer.status_code == 200
    found = re.findall(r'<h3><a href="[^"]*">(.*?)</a></h3>', answer.content.decode(), re.DOTALL)
    return [unescape(re.sub("<[^>]*>", "", title)) for title in found]


def marks(answer: HttpResponse) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", answer.content.decode())


@pytest.mark.usefixtures("grain")
class TestASearch:
    def test_finds_what_is_released_and_marks_the_words(self, client: Client, grain: Document) -> None:
        answer = ask(client, "en", "ship opening")
        assert titles(answer) == [cast.TITLE]
        assert {"opened", "Ships"} <= set(marks(answer))

    def test_finds_nothing_in_a_language_that_was_not_chosen(self, client: Client, grain: Document) -> None:
        assert titles(ask(client, "tr", "grain")) == []
        assert titles(ask(client, "en", "tahıl")) == []

    def test_finds_nothing_that_was_not_released(
        self, client: Client, grain: Document, carol: Person
    ) -> None:
        assert titles(ask(client, "tr", "tahıl")) == []
        releasing.release(grain, "tr", actor=carol)
        loop.drain()
        assert titles(ask(client, "tr", "tahıl")) == ["Tahıl Karadeniz’i Geçiyor"]
        row = cast.rows(grain)[2]
        editing.submit(row, text="Gemiler GİZLİCE yola çıktı.", actor=carol, seen_version=row.version)
        loop.drain()
        assert titles(ask(client, "tr", "gizlice")) == []

    def test_finds_no_more_what_was_withdrawn(self, client: Client, grain: Document, carol: Person) -> None:
        releasing.withdraw(grain, "en", actor=carol)
        loop.drain()
        assert titles(ask(client, "en", "grain")) == []
        assert not Posting.objects.exists()
        assert not Word.objects.filter(releases__gt=0).exists()

    def test_finds_the_text_of_the_live_release_after_another_and_back(
        self, client: Client, grain: Document, carol: Person
    ) -> None:
        changed = cast.SHORT.replace("Ships left", "Barges left")
        cast.ingesting.import_article(changed.encode())
        assert titles(ask(client, "en", "barges")) == []
        releasing.release(grain, "en", actor=carol)
        loop.drain()
        assert (titles(ask(client, "en", "barge")), titles(ask(client, "en", "ships"))) == ([cast.TITLE], [])
        releasing.rollback(grain, "en", actor=carol)
        loop.drain()
        assert (titles(ask(client, "en", "barge")), titles(ask(client, "en", "ships"))) == ([], [cast.TITLE])

    def test_says_which_words_are_nowhere_and_what_has_only_some(
        self, client: Client, grain: Document, carol: Person
    ) -> None:
        page = ask(client, "en", "grain zeppelin").content.decode()
        assert "Found nowhere:" in page
        assert "<q>zeppelin</q>" in page
        live(carol, "Bread\n\nFlour is cheap in Odessa.\n", "en")
        answer = ask(client, "en", "grain flour")
        assert "No article has all the words" in answer.content.decode()
        assert len(titles(answer)) == 1

    def test_says_so_where_nothing_was_sought(self, client: Client, grain: Document) -> None:
        assert "Nothing was sought" in ask(client, "en", "the of and").content.decode()
        assert "Nothing was found" in ask(client, "en", "zeppelin").content.decode()

    def test_takes_four_queries_at_most(self, client: Client, grain: Document) -> None:
        for question in ("grain", "ship opening grain july", "zeppelin", "the"):
            with CaptureQueriesContext(connection) as queries:
                ask(client, "en", question)
            assert len(queries) <= 4, question

    def test_writes_nothing_and_sets_no_cookie(self, client: Client, grain: Document) -> None:
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, "en", "grain")
        assert all(query["sql"].startswith("SELECT") for query in queries)
        assert not answer.cookies
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Content-Language"] == "en"
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.fixture(scope="class")
def two_languages(for_the_class: None) -> None:
    """A Turkish article and a Russian one, live."""
    carol = cast.carol()
    live(carol, TURKISH, "tr")
    live(carol, RUSSIAN, "ru")


@pytest.mark.usefixtures("two_languages")
class TestWords:
    @pytest.mark.parametrize(
        "question",
        ["seçim", "SEÇİM", "seçimler", "seçimlerin", "İSTANBUL", "istanbul", "Istanbul", "İstanbul'un",
         "kırım", "KIRIM", "Kirim", "kitap", "kitabı", "harita seçim"],
    )  # fmt: skip
    def test_knows_turkish_letters_and_suffixes(self, client: Client, question: str) -> None:
        assert titles(ask(client, "tr", question)) == ["İstanbul’da Seçim Haftası"]

    @pytest.mark.parametrize(
        "question",
        ["выборы", "ВЫБОРОВ", "еще выборы", "черное море", "чёрный", "самолет", "моряк", "человек"],
    )
    def test_knows_russian_letters_and_endings(self, client: Client, question: str) -> None:
        assert titles(ask(client, "ru", question)) == ["Ещё о Выборах"]


class TestTheOrder:
    def test_puts_the_title_first_and_the_rarer_word_before_the_common_one(
        self, client: Client, carol: Person
    ) -> None:
        texts = ("Harbours", "Bread", "Winter")
        bodies = (
            "Bread is dear. Ships came.",
            "Flour is cheap. Ships came.",
            "Snow fell on bread. Ships came.",
        )
        for title, body in zip(texts, bodies, strict=True):
            live(carol, f"{title}\n\n{body}\n", "en")
        assert titles(ask(client, "en", "bread"))[0] == "Bread"
        assert sorted(titles(ask(client, "en", "ships"))) == sorted(texts)
        assert titles(ask(client, "en", "snow ships")) == ["Winter"]

    def test_goes_on_over_pages(self, client: Client, carol: Person) -> None:
        for number in range(1, 13):
            live(carol, f"Harbour {'I' * number}\n\nShips came.\n", "en")
        first, second = ask(client, "en", "ships"), ask(client, "en", "ships", page="2")
        assert (len(titles(first)), len(titles(second))) == (10, 2)
        assert not set(titles(first)) & set(titles(second))
        assert "?q=ships&amp;page=2" in first.content.decode()
        for number in ("0", "-1", "99", "x", "9" * 50, "²", ""):
            assert titles(ask(client, "en", "ships", page=number))


@pytest.mark.usefixtures("grain")
class TestAQuestionOfAnyKind:
    @pytest.mark.parametrize(
        "question",
        ["<script>alert(1)</script>", "' OR 1=1 --", '"; DROP TABLE x', "%", "_", "\\", "\x00grain\x00", "\ud800",
         "grain " * 5_000, "a" * 10_000, "İ" * 500, "\u0130\u0307\u0301", "🚢🌾", "()[]{}*+?^$|", "grain\n\r\tship",
         "ﬁ ǆ ß", "..", "👨‍👩‍👧", "\u202egrain", "' \" `"],
    )  # fmt: skip
    @pytest.mark.parametrize("language", ["en", "tr", "ru"])
    def test_breaks_nothing(self, client: Client, language: str, question: str) -> None:
        answer = client.get(f"/{language}/search/", {"q": question.encode("utf-8", "surrogatepass")})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.usefixtures("grain")
class TestThePageWithoutAQuestion:
    @pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00", "?x=1"])
    def test_is_a_stored_page(self, client: Client, grain: Document, query: str) -> None:
        answer = client.get(f"/en/search/{query}")
        assert answer.content == bytes(Page.objects.get(path="/en/search/").content)
        assert "ETag" in answer

    def test_is_led_to_by_a_form_on_front_page_and_archive(self, client: Client, grain: Document) -> None:
        for path in ("/en/", "/en/archive/", "/en/search/"):
            assert (
                '<form class="search" role="search" method="get" action="/en/search/">'
                in client.get(path).content.decode()
            )


def test_writing_everything_again_finds_the_same(client: Client, carol: Person, grain: Document) -> None:
    live(carol, TURKISH, "tr")
    before = sorted(Posting.objects.values_list("word__key", "release", "count", "place"))
    counts = sorted(Word.objects.filter(releases__gt=0).values_list("language", "key", "releases"))
    Posting.objects.all().delete()
    Word.objects.all().delete()
    Listing.objects.all().delete()
    rewriting.plan_all()
    loop.drain()
    assert sorted(Posting.objects.values_list("word__key", "release", "count", "place")) == before
    assert sorted(Word.objects.values_list("language", "key", "releases")) == counts


def test_a_search_gives_no_more_than_anybody_reads(
    carol: Person, grain: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_FOUND", 1)
    live(carol, "Ships\n\nShips came.\n", "en")
    assert len(finding.find("ships", "en").hits) == 1
