"""Names on files by how they begin, so that who looks for one loads a small file: the same names, the same files.

A file is called by the beginning that its names share. Where they would be too much for one file, they go on
by the next letter; so a name that is added changes the file that it stands in, and no other.
"""

from collections.abc import Collection, Iterator, Mapping


def beginnings(sizes: Mapping[str, int], most: int) -> list[str]:
    """The beginnings by which names of these sizes lie in files of at most so much, in order.

    What is too much for one file alone stands in one all the same.
    """
    return sorted(_split("", sorted(sizes), sizes, most))


def _split(beginning: str, names: list[str], sizes: Mapping[str, int], most: int) -> Iterator[str]:
    if sum(sizes[name] for name in names) <= most or names == [beginning]:
        if names:
            yield beginning
        return
    by_next: dict[str, list[str]] = {}
    for name in names:
        by_next.setdefault(name[: len(beginning) + 1], []).append(name)
    for longer, some in by_next.items():
        if longer == beginning:
            yield beginning
        else:
            yield from _split(longer, some, sizes, most)


def beginning_of(name: str, among: Collection[str]) -> str | None:
    """The longest of these beginnings that the name has, or None."""
    for length in range(len(name), -1, -1):
        if name[:length] in among:
            return name[:length]
    return None


def joined(names: Collection[str]) -> str:
    """Names that begin alike in few letters: what all begin with, a bar, and how each goes on after it."""
    ordered = sorted(names)
    first, last = ordered[0], ordered[-1]
    length = next((at for at, letter in enumerate(first) if last[at] != letter), len(first))
    return f"{first[:length]}|{' '.join(name[length:] for name in ordered)}"
