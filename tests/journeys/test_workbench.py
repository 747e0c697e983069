"""Nothing typed is lost, and colleagues see each other: in a browser, with tabs that die and networks that go."""

import re

import pytest
from playwright.sync_api import Page, expect

from .newsroom import ROOT, Newsroom

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "tr", "ru")
TYPED = "Недописанная фраза о чём-то важном"


def open_first(page: Page) -> str:
    """The first Russian segment that waits; returns its address."""
    page.goto("/admin/queue/ru/")
    page.locator('a[href^="/admin/documents/1/ru/"]').first.click()
    expect(page.locator("#workbench.is-live")).to_be_visible()
    return page.url


def settled(page: Page) -> None:
    expect(page.locator("#workbench.is-live:not(.is-busy)")).to_be_visible()


def typed(page: Page, text: str) -> None:
    """Types over what stands there, and waits until the site has it."""
    field = page.locator("#text")
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")) as kept:
        field.fill(text)
    assert kept.value.ok


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_killed_tab_costs_no_word_even_in_another_browser(newsroom: Newsroom, language: str) -> None:
    boris = newsroom.log_in("boris", language)
    address = open_first(boris)
    typed(boris, TYPED)
    boris.context.close()  # nothing is said good-bye to
    newsroom.contexts.remove(boris.context)
    elsewhere = newsroom.log_in("boris", language)
    elsewhere.goto(address)
    expect(elsewhere.locator("#text")).to_have_value(TYPED)
    expect(elsewhere.locator("[data-restored]")).to_be_visible()
    elsewhere.locator("[data-restored] button").click()
    expect(elsewhere.locator("#text")).not_to_have_value(TYPED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_that_goes_in_mid_sentence_costs_no_word(newsroom: Newsroom, language: str) -> None:
    boris = newsroom.log_in("boris", language)
    address = open_first(boris)
    boris.context.set_offline(True)
    boris.locator("#text").fill(TYPED)
    boris.keyboard.press("Control+Enter")
    expect(boris.locator("#notices .grave")).to_be_visible()
    expect(boris.locator("#text")).to_have_value(TYPED)
    boris.context.set_offline(False)
    newsroom.complaints.clear()  # the browser says that it was offline
    boris.goto(address)
    expect(boris.locator("#text")).to_have_value(TYPED)
    settled(boris)
    with boris.expect_response(lambda answer: answer.request.method == "POST" and "draft" not in answer.url):
        boris.keyboard.press("Control+Enter")
    settled(boris)
    boris.goto(address)
    expect(boris.locator("#text")).to_have_value(TYPED)
    expect(boris.locator("[data-restored]")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_at_one_segment_see_each_other_and_lose_nothing(newsroom: Newsroom, language: str) -> None:
    boris, carol = newsroom.log_in("boris", language), newsroom.log_in("carol", language)
    address = open_first(boris)
    typed(boris, TYPED)
    carol.goto(address)
    settled(carol)
    expect(carol.locator(".desk .held").first).to_contain_text("Борис")
    carol.locator('button[value="take_over"]').click()
    settled(carol)
    expect(carol.locator('button[value="take_over"]')).to_have_count(0)
    carol.locator("#text").fill("Правка редактора")
    with carol.expect_response(lambda answer: answer.request.method == "POST" and "draft" not in answer.url):
        carol.keyboard.press("Control+Enter")
    settled(carol)
    with boris.expect_response(lambda answer: answer.request.method == "POST" and "draft" not in answer.url):
        boris.keyboard.press("Control+Enter")
    settled(boris)
    # A difference stands there: what came in is marked as new, word by word.
    expect(boris.locator(".conflict [lang] ins").first).to_contain_text("Правка")
    expect(boris.locator("#text")).to_have_value(TYPED)
    boris.goto("/admin/")
    expect(boris.locator(".told-list").first).to_contain_text("Carol")


def test_a_decision_is_undone_with_one_press(newsroom: Newsroom) -> None:
    boris = newsroom.log_in("boris")
    boris.goto("/admin/queue/ru/?state=pretranslated")
    boris.locator('a[href^="/admin/documents/1/ru/"]').first.click()
    settled(boris)
    key = boris.locator("#workbench").get_attribute("data-open")
    boris.keyboard.press("Control+Enter")
    expect(boris.locator(f"#segment-{key}.state-approved")).to_be_visible()
    boris.locator("[data-undo] button").click()
    expect(boris.locator(f"#segment-{key}.state-pretranslated")).to_be_visible()


def test_marks_are_never_half_deleted(newsroom: Newsroom) -> None:
    boris = newsroom.log_in("boris")
    boris.goto("/admin/queue/ru/?q=According to the data")
    boris.get_by_role("link", name="According to the data").click()
    settled(boris)
    field = boris.locator("#text")
    field.fill("Слово[1]")
    boris.keyboard.press("End")
    boris.keyboard.press("Backspace")
    expect(field).to_have_value("Слово")
    expect(boris.locator(".chip.is-missing")).to_be_visible()
    boris.locator(".chip").first.click()
    expect(field).to_have_value(re.compile(r"Слово\[\d+\]"))
    expect(boris.locator(".chip.is-missing")).to_have_count(0)
    boris.keyboard.press("Alt+Shift+Digit1")
    expect(field).to_have_value(re.compile("«$"))
    boris.keyboard.press("Control+z")
    expect(field).to_have_value(re.compile("[^«]$"))


def test_memory_stands_beside_and_is_one_key_away(newsroom: Newsroom) -> None:
    boris = newsroom.log_in("boris")
    open_first(boris)
    match = boris.locator("[data-match='1']")
    expect(match).to_be_visible()
    wanted = match.get_attribute("data-use")
    boris.locator("#text").fill("Что-то другое")
    boris.keyboard.press("Alt+Digit1")
    expect(boris.locator("#text")).to_have_value(wanted or "")
    boris.keyboard.press("Control+i")
    source = boris.locator("[data-source]").get_attribute("data-use")
    expect(boris.locator("#text")).to_have_value(source or "")


def test_a_term_of_the_source_is_one_click_away(newsroom: Newsroom) -> None:
    boris = newsroom.log_in("boris")
    boris.goto("/admin/queue/ru/?q=artillery rounds were fired")
    boris.get_by_role("link", name="artillery rounds were fired").click()
    settled(boris)
    terms = boris.locator(".terms")
    expect(terms.locator("b").first).to_have_text(
        "North Korea’s", timeout=30_000
    )  # the process's first look reads the dictionaries
    expect(terms.locator(".wording.used").first).to_be_visible()
    boris.locator("#text").fill("Это ")
    terms.get_by_role("button", name="предупредительный выстрел").click()
    expect(boris.locator("#text")).to_have_value("Это предупредительный выстрел")
    boris.keyboard.press("Control+z")
    expect(boris.locator("#text")).to_have_value("Это ")


def test_a_key_can_be_changed_and_changed_back(newsroom: Newsroom) -> None:
    boris = newsroom.log_in("boris")
    open_first(boris)
    boris.keyboard.press("Alt+h")
    dialog = boris.locator("#keys")
    expect(dialog.locator('[data-deed="source"]')).to_have_text("Ctrl I")
    dialog.locator('[data-change="source"]').click()
    boris.keyboard.press("Alt+j")
    expect(dialog.locator('[data-deed="source"]')).to_have_text("Alt J")
    boris.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    boris.locator("#text").focus()
    boris.keyboard.press("Alt+j")
    source = boris.locator("[data-source]").get_attribute("data-use")
    expect(boris.locator("#text")).to_have_value(source or "")
    boris.keyboard.press("Alt+h")
    dialog.locator("[data-usual-keys]").click()
    expect(dialog.locator('[data-deed="source"]')).to_have_text("Ctrl I")


def test_a_question_finds_its_editor_and_its_answer_comes_back(newsroom: Newsroom) -> None:
    boris, carol = newsroom.log_in("boris"), newsroom.log_in("carol")
    open_first(boris)
    boris.locator(".talk summary").click()
    boris.locator("#comment").fill("Какие порты?")
    boris.locator('button[value="comment:question"]').click()
    settled(boris)
    expect(boris.locator(".comments .question")).to_contain_text("Какие порты?")
    carol.goto("/admin/")
    carol.locator(".told-list a").first.click()
    settled(carol)
    carol.locator("#comment").fill("Одесские.")
    carol.locator('button[value="comment"]').click()
    settled(carol)
    boris.goto("/admin/")
    expect(boris.locator(".told-list")).to_contain_text("Одесские.")


def test_the_scripts_are_light() -> None:
    """Ours alone, before compression; nothing else is loaded (the newsroom listens for that)."""

    scripts = (ROOT / "publishing/static/publishing/admin").glob("*.js")
    assert sum(script.stat().st_size for script in scripts) <= 40_000
