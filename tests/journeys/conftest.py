"""The demo is staged once; every journey begins from a copy of it, in a browser session of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.processes import free_port

from .newsroom import CHROMIUM, Newsroom, chromium, complete, serve, stage


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, chromium() as started:
        # Playwright's loop stands still while a test runs; Django would refuse the database to this whole process.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield started


@pytest.fixture(scope="session")
def staged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("staged")
    return folder, stage(folder)


@pytest.fixture
def newsroom(staged: tuple[Path, int], browser: Browser, tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom whose pages' consoles and requests had nothing to object to."""
    yield from _serving(staged, browser, tmp_path)


@pytest.fixture
def hasty_newsroom(staged: tuple[Path, int], browser: Browser, tmp_path: Path) -> Iterator[Newsroom]:
    """One where a claim lasts two seconds."""
    yield from _serving(staged, browser, tmp_path, CLAIM_SECONDS="2")


@pytest.fixture(scope="session")
def _demo(
    staged: tuple[Path, int], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("demo") / "site"
    shutil.copytree(staged[0], folder)
    with serve(folder, free_port(), browser) as made:
        made.wait_until("/en/", holds=made.address)  # the worker writes the pages of another address anew
        yield made


@pytest.fixture
def demo(_demo: Newsroom) -> Iterator[Newsroom]:
    """The demo as it is staged, for those who decide nothing: all their journeys share it."""
    yield _demo
    _demo.close()
    complaints = list(_demo.complaints)
    _demo.complaints.clear()
    assert complaints == []


@pytest.fixture(scope="session")
def site(
    staged: tuple[Path, int], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    """Everything released in three languages, for those who only read: all their journeys share it."""
    folder, port = tmp_path_factory.mktemp("released") / "site", free_port()
    shutil.copytree(staged[0], folder)
    complete(folder, port)
    with serve(folder, port, browser) as made:
        yield made
    assert made.complaints == []


def _serving(
    staged: tuple[Path, int], browser: Browser, tmp_path: Path, **variables: str
) -> Iterator[Newsroom]:
    folder, port = staged
    shutil.copytree(folder, tmp_path / "site")
    with serve(tmp_path / "site", port, browser, **variables) as made:
        yield made
    assert made.complaints == []
