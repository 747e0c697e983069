"""Twenty people at one queue: each takes what is next and decides on it; nothing is lost, nothing done twice."""

import json
import time
from collections import Counter

import pytest

from .conftest import FEW, Site

PEOPLE = 6 if FEW else 20
SECONDS = 8 if FEW else 60
SENTENCES = 400 if FEW else 4_000


@pytest.mark.long
def test_nobody_gets_anothers_segment_and_no_decision_is_lost(site: Site) -> None:
    site.environment["CLAIM_SECONDS"] = "3600"
    site.play("stage", str(SENTENCES), str(PEOPLE)).wait(timeout=1_800)
    start = str(time.time() + 5 + PEOPLE * 0.7)
    processes = [site.play("review", f"reviewer{n}", "tr", start, str(SECONDS)) for n in range(PEOPLE)]
    told = [json.loads(process.communicate(timeout=SECONDS + 300)[0]) for process in processes]
    taken = Counter(pk for each in told for pk in set(each["taken"]))
    assert [pk for pk, times in taken.items() if times > 1] == []
    left = json.loads(site.play("reviewed").communicate(timeout=120)[0])
    for wrong in ("twice", "lost", "not_theirs", "broken"):
        assert left[wrong] == [], wrong
    outcomes = sum((Counter(each["outcomes"]) for each in told), Counter[str]())
    assert outcomes["approved"] == left["approve"] > 0
    assert outcomes.keys() <= {"approved", "submitted"}, outcomes
