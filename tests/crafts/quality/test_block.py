"""Marks of a block: they may change their sentence, and may neither vanish nor appear."""

from itertools import islice

import pytest

from publishing.languages import UnknownLanguage
from publishing.quality import blocking, check_block
from publishing.quality.catalogue import CATALOGUE
from tests.crafts.quality import mutations, parallel

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


def test_what_stops_a_pair_is_what_blocks_among_all_that_is_found() -> None:
    """Of correct pairs and of mistakes of every kind in them, beside a sentence with marks of its own."""
    stopped: set[str] = set()
    for number, pair in enumerate(parallel.pairs("parallel.txt", "heldout.txt", "unseen.txt")):
        languages = (pair.source_language, pair.target_language)
        mistakes = islice(mutations.mutants(pair), number % 23, None, 23)
        for target in [pair.target, *(mutant.target for mutant in mistakes)]:
            block = [(pair.source, target), ("A [1] <b1>b</b1>.", "A <b1>b</b1>.[1]")]
            found = [one for one in check_block(block, *languages)[0] if one.severity == "block"]
            assert blocking(block, *languages, place=0) == found
            stopped.update(one.code for one in found)
    of_sources = {"control_character"}
    assert stopped == {code for code, each in CATALOGUE.items() if each.severity == "block"} - of_sources
