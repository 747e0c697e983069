"""A process that drove a browser may be given tests of the database next, when others have more left to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .newsroom import ROOT

pytestmark = pytest.mark.browser

OURS = str(Path(__file__).relative_to(ROOT))
ONE_AFTER_THE_OTHER = (
    "tests/workflow/test_dismiss.py",
    f"{OURS}::test_the_browser_answers",
    "tests/workflow/test_return.py",
)
OPTIONS = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "tests.journeys.as_listed")


def test_the_browser_answers(browser: Browser) -> None:
    assert browser.is_connected()


def test_queries_built_before_the_browser_are_asked_after_it_in_the_same_connection(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, *ONE_AFTER_THE_OTHER],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'unused.sqlite3'}"},
        check=False, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
