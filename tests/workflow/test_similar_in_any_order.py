"""What is named as similar follows from what is live: not from what was released, withdrawn or restored before."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from publishing.models import Document, Job, Listing, Page, Person, Similar
from publishing.worker import loop
from publishing.workflow import comparing, jobs, likening, listing, releasing
from tests import cast

GRAIN = "Wheat left Odessa by barge. The corridor for wheat and barley stays open, and insurers are relieved."
TEXTS = {
    "Barges": GRAIN,
    "Twin": GRAIN,
    "Insurers": "Insurers of barges are relieved: the corridor stays open. Premiums for steel rise.",
    "Barley": "Barley and wheat are sown late. Farmers near Odessa wait for barges and for rain on the steppe.",
    "Steel": "Steel left Mariupol by rail. Premiums rise, farmers wait for rails, and the corridor for steel is shut.",
    "Opera": "A tenor in Odessa forgot his aria. The orchestra played on, relieved, and barges whistled on the river.",
}


@pytest.fixture(scope="module")
def articles(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Document]]:
    """Six articles of which some are alike, none released."""
    folder = tmp_path_factory.mktemp("locale")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(CATALOG_ROOT=folder):
        cast.carol()
        yield [
            cast.ingesting.import_article(f"{title}\n\n{text}\n".encode(), language="en").article.document
            for title, text in TEXTS.items()
        ]
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that among six texts there are some that a release does not look at."""
    monkeypatch.setattr(likening, "LOOKED_AT_AGAIN", 1)
    monkeypatch.setattr(likening, "NAMED", 2)
    monkeypatch.setattr(likening, "FEW", 1)


def release(document: Document) -> None:
    releasing.release(document, "en", actor=Person.objects.get(username="carol"))


def withdraw(document: Document) -> None:
    releasing.withdraw(document, "en", actor=Person.objects.get(username="carol"))


def named() -> dict[str, list[str]]:
    """What each article names, by titles."""
    found: dict[str, list[str]] = {
        title: [] for title in Listing.objects.values_list("release__title", flat=True)
    }
    for title, other in Similar.objects.order_by("position").values_list("release__title", "other__title"):
        found[title].append(other)
    return found


def shown() -> dict[str, bytes]:
    """The part of each article's page that names similar ones."""
    pages = Page.objects.filter(path__in=[f"/en/{title.lower()}/" for title in TEXTS], status=200)
    return {
        path: bytes(content).partition(b'aria-labelledby="similar"')[2].partition(b"</section>")[0]
        for path, content in pages.values_list("path", "content")
    }


def listed(document: Document) -> None:
    """What the job does that writes pages, without writing them."""
    bereft = listing.renew([document.article], {})
    own = Listing.objects.filter(article=document.article).values_list("pk", flat=True)
    likening.compare([*own, *bereft])


def compared() -> None:
    """What the job does then that compares all."""
    likening.seek(Listing.objects.order_by("pk"))


STEPS = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=6)


@pytest.mark.django_db
class TestInAnyOrder:
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(order=st.permutations(range(6)), before=STEPS, left=st.sets(st.integers(0, 5), max_size=3))
    def test_the_same_is_named(
        self, articles: list[Document], order: list[int], before: list[tuple[int, bool]], left: set[int]
    ) -> None:
        """Whatever came and went first, and in whatever order the rest was released: what is live in the end counts."""
        kept = [place for place in range(6) if place not in left]
        with transaction.atomic():
            for place in kept:
                release(articles[place])
                listed(articles[place])
            compared()
            expected = named()
            transaction.set_rollback(True)
        with transaction.atomic():
            live: set[int] = set()
            for place, goes in before:
                if not goes or place not in live:
                    release(articles[place])
                    live.add(place)
                else:
                    withdraw(articles[place])
                    live.discard(place)
                listed(articles[place])
            for place in order:
                if place in kept:
                    release(articles[place])
                elif place in live:
                    withdraw(articles[place])
                listed(articles[place])
            compared()
            assert named() == expected
            transaction.set_rollback(True)

    def test_the_same_is_shown(self, articles: list[Document]) -> None:
        found = []
        for order in (articles, articles[::-1]):
            with transaction.atomic():
                for document in order:
                    release(document)
                    loop.drain()
                found.append(shown())
                transaction.set_rollback(True)
        assert found[0] == found[1]
        assert sum(bool(part) for part in found[0].values()) > 1


@pytest.mark.django_db
class TestComparing:
    def test_writes_the_pages_on_which_something_else_is_named_and_no_others(
        self, articles: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for document in articles:
            release(document)
        loop.drain()
        before = dict(Page.objects.values_list("path", "written_at"))
        barges = Listing.objects.get(release__title="Barges")
        Similar.objects.filter(release=barges.pk, position=1).delete()
        comparing.plan()
        loop.drain()
        after = dict(Page.objects.values_list("path", "written_at"))
        # The page's bytes are those that it had: what was lost from the table alone is put back there.
        assert after == before
        assert len(named()["Barges"]) == 2

    def test_waits_for_the_night_where_there_is_much(
        self, articles: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(comparing, "AT_ONCE_UP_TO", 2)
        for document in articles[:4]:
            release(document)
            loop.drain()
        assert Job.objects.filter(kind=comparing.KIND, state="ready").count() == 1
        assert Job.objects.filter(kind=comparing.KIND, state="successful").count() == 2

    @pytest.mark.parametrize("batches", [1, 2, 10])
    def test_goes_on_behind_the_last_batch(
        self, articles: list[Document], monkeypatch: pytest.MonkeyPatch, batches: int
    ) -> None:
        for document in articles:
            release(document)
        loop.drain()
        monkeypatch.setattr(comparing, "AT_ONCE", 2)
        monkeypatch.setattr(comparing, "BATCHES", batches)
        comparing.plan()
        seen: list[int] = []
        sought = likening.seek
        monkeypatch.setattr(likening, "seek", lambda batch: (seen.append(len(batch)), sought(batch))[1])
        loop.drain()
        assert seen == [2, 2, 2, 0]

    def test_of_a_newer_change_goes_through_all_beside_one_that_is_under_way(
        self, articles: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two workers: the rest of the older one, which is further, must not stand for the rest of the newer one."""
        for document in articles:
            release(document)
        loop.drain()
        monkeypatch.setattr(comparing, "AT_ONCE", 2)
        monkeypatch.setattr(comparing, "BATCHES", 1)
        comparing.plan()
        for _ in range(2):
            loop.work_next()
        comparing.plan()
        newer = jobs.claim(Job.objects.get(key=comparing.KIND, state="ready").pk)
        seen: list[int] = []
        sought = likening.seek
        monkeypatch.setattr(
            likening, "seek", lambda batch: (seen.extend(each.pk for each in batch), sought(batch))[1]
        )
        assert newer is not None
        comparing.perform(newer)
        loop.drain()
        assert set(seen) == set(Listing.objects.values_list("pk", flat=True))
