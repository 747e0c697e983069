"""Reading and writing a catalog of 10,000 units, beside polib alone on the same bytes in the same run.

What ours adds is the strict check, the bounds and the values; what it may cost is a fraction of polib's time.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import polib

from publishing.catalogs import Catalog, Unit, digest, po, tmx
from publishing.catalogs.files import write_whole
from publishing.catalogs.tmx import Pair

UNITS = 10_000
ROUNDS = 3
SOURCE = "Moscow reduced its energy supply in response to Western sanctions, number {}.[{}]"
TARGET = "Moskova, Batı yaptırımlarına yanıt olarak enerji arzını azalttı, sayı {}.[{}]"


def run() -> dict[str, Any]:
    """Measure, print a table, and give the figures: milliseconds, median of three rounds."""
    catalog = _catalog()
    data = po.write(catalog)
    pairs = [Pair(unit.source, unit.target, "en", "tr", "human") for unit in catalog.units]
    memory = tmx.write(pairs)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.po"
        write_whole(path, data)
        bare = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
        beside = {
            "read_ms": _milliseconds(lambda: polib.pofile(str(path), encoding="utf-8", wrapwidth=0)),
            "write_ms": _milliseconds(lambda: str(bare).encode()),
        }
        figures = {
            "units": UNITS,
            "bytes": len(data),
            "read_ms": _milliseconds(lambda: po.read(data)),
            "write_ms": _milliseconds(lambda: po.write(catalog)),
            "write_whole_ms": _milliseconds(lambda: path.unlink() or write_whole(path, data)),
            "tmx_read_ms": _milliseconds(lambda: tmx.read(memory)),
            "tmx_write_ms": _milliseconds(lambda: tmx.write(pairs)),
        }
    _print(figures, beside)
    return {"name": "catalogs", "figures": figures, "beside": {"polib": beside}}


def _catalog() -> Catalog:
    moment = datetime(2022, 11, 9, tzinfo=UTC)
    units = tuple(_unit(number) for number in range(UNITS))
    return Catalog("tr", "en", "article/1", "1", moment, moment, units=units)


def _unit(number: int) -> Unit:
    source = SOURCE.format(number, number)
    comments = (
        ("kind", "paragraph"),
        ("state", "pretranslated"),
        ("origin", "memory"),
        ("hash", digest(source)),
        ("before", SOURCE.format(number - 1, number - 1)),
        ("after", SOURCE.format(number + 1, number + 1)),
    )
    return Unit(
        key=f"segment-{number}",
        source=source,
        target=TARGET.format(number, number),
        fuzzy=True,
        comments=comments,
        reference=f"article/1/paragraph:{number}",
    )


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return round(median(times), 1)


def _print(figures: dict[str, Any], beside: dict[str, Any]) -> None:
    rows = [f"{'':<18}{'ours':>10}{'polib':>10}"]
    for name, value in figures.items():
        other = beside.get(name, "")
        rows.append(f"{name:<18}{value:>10}{other:>10}")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    run()
