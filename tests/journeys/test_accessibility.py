"""axe on every page of the newsroom that a translator or editor meets: WCAG 2.2 A and AA, and nothing too wide."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .newsroom import Newsroom

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
NARROW, TABLET, DESK = 320, 768, 1280
PAGES = (
    "/admin/",
    "/admin/queue/ru/",
    "/admin/documents/1/ru/",
    "/admin/documents/1/ru/?segment={joined}",
    "/admin/documents/1/ru/?segment={left_out}",
    "/admin/documents/1/ru/?segment={returned}",
    "/admin/documents/1/ru/bulk/",
    "/admin/segments/{returned}/ru/history/",
    "/admin/queue/ru/?q=the&from=en",
    "/admin/queue/ru/?q=xyzzy",
    "/admin/board/",
    "/admin/reported/",
    "/admin/documents/1/",
    "/admin/editions/{edition}/",
    "/admin/editions/{edition}/compare/?to=now",
    "/admin/runs/1/",
    "/admin/engines/",
    "/admin/work/",
    "/admin/work/?reason=terminology&language=ru",
    "/admin/terms/",
    "/admin/terms/1/",
    "/admin/notices/",
    "/admin/topics/",
    "/admin/import/article/",
    "/admin/import/catalog/",
    "/admin/publishing/",
    "/admin/publishing/auditentry/",
    "/admin/password_change/",
)


READERS_PAGES = (
    "/en/",
    "/tr/",
    "/en/the-future-of-china-russia-north-korea-relations/",
    "/tr/authors/elcan-tokmak/",
    "/en/archive/",
    "/tr/search/",
    "/en/search/?q=missile",
    "/tr/search/?q=f%C3%BCzeler",
    "/ru/search/?q=%D1%81%D1%83%D0%B4%D0%B0",
)


def violations(page: Page) -> list[str]:
    """What axe objects to, a line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    )


def first_edition(page: Page) -> str:
    page.goto("/admin/board/")
    link = page.locator('a[href*="/admin/editions/"]').first.get_attribute("href") or ""
    return link.rstrip("/").rpartition("/")[2]


def a_decision_of_each_kind(page: Page) -> dict[str, str]:
    """Joins a sentence, leaves one out and returns one; tells the keys of their segments."""
    page.goto("/admin/documents/1/ru/")
    sentences = page.evaluate(
        "Array.from(document.querySelectorAll('.block.kind-paragraph'), block =>"
        " Array.from(block.querySelectorAll('.line'),"
        " line => [line.id.replace('segment-', ''), line.querySelector('.source').innerText]))"
    )
    keys = [[key for key, _source in block] for block in sentences]
    block = next(block for block in keys if len(block) > 2)
    bare = next(key for some in sentences for key, source in some if "[" not in source and key not in block)
    decided(page, block[1], "join")
    page.goto(f"/admin/documents/1/ru/?segment={bare}")
    page.evaluate("document.querySelectorAll('#desk details').forEach(each => each.open = true)")
    page.locator("#omission").fill("Сказано в следующем предложении.")
    press(page, "omit")
    returned = block[2]
    page.goto(f"/admin/documents/1/ru/?segment={returned}")
    page.locator(".return summary").click()
    page.locator('input[name="reason"][value="style"]').check()
    press(page, "return")
    return {"joined": block[0], "left_out": bare, "returned": returned}


def decided(page: Page, key: str, action: str) -> None:
    page.goto(f"/admin/documents/1/ru/?segment={key}")
    page.evaluate("document.querySelectorAll('#desk details').forEach(each => each.open = true)")
    press(page, action)


def press(page: Page, action: str) -> None:
    """Presses a decision's button, and waits until it was done."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/draft/" not in answer.url):
        page.locator(f'button[value="{action}"]').first.click()
    expect(page.locator("#workbench.is-live:not(.is-busy)")).to_be_visible()


def opened(page: Page, path: str) -> None:
    page.goto(path)
    if path.startswith("/admin/documents/1/ru/") and path.partition("?")[0].endswith("/ru/"):
        expect(page.locator("#workbench.is-live")).to_be_visible()
        page.wait_for_load_state("networkidle")  # memory's matches have come
        page.evaluate("document.querySelectorAll('#desk details').forEach(each => each.open = true)")


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_no_page_of_the_newsroom_has_a_violation(newsroom: Newsroom, language: str) -> None:
    look_at_all(newsroom, language, ("light", "dark"), (NARROW, TABLET, DESK))


def test_no_page_has_a_violation_at_a_glance(newsroom: Newsroom) -> None:
    """The same in small, at every change; all languages, both schemes and widths are in the long rounds."""
    look_at_all(newsroom, "ru", ("dark",), (NARROW,))


def look_at_all(
    newsroom: Newsroom, language: str, schemes: tuple[Scheme, ...], widths: tuple[int, ...]
) -> None:
    """Every page at every width; each is looked at in both schemes, which are styles alone."""
    carol = newsroom.log_in("carol", language, reduced_motion="reduce")
    named = a_decision_of_each_kind(carol) | {"edition": first_edition(carol)}
    said = []
    for width in widths:
        carol.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            opened(carol, path.format(**named))
            of_the_page = list(newsroom.complaints)
            for scheme in schemes:
                carol.emulate_media(color_scheme=scheme)
                said += [f"{path} at {width}, {scheme}: {each}" for each in violations(carol)]
            newsroom.complaints[:] = of_the_page  # axe tries styles of its own on a field for passwords
            if scrolls_sideways(carol):
                said.append(f"{path} at {width}: scrolls sideways")
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_readers_has_a_violation(demo: Newsroom, scheme: str) -> None:
    page = demo.page("en", color_scheme=scheme, reduced_motion="reduce")
    said = []
    for width in (NARROW, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        for path in READERS_PAGES:
            answer = page.goto(path)
            assert answer
            assert (answer.status, len(answer.body()) < 60_000) == (200, True), path
            said += [f"{path} at {width}: {each}" for each in violations(page)]
            if scrolls_sideways(page):
                said.append(f"{path} at {width}: scrolls sideways")
    assert said == []


def test_the_help_has_no_violation(demo: Newsroom) -> None:
    boris = demo.log_in("boris")
    opened(boris, "/admin/documents/1/ru/")
    boris.keyboard.press("Alt+h")
    assert violations(boris) == []


def test_the_login_has_no_violation(demo: Newsroom) -> None:
    page = demo.page("tr")
    page.goto("/admin/")
    assert violations(page) == []
