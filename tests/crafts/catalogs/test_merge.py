"""The three-way merge, row by row: what was exported, what the file says, what we hold now."""

import pytest

from publishing.catalogs import Unit, digest
from publishing.catalogs.merge import Proposal, Side, Verdict, merge

NEW, OLD = "The new source.", "The old source."


def judged(theirs: Unit, base: tuple[str, str] | None, ours: tuple[str, str] | None) -> Proposal:
    def side(value: tuple[str, str] | None) -> dict[str, Side]:
        return {} if value is None else {"k": Side(digest(value[0]), value[1])}

    [proposal] = merge(side(base), [theirs], side(ours))
    return proposal


@pytest.mark.parametrize(
    ("exported", "file", "now", "verdict"),
    [
        ((NEW, "a"), (NEW, "a"), (NEW, "a"), Verdict.UNCHANGED),
        ((NEW, ""), (NEW, ""), (NEW, ""), Verdict.UNCHANGED),
        ((NEW, "a"), (NEW, "a"), (NEW, "c"), Verdict.KEPT),
        ((NEW, "a"), (NEW, "b"), (NEW, "a"), Verdict.CHANGED),
        ((NEW, ""), (NEW, "b"), (NEW, ""), Verdict.CHANGED),
        ((NEW, "a"), (NEW, "b"), (NEW, "b"), Verdict.UNCHANGED),
        ((NEW, "a"), (NEW, "b"), (NEW, "c"), Verdict.CONFLICT),
        ((NEW, "a"), (NEW, "b"), (NEW, ""), Verdict.CONFLICT),
        ((OLD, "a"), (OLD, "b"), (NEW, "a"), Verdict.STALE_SOURCE),
        ((OLD, "a"), (OLD, "b"), (NEW, "c"), Verdict.STALE_SOURCE),
        ((OLD, "a"), (OLD, "a"), (NEW, "c"), Verdict.KEPT),
        ((OLD, "a"), (OLD, "a"), (NEW, "a"), Verdict.UNCHANGED),
        ((OLD, "a"), (NEW, "b"), (NEW, "a"), Verdict.CHANGED),
        ((NEW, "a"), (NEW, ""), (NEW, "a"), Verdict.KEPT),
        ((NEW, "a"), (NEW, " \n"), (NEW, "a"), Verdict.KEPT),
        ((OLD, "a"), (OLD, ""), (NEW, "c"), Verdict.KEPT),
        ((NEW, "a"), ("Altered.", "b"), (NEW, "a"), Verdict.EDITED_SOURCE),
        ((NEW, "a"), ("Altered.", "a"), (NEW, "a"), Verdict.EDITED_SOURCE),
        ((NEW, "a"), (NEW, "b"), None, Verdict.UNKNOWN_KEY),
        (None, (NEW, "b"), None, Verdict.UNKNOWN_KEY),
    ],
)
def test_each_row_has_its_verdict(
    exported: tuple[str, str] | None, file: tuple[str, str], now: tuple[str, str] | None, verdict: Verdict
) -> None:
    assert judged(Unit("k", *file), exported, now).verdict is verdict


@pytest.mark.parametrize(
    ("source", "hashed", "target", "now", "verdict"),
    [
        (NEW, NEW, "b", (NEW, ""), Verdict.CHANGED),
        (NEW, NEW, "b", (NEW, "c"), Verdict.CONFLICT),
        (NEW, NEW, "b", (NEW, "b"), Verdict.UNCHANGED),
        (OLD, OLD, "b", (NEW, "c"), Verdict.STALE_SOURCE),
        (OLD, None, "b", (NEW, "c"), Verdict.EDITED_SOURCE),
        ("Altered.", OLD, "b", (NEW, "c"), Verdict.EDITED_SOURCE),
    ],
)
def test_without_the_exports_snapshot_the_units_hash_still_tells_the_source(
    source: str, hashed: str | None, target: str, now: tuple[str, str], verdict: Verdict
) -> None:
    comments = () if hashed is None else (("hash", digest(hashed)),)
    assert judged(Unit("k", source, target, comments=comments), None, now).verdict is verdict


def test_a_fuzzy_proposal_stays_doubtful() -> None:
    proposal = judged(Unit("k", NEW, "b", fuzzy=True), (NEW, "a"), (NEW, "a"))
    assert (proposal.verdict, proposal.fuzzy) == (Verdict.CHANGED, True)


def test_taking_fuzzy_away_is_no_approval() -> None:
    proposal = judged(Unit("k", NEW, "a", fuzzy=False), (NEW, "a"), (NEW, "a"))
    assert proposal.verdict is Verdict.UNCHANGED


def test_whitespace_at_the_edges_is_no_change() -> None:
    assert judged(Unit("k", NEW, " a\n"), (NEW, "a"), (NEW, "a")).verdict is Verdict.UNCHANGED
    assert judged(Unit("k", NEW, " b\n"), (NEW, "a"), (NEW, "a")).target == "b"


def test_proposals_keep_the_files_order_and_name_what_it_lacks() -> None:
    sides = {key: Side(digest(NEW), "a") for key in ("k1", "k2", "k3", "gone")}
    ours = {key: side for key, side in sides.items() if key != "gone"}
    proposals = merge(sides, [Unit("k3", NEW, "b"), Unit("k1", NEW, "a")], ours)
    assert [(proposal.key, proposal.verdict) for proposal in proposals] == [
        ("k3", Verdict.CHANGED),
        ("k1", Verdict.UNCHANGED),
        ("k2", Verdict.KEPT),
    ]


def test_no_verdict_speaks_of_approval() -> None:
    assert {verdict.value for verdict in Verdict} == {
        "unchanged", "changed", "conflict", "stale_source", "unknown_key", "edited_source", "kept",
    }  # fmt: skip
