"""shards: names on files by how they begin, found again by whoever knows the beginnings."""

from hypothesis import assume, given
from hypothesis import strategies as st

from publishing.matching import shards

NAMES = st.dictionaries(st.text("abcıİё", min_size=1, max_size=6), st.integers(1, 50), max_size=60)


@given(NAMES, st.integers(1, 200))
def test_every_name_lies_in_one_file_and_files_are_small(sizes: dict[str, int], most: int) -> None:
    among = shards.beginnings(sizes, most)
    assert among == sorted(set(among))
    lying: dict[str, list[str]] = {each: [] for each in among}
    for name in sizes:
        beginning = shards.beginning_of(name, among)
        assert beginning is not None
        lying[beginning].append(name)
    for beginning, names in lying.items():
        assert names, "a file without a name"
        assert sum(sizes[name] for name in names) <= most or names == [beginning]


@given(NAMES, st.integers(1, 200), st.text("abcıİё", min_size=1, max_size=6))
def test_a_name_that_is_added_changes_the_files_of_its_beginning_alone(
    sizes: dict[str, int], most: int, name: str
) -> None:
    def files(sizes: dict[str, int]) -> dict[str, tuple[str, ...]]:
        among = shards.beginnings(sizes, most)
        lying: dict[str, list[str]] = {}
        for each in sorted(sizes):
            lying.setdefault(shards.beginning_of(each, among) or "", []).append(each)
        return {beginning: tuple(names) for beginning, names in lying.items()}

    assume(name not in sizes)
    before, after = files(sizes), files(sizes | {name: 1})
    touched = set(before.items()) ^ set(after.items())
    stood = next((each for each in sorted(before, key=len, reverse=True) if name.startswith(each)), "")
    assert all(beginning.startswith(stood) for beginning, _names in touched)


def test_where_nothing_is_there_is_no_file() -> None:
    assert shards.beginnings({}, 10) == []
    assert shards.beginning_of("a", []) is None


@given(st.sets(st.text("abcı'", max_size=6), min_size=1))
def test_joined_names_come_apart_again(names: set[str]) -> None:
    stem, ends = shards.joined(names).split("|")
    assert {stem + end for end in ends.split(" ")} == names
