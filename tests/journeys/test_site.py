"""Readers on phones and at desks, in three languages: they find articles, read, check, switch, and leave no trace."""

import re

import pytest
from playwright.sync_api import Page, expect

from .newsroom import Newsroom
from .test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}
SCHEMES = {"phone": "dark", "desk": "light"}
FIRST = {"en": "China-Russia", "tr": "Çin-Rusya", "ru": "Китая"}
SOUGHT = {"en": "EXPORTER", "tr": "TAHILIN", "ru": "Чeрное море".replace("e", "е")}
"""Other forms, or other letters, than the texts have: exporters; tahıl; Чёрного моря."""
FOUND = {"en": "grain-shipping", "tr": "tahil", "ru": "zernovykh"}


def reader_of(site: Newsroom, language: str, size: str) -> Page:
    return site.page(language, viewport=SIZES[size], color_scheme=SCHEMES[size], reduced_motion="reduce")


def read_on(page: Page, link: str) -> None:
    """Follows a link, and finds a page that everybody can use."""
    page.locator(link).first.click()
    page.wait_for_load_state()
    assert violations(page) == [], page.url
    assert not scrolls_sideways(page), page.url


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", FIRST)
def test_a_reader_goes_through_the_site(site: Newsroom, language: str, size: str) -> None:
    page = reader_of(site, language, size)
    page.goto("/")
    expect(page).to_have_url(re.compile(f"/{language}/$"))
    assert violations(page) == []
    read_on(page, f'main h3 a:has-text("{FIRST[language]}")')
    expect(page.locator("html")).to_have_attribute("lang", language)
    article = page.url
    read_on(page, ".byline a")
    expect(page.locator("h1")).to_have_text(re.compile("tokmak|токмак", re.IGNORECASE))
    read_on(page, f'main h3 a:has-text("{FIRST[language]}")')
    assert page.url == article
    read_on(page, ".topics a")
    expect(page.locator("main h3")).to_have_count(2)
    read_on(page, f'main h3 a[href*="{FOUND[language]}"]')
    expect(page.locator("html")).to_have_attribute("lang", language)
    read_on(page, f'.colophon a[href="/{language}/archive/"]')
    read_on(page, 'main a[href*="/archive/"]')
    expect(page.locator(f'main a[href^="/{language}/"]:has-text("{FIRST[language]}")')).to_be_visible()
    assert page.context.cookies() == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", FIRST)
def test_a_reader_searches_in_any_form_of_a_word(site: Newsroom, language: str, size: str) -> None:
    page = reader_of(site, language, size)
    page.goto(f"/{language}/")
    page.locator("#q").fill(SOUGHT[language])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/search/?q=*")
    assert violations(page) == []
    assert not scrolls_sideways(page)
    expect(page.locator(".results mark").first).to_be_visible()
    read_on(page, ".results h3 a")
    assert FOUND[language] in page.url
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", FIRST)
def test_without_scripts_everything_is_there(site: Newsroom, language: str) -> None:
    page = site.page(language, viewport=SIZES["phone"], java_script_enabled=False)
    page.goto(f"/{language}/")
    page.locator(f'main h3 a:has-text("{FIRST[language]}")').click()
    article = page.url
    page.locator("#ref-3").click()
    expect(page).to_have_url(re.compile("#note-3$"))
    page.locator('#note-3 a[role="doc-backlink"]').first.click()
    expect(page).to_have_url(re.compile("#ref-3$"))
    for other, title in FIRST.items():
        page.goto(article)
        if other != language:
            page.locator(f'nav.switcher a[hreflang="{other}"]').click()
            expect(page.locator("html")).to_have_attribute("lang", other)
            expect(page.locator("h1")).to_contain_text(title)
    page.goto(f"/{language}/search/?q={SOUGHT[language]}")
    expect(page.locator(".results li").first).to_be_visible()
    assert page.context.cookies() == []
