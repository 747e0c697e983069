"""Lists of articles: front pages, the archive, authors and topics; each holds what is released in its language."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Article, Author, Authorship, Document, Listing, Page, Person, Topic
from publishing.pages import archive, authors, shelves, topics
from publishing.worker import loop
from publishing.workflow import comparing, ingesting, likening, releasing, rewriting
from publishing.workflow import topics as verbs
from publishing.workflow.errors import BadInput, NotAllowed, Unknown
from tests import cast
from tests.workflow import edition

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def carol() -> Person:
    return cast.carol()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that are long with three articles."""
    monkeypatch.setattr(shelves, "NEWEST", 2)
    monkeypatch.setattr(shelves, "OF_A_YEAR", 2)
    monkeypatch.setattr(likening, "LOOKED_AT_AGAIN", 2)
    monkeypatch.setattr(comparing, "AT_ONCE_UP_TO", 0)  # a day's work is no release's


def made(number: int, day: date | None) -> Document:
    """An English article of its own, published on that day, not released."""
    document = cast.article(cast.SHORT.replace(cast.TITLE, f"Grain and the Harbour of {'I' * number}"))
    Article.objects.filter(document=document).update(published_on=day)
    return document


def released(carol: Person, number: int, day: date | None) -> Document:
    document = made(number, day)
    releasing.release(document, "en", actor=carol)
    return document


def slug_of(document: Document) -> str:
    return document.editions.get(language="en").slug


def text(path: str) -> str:
    return bytes(Page.objects.get(path=path).content).decode()


def linked(path: str) -> list[str]:
    """The slugs of the articles that a page leads to, in order, each once."""
    slugs = re.findall(r'href="/en/(grain-[a-z0-9-]+)/"', text(path))
    return list(dict.fromkeys(slugs))


class TestTheFrontPage:
    def test_has_the_newest_and_leads_to_the_archive(self, few: None, carol: Person) -> None:
        first, second, third = (released(carol, n, date(2024, 1, n)) for n in (1, 2, 3))
        loop.drain()
        assert linked("/en/") == [slug_of(third), slug_of(second)]
        assert 'href="/en/archive/"' in text("/en/")
        assert slug_of(first) in text("/en/archive/2024/2/")

    def test_lists_what_has_no_date_by_the_day_on_which_it_came(self, few: None, carol: Person) -> None:
        undated = released(carol, 1, None)
        old = released(carol, 2, date(2020, 1, 1))
        loop.drain()
        assert linked("/en/") == [slug_of(undated), slug_of(old)]

    def test_asks_as_little_for_many_articles_as_for_few(self, few: None, carol: Person) -> None:
        counted = []
        for number in range(1, 7):
            document = released(carol, number, date(2024, 1, number))
            with CaptureQueriesContext(connection) as queries:
                loop.drain()
            counted.append(len(queries))
            assert slug_of(document) in text("/en/")
        assert counted[-1] <= counted[2] + 2, counted


class TestTheArchive:
    def test_has_years_and_months_with_their_numbers(self, carol: Person) -> None:
        for number, day in enumerate((date(2023, 7, 1), date(2023, 7, 9), date(2024, 2, 1)), start=1):
            released(carol, number, day)
        loop.drain()
        page = text("/en/archive/")
        assert page.index('href="/en/archive/2024/"') < page.index('href="/en/archive/2023/"')
        assert re.search(
            r'<a href="/en/archive/2023/#month-7">July</a>\s*<span class="number">2</span>', page
        )
        assert 'id="month-7"' in text("/en/archive/2023/")

    def test_of_a_language_holds_what_is_released_in_it(self, carol: Person) -> None:
        document = released(carol, 1, date(2024, 1, 1))
        loop.drain()
        assert not Page.objects.filter(path="/tr/archive/2024/").exists()
        edition.approved(document, "tr", cast.boris(), cast.ayse())
        releasing.release(document, "tr", actor=carol)
        loop.drain()
        assert "Tahıl Karadeniz’i Geçiyor" in text("/tr/archive/2024/")
        assert "Ocak" in text("/tr/archive/2024/")
        assert 'hreflang="tr" href="http' in text("/en/archive/2024/")

    def test_splits_a_long_year_and_leads_each_month_to_its_page(self, few: None, carol: Person) -> None:
        days = [date(2024, month, 1) for month in (5, 4, 3)]
        documents = [released(carol, number, day) for number, day in enumerate(days, start=1)]
        loop.drain()
        assert linked("/en/archive/2024/") == [slug_of(documents[0]), slug_of(documents[1])]
        assert linked("/en/archive/2024/2/") == [slug_of(documents[2])]
        assert 'href="/en/archive/2024/2/#month-3"' in text("/en/archive/")
        releasing.withdraw(documents[0], "en", actor=carol)
        loop.drain()
        assert not Page.objects.filter(path="/en/archive/2024/2/").exists()

    def test_loses_the_year_with_its_last_article(self, carol: Person, client: Client) -> None:
        document = released(carol, 1, date(2024, 1, 1))
        loop.drain()
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        assert client.get("/en/archive/2024/").status_code == 404
        assert "2024" not in text("/en/archive/")

    def test_a_release_leaves_other_years_alone(self, carol: Person) -> None:
        released(carol, 1, date(2020, 1, 1))
        loop.drain()
        before = dict(Page.objects.values_list("path", "written_at"))
        rewritten: list[str] = []
        released(carol, 2, date(2024, 1, 1))
        with CaptureQueriesContext(connection) as queries:
            loop.drain()
        rewritten = [
            path for path, at in Page.objects.values_list("path", "written_at") if before.get(path) != at
        ]
        assert "/en/archive/2024/" in rewritten
        assert "/en/archive/2020/" not in rewritten
        assert not [q for q in queries if "2020-01-01" in q["sql"] and '"publishing_listing"' in q["sql"]]


