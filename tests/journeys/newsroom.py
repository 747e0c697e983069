"""A real browser on a real site: the demo, served and worked by processes of its own, seen in headless Chromium."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.processes import free_port

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Newsroom:
    """The demo on a port of its own. `complaints` collects what any page's console or network had to object to."""

    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, language: str = "en", **options: Any) -> Page:
        """A fresh browser session of somebody who reads this language."""
        context = self.browser.new_context(locale=language, base_url=self.address, **options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        return page

    def _hear(self, kind: str, text: str) -> None:
        answers = ("404 (Not Found)", "409 (Conflict)")  # what a page may well answer
        if kind in {"error", "warning"} and not any(answer in text for answer in answers):
            self.complaints.append(text)

    def _watch(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "about:")):
            self.complaints.append(f"a request to {url}")

    def log_in(self, username: str, language: str = "en", **options: Any) -> Page:
        page = self.page(language, **options)
        page.goto("/admin/")
        page.fill("#id_username", username)
        page.fill("#id_password", "dragoman")
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")
        return page

    def wait_until(self, path: str, *, holds: str) -> None:
        wait_until(self.address, path, holds=holds)

    def close(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


def environment_of(folder: Path, port: int) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "VAR_DIR": str(folder / "var"),
        "CATALOG_ROOT": str(folder / "locale"),
        "DJANGO_SETTINGS_MODULE": "publishing.settings",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield started
        finally:
            started.close()


def stage(folder: Path) -> int:
    """Sets the demo up in a folder, and returns the port that its pages speak of."""
    port = free_port()
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-serve"],
        cwd=ROOT, env=environment_of(folder, port), check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return port


def complete(folder: Path, port: int) -> None:
    """Has everything in a staged folder reviewed and released, in three languages."""
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.complete"],
        cwd=ROOT, env=environment_of(folder, port), check=True, capture_output=True, timeout=240,
    )  # fmt: skip


@contextmanager
def seen(address: str, browser: Browser) -> Iterator[Newsroom]:
    """The site at this address in the browser: nothing may have been complained of when the block ends."""
    made = Newsroom(address, browser)
    yield made
    made.close()
    assert made.complaints == []


@contextmanager
def serve(folder: Path, port: int, **variables: str) -> Iterator[str]:
    """Site and worker over a staged folder, as processes that end with the block; `variables` are settings.

    Gives the site's address.
    """
    environment = environment_of(folder, port) | variables
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in (["runserver", "--noreload", f"127.0.0.1:{port}"], ["worker"])
    ]
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/en/")
        yield address
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def wait_until(address: str, path: str, *, holds: str) -> None:
    """Until the site's page holds the words: a browser would keep the first answer for its minute."""
    until = time.monotonic() + 30
    while holds not in _read(f"{address}{path}"):
        assert time.monotonic() < until, f"{path} does not hold “{holds}”"
        time.sleep(0.2)


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- this machine's own
        return str(answer.read().decode())


def _wait_for(address: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            _read(address)
            return
        except OSError:
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.1)
