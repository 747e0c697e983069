"""W1: a released page, as readers ask for it, beside a constant Django view and beside a plain file; in one run.

Through granian, one worker with one thread, for both: our page as it is, by Brotli and as 304, beside a view that
answers so many bytes with no middleware and no database. On PostgreSQL also where the process holds no page, so that
each comes from the database. Through nginx: the exported page with its rules beside the
same bytes as plain files. In each size of site, asking for pages all over it. What counts is the servers' processor
time a request, the database's included.

READER_SIZES ("100 10000") are how many pages are stored; "100 10000 100000" takes some 6 GB and a quarter of an
hour. READER_ROUNDS (3) of READER_SECONDS (3) each.
"""

import os
import random
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests import nginx

from . import _newsroom, _pages
from ._servers import Server, Target, granian, interleaved

SIZES = [int(size) for size in os.environ.get("READER_SIZES", "100 10000").split()]
ROUNDS = int(os.environ.get("READER_ROUNDS", "3"))
SECONDS = float(os.environ.get("READER_SECONDS", "3"))
ADDRESSES = 2_000
WAGTAIL = {"cpu_us": 22_400.0, "of_a_constant_view": 78.0}
"""A translated page of Wagtail 8.0.1 with wagtail-localize 1.14.5, through granian and PostgreSQL, recorded on a like
machine: the time a request, and the multiple of a constant view in that run."""
BROTLI, GZIP = {"Accept-Encoding": "gzip, deflate, br"}, {"Accept-Encoding": "gzip"}
RATIOS = {
    "page": ("page", "constant"),
    "page, Brotli": ("page, Brotli", "constant, Brotli"),
    "304": ("304", "constant"),
    "page, none held": ("page, none held", "constant"),
    "page, none held, Brotli": ("page, none held, Brotli", "constant, Brotli"),
    "nginx, exported": ("nginx, exported", "nginx, plain"),
    "nginx, exported, gzip": ("nginx, exported, gzip", "nginx, plain, gzip"),
}
"""What is compared with what."""
Figures = dict[str, dict[str, float]]


def run() -> dict[str, Any]:
    with _newsroom.database() as vendor:
        pattern = _pages.released()
        sizes = {str(size): _at(size, pattern) for size in SIZES}
    first, last = sizes[str(SIZES[0])], sizes[str(SIZES[-1])]
    growth = {name: last["ratios"][name] / first["ratios"][name] for name in first["ratios"]}
    page = last["ratios"]["page"]
    derived = {
        "wagtail_recorded": WAGTAIL,
        "wagtail_over_page_derived": WAGTAIL["of_a_constant_view"] / page,
    }
    _report(sizes, growth, derived, vendor)
    figures = {"sizes": sizes, "growth_of_ratios": growth}
    return {"name": "reader", "database": vendor, "figures": figures, "beside": derived}


def _at(size: int, pattern: str) -> dict[str, Any]:
    from publishing.models import Page

    began = time.perf_counter()
    _pages.fill(pattern, size)
    print(f"{size:,} pages are stored ({time.perf_counter() - began:.0f} s)")
    page = Page.objects.get(path=_pages.path_of(0))
    forms = {name: len(getattr(page, name)) for name in ("content", "brotli")}
    with tempfile.TemporaryDirectory(dir=os.environ.get("VAR_DIR")) as folder, ExitStack() as running:
        targets = _through_django(running, page.path, page.etag, forms, size)
        if nginx.BINARY:
            targets |= _through_nginx(running, Path(folder), size)
        else:
            print(f"Files are not measured: {nginx.ABSENT}.")
        rows = interleaved(targets, ROUNDS, SECONDS)
    return {
        "rows": rows,
        "ratios": _ratios(rows, "cpu_us"),
        "ratios_of_rates": _ratios(rows, "requests_per_second"),
    }


def _ratios(rows: Figures, what: str) -> dict[str, float]:
    return {name: rows[a][what] / rows[b][what] for name, (a, b) in RATIOS.items() if a in rows}


def _somewhere(size: int) -> list[str]:
    """Addresses all over the site, in no order."""
    numbers = random.Random(1).sample(range(size), min(size, ADDRESSES))
    return [_pages.path_of(number) for number in numbers]