class TestAnAuthor:
    @pytest.fixture
    def author(self, carol: Person) -> Author:
        document = cast.sample()
        releasing.release(document, "en", actor=carol)
        found = Author.objects.get()
        releasing.release(found.document, "tr", actor=carol)
        loop.drain()
        return found

    def test_has_a_page_with_the_biography_in_its_own_language_and_the_articles(self, author: Author) -> None:
        page = text(f"/en/authors/{author.slug}/")
        assert '<div class="biography" lang="tr">' in page
        assert re.search(r'<h1 lang="tr">', page)
        assert "/en/the-future-of-china-russia-north-korea-relations/" in page

    def test_is_linked_from_bylines(self, author: Author) -> None:
        article = text("/en/the-future-of-china-russia-north-korea-relations/")
        for page in (article, text("/en/")):
            assert f'<a href="/en/authors/{author.slug}/">' in page

    def test_has_no_page_where_nothing_of_theirs_is_released(self, author: Author, client: Client) -> None:
        assert client.get(f"/tr/authors/{author.slug}/").status_code == 404
        assert 'href="/tr/authors/' not in text(f"/en/authors/{author.slug}/")

    def test_loses_the_page_with_the_biography(self, author: Author, carol: Person, client: Client) -> None:
        releasing.withdraw(author.document, "tr", actor=carol)
        loop.drain()
        assert client.get(f"/en/authors/{author.slug}/").status_code == 404
        assert "/authors/" not in text("/en/")

    def test_of_many_articles_has_years(self, few: None, author: Author, carol: Person) -> None:
        for number in (1, 2):
            document = made(number, date(2020 + number, 1, 1))
            Authorship.objects.create(article=document.article, author=author)
            releasing.release(document, "en", actor=carol)
        loop.drain()
        path = f"/en/authors/{author.slug}/"
        assert f'href="{path}2021/"' in text(path)
        assert "Grain" in text(f"{path}2021/")
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        assert f'href="{path}2021/"' not in text(path)
        assert not Page.objects.filter(path__startswith=f"{path}20").exists()


