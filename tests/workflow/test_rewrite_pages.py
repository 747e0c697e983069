"""rewriting: exactly the pages concerned are written again, batch by batch; a new look of the site concerns all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import pages
from publishing.models import Article, Document, Job, Page, Person
from publishing.pages import finished, sitemaps
from publishing.worker import loop
from publishing.workflow import jobs, releasing, rewriting
from publishing.workflow.errors import LeaseLost
from tests import cast

pytestmark = pytest.mark.django_db

SITE_PAGES = [f"/{code}/{name}" for code in ("en", "tr", "ru") for name in ("", "archive/", "search/")]
"""What tells of the whole site."""


def released(carol: Person, number: int) -> Document:
    """An English article of its own."""
    document = cast.article(cast.SHORT.replace(cast.TITLE, f"Grain and the Harbour of {'I' * number}"))
    releasing.release(document, "en", actor=carol)
    return document


@pytest.fixture(scope="class")
def _three(for_the_class: None) -> None:
    carol = cast.carol()
    for number in (1, 2, 3):
        released(carol, number)
    loop.drain()


@pytest.fixture
def three(_three: None, db: None) -> list[Document]:
    """Three articles, live in English."""
    return list(Document.objects.order_by("pk"))


@pytest.fixture
def carol(db: None) -> Person:
    return Person.objects.filter(username="carol").first() or cast.carol()


def written() -> dict[str, object]:
    return dict(Page.objects.values_list("path", "written_at"))


def painted() -> list[bytes]:
    """The pages that are rendered: what repainting changes."""
    rendered = Page.objects.filter(content_type=finished.HTML)
    return [bytes(content) for content in rendered.values_list("content", flat=True)]


def since(before: dict[str, object]) -> set[str]:
    """The pages that were written since."""
    return {path for path, at in written().items() if before.get(path) != at}


@pytest.fixture
def repaint(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Gives the site another look: other bytes on every page that is rendered, and another version."""
    render = finished.render_to_string

    def to(colour: str) -> None:
        monkeypatch.setattr(finished, "render_to_string", lambda *given: f"{render(*given)}<!-- {colour} -->")
        monkeypatch.setattr(pages, "version", lambda: colour)

    return to


@pytest.mark.usefixtures("three")
class TestARelease:
    def test_writes_its_own_pages_and_the_lists_and_no_others(
        self, three: list[Document], carol: Person
    ) -> None:
        other = cast.ingesting.import_article(
            b"Chess\n\nShe sacrificed her queen and won the round.\n", language="en"
        )
        releasing.release(other.article.document, "en", actor=carol)
        loop.drain()
        before = written()
        releasing.withdraw(three[1], "en", actor=carol)
        loop.drain()
        own, year = three[1].editions.get(language="en").slug, three[1].created_at.year
        numbers = Article.objects.values_list("pk", flat=True)
        theirs = {f"/sitemap-articles-{pk // sitemaps.ARTICLES}.xml" for pk in numbers}
        lists = {"/en/", "/en/archive/", f"/en/archive/{year}/", "/en/feed.xml", "/en/rss.xml"}
        named_it = {f"/en/{each.editions.get(language='en').slug}/" for each in (three[0], three[2])}
        assert since(before) - theirs == {f"/en/{own}/"} | named_it | lists
        assert since(before) & theirs
        assert "/en/chess/" in before

    def test_whose_bytes_are_the_same_touches_nothing(self, three: list[Document], carol: Person) -> None:
        before = written()
        for document in three:
            rewriting.plan(document)
        loop.drain()
        assert since(before) == set()

    def test_of_a_biography_writes_the_authors_articles(self, carol: Person) -> None:
        document = cast.sample()
        other = released(carol, 1)
        releasing.release(document, "en", actor=carol)
        loop.drain()
        before = written()
        biography = Document.objects.get(author__articles__document=document)
        releasing.release(biography, biography.source_language, actor=carol)
        loop.drain()
        assert f"/en/{document.editions.get(language='en').slug}/" in since(before)
        assert f"/en/{other.editions.get(language='en').slug}/" not in since(before)


