"""A careful reader in a browser: data that no policy blocks, notes that say what they mean, pages for everybody."""

import pytest
from playwright.sync_api import expect

from .newsroom import Newsroom
from .test_accessibility import DESK, NARROW, scrolls_sideways, violations

pytestmark = pytest.mark.browser

ARTICLE = {
    "en": "/en/the-future-of-china-russia-north-korea-relations/",
    "tr": "/tr/cin-rusya-kuzey-kore-iliskilerinin-gelecegi/",
}
COUNT = "window.blocked = 0; addEventListener('securitypolicyviolation', () => { window.blocked += 1; });"


def test_the_data_in_the_head_is_blocked_by_no_policy(demo: Newsroom) -> None:
    page = demo.page("en")
    page.add_init_script(COUNT)
    answer = page.goto(ARTICLE["en"])
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert page.locator("script[type='application/ld+json']").count() == 1
    assert page.evaluate("window.blocked") == 0
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    page.wait_for_function("window.blocked === 1")  # the count counts
    demo.complaints.clear()


@pytest.mark.parametrize("language", list(ARTICLE))
def test_an_ibid_says_which_work_it_means_to_pointer_and_keyboard(demo: Newsroom, language: str) -> None:
    page = demo.page(language, viewport={"width": DESK, "height": 900})
    page.goto(ARTICLE[language])
    meant = page.locator("#note-9 .meant")
    size = "element => element.getBoundingClientRect().width"
    assert meant.evaluate(size) <= 1
    page.locator("#note-9").hover()
    assert meant.evaluate(size) > 50
    page.mouse.move(0, 0)
    assert meant.evaluate(size) <= 1
    page.locator("#note-9 .back").focus()
    assert meant.evaluate(size) > 50
    page.locator("#ref-9").click()
    expect(meant).to_contain_text("Global Times")
    assert meant.evaluate(size) > 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_a_language_in_preparation_has_no_violation(newsroom: Newsroom, scheme: str) -> None:
    carol = newsroom.log_in("carol", "en")
    carol.goto("/admin/documents/1/ru/preview/")
    carol.goto("/admin/board/")
    pages = [link.get_attribute("href") for link in carol.locator('a[href^="/admin/editions/"]').all()]
    for path in dict.fromkeys(pages):
        carol.goto(str(path))
        if carol.locator("button[value=in_preparation]").count():
            carol.locator("button[value=in_preparation]").click()
            break
    newsroom.wait_until(ARTICLE["en"], holds="in preparation")
    for language, path in ARTICLE.items():
        for width in (NARROW, DESK):
            page = newsroom.page(language, viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(path)
            expect(page.locator(".switcher .coming")).to_be_visible()
            assert violations(page) == []
            assert not scrolls_sideways(page)
