"""Benchmarks run: in small, so that nothing that they measure has moved away from under them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import nginx

ROOT = Path(__file__).parents[2]
IN_SMALL = {
    "export": {"EXPORT_SIZES": "5 10"},
    "reader": {"READER_SIZES": "10 20", "READER_ROUNDS": "1", "READER_SECONDS": "0.5"},
    "review": {"REVIEW_WAITING": "6000", "REVIEW_SECONDS": "2", "REVIEWERS": "2"},
    "typing": {"TYPING_SEGMENTS": "20", "TYPING_KEYS": "20"},
}


@pytest.mark.long
@pytest.mark.parametrize("name", IN_SMALL)
def test_a_benchmark_runs_to_its_end_and_keeps_its_figures(name: str, tmp_path: Path) -> None:
    if name == "reader" and not nginx.BINARY:
        pytest.skip(nginx.ABSENT)
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}", "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", name],
        cwd=ROOT, env=os.environ | settings | IN_SMALL[name], text=True, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "bench" / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["name"] == name
    assert kept["figures"]
