"""From the queue to the reader, in a browser, in each interface language."""

import re

import pytest
from playwright.sync_api import Page, expect

from .newsroom import Newsroom

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "tr", "ru")
ENGLISH = "/en/the-future-of-china-russia-north-korea-relations/"


def open_article(page: Page) -> None:
    """From the Russian queue into the article's workbench, at its first segment that waits."""
    page.goto("/admin/queue/ru/")
    page.locator('a[href^="/admin/documents/1/ru/"]').first.click()
    expect(page.locator("#workbench.is-live")).to_be_visible()


def decide(page: Page) -> bool:
    """Ctrl+Enter on the open segment; says whether another one that waits is open now."""
    settled = page.locator("#workbench.is-live:not(.is-busy)")
    expect(settled).to_be_visible()
    key = page.locator("#workbench").get_attribute("data-open")
    if not page.locator("#desk button.is-next").count():
        return False
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Control+Enter")
    expect(settled).to_be_visible()
    return page.locator("#workbench").get_attribute("data-open") not in {key, None}


def mended(text: str) -> str:
    """What Boris writes where he cannot approve: the figure set right, the returned wording replaced."""
    return (
        text.replace("41 %", "14 %")
        .replace("41\u00a0%", "14\u00a0%")
        .replace("предупредительных выстрелов", "предупредительного огня")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translator_approves_and_submits_and_an_editor_releases(newsroom: Newsroom, language: str) -> None:
    boris = newsroom.log_in("boris", language)
    expect(boris.locator("html")).to_have_attribute("lang", re.compile(language))
    open_article(boris)
    going_on = True
    while going_on:
        if boris.locator("[data-approve]").is_disabled():
            boris.locator("#text").fill(mended(boris.locator("#text").input_value()))
        going_on = decide(boris)
    assert boris.locator("[data-next]").count() == 0, "something still waits for Boris"
    finish_as_editor(newsroom, language)


def finish_as_editor(newsroom: Newsroom, language: str) -> None:
    """Carol approves what Boris wrote, and releases the Russian article; then readers have it."""
    carol = newsroom.log_in("carol", language)
    open_article(carol)
    while decide(carol):
        pass
    assert carol.locator("[data-next]").count() == 0, "something still waits for Carol"
    release_russian(carol)
    reader = newsroom.page("ru")
    newsroom.wait_until("/ru/", holds="Будущее отношений")
    reader.goto("/ru/")
    reader.locator("main h3 a").first.click()
    expect(reader.locator("h1")).to_contain_text("Китая")


def release_russian(carol: Page) -> None:
    """From the board to the Russian edition of the article: look at the preview, release."""
    carol.goto("/admin/board/")
    addresses = carol.locator('a[href*="/admin/editions/"]').evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for address in dict.fromkeys(addresses):
        carol.goto(address)
        preview = carol.frame_locator("iframe").locator("html")
        if "China" in carol.locator("h1").inner_text() and preview.get_attribute("lang") == "ru":
            carol.locator('button[value="release"]').click()
            expect(carol.locator('button[value="withdraw"]')).to_be_enabled()
            return
    raise AssertionError("the board leads to no Russian edition of the article")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_switches_language_and_follows_a_footnote_there_and_back(
    demo: Newsroom, language: str
) -> None:
    reader = demo.page(language)
    reader.goto("/")
    expect(reader).to_have_url(re.compile(f"/{language}/$"))
    reader.goto(ENGLISH)
    reader.locator('nav.switcher a[hreflang="tr"]').click()
    expect(reader).to_have_url(re.compile("/tr/cin-rusya-kuzey-kore-iliskilerinin-gelecegi/$"))
    expect(reader.locator("html")).to_have_attribute("lang", "tr")
    reader.locator("#ref-7").click()
    expect(reader).to_have_url(re.compile("#note-7$"))
    expect(reader.locator("#note-7")).to_be_in_viewport()
    reader.locator('#note-7 a[role="doc-backlink"]').first.click()
    expect(reader).to_have_url(re.compile("#ref-7$"))
    expect(reader.locator("#ref-7")).to_be_in_viewport()
    assert reader.context.cookies() == []


def test_what_is_not_released_is_not_there(demo: Newsroom) -> None:
    reader = demo.page("ru")
    answer = reader.goto("/ru/the-future-of-china-russia-north-korea-relations/")
    assert answer is not None
    assert answer.status == 404
    expect(reader.locator('main a[hreflang="en"]')).to_be_visible()
    expect(reader.locator('main a[hreflang="tr"]')).to_be_visible()
