"""The whole site into files: all of it, again with nothing to do, and after one page changed; at three sizes of site.

Beside it the floor: the same bytes written into as many files, one after another, with nothing known or checked.
EXPORT_SIZES ("100 1000 10000") are how many editions the site has; each has three files, and a place in the index by
which an exported site answers questions.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import _listed, _newsroom, _pages

SIZES = [int(size) for size in os.environ.get("EXPORT_SIZES", "100 1000 10000").split()]
Timed = dict[str, float]


def run() -> dict[str, Any]:
    with _newsroom.database() as vendor:
        pattern = _pages.released()
        found = {str(size): _at(size, pattern) for size in SIZES}
    print(f"\n{'editions':>9}  {'':16}{'seconds':>9}{'CPU':>8}{'files':>9}{'removed':>9}   ({vendor})")
    for size, rows in found.items():
        for name, each in rows.items():
            print(
                f"{int(size):>9,}  {name:16}{each['seconds']:9.2f}{each['cpu_seconds']:8.2f}"
                f"{each['written']:9,.0f}{each['removed']:9,.0f}"
            )
    figures = {
        size: {name: each for name, each in rows.items() if name != "floor"} for size, rows in found.items()
    }
    floors = {size: rows["floor"] for size, rows in found.items()}
    return {"name": "export", "database": vendor, "figures": figures, "beside": {"writing_alone": floors}}


def _at(size: int, pattern: str) -> dict[str, Timed]:
    from publishing.models import Listing, Page
    from publishing.pages import exporting, storing
    from publishing.pages.finished import Finished
    from publishing.reader import security

    _pages.fill(pattern, size)
    _listed.fill(size)
    with tempfile.TemporaryDirectory(dir=os.environ.get("VAR_DIR")) as folder:
        site = Path(folder) / "site"

        def export() -> tuple[int, int]:
            report = exporting.export(str(site), security.headers_of_the_site())
            assert not report.left_out
            return report.written, report.removed

        rows = {"first": _timed(export), "nothing to do": _timed(export)}
        assert rows["nothing to do"]["written"] == rows["nothing to do"]["removed"] == 0
        page = Page.objects.get(path=_pages.path_of(size // 2))
        other = bytes(page.content) + f"<!-- {size} -->".encode()
        storing.store([Finished(page.path, other, page.language)])
        rows["one changed"] = _timed(export)
        assert rows["one changed"]["written"] == 3
        Page.objects.filter(path=_pages.path_of(size - 1)).delete()
        rows["one removed"] = _timed(export)
        assert rows["one removed"]["removed"] == 3
        Listing.objects.filter(pk=Listing.objects.latest("pk").pk).delete()
        rows["one listed less"] = _timed(export)
        rows["floor"] = _timed(lambda: _write_alone(site, Path(folder) / "floor"))
    return rows


def _timed(work: Callable[[], tuple[int, int]]) -> Timed:
    wall, cpu = time.perf_counter(), time.process_time()
    written, removed = work()
    return {
        "seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "written": written,
        "removed": removed,
    }


def _write_alone(site: Path, floor: Path) -> tuple[int, int]:
    """Copies the tree's files, read and written one by one."""
    written = 0
    for path in site.rglob("index.html*"):
        to = floor / path.relative_to(site)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
        written += 1
    return written, 0
