"""`make pictures`: takes the pictures of the three faces for the README, from the demo as it stands after set-up."""

import sys
import tempfile
from pathlib import Path

from .newsroom import ROOT, chromium, serve, stage

FOLDER = ROOT / "docs/pictures"
DESK = {"width": 1280, "height": 860}


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        port = stage(Path(place))
        with serve(Path(place), port, browser) as newsroom:
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
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
