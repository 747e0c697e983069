"""A correct translation gives no finding: the promise on which reviewers trust the others."""

import pytest

from publishing.quality import check
from tests.crafts.quality.parallel import Correct, groups, pairs

FILES = ("parallel.txt", "heldout.txt", "unseen.txt")


@pytest.mark.parametrize("name", FILES)
def test_correct_pairs_give_no_finding(name: str) -> None:
    alarms = {
        f"{pair.direction} {pair.target}": [finding.message for finding in findings]
        for pair in pairs(name)
        if (findings := check(pair.source, pair.target, pair.source_language, pair.target_language))
    }
    assert not alarms


def test_there_are_sixty_pairs_in_each_direction_at_least() -> None:
    counts: dict[str, int] = {}
    for pair in pairs(*FILES):
        counts[pair.direction] = counts.get(pair.direction, 0) + 1
    assert set(counts) == {"en→tr", "en→ru", "tr→en", "tr→ru", "ru→en", "ru→tr"}
    assert min(counts.values()) >= 60


def test_every_group_has_three_languages() -> None:
    assert all(set(group) == {"en", "tr", "ru"} for name in FILES for group in groups(name))


def test_a_text_agrees_with_itself() -> None:
    for name in FILES:
        for group in groups(name):
            for language, text in group.items():
                assert check(text, text, language, language) == [], text


def test_pairs_read_like_pairs() -> None:
    assert next(pairs("parallel.txt")) == Correct(
        groups("parallel.txt")[0]["en"], groups("parallel.txt")[0]["tr"], "en", "tr"
    )
