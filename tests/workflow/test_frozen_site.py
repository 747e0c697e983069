"""The first rule, of the whole site: what people do changes no byte; a release changes the pages that it concerns.

Every page counts, whatever family it is of, in every stored form, and so does every file of the exported tree.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pytest_django import DjangoDbBlocker

from publishing.models import AuditEntry, Document, Job, Page, Release
from publishing.worker import loop
from publishing.workflow import releasing
from publishing.workflow.errors import Refused
from tests.engines_fake import FakeEngines

from . import newspaper
from .edition import timeless
from .newspaper import ACTS, Act, Newspaper, concerned, naming, of_articles, site, tree


@pytest.fixture(scope="module", autouse=True)
def _engine() -> Iterator[None]:
    """The engine of the newsroom; a fake one, so that its drafts are others than people's."""
    with FakeEngines() as fake, pytest.MonkeyPatch.context() as patch:
        for name, value in (fake.environment() | {"LIBRETRANSLATE_PAIRS": "en-tr en-ru tr-en"}).items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def _staged(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newspaper]:
    """Made once for all tests of this file; each of them undoes what it does."""
    folder = tmp_path_factory.mktemp("locale")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(CATALOG_ROOT=folder):
        yield Newspaper()
        transaction.set_rollback(True)


@pytest.fixture
def paper(_staged: Newspaper, db: None) -> Newspaper:
    return _staged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the site is exported to; the catalogs lie beside it."""
    return tmp_path / "site"


def evidence() -> list[int]:
    """How much there is of what acts leave behind."""
    from django.apps import apps  # noqa: PLC0415 -- only here

    models = [each for each in apps.get_app_config("publishing").get_models() if each not in {Page, Release}]
    return [each._default_manager.count() for each in models]


@pytest.mark.django_db
class TestAnAct:
    @pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
    def test_changes_no_byte_of_the_site(self, paper: Newspaper, folder: Path, act: Act) -> None:
        before, files, left = site(), tree(folder), evidence()
        act(paper, paper.rows()[2], paper.boris)
        loop.drain()
        assert evidence() != left, "nothing was done"
        assert not Job.objects.filter(state__in=("failed", "dead")).exists()
        assert site() == before
        assert tree(folder) == files


@pytest.mark.django_db
class TestARelease:
    def test_of_an_article_changes_it_in_all_its_languages(self, paper: Newspaper) -> None:
        before = site()
        newspaper.edits_and_has_it_approved(paper, paper.rows()[2], paper.boris)
        releasing.release(paper.first, "tr", actor=paper.carol)
        releasing.withdraw(paper.first, "en", actor=paper.carol)
        loop.drain()
        touched = changed(before) & of_articles()
        assert touched >= concerned(paper.first)
        assert touched - concerned(paper.first) <= naming(paper.first, before, site())
        assert len(concerned(paper.first)) == 2

    def test_of_a_biography_changes_every_article_of_its_author(self, paper: Newspaper) -> None:
        before = site()
        releasing.withdraw(paper.biography, "tr", actor=paper.carol)
        loop.drain()
        assert changed(before) & of_articles() == concerned(paper.biography) & before.keys()
        assert concerned(paper.first) & before.keys() <= changed(before)
        assert not changed(before) & concerned(paper.third)

    def test_that_is_rolled_back_leaves_all_as_it_was_but_when_that_was(
        self, paper: Newspaper, folder: Path
    ) -> None:
        before, files = site(), tree(folder)
        newspaper.edits_and_has_it_approved(paper, paper.rows()[2], paper.boris)
        releasing.release(paper.first, "tr", actor=paper.carol)
        loop.drain()
        assert site() != before
        releasing.rollback(paper.first, "tr", actor=paper.carol)
        loop.drain()
        assert site().keys() == before.keys()
        assert timeless(plain(tree(folder))) == timeless(plain(files))

    def test_that_is_withdrawn_is_gone_with_its_reason(self, paper: Newspaper, folder: Path) -> None:
        (path,) = [path for path in concerned(paper.first) if path.startswith("/tr/")]
        tree(folder)
        releasing.withdraw(paper.first, "tr", actor=paper.carol, note="Kaynak düzeltiliyor.")
        loop.drain()
        page = Page.objects.get(path=path)
        assert page.status == 410
        assert "Kaynak düzeltiliyor." in bytes(page.content).decode()
        files = tree(folder)
        assert files[f"{path[1:]}gone.html"] == bytes(page.content)
        assert f"{path[1:]}index.html" not in files


def changed(before: dict[str, tuple[object, ...]]) -> set[str]:
    now = site()
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def without_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != ".dragoman.json"}


def plain(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in without_manifest(files).items() if not name.endswith((".gz", ".br"))}


DOCUMENTS = st.sampled_from(("first", "second", "third", "biography"))
LANGUAGES = st.sampled_from(("en", "tr", "ru"))


class Frozen(RuleBasedStateMachine):
    """The newspaper, whose people do anything in any order; releases are the only steps that readers may notice."""

    paper: Newspaper
    root: Path

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.folder = Path(mkdtemp(dir=self.root))
        self.seen: dict[object, dict[str, tuple[object, ...]]] = {}
        self.bare: dict[object, dict[str, bytes]] = {}
        self.look()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def look(self) -> None:
        self.public, self.files = site(), tree(self.folder)

    def attempt(self, verb: Callable[[], Any]) -> bool:
        try:
            with transaction.atomic():
                verb()
        except Refused:
            return False
        return True

    @rule(act=st.sampled_from(ACTS), place=st.integers(0, 3), who=st.integers(0, 2), drain=st.booleans())
    def act(self, act: Act, place: int, who: int, drain: bool) -> None:
        rows = self.paper.rows()
        self.attempt(lambda: act(self.paper, rows[place % len(rows)], self.paper.people[who]))
        if drain:
            loop.drain()

    @rule(
        verb=st.sampled_from((releasing.release, releasing.release, releasing.rollback, releasing.withdraw)),
        name=DOCUMENTS,
        language=LANGUAGES,
    )
    def decide(self, verb: Callable[..., object], name: str, language: str) -> None:
        document: Document = getattr(self.paper, name)
        before, decided = self.public, AuditEntry.objects.count()
        done = self.attempt(lambda: verb(document, language, actor=self.paper.carol))
        loop.drain()
        self.look()
        assert done or (self.public == before and AuditEntry.objects.count() >= decided)
        elsewhere = of_articles() - concerned(document) - naming(document, before, self.public)
        assert not {path for path in elsewhere if self.public.get(path) != before.get(path)}

    @rule()
    def lose_the_pages(self) -> None:
        """Pages are a function of releases: made anew from nothing they are the same."""
        Page.objects.all().delete()
        releasing.rewriting.plan_all()
        loop.drain()

    @invariant()
    def readers_notice_nothing_but_releases(self) -> None:
        assert site() == self.public

    @invariant()
    def nor_does_who_exports(self) -> None:
        assert tree(self.folder) == self.files

    @invariant()
    def the_same_releases_give_the_same_bytes(self) -> None:
        rows = Release.objects.filter(state__in=("live", "withdrawn")).order_by("pk")
        state = tuple(rows.values_list("pk", "state", "withdrawal", "changed_at"))
        assert self.seen.setdefault(state, self.public) == self.public

    @invariant()
    def and_but_for_the_moment_whenever_they_are_live_again(self) -> None:
        """A rollback is a change at its own moment, which is told to machines."""
        rows = Release.objects.filter(state__in=("live", "withdrawn")).order_by("pk")
        state = tuple(rows.values_list("pk", "state", "withdrawal"))
        bare = timeless({path: page[5] for path, page in self.public.items()})
        assert self.bare.setdefault(state, bare) == bare

    @invariant()
    def a_body_stands_whole_in_its_page_while_it_is_live_and_nowhere_else(self) -> None:
        for made in Release.objects.exclude(released_at=None).select_related("edition__document"):
            if made.edition.document.kind != "article":
                continue
            page = self.public.get(f"/{made.edition.language}/{made.edition.slug}/")
            body = made.body.encode()
            live = Release.objects.live().filter(edition=made.edition).first()
            is_shown = bool(page and body in page[5])
            assert is_shown if made.state == "live" else not is_shown or (live and live.body == made.body)


def attack(paper: Newspaper, root: Path, examples: int, steps: int) -> None:
    """Each example begins with the newspaper as it was staged, and undoes what it does."""
    Frozen.paper, Frozen.root = paper, root
    run_state_machine_as_test(
        Frozen,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_site_is_frozen_whatever_people_do(paper: Newspaper, tmp_path: Path) -> None:
    attack(paper, tmp_path, examples=3, steps=15)


@pytest.mark.long
@pytest.mark.django_db
def test_the_site_is_frozen_whatever_people_do_for_long(paper: Newspaper, tmp_path: Path) -> None:
    attack(paper, tmp_path, examples=8 if os.environ.get("LONG_ROUNDS") == "few" else 150, steps=30)
