"""Hours at the workbench, in short: a whole article by keyboard alone, a return and its mending, a claim that ends."""

import pytest
from playwright.sync_api import Page, expect

from .newsroom import Newsroom

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "tr", "ru")
MENDED = {"41 %": "14 %", "41\u00a0%": "14\u00a0%", "предупредительных выстрелов": "предупредительного огня"}


def settled(page: Page) -> None:
    expect(page.locator("#workbench.is-live:not(.is-busy)")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, as somebody without a mouse does."""
    for _press in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def press_and_wait(page: Page, keys: str) -> None:
    """Presses what posts a decision, and waits for the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/draft/" not in answer.url):
        page.keyboard.press(keys)
    settled(page)


def mend_by_keys(page: Page) -> None:
    """Selects the whole text and types another one."""
    text = page.locator("#text").input_value()
    for wrong, right in MENDED.items():
        text = text.replace(wrong, right)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_article_by_keyboard_alone(newsroom: Newsroom, language: str) -> None:
    boris = newsroom.log_in("boris", language)
    tab_to(boris, 'nav a[href="/admin/queue/ru/"]')
    boris.keyboard.press("Enter")
    boris.wait_for_url("**/queue/ru/")
    tab_to(boris, 'form[action$="/next/"] button')
    boris.keyboard.press("Enter")
    settled(boris)
    decided = 0
    while boris.locator("[data-next]").count() or boris.locator("#desk button.is-next").count():
        expect(boris.locator("#text")).to_be_focused()
        if boris.locator("[data-approve]").is_disabled():
            mend_by_keys(boris)
        if not boris.locator("#desk button.is-next").count():
            break
        press_and_wait(boris, "Control+Enter")
        decided += 1
        assert decided < 60, "it goes round in a circle"
    assert decided >= 15
    waiting = boris.locator(".line.state-pretranslated, .line.state-needs_edit, .line.state-missing")
    expect(waiting).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_returned_with_a_reason_and_mended(newsroom: Newsroom, language: str) -> None:
    boris, carol = newsroom.log_in("boris", language), newsroom.log_in("carol", language)
    boris.goto("/admin/queue/ru/?state=pretranslated")
    boris.locator('a[href^="/admin/documents/1/ru/"]').first.click()
    settled(boris)
    address, key = boris.url, boris.locator("#workbench").get_attribute("data-open")
    boris.locator("#text").fill("Черновик без смысла.")
    press_and_wait(boris, "Control+Enter")
    carol.goto(address)
    settled(carol)
    carol.locator(".return summary").click()
    carol.locator('input[name="reason"][value="meaning"]').check()
    carol.locator("#note").fill("Смысл потерян.")
    carol.locator('button[value="return"]').focus()
    press_and_wait(carol, "Enter")
    expect(carol.locator(f"#segment-{key}.state-needs_edit")).to_be_visible()
    boris.goto("/admin/")
    boris.locator(".told-list a").first.click()
    settled(boris)
    expect(boris.locator(".returned")).to_contain_text("Смысл потерян.")
    expect(boris.locator("[data-approve]")).to_be_disabled()
    boris.locator("#text").fill("Исправленный перевод.")
    press_and_wait(boris, "Control+Enter")
    expect(boris.locator(f"#segment-{key}.state-submitted")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_ends_by_itself(hasty_newsroom: Newsroom, language: str) -> None:
    boris, carol = hasty_newsroom.log_in("boris", language), hasty_newsroom.log_in("carol", language)
    boris.goto("/admin/queue/ru/")
    boris.locator('form[action$="/next/"] button').click()
    settled(boris)
    address = boris.url
    with boris.expect_response(lambda answer: answer.url.endswith("/draft/")):
        boris.locator("#text").fill("Недописанное")
    carol.goto(address)
    settled(carol)
    expect(carol.locator(".desk .held").first).to_contain_text("Борис")
    carol.wait_for_timeout(2_500)
    carol.reload()
    settled(carol)
    expect(carol.locator('button[value="take_over"]')).to_have_count(0)
    boris.reload()  # and what he had typed is still his
    expect(boris.locator("#text")).to_have_value("Недописанное")


def test_two_sentences_are_joined_and_separated(newsroom: Newsroom) -> None:
    carol = newsroom.log_in("carol")
    carol.goto("/admin/documents/1/tr/")
    settled(carol)
    second = carol.locator(".kind-paragraph .line").nth(1)
    key = (second.get_attribute("id") or "").removeprefix("segment-")
    second.locator("a[data-visit]").click()
    settled(carol)
    words = carol.locator("#text").input_value()
    carol.locator(".whole summary").click()
    carol.locator('button[value="join"]').focus()
    press_and_wait(carol, "Enter")
    assert carol.locator("#text").input_value().endswith(words)
    expect(carol.locator(f"#segment-{key}.is-joined")).to_be_visible()
    carol.locator(f"#segment-{key} a[data-visit]").click()
    settled(carol)
    expect(carol.locator("#text")).to_have_count(0)
    carol.locator('button[value="separate"]').first.focus()
    press_and_wait(carol, "Enter")
    expect(carol.locator("#text")).to_have_value(words)


def test_the_preview_follows_the_open_segment(newsroom: Newsroom) -> None:
    carol = newsroom.log_in("carol", viewport={"width": 1600, "height": 900})
    carol.goto("/admin/documents/1/tr/")
    settled(carol)
    carol.keyboard.press("Alt+p")
    line = carol.locator(".kind-paragraph .line").nth(9)
    key = (line.get_attribute("id") or "").removeprefix("segment-")
    line.locator("a[data-visit]").click()
    settled(carol)
    frame = carol.frame_locator("#preview iframe")
    expect(frame.locator(f"#segment-{key}")).to_be_in_viewport()
    carol.locator("#text").fill("Önizlemede görünen cümle.")
    press_and_wait(carol, "Control+s")
    expect(frame.locator(f"#segment-{key}")).to_have_text("Önizlemede görünen cümle.")
    expect(frame.locator(f"#segment-{key}")).to_be_in_viewport()
    carol.keyboard.press("Alt+p")
    expect(carol.locator("#preview")).to_be_hidden()