def _through_django(
    running: ExitStack, path: str, etag: str, forms: Mapping[str, int], size: int
) -> dict[str, Target]:
    settings = {"DATABASE_URL": _newsroom.address(), "LOG_LEVEL": "ERROR"}
    settings["DJANGO_SETTINGS_MODULE"] = "publishing.settings"
    whole, short = f"/{forms['content']}/", f"/{forms['brotli']}/"
    sizes = {"CONSTANT_SIZES": f"{forms['content']} {forms['brotli']}", "DJANGO_SETTINGS_MODULE": ""}
    ours = _site(running, settings, path)
    constant = running.enter_context(granian("tests.benchmarks._constant:application", sizes, whole))
    paths = _somewhere(size)
    targets = {
        "constant": Target(constant, [whole], {}),
        "page": Target(ours, paths, {}),
        "constant, Brotli": Target(constant, [short], {}),
        "page, Brotli": Target(ours, paths, BROTLI),
        "304": Target(ours, [path], {"If-None-Match": f'"{etag}"'}, "304"),
    }
    if settings["DATABASE_URL"].startswith("postgres"):
        bare = _site(running, settings | {"PAGES_HELD_MB": "0"}, path)
        targets |= {
            "page, none held": Target(bare, paths, {}),
            "page, none held, Brotli": Target(bare, paths, BROTLI),
        }
    return targets


def _site(running: ExitStack, settings: Mapping[str, str], path: str) -> Server:
    """The project, served; with the processes of PostgreSQL that work for it: their time is the page's, too."""
    before = _backends()
    site = running.enter_context(granian("publishing.wsgi:application", settings, path))
    return Server(site.port, (*site.pids, *(set(_backends()) - set(before))))


def _backends() -> list[int]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    time.sleep(1)  # what was opened last has told of itself
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _through_nginx(running: ExitStack, folder: Path, size: int) -> dict[str, Target]:
    from publishing.pages import exporting
    from publishing.reader import security

    site, plain = folder / "site", folder / "plain"
    exporting.export(str(site), security.headers_of_the_site())
    paths = _somewhere(size)
    for path in paths:
        (plain / path.strip("/")).mkdir(parents=True)
        for ending in ("", ".gz"):
            name = f"{path.strip('/')}/index.html{ending}"
            (plain / name).write_bytes((site / name).read_bytes())
    rules = site / ".nginx"
    exported = running.enter_context(
        nginx.serving(
            folder / "a",
            root=site,
            http=f"include {rules}/http.conf;",
            server=f"include {rules}/server.conf;",
        )
    )
    bare = running.enter_context(nginx.serving(folder / "b", root=plain, server="gzip_static on;"))
    ours, theirs = (Server(int(address.rpartition(":")[2]), (pid,)) for address, pid in (exported, bare))
    files = [f"{path}index.html" for path in paths]
    return {
        "nginx, plain": Target(theirs, files, {}),
        "nginx, exported": Target(ours, paths, {}),
        "nginx, plain, gzip": Target(theirs, files, GZIP),
        "nginx, exported, gzip": Target(ours, paths, GZIP),
    }


def _report(
    sizes: Mapping[str, Any], growth: Mapping[str, float], derived: Mapping[str, Any], vendor: str
) -> None:
    for size, found in sizes.items():
        print(f"\n{int(size):,} pages ({vendor})")
        print(
            f"{'':24}{'requests/s':>11}{'p50 ms':>8}{'p99':>8}{'CPU us':>8}{'bytes':>8}   CPU of what it is beside"
        )
        for name, each in found["rows"].items():
            ratio = f"{found['ratios'][name]:8.2f} x {RATIOS[name][1]}" if name in RATIOS else ""
            print(
                f"{name:24}{each['requests_per_second']:11,.0f}{each['p50_ms']:8.2f}{each['p99_ms']:8.2f}"
                f"{each['cpu_us']:8.0f}{each['bytes']:8.0f}{ratio}"
            )
    print("\nfrom the smallest site to the largest these multiples changed by: "
          + ", ".join(f"{name} {value:.2f}" for name, value in growth.items()))  # fmt: skip
    print(f"Wagtail's page, recorded at {WAGTAIL['of_a_constant_view']:.0f} x a constant view, is by that "
          f"{derived['wagtail_over_page_derived']:.0f} x ours (derived, not measured in this run)")  # fmt: skip
