"""give_slug: a released edition gets another address, and every one that it had leads there in one step, for ever."""

import pytest
from django.test import Client

from publishing.models import AuditEntry, Document, Edition, FormerSlug, Page, Person
from publishing.worker import loop
from publishing.workflow import editions, ingesting, releasing, renaming
from publishing.workflow.errors import (
    NeverReleased,
    NotAllowed,
    OfAnAuthor,
    SameSlug,
    SlugTaken,
    Unknown,
    UnusableSlug,
)
from tests import cast
from tests.workflow.edition import approved

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("document"),
    pytest.mark.filterwarnings("ignore:No directory at"),
]

OLD = "grain-crosses-the-black-sea"


@pytest.fixture(scope="module")
def _live(for_the_file: None) -> None:
    releasing.release(cast.article(), "en", actor=cast.carol())
    loop.drain()


@pytest.fixture
def document(_live: None, db: None) -> Document:
    """The short article, live in English."""
    return Document.objects.get()


@pytest.fixture
def carol(document: Document) -> Person:
    return Person.objects.get(username="carol")


@pytest.fixture
def other(carol: Person) -> Document:
    """Another article, live in English."""
    document = cast.article(cast.SHORT.replace(cast.TITLE, "Steel Crosses the Caspian"))
    releasing.release(document, "en", actor=carol)
    loop.drain()
    return document


def give(document: Document, slug: str, carol: Person, language: str = "en") -> Edition:
    made = renaming.give_slug(document, language, slug, actor=carol)
    loop.drain()
    return made


