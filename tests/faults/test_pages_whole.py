"""Whoever reads, whoever is killed: a page is one of its versions, whole; in the database as in the exported tree."""

import hashlib
import json
import random
import time
from pathlib import Path

import pytest

from .conftest import FEW, Site

READERS = 2 if FEW else 6
SECONDS = 6 if FEW else 60
PAGES = 400 if FEW else 2_000
KILLS = 5 if FEW else 40


@pytest.mark.long
def test_readers_get_whole_versions_while_pages_are_written(site: Site, tmp_path: Path) -> None:
    over = tmp_path / "over"
    over.touch()
    assert site.play("newsstand", "2").wait(timeout=180) == 0
    assert site.play("turn", str(over)).wait(timeout=60) == 0  # every address is there
    over.unlink()
    turning = site.play("turn", str(over))
    readers = [site.play("read", str(SECONDS), "/tr/") for _ in range(READERS)]
    told = [json.loads(reader.communicate(timeout=SECONDS + 240)[0]) for reader in readers]
    over.touch()
    turns = int(turning.communicate(timeout=120)[0])
    assert [each["wrong"] for each in told] == [[]] * READERS
    assert turns > 2
    for each in told:
        assert "/tr/" in each["changed"], "no page changed while this reader was there"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {".dragoman.json", ".dragoman.lock"}
    }


@pytest.mark.long
def test_an_export_that_is_killed_leaves_whole_pages_and_the_next_one_completes_it(
    site: Site, tmp_path: Path
) -> None:
    folder, chance = tmp_path / "out", random.Random(5)
    printed: set[str] = set()
    begun = 0
    for number in range(KILLS):
        printed |= set(json.loads(site.play("reprint", str(number), str(PAGES)).communicate(timeout=120)[0]))
        export = site.export(folder)
        time.sleep(chance.uniform(0.5, 2.0))
        begun += export.poll() is None
        site.kill(export)
        half = [
            path
            for path in folder.rglob("report-*/index.html*")
            if path.suffix != ".part" and hashlib.sha256(path.read_bytes()).hexdigest() not in printed
        ]
        assert half == []
    assert begun, "every export had ended before it was killed"
    for target in (folder, tmp_path / "fresh"):
        assert site.export(target).wait(timeout=120) == 0
    assert tree(folder) == tree(tmp_path / "fresh")
