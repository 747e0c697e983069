"""`make pictures`: pictures of the demo for the README, and of a site that is released in three languages."""

import sys
import tempfile
from pathlib import Path

from .newsroom import ROOT, Newsroom, chromium, complete, seen, serve, stage

FOLDER = ROOT / "docs/pictures"
DESK = {"width": 1280, "height": 860}
SIZES = {"phone": {"width": 390, "height": 844}, "desk": DESK}
SOUGHT = {"en": "exporter", "tr": "ilişki", "ru": "отношение"}


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        port = stage(Path(place))
        with serve(Path(place), port) as address, seen(address, browser) as newsroom:
            reader = newsroom.page("tr", viewport=DESK)
            reader.goto("/tr/cin-rusya-kuzey-kore-iliskilerinin-gelecegi/")
            reader.screenshot(path=folder / "reader.png")
            boris = newsroom.log_in("boris", "en", viewport=DESK)
            boris.goto("/admin/queue/ru/")
            boris.locator('a[href^="/admin/documents/1/ru/"]').last.click()
            boris.locator("#desk").wait_for()
            boris.screenshot(path=folder / "workbench.png")
            carol = newsroom.log_in("carol", "en", viewport=DESK)
            carol.goto("/admin/board/")
            carol.screenshot(path=folder / "board.png")
        complete(Path(place), port)
        with serve(Path(place), port) as address, seen(address, browser) as site:
            look_around(site, folder / "site")
    return 0


def look_around(site: Newsroom, folder: Path) -> None:
    """The front page, an article, an author and a search in every language, on a phone in the dark and at a desk."""
    folder.mkdir(exist_ok=True)
    for language, sought in SOUGHT.items():
        for size, viewport in SIZES.items():
            page = site.page(language, viewport=viewport, color_scheme="dark" if size == "phone" else "light")
            page.goto(f"/{language}/")
            page.screenshot(path=folder / f"front-{language}-{size}.jpg", type="jpeg", quality=70)
            page.locator("main h3 a").last.click()
            page.screenshot(path=folder / f"article-{language}-{size}.jpg", type="jpeg", quality=70)
            page.locator("footer.closing").scroll_into_view_if_needed()
            page.screenshot(path=folder / f"closing-{language}-{size}.jpg", type="jpeg", quality=70)
            page.locator(".byline a").first.click()
            page.screenshot(path=folder / f"author-{language}-{size}.jpg", type="jpeg", quality=70)
            page.goto(f"/{language}/search/?q={sought}")
            page.screenshot(path=folder / f"search-{language}-{size}.jpg", type="jpeg", quality=70)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
