"""A text's quantities on their way to being matched: what is still open, and matching by keys, one to one."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from publishing.languages import number_words, numbers
from publishing.languages.numbers import Quantity, Reading
from publishing.languages.written_dates import ClockTime
from publishing.quality.text import Text


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A quantity of one side that the other lacks; both where one stands for the other."""

    source: Quantity | None
    target: Quantity | None

    @property
    def dated(self) -> bool:
        """Whether a date, month or time is at fault rather than a number."""
        quantity = self.target or self.source
        other = self.source or self.target
        kinds = {one.kind for one in (quantity, other) if one is not None}
        return not kinds.isdisjoint({"date", "month", "time"})


class Side:
    """One text's quantities: those still unmatched, and everything that can excuse the other side."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.everything = _found(text)
        self.open = [quantity for quantity in self.everything if quantity.firm]

    def excuses(self) -> frozenset[Reading]:
        """Values of number words, and of quantities that may be none."""
        soft = {reading for quantity in self.everything if not quantity.firm for reading in quantity.readings}
        return frozenset(soft | number_words.spelled(self.text.masked, self.text.language))

    def close(self, matched: set[int]) -> None:
        """Take the matched ones (by index) out of the open ones."""
        self.open = [quantity for index, quantity in enumerate(self.open) if index not in matched]


def _found(text: Text) -> list[Quantity]:
    """The quantities of a text, read across its placeholders: <i2>June</i2> 2001 is one date."""
    if not text.tags:
        return numbers.find(text.masked, text.language)
    flowing, offsets = text.flowing
    return [
        replace(
            one,
            start=offsets[one.start],
            end=offsets[one.end - 1] + 1,
            parts=tuple((offsets[start], offsets[end - 1] + 1) for start, end in one.parts),
        )
        for one in numbers.find(flowing, text.language)
    ]


def exact(quantity: Quantity) -> Iterable[object]:
    """Kind and likeliest value: what matches at once. Percentages and numbers are told apart here only."""
    kind = "percent" if quantity.kind == "percent" else ""
    return ((kind, quantity.readings[0]),)


def any_reading(quantity: Quantity) -> Iterable[object]:
    """Every reading; times in hours and minutes match such times only, or the bare number of a full hour."""
    return quantity.readings


def match(one: Side, other: Side, keys: Callable[[Quantity], Iterable[object]]) -> None:
    """Match what is open on both sides by key, first come first served, one to one."""
    if not one.open or not other.open:
        return
    buckets: dict[object, deque[int]] = defaultdict(deque)
    for index, quantity in enumerate(other.open):
        for key in keys(quantity):
            buckets[key].append(index)
    used: set[int] = set()
    done: set[int] = set()
    for index, quantity in enumerate(one.open):
        partner = _partner(quantity, other.open, (buckets.get(key) for key in keys(quantity)), used)
        if partner is not None:
            used.add(partner)
            done.add(index)
    one.close(done)
    other.close(used)


def _partner(
    quantity: Quantity, others: Sequence[Quantity], buckets: Iterable[deque[int] | None], used: set[int]
) -> int | None:
    for bucket in buckets:
        while bucket and bucket[0] in used:
            bucket.popleft()
        if bucket and _compatible(quantity, others[bucket[0]]):
            return bucket.popleft()
    return None


def _compatible(one: Quantity, other: Quantity) -> bool:
    if one.kind == other.kind == "time":
        return any(isinstance(reading, ClockTime) and reading in other.readings for reading in one.readings)
    first, second = one.readings[0], other.readings[0]
    if isinstance(first, Decimal) and isinstance(second, Decimal) and 1000 <= first <= 2100 >= second >= 1000:
        return first == second  # 1990s and 1890s are both "the 90s", and not the same
    return True
