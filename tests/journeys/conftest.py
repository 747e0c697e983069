"""The demo is staged once; every journey begins from a copy of it, in a browser session of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.processes import free_port

from .newsroom import CHROMIUM, Newsroom, chromium, complete, seen, serve, stage, wait_until


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file, and no longer: while it is driven, Playwright's loop counts as running.

    The process may take over tests of the database next. There Django would refuse to work or, told to go on, open
    a second connection beside the one that holds the transaction.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with chromium() as started:
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
def _demo(staged: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("demo") / "site"
    shutil.copytree(staged[0], folder)
    with serve(folder, free_port()) as address:
        wait_until(address, "/en/", holds=address)  # the worker writes the pages of another address anew
        yield address


@pytest.fixture
def demo(_demo: str, browser: Browser) -> Iterator[Newsroom]:
    """The demo as it is staged, for those who decide nothing: all their journeys share it."""
    with seen(_demo, browser) as made:
        yield made


@pytest.fixture(scope="session")
def _site(staged: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("released") / "site", free_port()
    shutil.copytree(staged[0], folder)
    complete(folder, port)
    with serve(folder, port) as address:
        yield address


@pytest.fixture
def site(_site: str, browser: Browser) -> Iterator[Newsroom]:
    """Everything released in three languages, for those who only read: all their journeys share it."""
    with seen(_site, browser) as made:
        yield made


def _serving(
    staged: tuple[Path, int], browser: Browser, tmp_path: Path, **variables: str
) -> Iterator[Newsroom]:
    folder, port = staged
    shutil.copytree(folder, tmp_path / "site")
    with serve(tmp_path / "site", port, **variables) as address, seen(address, browser) as made:
        yield made
