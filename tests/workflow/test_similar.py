"""likening: similar posts are of releases alone, in one language; a release rewrites the pages that they change on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Document, Page, Person, Similar
from publishing.worker import loop
from publishing.workflow import likening, releasing, rewriting
from tests import cast
from tests.workflow import edition

pytestmark = pytest.mark.django_db

GRAIN = "Wheat left Odessa by barge. The corridor for wheat and barley stays open, and insurers of barges are relieved."
OTHERS = (
    ("Bread", "The baker of the village bakes rye loaves and sings."),
    ("Opera", "A tenor forgot his aria, and the orchestra played on without him."),
    ("Chess", "She sacrificed her queen and won the tournament in the last round."),
)


@pytest.fixture
def carol() -> Person:
    return cast.carol()


def released(carol: Person, title: str, body: str) -> Document:
    made = cast.ingesting.import_article(f"{title}\n\n{body}\n".encode(), language="en").article.document
    releasing.release(made, "en", actor=carol)
    loop.drain()
    return made


@pytest.fixture
def shelf(carol: Person) -> list[Document]:
    """One article on grain, three on something else each."""
    return [released(carol, "Barges", GRAIN), *(released(carol, *each) for each in OTHERS)]


def path_of(document: Document, language: str = "en") -> str:
    return f"/{language}/{document.editions.get(language=language).slug}/"


def text(document: Document) -> str:
    return bytes(Page.objects.get(path=path_of(document)).content).decode()


def articles_since(before: dict[str, object], documents: list[Document]) -> set[str]:
    now = dict(Page.objects.values_list("path", "written_at"))
    return {path for path in map(path_of, documents) if now[path] != before.get(path)}


class TestARelease:
    def test_rewrites_the_pages_whose_similar_posts_it_changes_and_no_others(
        self, shelf: list[Document], carol: Person
    ) -> None:
        assert "Similar articles" not in text(shelf[0])
        before = dict(Page.objects.values_list("path", "written_at"))
        new = released(carol, "More Barges", GRAIN.replace("relieved", "worried"))
        assert articles_since(before, [*shelf, new]) == {path_of(shelf[0]), path_of(new)}
        assert f'<a href="{path_of(new)}">More Barges</a>' in text(shelf[0])
        assert f'<a href="{path_of(shelf[0])}">Barges</a>' in text(new)

    def test_that_is_withdrawn_leaves_the_pages_that_named_it(
        self, shelf: list[Document], carol: Person
    ) -> None:
        bytes_before = text(shelf[0])
        new = released(carol, "More Barges", GRAIN)
        assert path_of(new) in text(shelf[0])
        before = dict(Page.objects.values_list("path", "written_at"))
        releasing.withdraw(new, "en", actor=carol)
        loop.drain()
        assert articles_since(before, shelf) == {path_of(shelf[0])}
        assert text(shelf[0]) == bytes_before

    def test_gives_way_to_a_more_similar_one_beyond_three(self, shelf: list[Document], carol: Person) -> None:
        far = [
            released(carol, f"Far {n}", f"{GRAIN[:60]} Something else, number {n}, is said here.")
            for n in (1, 2, 3)
        ]
        assert all(path_of(each) in text(shelf[0]) for each in far)
        near = released(carol, "Near", GRAIN)
        assert Similar.objects.filter(release__edition__document=shelf[0]).count() == likening.NAMED
        assert path_of(near) in text(shelf[0])
        assert sum(path_of(each) in text(shelf[0]) for each in far) == 2

    def test_is_named_in_its_own_language_alone(self, carol: Person) -> None:
        document, twin = cast.article(), cast.article(cast.SHORT.replace(cast.TITLE, "Grain Crosses Again"))
        boris, ayse = cast.boris(), cast.ayse()
        for each in (document, twin):
            releasing.release(each, "en", actor=carol)
        edition.approved(document, "tr", boris, ayse)
        releasing.release(document, "tr", actor=carol)
        loop.drain()
        assert path_of(twin) in text(document)
        turkish = bytes(Page.objects.get(path=path_of(document, "tr")).content).decode()
        assert "Similar" not in turkish
        assert path_of(twin) not in turkish

    def test_rolled_back_restores_every_byte_but_when_that_was(
        self, shelf: list[Document], carol: Person
    ) -> None:
        released(carol, "More Barges", GRAIN)
        before = edition.site()
        made = cast.ingesting.import_article(b"Barges\n\nNothing about it any more.\n", language="en")
        assert made.article.document == shelf[0]
        releasing.release(shelf[0], "en", actor=carol)
        assert "Similar articles" not in edition.site()[path_of(shelf[0])].decode()
        releasing.rollback(shelf[0], "en", actor=carol)
        assert edition.timeless(edition.site()) == edition.timeless(before)


def test_writing_everything_again_seeks_nothing_anew(shelf: list[Document], carol: Person) -> None:
    released(carol, "More Barges", GRAIN)
    before = edition.site()
    rewriting.plan_all()
    with CaptureQueriesContext(connection) as queries:
        assert edition.site() == before
    assert not [
        query
        for query in queries
        if query["sql"].startswith(('INSERT INTO "publishing_similar"', 'INSERT INTO "publishing_posting"'))
    ]
