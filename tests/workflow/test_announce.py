"""say_in_preparation: an editor's word to readers, until the edition comes or does not; and nothing else says it."""

import pytest
from django.test import Client

from publishing.models import AuditEntry, Document, Edition, Page, Person
from publishing.worker import loop
from publishing.workflow import announcing, editing, pretranslating, releasing
from publishing.workflow.errors import AlreadyReleased, AlreadySaid, NotAllowed, OfAnAuthor, Unknown
from tests import cast
from tests.workflow.edition import approved, site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("document"),
    pytest.mark.filterwarnings("ignore:No directory at"),
]

PATH = "/en/grain-crosses-the-black-sea/"


@pytest.fixture
def boris() -> Person:
    return cast.boris()


@pytest.fixture(scope="module")
def _live(for_the_file: None) -> None:
    """Live in English; a Turkish and a Russian translation are under way."""
    document = cast.article()
    releasing.release(document, "en", actor=cast.carol())
    for language in ("tr", "ru"):
        cast.opened(document, language)
    loop.drain()


@pytest.fixture
def document(_live: None, db: None) -> Document:
    return Document.objects.get()


@pytest.fixture
def carol(document: Document) -> Person:
    return Person.objects.get(username="carol")


def say(document: Document, carol: Person, language: str = "tr", *, coming: bool = True) -> Edition:
    made = announcing.say_in_preparation(document, language, actor=carol, coming=coming)
    loop.drain()
    return made


def switcher(client: Client) -> str:
    page = client.get(PATH).content.decode()
    return page.partition('<nav class="switcher"')[2].partition("</nav>")[0]


class TestItsSiblings:
    def test_name_it_and_do_not_link_to_it(self, client: Client, document: Document, carol: Person) -> None:
        assert "Türkçe" not in switcher(client)
        say(document, carol)
        found = switcher(client)
        assert '<span lang="tr">Türkçe</span>' in found
        assert "in preparation" in found
        assert 'href="/tr/' not in found
        assert "Русский" not in found

    def test_name_it_to_no_machine(self, client: Client, document: Document, carol: Person) -> None:
        say(document, carol)
        page = client.get(PATH).content.decode()
        assert 'hreflang="tr"' not in page.partition("<body")[0]
        assert "tr_TR" not in page
        maps = Page.objects.filter(path__startswith="/sitemap-articles")
        assert all(b"/tr/" not in bytes(each.content) for each in maps)
        assert maps.exists()

    def test_name_it_no_longer_when_it_is_taken_back(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        before = site()
        say(document, carol)
        say(document, carol, coming=False)
        assert site() == before

    def test_link_to_it_once_it_is_released(
        self, client: Client, document: Document, carol: Person, boris: Person
    ) -> None:
        say(document, carol)
        approved(document, "tr", boris, cast.ayse())
        releasing.release(document, "tr", actor=carol)
        loop.drain()
        assert not Edition.objects.filter(in_preparation=True).exists()
        assert "in preparation" not in switcher(client)
        assert 'hreflang="tr"' in switcher(client)

    def test_name_it_no_more_after_a_withdrawal(
        self, client: Client, document: Document, carol: Person, boris: Person
    ) -> None:
        say(document, carol)
        approved(document, "tr", boris, cast.ayse())
        releasing.release(document, "tr", actor=carol)
        releasing.withdraw(document, "tr", actor=carol)
        loop.drain()
        assert "Türkçe" not in switcher(client)


class TestItsAddress:
    def test_says_that_it_is_coming_and_where_it_can_be_read_until_then(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        path = PATH.replace("/en/", "/tr/")
        plain = client.get(path)
        assert (plain.status_code, "in preparation" in plain.content.decode()) == (404, False)
        say(document, carol)
        told = client.get(path)
        assert told.status_code == 404
        assert told.content != plain.content
        assert PATH in told.content.decode()
        russian = client.get(PATH.replace("/en/", "/ru/")).content
        say(document, carol, "ru")
        assert client.get(PATH.replace("/en/", "/ru/")).content != russian


class TestOnlyThePagesConcerned:
    def test_are_written_again(self, document: Document, carol: Person) -> None:
        before = dict(Page.objects.values_list("path", "written_at"))
        say(document, carol)
        after = dict(Page.objects.values_list("path", "written_at"))
        assert {path for path in after if after[path] != before[path]} == {PATH}

    def test_by_this_word_and_not_by_the_work(self, document: Document, carol: Person, boris: Person) -> None:
        """Who translates, drafts or approves says nothing to readers."""
        say(document, carol)
        before = site()
        pretranslating.request(document, "tr")
        row = cast.rows(document, "tr")[1]
        editing.submit(row, text="Limanlar açıldı.[1]", actor=boris, seen_version=row.version)
        assert site() == before


class TestWhatIsRefused:
    def test_of_what_readers_have_had(self, document: Document, carol: Person) -> None:
        for _ in ("live", "withdrawn"):
            with pytest.raises(AlreadyReleased):
                say(document, carol, "en")
            if document.editions.get(language="en").releases.live().exists():
                releasing.withdraw(document, "en", actor=carol)

    def test_what_was_said_already(self, document: Document, carol: Person) -> None:
        with pytest.raises(AlreadySaid):
            say(document, carol, coming=False)
        say(document, carol)
        with pytest.raises(AlreadySaid):
            say(document, carol)

    def test_of_a_biography(self, carol: Person) -> None:
        article = cast.sample()
        biography = Document.objects.get(author__articles__document=article)
        cast.opened(biography, "en")
        with pytest.raises(OfAnAuthor):
            say(biography, carol, "en")

    def test_of_a_language_that_nobody_works_on(self, carol: Person) -> None:
        with pytest.raises(Unknown):
            say(cast.article("Another Title\n\nIt rained.\n"), carol, "ru")

    def test_by_a_translator(self, document: Document) -> None:
        with pytest.raises(NotAllowed):
            say(document, cast.ayse())
        assert not Edition.objects.filter(in_preparation=True).exists()


def test_it_is_on_record(document: Document, carol: Person) -> None:
    announcing.say_in_preparation(document, "tr", actor=carol, note="In May.")
    say(document, carol, coming=False)
    entries = AuditEntry.objects.filter(verb__contains="preparation").order_by("number")
    assert [(entry.verb, entry.data) for entry in entries] == [
        ("in_preparation", {"language": "tr", "note": "In May."}),
        ("not_in_preparation", {"language": "tr"}),
    ]
