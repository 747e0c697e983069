"""Words sought among rows of the queue, without reading them all and without missing any.

Frequent words stand among the first rows in the queue's order; these are looked through, and a search for such
words ends there. Of words that are nowhere SQLite knows it by then. For rarer ones the index of trigrams names the
rows that may have them: by age first those of so many hours as a page is expected in, and that no more than twenty
thousand rows have waited since. That costs hardly more however much waits beyond. Then it names all, and they are
picked out of the queue's order. Where they are very many, enough of them stand near the beginning: the search goes on
through the rows in growing strides. Rows that the worker has not come to yet (Translation.is_indexed) are few, and
are read as they are.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from typing import Any, Final

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from publishing.languages.search_form import search_form
from publishing.models import Revision, SearchText, Translation, search, vocabulary
from publishing.models.once import Once
from publishing.models.one_of import OneOf

STRIDE: Final = 300
GROWTH: Final = 8
QUICK: Final = 500
"""So many rows more are looked through where the words are expected among them: the index is no faster then."""
WALK: Final = 5_000
"""So many, where the index would have to name rows of all hours."""
NAMED: Final = 10_000
"""More rows that the index names are no shorter way than to go on through the order."""

STRETCH: Final = 20_000
"""So many rows, or a little more, wait since the hours that the index is asked of first."""
FURTHER: Final = 4
"""And then of so many times as many hours, if that may do; or of all."""
HUNDREDS: Final = 600
"""So many rows may be looked into at once."""
FEW: Final = 4_000
"""So many rows may be looked up and brought into order."""
_UNINDEXED: dict[str, Once[int]] = {}
"""Whether anything in a language is not indexed."""

Rows = QuerySet[Translation]
Beginning = Callable[[], Iterable[tuple[Any, int, str | None]]]
Ids = QuerySet[Translation, int] | Sequence[int]
Row = tuple[Any, ...]
"""What the rows are ordered by, and the id."""


def first(
    rows: Rows,
    order: Rows,
    words: str,
    *,
    beginning: Beginning,
    language: str,
    by: str,
    most: int,
    by_hours: bool = False,
) -> list[int]:
    """The ids of the first rows in a language, at most so many, whose source or text has the words.

    `by` is the column that they are ordered by before their ids, with a minus where it descends. `order` has all of
    `rows`, perhaps among others, and leads through them: best where an index alone knows what it asks for.
    `beginning` reads its first STRIDE rows: of each what it is ordered by, its id and its text. `by_hours` says that
    `rows` are most of what has waited since any hour.
    """
    form = search_form(words)
    # Read before the others: what is indexed meanwhile is then found twice, and not missed.
    unknown = _unknown(rows, language, form, by)
    # What is found by its id is not asked for its language: SQLite would rather go through all that are in it.
    ordered = order.filter(language=language).order_by(by, "pk")
    start = list(beginning())
    nowhere = _is_nowhere(form, start)
    known = () if nowhere else _known(rows, ordered, start, form, by, most, by_hours=by_hours)
    found = dict[int, None]()
    # What comes once more comes before all that is new: it keeps its place here, and the order of the rest is right.
    for _by, pk in merge(unknown, known, key=_place(by)):
        found[pk] = None
        if len(found) == most:
            break
    return list(found)


def _unknown(rows: Rows, language: str, form: str, by: str) -> list[Row]:
    """Those that have the form and are not indexed. Mostly the worker has come to all of them."""
    few = Translation.objects.filter(language=language, is_indexed=False).values_list("pk", flat=True)
    if not _UNINDEXED.setdefault(language, Once(lambda: few[:1]))():
        return []
    current = Revision.objects.filter(pk=OuterRef("current")).order_by().values("text")
    target = Coalesce(Subquery(current), Value("", TextField()))
    text = Concat(Translation.WHOLE_SOURCE, Value("\n", TextField()), target)
    # Ids first, and then the rest of what is asked: SQLite would go through all that stand beyond a place.
    read = rows.filter(pk__in=few).order_by().values_list(by.lstrip("-"), "pk", text)
    return sorted((row[:2] for row in read if form in search_form(row[2])), key=_place(by))


def _is_nowhere(form: str, beginning: Sequence[tuple[Any, int, str | None]]) -> bool:
    """Whether no indexed row has the form, where that is known without looking for it."""
    if len(beginning) < STRIDE or any(text and form in text for _at, _pk, text in beginning):
        return False
    return vocabulary.has_no(form)


def _known(
    rows: Rows,
    ordered: Rows,
    beginning: Sequence[tuple[Any, int, str | None]],
    form: str,
    by: str,
    most: int,
    *,
    by_hours: bool,
) -> Iterator[Row]:
    """Those that have the form and are indexed, as far as they are asked for; after a change of way some once more."""
    begun = [pk for _at, pk, text in beginning if text and form in text]
    ids: Ids = ordered.values_list("pk", flat=True)
    read, found, length = STRIDE, 0, _expected(STRIDE, len(begun), most)
    if len(beginning) < STRIDE or len(begun) >= most:
        yield from (having := _indexed(rows, begun, form, by))
        found, begun = len(having), []
        if len(beginning) < STRIDE:
            return
    elif length > QUICK:
        trigrams = search.telling(form, texts := [text for _at, _pk, text in beginning if text])
        hours = _first_hours(beginning[0][0], beginning[-1][0], length) if by_hours else None
        if hours:
            yield from _of_hours(rows, hours, form, search.enough(trigrams, texts), by, most)
        if length > WALK:
            named = SearchText.objects.near(form, NAMED, trigrams=trigrams, exactly=bool(hours))
            if named is not None and len(named) <= HUNDREDS:
                yield from _indexed(rows, named, form, by)
                return
            length = STRIDE
            if named is not None:
                ids, begun, read, length = _in_order(ids, named), [], 0, most * 5 // 4
    while True:
        stride = list(ids[read : read + length])
        yield from (having := _indexed(rows, [*begun, *stride], form, by))
        if len(stride) < length:
            return
        read, found, begun = read + length, found + len(having), []
        length = min(_expected(read, found, most), length * GROWTH)


def _first_hours(first: datetime, last: datetime, most: int) -> range:
    """The hours that so many rows wait since, a STRETCH at most: STRIDE of them wait since `first` to `last`.

    None where that goes on until now: there are no fewer rows in such hours than in all.
    """
    end = first + (last - first) * (min(most, STRETCH) / STRIDE)
    hours = range(search.hour_of(first), search.hour_of(end) + 1)
    return search.rounded(hours) if end < timezone.now() else range(0)


def _of_hours(
    rows: Rows, hours: range, form: str, trigrams: Sequence[str], by: str, most: int
) -> Iterator[Row]:
    """The indexed rows of these hours that have the form, and of a few more hours where those may fill the page.

    In their order, and complete as far as they go.
    """
    for _again in range(2):
        named = SearchText.objects.near(form, NAMED, trigrams=trigrams, hours=hours, exactly=True)
        having = [row for row in _indexed(rows, named or (), form, by) if search.hour_of(row[0]) in hours]
        yield from having
        more = len(hours) * 3 * (most - len(having)) // (2 * len(having)) + 1 if having else sys.maxsize
        if more > len(hours) * FURTHER:
            return
        hours = search.rounded(range(hours.stop, hours.stop + more))


def _in_order(ids: QuerySet[Translation, int], named: Sequence[int]) -> Ids:
    """Of the ids those that are named, in their order. Of more than a few no more are picked out than are asked for.

    PostgreSQL finds its way by how many are asked for, and asked for all it would take a longer one.
    """
    if connection.vendor != "sqlite" or len(named) > FEW:
        return ids.filter(OneOf("pk", named, picks=True))
    return list(ids.filter(OneOf("pk", named)))


def _expected(read: int, found: int, most: int) -> int:
    """How many rows more it takes, more likely than not, where so many of those that were read have the words."""
    return max(4 * most, read * 3 * (most - found) // (2 * found)) if found else sys.maxsize


def _indexed(rows: Rows, ids: Sequence[int], form: str, by: str) -> list[Row]:
    """Of the rows of these ids those that have the form and are indexed.

    The texts are looked into first: most of what else is asked of a row lies elsewhere.
    """
    if not ids:
        return []
    texts = SearchText.objects.filter(OneOf("pk", ids)).having(form).values("pk")
    read = rows.filter(pk__in=texts, is_indexed=True).order_by().values_list(by.lstrip("-"), "pk")
    return sorted(read, key=_place(by))


def _place(by: str) -> Callable[[Row], tuple[datetime | int, int]]:
    return lambda row: (-row[0] if by[0] == "-" else row[0], row[1])