def leads(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, response.get("Location", "")


class TestItsAddresses:
    def test_the_new_one_has_the_page_and_the_old_one_leads_there(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        body = client.get(f"/en/{OLD}/").content
        give(document, "grain-at-sea", carol)
        assert leads(client, f"/en/{OLD}/") == (301, "/en/grain-at-sea/")
        page = client.get("/en/grain-at-sea/").content.decode()
        assert 'rel="canonical" href="http://127.0.0.1:8000/en/grain-at-sea/"' in page
        assert OLD not in page
        assert b"The ports opened" in body

    def test_over_several_changes_none_is_a_chain(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        for slug in ("second", "third", "fourth"):
            give(document, slug, carol)
        for old in (OLD, "second", "third"):
            assert leads(client, f"/en/{old}/") == (301, "/en/fourth/")
        moved = Page.objects.filter(status=301).values_list("location", flat=True)
        assert not Page.objects.filter(path__in=list(moved), status=301).exists()

    def test_one_that_it_had_can_be_had_again(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        give(document, "second", carol)
        give(document, OLD, carol)
        assert client.get(f"/en/{OLD}/").status_code == 200
        assert leads(client, "/en/second/") == (301, f"/en/{OLD}/")
        give(document, "second", carol)
        assert leads(client, f"/en/{OLD}/") == (301, "/en/second/")

    def test_the_files_beside_the_page_move_with_it(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        give(document, "second", carol)
        for name in ("provenance.json", "citation.bib", "citation.ris"):
            assert leads(client, f"/en/{OLD}/{name}") == (301, f"/en/second/{name}")
            assert client.get(f"/en/second/{name}").status_code == 200

    def test_lists_feeds_and_sitemaps_have_the_new_one_alone(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        identity = client.get("/en/feed.xml").content.decode().split("<id>")[2].partition("<")[0]
        give(document, "second", carol)
        pages = Page.objects.exclude(status=301)
        assert not [page.path for page in pages if OLD.encode() in bytes(page.content)]
        feed = client.get("/en/feed.xml").content.decode()
        assert "/en/second/" in feed
        assert identity in feed

    def test_of_what_was_withdrawn_say_so_in_one_step(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        give(document, "second", carol)
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        assert leads(client, f"/en/{OLD}/") == (301, "/en/second/")
        assert client.get("/en/second/").status_code == 410
        assert client.get(f"/en/{OLD}/citation.bib").status_code == 404

    def test_in_another_language_lead_to_what_there_is(
        self, client: Client, document: Document, carol: Person
    ) -> None:
        give(document, "second", carol)
        assert "/en/second/" in client.get(f"/ru/{OLD}/").content.decode()

    def test_name_the_article_on_the_command_line(self, document: Document, carol: Person) -> None:
        give(document, "second", carol)
        assert editions.document_named(OLD) == editions.document_named("second") == document


class TestNoOtherEdition:
    def test_gets_a_slug_that_leads_here(self, document: Document, other: Document, carol: Person) -> None:
        give(document, "second", carol)
        for slug in (OLD, "second"):
            with pytest.raises(SlugTaken):
                renaming.give_slug(other, "en", slug, actor=carol)
        assert Edition.objects.get(document=other, language="en").slug == "steel-crosses-the-caspian"

    def test_is_proposed_one_at_its_first_release(self, document: Document, carol: Person) -> None:
        boris, ayse = cast.boris(), cast.ayse()
        same_title = cast.article(cast.SHORT.replace(cast.TITLE, "Steel Crosses the Caspian"))
        for each in (document, same_title):
            approved(each, "tr", boris, ayse)
        releasing.release(document, "tr", actor=carol)
        give(document, "ikinci", carol, "tr")
        releasing.release(same_title, "tr", actor=carol)
        slug = Edition.objects.get(document=same_title, language="tr").slug
        assert slug == "tahil-karadenizi-geciyor-2"

    def test_is_made_of_a_file_that_brings_the_article_in_again(
        self, document: Document, carol: Person
    ) -> None:
        give(document, "second", carol)
        again = ingesting.import_article(cast.SHORT.replace("at once", "in time").encode())
        assert (again.created, again.article.document) == (False, document)

    def test_loses_its_own(self, document: Document, other: Document, carol: Person) -> None:
        with pytest.raises(SlugTaken):
            renaming.give_slug(document, "en", "steel-crosses-the-caspian", actor=carol)
        assert not FormerSlug.objects.exists()


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "slug",
        ["", " ", "Grain", "grain--sea", "-grain", "grain-", "grain/sea", "tahıl", "зерно", "a" * 81, "a b",
         "..", "a\x00", "feed.xml", "ｇrain"],
    )  # fmt: skip
    def test_what_is_no_slug(self, document: Document, carol: Person, slug: str) -> None:
        with pytest.raises(UnusableSlug):
            renaming.give_slug(document, "en", slug, actor=carol)

    def test_the_one_that_it_has(self, document: Document, carol: Person) -> None:
        with pytest.raises(SameSlug):
            renaming.give_slug(document, "en", OLD, actor=carol)

    def test_before_readers_had_it(self, carol: Person) -> None:
        with pytest.raises(NeverReleased):
            renaming.give_slug(cast.article("Another Title\n\nIt rained.\n"), "en", "second", actor=carol)

    def test_for_a_biography(self, carol: Person) -> None:
        document = cast.sample()
        biography = Document.objects.get(author__articles__document=document)
        releasing.release(biography, "tr", actor=carol)
        with pytest.raises(OfAnAuthor):
            renaming.give_slug(biography, "tr", "second", actor=carol)

    def test_in_a_language_that_is_not_there(self, document: Document, carol: Person) -> None:
        with pytest.raises(Unknown):
            renaming.give_slug(document, "ru", "second", actor=carol)

    def test_to_a_translator(self, document: Document) -> None:
        with pytest.raises(NotAllowed):
            renaming.give_slug(document, "en", "second", actor=cast.ayse())

    def test_and_what_is_refused_changes_nothing(self, document: Document, carol: Person) -> None:
        before = dict(Page.objects.values_list("path", "etag"))
        with pytest.raises(UnusableSlug):
            renaming.give_slug(document, "en", "Second", actor=carol)
        loop.drain()
        assert dict(Page.objects.values_list("path", "etag")) == before
        assert not AuditEntry.objects.filter(verb="give_slug").exists()


def test_it_is_on_record(document: Document, carol: Person) -> None:
    renaming.give_slug(document, "en", "second", actor=carol, note="The title was mended.")
    entry = AuditEntry.objects.get(verb="give_slug")
    assert entry.person == carol
    assert entry.data == {"language": "en", "slug": "second", "before": OLD, "note": "The title was mended."}
