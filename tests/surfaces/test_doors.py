"""The doors by which servers come in: what is loaded by then is set aside from the collection of garbage."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("door", ["publishing.wsgi", "publishing.asgi"])
def test_what_is_loaded_is_not_looked_through_again(door: str) -> None:
    program = (
        f"import gc, {door}; print(gc.get_freeze_count() > 50_000, len(gc.get_objects()), gc.isenabled())"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    set_aside, left, collects = said.stdout.split()
    assert (set_aside, collects) == ("True", "True")
    assert int(left) < 5_000
