"""Several people, one segment, at one moment: one of them decides, nobody overwrites anybody, the chain holds."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests import cast

from .conftest import FEW, Site

ROUNDS = 2 if FEW else 10
PEOPLE = 6


def staged(site: Site, rounds: int) -> list[str]:
    process = site.play("stage", str(rounds), str(PEOPLE))
    process.wait(timeout=120)
    return site.ask(
        'list(Segment.objects.filter(block__kind="paragraph").order_by("position").values_list("key", flat=True))'
    )


def race(site: Site, verb: str, key: str) -> list[str]:
    """Every reviewer decides at the same instant on the version that all of them saw."""
    version = site.ask(f'Translation.objects.get(segment__key="{key}").version')
    start = str(time.time() + 2.5)
    processes = [site.play("decide", verb, key, f"reviewer{n}", str(version), start) for n in range(PEOPLE)]
    return [process.communicate(timeout=60)[0].strip() for process in processes]


@pytest.mark.long
@pytest.mark.parametrize("verb", ["approve", "submit"])
def test_one_decides_and_the_others_are_told(site: Site, verb: str) -> None:
    keys = staged(site, ROUNDS)
    for key in keys:
        outcomes = race(site, verb, key)
        assert sorted(outcomes) == ["StaleVersion"] * (PEOPLE - 1) + ["done"]
    assert site.ask(
        f'AuditEntry.objects.filter(verb="{verb}", person__username__startswith="reviewer").count()'
    ) == len(keys)
    assert_the_chain_holds(site)


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Gemiler hemen yola çıktı.", "BlockedByFindings"),
        ("Gemiler derhal yola çıktı.[1]", "done"),
        ("", "NotAllowed"),
    ],
)
def test_who_waited_for_the_lock_decides_on_what_was_committed_meanwhile(
    site: Site, tmp_path: Path, text: str, outcome: str
) -> None:
    """The other sentence of the block loses the reference that had moved there, or keeps it in other words; or who
    waits has no rights any more."""
    over, start = tmp_path / "over", time.time() + 6
    holder = site.play("hold", text, str(over))
    assert holder.stdout
    key, version = holder.stdout.readline().split()
    reviewer = site.play("decide", "approve", key, "ayse", version, str(start))
    time.sleep(max(0.0, start + 1 - time.time()))  # now it waits, unless the machine is very slow
    over.touch()
    assert reviewer.communicate(timeout=60)[0].strip() == outcome
    assert holder.wait(timeout=60) == 0
    assert_the_chain_holds(site)


def assert_the_chain_holds(site: Site) -> None:
    numbers = site.ask(
        'list(AuditEntry.objects.order_by("number").values_list("number", "previous_hash", "hash"))'
    )
    assert [number for number, _, _ in numbers] == list(range(1, len(numbers) + 1))
    assert all(after[1] == before[2] for before, after in pairwise(numbers))


@pytest.mark.long
def test_one_article_imported_by_several_is_one_article(site: Site) -> None:
    start = str(time.time() + 2.5)
    processes = [site.play("bring", str(cast.SAMPLE), start) for _ in range(PEOPLE)]
    outcomes = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert sorted(outcomes) == ["created"] + ["found"] * (PEOPLE - 1)
    assert site.ask("[Article.objects.count(), Author.objects.count(), Original.objects.count()]") == [
        1,
        1,
        1,
    ]
