"""A reviewer as a process: takes what is next and approves it, again and again; tells what it took and how long.

    python -m tests.faults.review USERNAME LANGUAGE START SECONDS

Writes one JSON line: `taken` (ids of translations, in order), `approved`, `refused` (by reason), `empty` (how often
nothing was there to take), and the milliseconds of every round of taking and approving.
"""

import json
import sys
import time
from collections import Counter

import django

django.setup()

from publishing.models import Person, Translation
from publishing.models.translation import State
from publishing.reports import picking
from publishing.workflow import claiming, editing, reviewing
from publishing.workflow.errors import Refused

TEXT = "Bu cümle elle yazıldı."


def decide(row: Translation, actor: Person) -> None:
    """Approves what can be approved; writes a text where there is none or it was returned."""
    if row.state in {State.MISSING, State.NEEDS_EDIT}:
        editing.submit(row, text=TEXT, actor=actor, seen_version=row.version)
    else:
        reviewing.approve(row, actor=actor, seen_version=row.version)


def main(username: str, language: str, start: str, seconds: str) -> None:
    actor = Person.objects.get(username=username)
    taken: list[int] = []
    taking: list[float] = []
    deciding: list[float] = []
    outcomes: Counter[str] = Counter()
    empty = 0
    time.sleep(max(0.0, float(start) - time.time()))  # all of them begin at one moment
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        began = time.perf_counter()
        row = claiming.next_for(actor, picking.candidates(actor, language))
        claimed = time.perf_counter()
        if row is None:
            empty += 1
            time.sleep(0.05)
            continue
        taken.append(row.pk)
        try:
            decide(row, actor)
            outcomes["approved" if row.state not in {State.MISSING, State.NEEDS_EDIT} else "submitted"] += 1
        except Refused as error:
            outcomes[type(error).__name__] += 1
        taking.append((claimed - began) * 1_000)
        deciding.append((time.perf_counter() - claimed) * 1_000)
    told = {"taken": taken, "outcomes": outcomes, "empty": empty, "taking": taking, "deciding": deciding}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
