"""A reader selects a sentence and reports it; the newsroom sees it beside the segment, decides, and the reply waits."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import _serving
from .newsroom import Newsroom
from .test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser

ARTICLE = "/tr/cin-rusya-kuzey-kore-iliskilerinin-gelecegi/"
OPEN = "document.querySelector('#report details').open = true"


@pytest.fixture
def site(staged: tuple[Path, int], browser: Browser, tmp_path: Path) -> Iterator[Newsroom]:
    """One that has a mail server, which never answers."""
    for made in _serving(staged, browser, tmp_path, EMAIL_HOST="127.0.0.1", EMAIL_PORT="9"):
        made.wait_until(ARTICLE, holds='id="report-email"')
        yield made


def select_a_sentence(page: Page) -> str:
    """Selects the last words of a paragraph in the middle of the text, as a pointer would; returns them."""
    return str(
        page.evaluate(
            """() => {
                const paragraph = document.querySelectorAll('.prose p')[2];
                const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
                const text = walker.nextNode();
                document.getSelection().setBaseAndExtent(text, 0, text, Math.min(60, text.length));
                return document.getSelection().toString();
            }"""
        )
    )


def jobs(folder: Path, kind: str) -> list[dict[str, int]]:
    with sqlite3.connect(folder / "site" / "site.sqlite3") as database:
        rows = database.execute("SELECT payload FROM publishing_job WHERE kind = ?", [kind]).fetchall()
    return [json.loads(payload) for (payload,) in rows]


def test_from_a_selection_to_the_reply(site: Newsroom, tmp_path: Path) -> None:
    reader = site.page("tr")
    reader.goto(ARTICLE)
    words = select_a_sentence(reader)
    reader.locator("[data-report-offer]").click()
    expect(reader.locator("#report-quote")).to_have_value(words.strip())
    expect(reader.locator("#report-remark")).to_be_focused()
    reader.keyboard.type("Bu cümlede bir ek eksik.")
    reader.locator("#report-email").fill("okur@example.org")
    reader.locator("#report button[type=submit]").click()
    expect(reader.locator("h1")).to_have_text("Teşekkürler")
    assert reader.context.cookies() == []

    carol = site.log_in("carol", "tr")
    carol.goto("/admin/queue/tr/?reported=1")
    carol.locator("table.waiting a").first.click()
    expect(carol.locator("#desk .reported")).to_contain_text("Bu cümlede bir ek eksik.")
    assert violations(carol) == []
    carol.locator('#desk .reported button[value$=":mended"]').click()
    expect(carol.locator("#notices")).to_contain_text("Karar verildi")
    expect(carol.locator("#desk .reported")).to_have_count(0)
    assert len(jobs(tmp_path, "reply")) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_has_no_violation_at_any_width(site: Newsroom, scheme: str) -> None:
    page = site.page("tr", color_scheme=scheme)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(ARTICLE)
        page.evaluate(OPEN)
        select_a_sentence(page)
        expect(page.locator("[data-report-offer]")).to_be_visible()
        assert violations(page) == []
        assert not scrolls_sideways(page)


def test_the_form_works_without_a_script(site: Newsroom) -> None:
    page = site.page("tr", java_script_enabled=False)
    page.goto(ARTICLE)
    page.locator("#report summary").click()
    page.locator("#report-quote").fill(page.locator(".prose p").nth(2).inner_text()[:80])
    page.locator("#report-remark").fill("Bir ek eksik.")
    page.locator("#report button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Teşekkürler")
