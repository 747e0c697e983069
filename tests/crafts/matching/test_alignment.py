"""Aligning two versions of a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.matching.alignment import Match, align

WAR = "Russia invaded Ukraine for the second time, eight years after annexing Crimea."
WAR_REWORDED = "Russia invaded Ukraine again, eight years after the annexation of Crimea."
GAS = "Russia alone provides 14% of the world’s energy supply.[1]"
GAS_REWORDED = "Russia alone provides some 17% of the world’s supply of energy.[1]"
SHIP = "The aircraft carrier was deployed in South Korean waters on September 23, 2022."
OTHER = "Nothing of the kind has ever been seen by anybody who lives there."


def pairs(old: list[str], new: list[str]) -> list[tuple[int | None, int | None, bool]]:
    return [(match.old_index, match.new_index, match.same) for match in align(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([WAR], [], [(0, None, False)]),
        ([], [WAR], [(None, 0, False)]),
        ([WAR, GAS], [WAR, GAS], [(0, 0, True), (1, 1, True)]),
        ([WAR, GAS], [WAR, SHIP, GAS], [(0, 0, True), (None, 1, False), (1, 2, True)]),
        ([WAR, SHIP, GAS], [WAR, GAS], [(0, 0, True), (2, 1, True), (1, None, False)]),
        ([WAR, GAS, SHIP], [SHIP, WAR, GAS], [(2, 0, True), (0, 1, True), (1, 2, True)]),
    ],
    ids=["nothing", "removed", "added", "kept", "inserted", "taken out", "moved"],
)
def test_identical_texts_are_matched(
    old: list[str], new: list[str], expected: list[tuple[int | None, int | None, bool]]
) -> None:
    assert pairs(old, new) == expected


class TestReworded:
    def test_texts_keep_their_place_in_line(self) -> None:
        assert pairs([SHIP, WAR, GAS], [SHIP, WAR_REWORDED, GAS_REWORDED]) == [
            (0, 0, True),
            (1, 1, False),
            (2, 2, False),
        ]

    def test_texts_are_told_from_new_ones_beside_them(self) -> None:
        assert pairs([SHIP, GAS, WAR], [SHIP, OTHER, GAS_REWORDED, WAR]) == [
            (0, 0, True),
            (None, 1, False),
            (1, 2, False),
            (2, 3, True),
        ]

    def test_texts_are_not_matched_with_something_else(self) -> None:
        assert pairs([WAR, GAS, SHIP], [WAR, OTHER, SHIP]) == [
            (0, 0, True),
            (None, 1, False),
            (2, 2, True),
            (1, None, False),
        ]

    def test_texts_that_also_moved_need_to_be_closer(self) -> None:
        nearly = GAS.replace("14%", "17%")
        far = "Russia by itself provides 17% of the energy supplied in the world.[1]"
        assert (1, 3, False) in pairs([WAR, GAS, SHIP, OTHER], [WAR, SHIP, OTHER, nearly])
        assert (None, 3, False) in pairs([WAR, GAS, SHIP, OTHER], [WAR, SHIP, OTHER, far])


class TestRepeated:
    def test_texts_go_with_their_neighbours(self) -> None:
        assert pairs(["a", "Ibid.", "b", "Ibid.", "c"], ["b", "Ibid.", "c"]) == [
            (2, 0, True),
            (3, 1, True),
            (4, 2, True),
            (0, None, False),
            (1, None, False),
        ]

    def test_texts_keep_their_order(self) -> None:
        assert pairs(["Ibid.", "Ibid."], ["Ibid.", "Ibid.", "Ibid."])[:2] == [(0, 0, True), (1, 1, True)]


def test_a_large_text_with_one_change_is_matched_by_hash() -> None:
    old = [f"Sentence number {number} of the treaty." for number in range(5000)]
    new = [*old[:2500], "Sentence no. 2500 of the treaty, amended.", *old[2501:]]
    assert align(old, new) == [Match(place, place, same=place != 2500) for place in range(5000)]


def test_a_large_text_with_nothing_kept_is_still_matched_in_its_order() -> None:
    old = [f"{number}: sentence of the treaty, {number * 7919}." for number in range(700)]
    new = [text.replace("sentence", "phrase") for text in old]
    assert [match.old_index for match in align(old, new)] == list(range(700))


texts = st.lists(
    st.sampled_from(["a", "b", "ab", WAR, WAR_REWORDED, GAS, GAS_REWORDED]) | st.text(max_size=6)
)


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_every_text_stands_in_exactly_one_match(old: list[str], new: list[str]) -> None:
    matches = align(old, new)
    news = [match.new_index for match in matches if match.new_index is not None]
    olds = [match.old_index for match in matches if match.old_index is not None]
    assert news == list(range(len(new)))
    assert sorted(olds) == list(range(len(old)))
    for match in matches:
        if match.old_index is not None and match.new_index is not None:
            assert match.same == (old[match.old_index] == new[match.new_index])


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_as_many_identical_texts_as_possible_are_matched(old: list[str], new: list[str]) -> None:
    common = sum(min(old.count(text), new.count(text)) for text in set(old))
    assert sum(match.same for match in align(old, new)) == common


@settings(max_examples=80, deadline=None)
@given(texts)
def test_a_text_against_itself_is_unchanged(old: list[str]) -> None:
    assert align(old, old) == [Match(place, place, same=True) for place in range(len(old))]
