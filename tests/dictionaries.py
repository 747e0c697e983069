"""The dictionaries' inflections, read once for many exports: what one export asked for serves the next.

To read a dictionary from end to end takes a second or two, which an installation pays once in an export, and tests
would pay some hundred times for the same few texts.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

Found = tuple[str, frozenset[str]]
Read = Callable[[Container[str], str], Iterable[Found]]


class Remembered:
    """Calls `read` with all that was ever wanted in a language, and gives of it what is wanted now."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._wanted: dict[str, set[str]] = {}
        self._found: dict[str, list[Found]] = {}

    def __call__(self, wanted: Mapping[str, object], language: str) -> Iterator[Found]:
        known = self._wanted.setdefault(language, set())
        if language not in self._found or not known.issuperset(wanted):
            known.update(wanted)
            self._found[language] = list(self._read(known, language))
        return (found for found in self._found[language] if not found[1].isdisjoint(wanted))
