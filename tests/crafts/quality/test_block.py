"""Marks of a block: they may change their sentence, and may neither vanish nor appear."""

import pytest

from publishing.languages import UnknownLanguage
from publishing.quality import check_block

SOURCE = ("One <b1>thing</b1>.[1]", "Another thing.[2]")


def codes(*targets: str) -> list[list[str]]:
    pairs = list(zip(SOURCE, targets, strict=True))
    marks = {"references", "placeholders", "moved", "empty"}
    return [[one.code for one in found if one.code in marks] for found in check_block(pairs, "en", "tr")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Bir <b1>şey</b1>.[1]", "Başka şey.[2]", [[], []]),
        ("Bir <b1>şey</b1>.", "Başka şey.[2][1]", [["moved"], ["moved"]]),
        ("Bir <b1>şey</b1>.", "Başka şey.[2]", [["references"], []]),
        ("Bir <b1>şey</b1>.[1]", "Başka şey.[2][2]", [[], ["references"]]),
        ("Bir şey.[1]", "<b1>Başka</b1> şey.[2]", [["moved", "moved"], ["moved", "moved"]]),
        ("Bir şey</b1>.[1]", "<b1>Başka şey.[2]", [["placeholders", "moved"], ["moved", "placeholders"]]),
        ("", "Başka şey.[2]", [["empty"], []]),
        ("", "Başka şey.[2][1]", [["empty"], ["moved"]]),
        ("", "Başka şey.[2][3]", [["empty"], ["references"]]),
        ("", "", [["empty"], ["empty"]]),
    ],
)
def test_marks_are_judged_over_the_block(first: str, second: str, expected: list[list[str]]) -> None:
    assert [sorted(found) for found in codes(first, second)] == [sorted(found) for found in expected]


def test_wording_is_judged_pair_by_pair() -> None:
    found = check_block([("One 14.", "Bir 41."), ("Two 41.", "İki 41.")], "en", "tr")
    assert [[one.code for one in pair] for pair in found] == [["numbers"], []]


def test_a_moved_mark_warns_at_its_new_place_and_at_its_old() -> None:
    (left, arrived) = check_block(
        list(zip(SOURCE, ("Bir <b1>şey</b1>.", "Şey.[2][1]"), strict=True)), "en", "tr"
    )
    assert {(one.severity, one.start, one.end) for one in arrived} == {("warn", 7, 10)}
    assert [one.params["source_start"] for one in left] == [SOURCE[0].index("[1]")]


def test_a_block_of_nothing_has_nothing() -> None:
    assert check_block([], "en", "tr") == []


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        check_block([("a", "b")], "en", "de")