@pytest.mark.usefixtures("three")
class TestANewVersion:
    def test_writes_every_page(self, three: list[Document], repaint: Callable[[str], None]) -> None:
        assert rewriting.keep_up()
        loop.drain()
        before = written()
        repaint("green")
        assert rewriting.keep_up()
        loop.drain()
        html = set(Page.objects.filter(content_type=finished.HTML).values_list("path", flat=True))
        assert since(before) == html
        assert html > {"/en/", "/tr/", "/ru/"}
        assert all(b"green" in content for content in painted())

    def test_is_asked_for_once(self, three: list[Document], repaint: Callable[[str], None]) -> None:
        repaint("green")
        assert [rewriting.keep_up(), rewriting.keep_up()] == [True, False]
        loop.drain()
        assert not rewriting.keep_up()

    def test_and_the_way_back_writes_every_page_again(
        self, three: list[Document], repaint: Callable[[str], None]
    ) -> None:
        for colour in ("green", "blue", "green"):
            repaint(colour)
            assert rewriting.keep_up(), colour
            loop.drain()
        assert b"green" in bytes(Page.objects.get(path="/en/").content)

    def test_that_came_to_nothing_is_asked_for_again(self, repaint: Callable[[str], None]) -> None:
        repaint("green")
        rewriting.keep_up()
        job = jobs.claim()
        assert job is not None
        jobs.fail(job, "no luck", final=True)
        assert rewriting.keep_up()

    def test_is_left_to_a_worker_of_that_version(
        self, three: list[Document], repaint: Callable[[str], None]
    ) -> None:
        repaint("green")
        rewriting.keep_up()
        repaint("blue")
        before = written()
        loop.drain()
        job = Job.objects.get(key=rewriting.ALL)
        assert (job.state, since(before)) == (Job.State.READY, set())
        assert "bring this worker up to date" in job.error

    def test_that_another_overtakes_is_not_written(self, repaint: Callable[[str], None]) -> None:
        repaint("green")
        rewriting.keep_up()
        repaint("blue")
        assert rewriting.keep_up()
        assert Job.objects.get(key=rewriting.ALL).payload == {"version": "blue"}

    def test_is_seen_when_a_worker_starts(
        self, three: list[Document], repaint: Callable[[str], None]
    ) -> None:
        repaint("green")
        call_command("worker", "--once")
        assert b"green" in bytes(Page.objects.get(path="/en/").content)

    def test_can_be_asked_for(self, three: list[Document], capsys: pytest.CaptureFixture[str]) -> None:
        before = dict(Page.objects.values_list("path", "etag"))
        Page.objects.filter(path="/en/").update(etag="spoiled", content=b"")
        call_command("rewrite_pages")
        assert pages.version() in capsys.readouterr().out
        loop.drain()
        assert dict(Page.objects.values_list("path", "etag")) == before


class TestTheVersion:
    def test_is_the_same_for_the_same_code(self) -> None:
        assert pages.version() == pages.version()

    @pytest.mark.parametrize("name", ["SITE_NAME", "SITE_URL", "STATIC_URL"])
    def test_is_another_for_another_site(self, settings: Any, name: str) -> None:
        before = pages.version()
        setattr(settings, name, getattr(settings, name) + "x")
        assert pages.version() != before

    def test_is_another_for_another_template(self, settings: Any, tmp_path: Any) -> None:
        before = pages.version()
        settings.BASE_DIR = tmp_path
        (tmp_path / "templates/reader").mkdir(parents=True)
        (tmp_path / "templates/reader/article.html").write_text("other")
        assert pages.version() != before


@pytest.mark.usefixtures("three")
class TestBatches:
    @pytest.fixture(autouse=True)
    def _two_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rewriting, "AT_ONCE", 2)

    def test_go_on_where_a_dead_worker_stopped(
        self, three: list[Document], repaint: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[int] = []
        write = pages.write_article

        def once_more(article: Article) -> list[str]:
            seen.append(article.pk)
            if len(seen) == 3:
                raise KeyboardInterrupt
            return write(article)

        monkeypatch.setattr(pages, "write_article", once_more)
        repaint("green")
        rewriting.keep_up()
        with pytest.raises(KeyboardInterrupt):
            loop.drain()
        Job.objects.update(lease_until="2000-01-01T00:00:00Z")
        loop.drain()
        first, second, third = sorted(Article.objects.values_list("pk", flat=True))
        assert seen == [first, second, third, third]
        assert all(b"green" in content for content in painted())

    def test_of_a_zombie_are_refused(self, three: list[Document], repaint: Callable[[str], None]) -> None:
        repaint("green")
        rewriting.keep_up()
        zombie = jobs.claim()
        assert zombie is not None
        Job.objects.update(lease_until="2000-01-01T00:00:00Z")
        assert jobs.claim()
        before = written()
        with pytest.raises(LeaseLost):
            rewriting.perform(zombie)
        assert since(before) == set()

    def test_ask_as_much_of_the_hundredth_article_as_of_the_first(
        self, three: list[Document], carol: Person
    ) -> None:
        """Going on behind a batch is by key: no offset that grows."""
        with CaptureQueriesContext(connection) as queries:
            rewriting.plan_all()
            loop.drain()
        batches = [
            q["sql"] for q in queries if 'FROM "publishing_article"' in q["sql"] and "LIMIT 2" in q["sql"]
        ]
        # Read ahead and again within the transaction, once to list and once to write.
        assert len(batches) == 2 * 2 * 2
        assert all("OFFSET" not in sql for sql in batches)


@pytest.mark.parametrize("articles", [0, 1, 2, 3, 4, 5])
def test_batches_end_with_the_lists_whatever_their_number(
    carol: Person, articles: int, repaint: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "AT_ONCE", 2)
    for number in range(1, articles + 1):
        released(carol, number)
    loop.drain()
    repaint("green")
    rewriting.keep_up()
    loop.drain()
    years = 1 if articles else 0
    assert len(painted()) == articles + years + len(SITE_PAGES)
    assert all(b"green" in content for content in painted())


def test_no_page_is_ever_blank(carol: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first release of a site: whichever batch is committed first, its front pages are whole."""
    monkeypatch.setattr(rewriting, "AT_ONCE", 1)
    document = released(carol, 1)
    job = jobs.claim()
    assert job is not None
    monkeypatch.setattr(pages, "write_lists", lambda: pytest.fail("dies before the lists"))
    with pytest.raises(pytest.fail.Exception):
        rewriting.perform(job)
    assert document.editions.get(language="en").slug
    assert not Page.objects.filter(content=b"").exists()
