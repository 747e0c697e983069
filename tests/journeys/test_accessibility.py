"""axe on every page of the newsroom that a translator or editor meets: WCAG 2.2 A and AA, and nothing too wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .newsroom import Newsroom

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
NARROW, TABLET, DESK = 320, 768, 1280
PAGES = (
    "/admin/",
    "/admin/queue/ru/",
    "/admin/documents/1/ru/",
    "/admin/documents/1/ru/bulk/",
    "/admin/board/",
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
    "/admin/import/article/",
    "/admin/import/catalog/",
    "/admin/publishing/",
    "/admin/publishing/auditentry/",
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


def opened(page: Page, path: str) -> None:
    page.goto(path)
    if path == "/admin/documents/1/ru/":
        expect(page.locator("#workbench.is-live")).to_be_visible()
        page.wait_for_load_state("networkidle")  # memory's matches have come
        page.evaluate("document.querySelectorAll('#desk details').forEach(each => each.open = true)")


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_no_page_of_the_newsroom_has_a_violation(newsroom: Newsroom, language: str, scheme: str) -> None:
    look_at_all(newsroom, language, scheme, (NARROW, TABLET, DESK))


def test_no_page_has_a_violation_at_a_glance(newsroom: Newsroom) -> None:
    """The same in small, at every change; all languages, both schemes and widths are in the long rounds."""
    look_at_all(newsroom, "ru", "dark", (NARROW,))


def look_at_all(newsroom: Newsroom, language: str, scheme: str, widths: tuple[int, ...]) -> None:
    carol = newsroom.log_in("carol", language, color_scheme=scheme, reduced_motion="reduce")
    edition = first_edition(carol)
    said = []
    for width in widths:
        carol.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            opened(carol, path.format(edition=edition))
            said += [f"{path} at {width}: {each}" for each in violations(carol)]
            if scrolls_sideways(carol):
                said.append(f"{path} at {width}: scrolls sideways")
    assert said == []


def test_the_help_has_no_violation(newsroom: Newsroom) -> None:
    boris = newsroom.log_in("boris")
    opened(boris, "/admin/documents/1/ru/")
    boris.keyboard.press("Alt+h")
    assert violations(boris) == []


def test_the_login_has_no_violation(newsroom: Newsroom) -> None:
    page = newsroom.page("tr")
    page.goto("/admin/")
    assert violations(page) == []
