"""Readers who report one sentence at one moment, and reviewers who work on it: counted once each, never too many."""

import json
import subprocess
import time
from collections import Counter

import pytest

from .conftest import FEW, Site

READERS = 4 if FEW else 8
EACH = 6 if FEW else 25
QUOTE = "Gemiler hemen yola çıktı."
TEAM = 3  # ayse, boris, carol


@pytest.fixture
def stand(site: Site) -> Site:
    """The short article, live in Turkish; readers may leave an address."""
    site.environment["EMAIL_HOST"] = "127.0.0.1"
    site.environment["FEEDBACK_PER_SENDER"] = "1000"
    site.environment["FEEDBACK_PER_RELEASE"] = "100000"
    assert site.play("stand").wait(timeout=120) == 0
    return site


def soon() -> str:
    return str(time.time() + 3 + READERS * 0.4)


def outcomes(processes: list[subprocess.Popen[str]]) -> Counter[str]:
    """What the readers were told, all together."""
    told: Counter[str] = Counter()
    for process in processes:
        out = process.communicate(timeout=240)[0]
        assert process.returncode == 0, "a reader got an error instead of an answer"
        told.update(out.split())
    return told


@pytest.mark.long
def test_one_report_however_many_send_it_at_once(stand: Site) -> None:
    start = soon()
    readers = [
        stand.play("quote", "tr", QUOTE, "Aceleyle.", "a@example.org", f"reader{n}", start)
        for n in range(READERS)
    ]
    assert outcomes(readers) == {"taken": READERS}
    assert stand.ask('list(ReaderReport.objects.values_list("times", "outcome"))') == [[READERS, ""]]
    assert stand.ask('list(ReaderRemark.objects.values_list("text", "address"))') == [
        ["Aceleyle.", "a@example.org"]
    ]
    assert stand.ask('Notice.objects.filter(kind="reported").count()') == TEAM


@pytest.mark.long
@pytest.mark.parametrize("limit", ["FEEDBACK_PER_SENDER", "FEEDBACK_PER_RELEASE"])
def test_a_limit_lets_so_many_through_and_no_more(stand: Site, limit: str) -> None:
    most = READERS * EACH // 2
    stand.environment[limit] = str(most)
    sender = "one" if limit == "FEEDBACK_PER_SENDER" else "reader{{}}-{number}"
    start = soon()
    readers = [
        stand.play("quote", "tr", QUOTE, f"Söz {n}.", "", sender.format(number=n), start, str(EACH))
        for n in range(READERS)
    ]
    told = outcomes(readers)
    assert told == {"taken": most, "TooManyReports": READERS * EACH - most}
    assert stand.ask("ReaderReport.objects.get().times") == most


@pytest.mark.long
def test_reports_of_a_sentence_that_is_rewritten_approved_and_decided_on_meanwhile(stand: Site) -> None:
    key = stand.ask('Translation.objects.get(current__text__startswith="Gemiler").segment.key')
    start = soon()
    readers = [
        stand.play("quote", "tr", QUOTE, f"Söz {n}.", f"{n}@example.org", f"reader{n}", start, str(EACH))
        for n in range(READERS)
    ]
    team = stand.play("rewrite", key, start, str(EACH))
    assert outcomes(readers) == {"taken": READERS * EACH}
    out = team.communicate(timeout=240)[0]
    assert team.returncode == 0, "the team got an error instead of an answer"
    approved, resolved = map(int, out.split())
    assert approved == EACH
    assert stand.ask('ReaderReport.objects.exclude(outcome="").count()') == resolved
    assert stand.ask('ReaderReport.objects.filter(outcome="").count()') <= 1
    # None is lost: each report is counted in the row that waited then, also when that was decided on meanwhile.
    assert stand.ask('sum(ReaderReport.objects.values_list("times", flat=True))') == READERS * EACH
    assert stand.ask("ReaderReport.objects.filter(remarks=None).count()") == 0
    late = 'ReaderRemark.objects.exclude(report__outcome="").exclude(address="").values_list("pk", flat=True)'
    planned = 'Job.objects.filter(kind="reply").values_list("payload__remark", flat=True)'
    assert stand.ask(f"sorted(set({late}) - set({planned}))") == [], "who left an address is never told"
    assert json.loads(stand.play("reviewed").communicate(timeout=120)[0])["broken"] == []