class TestATopic:
    @pytest.fixture
    def document(self, carol: Person) -> Document:
        return released(carol, 1, date(2024, 1, 1))

    @pytest.fixture
    def topic(self, document: Document, carol: Person) -> Topic:
        topic = verbs.add_topic("Sea routes", "en", actor=carol)
        verbs.assign_topics(document.article, ["sea-routes"], actor=carol)
        loop.drain()
        return topic

    def test_is_not_shown_before_its_name_is_released(self, topic: Topic, client: Client) -> None:
        assert client.get("/en/topics/sea-routes/").status_code == 404
        assert not [
            path for path in Page.objects.values_list("path", flat=True) if "Sea routes" in text(path)
        ]

    def test_appears_with_the_release_of_its_name(
        self, topic: Topic, document: Document, carol: Person
    ) -> None:
        releasing.release(topic.document, "en", actor=carol)
        loop.drain()
        assert "<h1>Sea routes</h1>" in text("/en/topics/sea-routes/")
        assert linked("/en/topics/sea-routes/") == [slug_of(document)]
        assert '<a href="/en/topics/sea-routes/">Sea routes</a>' in text(f"/en/{slug_of(document)}/")

    def test_is_reviewed_as_any_text_before_it_appears_in_another_language(
        self, topic: Topic, document: Document, carol: Person
    ) -> None:
        edition.approved(document, "tr", cast.boris(), ayse := cast.ayse())
        releasing.release(document, "tr", actor=carol)
        releasing.release(topic.document, "en", actor=carol)
        (row,) = cast.opened(topic.document, "tr")
        loop.drain()
        assert not Page.objects.filter(path="/tr/topics/sea-routes/").exists()
        edition.reworded(row, "Deniz yolları", carol, ayse)
        releasing.release(topic.document, "tr", actor=carol)
        loop.drain()
        assert "<h1>Deniz yolları</h1>" in text("/tr/topics/sea-routes/")
        assert 'hreflang="tr"' in text("/en/topics/sea-routes/")

    def test_goes_with_its_last_article(
        self, topic: Topic, document: Document, carol: Person, client: Client
    ) -> None:
        releasing.release(topic.document, "en", actor=carol)
        loop.drain()
        verbs.assign_topics(document.article, [], actor=carol)
        loop.drain()
        assert client.get("/en/topics/sea-routes/").status_code == 404
        assert "Sea routes" not in text(f"/en/{slug_of(document)}/")

    def test_whose_name_is_released_rewrites_the_articles_that_have_it_and_no_others(
        self, topic: Topic, document: Document, carol: Person
    ) -> None:
        other = released(carol, 2, date(2024, 1, 2))
        loop.drain()
        before = dict(Page.objects.values_list("path", "written_at"))
        releasing.release(topic.document, "en", actor=carol)
        loop.drain()
        since = {
            path for path, at in Page.objects.values_list("path", "written_at") if before.get(path) != at
        }
        assert since == {f"/en/{slug_of(document)}/", "/en/topics/sea-routes/", "/sitemap-pages-0.xml"}
        assert f"/en/{slug_of(other)}/" in before

    def test_assigning_is_a_decision_on_record(self, topic: Topic, document: Document, carol: Person) -> None:
        entry = document.audit_entries.get(verb="assign_topics")
        assert (entry.person, entry.data) == (carol, {"topics": ["sea-routes"], "before": []})

    @pytest.mark.parametrize("name", ["", " ", "x" * 101])
    def test_needs_a_name(self, carol: Person, name: str) -> None:
        with pytest.raises(BadInput):
            verbs.add_topic(name, "en", actor=carol)
        assert not Topic.objects.exists()

    def test_has_a_slug_of_its_own(self, topic: Topic, carol: Person) -> None:
        with pytest.raises(BadInput, match="sea-routes"):
            verbs.add_topic("Sea Routes", "en", actor=carol)
        assert Document.objects.filter(kind="topic").count() == 1

    def test_that_is_not_there_is_not_assigned(self, topic: Topic, document: Document, carol: Person) -> None:
        with pytest.raises(Unknown):
            verbs.assign_topics(document.article, ["sea-routes", "nowhere"], actor=carol)
        assert list(document.article.topics.all()) == [topic]

    def test_is_the_desks_to_make_and_to_assign(self, topic: Topic, document: Document) -> None:
        ayse = cast.ayse()
        with pytest.raises(NotAllowed):
            verbs.add_topic("Ports", "en", actor=ayse)
        with pytest.raises(NotAllowed):
            verbs.assign_topics(document.article, [], actor=ayse)


class TestTheSitesOwnAddresses:
    @pytest.mark.parametrize("slug", ["archive", "authors", "topics", "search"])
    def test_are_no_articles_slugs(self, slug: str) -> None:
        with pytest.raises(BadInput):
            ingesting.import_article(cast.SHORT.encode(), slug=slug)
        titled = cast.SHORT.replace(cast.TITLE, slug.capitalize())
        assert ingesting.import_article(titled.encode()).slug == f"{slug}-2"
        assert ingesting.import_article(titled.encode()).slug == f"{slug}-2"

    def test_are_told_for_sitemaps(self, carol: Person) -> None:
        document = released(carol, 1, date(2024, 1, 1))
        topic = verbs.add_topic("Sea routes", "en", actor=carol)
        verbs.assign_topics(document.article, ["sea-routes"], actor=carol)
        releasing.release(topic.document, "en", actor=carol)
        loop.drain()
        for source in (archive, authors, topics):
            for address in source.addresses():
                for path in address.paths.values():
                    assert Page.objects.filter(path=path, status=200).exists()
                assert address.default in address.paths.values()
                assert address.changed.keys() == address.paths.keys()
        assert [each.paths["en"] for each in archive.addresses()] == ["/en/archive/", "/en/archive/2024/"]
        assert [each.paths["en"] for each in topics.addresses()] == ["/en/topics/sea-routes/"]


def test_writing_everything_again_changes_no_list(few: None, carol: Person) -> None:
    for number in (1, 2, 3):
        released(carol, number, date(2022 + number, 1, 1))
    loop.drain()
    before = dict(Page.objects.values_list("path", "etag"))
    Listing.objects.all().delete()
    rewriting.plan_all()
    loop.drain()
    assert dict(Page.objects.values_list("path", "etag")) == before
