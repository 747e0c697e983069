"""What every test has: no network beyond loopback, a catalog folder of its own, and skips that can be refused."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from publishing.engines import asking
from publishing.pages.exporting import questions
from publishing.workflow import access
from tests import dictionaries, staging
from tests.engines_fake import loopback_only

# A slow machine is no failure: timings never decide whether a test passes.
hypothesis.settings.register_profile("dragoman", deadline=None)
hypothesis.settings.load_profile("dragoman")


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """Whatever the code under test tries, nothing leaves this machine."""
    with loopback_only():
        yield


@pytest.fixture(autouse=True, scope="session")
def _dictionaries_read_once() -> Iterator[None]:
    """Exports in this process ask for the forms of much the same words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions, "inflections", dictionaries.Remembered(questions.inflections))
        yield


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Catalogs go to the test's own folder, and passwords cost nothing."""
    if "settings" in request.fixturenames or request.node.get_closest_marker("database"):
        settings = request.getfixturevalue("settings")
        settings.CATALOG_ROOT = tmp_path / "locale"
        # The language of an earlier test's last request would still hold.
        translation.deactivate()
        settings.PASSWORD_HASHERS = [staging.QUICK_HASHER]


@pytest.fixture(scope="module")
def for_the_file(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """What fixtures of the scope of a file store stays for all tests of it; each of them undoes what it does itself.

    Every test of such a file has to ask for it, so that none depends on which others came before.
    """
    with django_db_blocker.unblock(), staging.kept(tmp_path_factory.mktemp("file")):
        yield


@pytest.fixture(scope="class")
def for_the_class(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The same for the tests of a class."""
    with django_db_blocker.unblock(), staging.kept(tmp_path_factory.mktemp("class")):
        yield


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines that fail are asked again at once: what the pauses are for is no test's business."""
    monkeypatch.setattr(asking, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(asking, "LONGEST_PAUSE", 0.05)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database: the rest need not run again on another one."""
    asks = {"db", "transactional_db", "django_db_setup"}
    for item in items:
        if item.get_closest_marker("django_db") or asks.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """What is stored goes when a test that commits is over, the groups of the migrations too: they come back.

    Such tests come last in a process, but one that has nothing left to do takes over the tests of another. After
    the last of all the test database is gone: the groups would go to the one that the settings name.
    """
    yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            access.establish_groups()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With NO_SKIPS a skipped test fails the run: a build server has everything that a newcomer may lack."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped where none may be:", red=True)
        session.exitstatus = 1
