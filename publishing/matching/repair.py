"""Repairing a remembered translation: the same sentence of other figures, dates, marks or names.

What differs between the two sources is exchanged in the target, each where it stands there with the same value
and nowhere else, written as the target wrote it before. Whatever would need grammar that is not certain (a
Russian noun of another plural form, a declined name) is refused: a repaired draft is right or it is not made.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from publishing.languages import numbers, turkish_suffixes
from publishing.languages.numbers import Quantity

from . import figures, shapes
from .shapes import MARK, Item

_SUFFIX: Final = re.compile(r"([’'ʼ])([a-zçğıöşü]+)")
_FOLLOWS: Final = re.compile(r"\w|[’'ʼ-]\w")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Something that was exchanged: as the target wrote it before, and as it writes it now."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired translation and what was exchanged in it, in the order of the text."""

    text: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


class _Refused(Exception):
    """The translation cannot be repaired with certainty."""


def repair(
    source: str, known_source: str, known_target: str, source_language: str, target_language: str
) -> Repaired | None:
    """The translation of `source`, made from that of a known source of the same shape; None where that is not certain.

    None, too, where nothing differs: that is an exact match, and no repair. Raises UnknownLanguage.
    """
    wanted, known = shapes.items(source, source_language), shapes.items(known_source, source_language)
    if [item.kind for item in wanted] != [item.kind for item in known]:
        return None
    if shapes.shape(source, source_language) != shapes.shape(known_source, source_language):
        return None
    try:
        changes = _changes(known, wanted)
        edits = list(_edits(changes, known, known_target, target_language)) if changes else []
    except _Refused:
        return None
    return _applied(known_target, edits)


def _changes(known: Sequence[Item], wanted: Sequence[Item]) -> dict[str, Item]:
    """By what stands in the known source, what stands there now; the same must have become the same everywhere."""
    becomes: dict[str, Item] = {}
    for old, new in zip(known, wanted, strict=True):
        if becomes.setdefault(old.text, new).text != new.text:
            raise _Refused
        if old.quantity and new.quantity and old.quantity.kind != new.quantity.kind:
            raise _Refused
    return {text: new for text, new in becomes.items() if text != new.text}


def _edits(changes: Mapping[str, Item], known: Sequence[Item], target: str, language: str) -> Iterator[_Edit]:
    quantities = numbers.find(MARK.sub(lambda mark: "\ue000" * len(mark.group()), target), language)
    for text, new in changes.items():
        old = next(item for item in known if item.text == text)
        times = sum(_says(item, old) for item in known)
        if old.quantity is None or new.quantity is None:
            yield from _words(text, new.text, target, times, whole=old.kind == "name")
        else:
            yield from _figures(old.quantity, new, quantities, target, language, times)


def _says(item: Item, other: Item) -> bool:
    """Whether the two cannot be told apart in the target; the same value in another writing cannot be either."""
    if item.quantity and other.quantity:
        return item.quantity.value == other.quantity.value
    return item.text == other.text


def _words(old: str, new: str, target: str, times: int, *, whole: bool) -> Iterator[_Edit]:
    """A mark, or a name that the target writes just as the source does, and neither declines nor suffixes."""
    found = [match.start() for match in re.finditer(re.escape(old), target)]
    if len(found) != times:
        raise _Refused
    for start in found:
        end = start + len(old)
        if whole and (_FOLLOWS.match(target, end) or (start and re.match(r"\w|-", target[start - 1]))):
            raise _Refused
        yield _Edit(start, end, new)


def _figures(
    old: Quantity, item: Item, quantities: Sequence[Quantity], target: str, language: str, times: int
) -> Iterator[_Edit]:
    assert item.quantity is not None  # noqa: S101 -- kinds were compared
    new = item.quantity
    found = [one for one in quantities if one.value == old.value and one.kind == old.kind]
    unclear = [one for one in quantities if one not in found and old.value in one.readings]
    if len(found) != times or unclear:
        raise _Refused
    for one in found:
        written = figures.written(target[one.start : one.end], old, new, language, source=item.text)
        if written is None or not _fits(old, new, target, one, language):
            raise _Refused
        yield _Edit(one.start, one.end, written)
        if language == "tr":
            yield from _suffix(target, one, old, new)


def _fits(old: Quantity, new: Quantity, target: str, place: Quantity, language: str) -> bool:
    """Whether the words around the figure stay as they are."""
    return figures.agrees(old, new, target, place, language) and figures.introduced(
        old, new, target, place.start, language
    )


def _suffix(target: str, place: Quantity, old: Quantity, new: Quantity) -> Iterator[_Edit]:
    """The Turkish suffix after the figure, in the harmony of the new one."""
    suffix = _SUFFIX.match(target, place.end)
    if suffix is None:
        return
    before, after = figures.read_aloud(old), figures.read_aloud(new)
    ends_in_digits = target[place.end - 1].isdecimal()
    if before is None or after is None or not ends_in_digits:
        raise _Refused
    carried = turkish_suffixes.carried_over(suffix[2], before, after)
    if carried is None:
        raise _Refused
    if carried != suffix[2]:
        yield _Edit(suffix.start(2), suffix.end(2), carried)


def _applied(target: str, edits: Sequence[_Edit]) -> Repaired | None:
    """The target with the edits made, unless two of them meet."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    pieces, end = [], 0
    for edit in ordered:
        if edit.start < end:
            return None
        pieces += [target[end : edit.start], edit.text]
        end = edit.end
    exchanges = tuple(Exchange(target[edit.start : edit.end], edit.text) for edit in ordered)
    return Repaired("".join([*pieces, target[end:]]), exchanges) if ordered else None
