"""Words sought among rows of the queue, without reading them all and without missing any.

Frequent words stand among the first rows in the queue's order; these are looked through, and a search for such
words ends there. For rarer ones the index of trigrams names the rows that may have them, and they are picked out of
the queue's order. Where it names very many, enough of them stand near the beginning: the search goes on through the
rows in growing strides. Rows that the worker has not come to yet (Translation.is_indexed) are few, and are read as
they are.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from publishing.languages.search_form import search_form
from publishing.models import Revision, SearchText, Translation
from publishing.models.one_of import OneOf
from publishing.models.search import FEW

STRIDE: Final = 300
GROWTH: Final = 8
WALK: Final = 5_000
"""So many rows more are looked through where the words are expected among them: the index is no faster then."""
NAMED: Final = 10_000
"""More rows that the index names are no shorter way than to go on through the order."""

Rows = QuerySet[Translation]
Row = tuple[Any, ...]
"""What the rows are ordered by, and the id."""


def first(rows: Rows, order: Rows, words: str, *, language: str, by: str, most: int) -> list[int]:
    """The ids of the first rows in a language, at most so many, whose source or text has the words.

    `by` is the column that they are ordered by before their ids, with a minus where it descends. `order` has all of
    `rows`, perhaps among others, and leads through them: best where an index alone knows what it asks for.
    """
    form = search_form(words)
    # Read before the others: what is indexed meanwhile is then found twice, and not missed.
    unknown = _unknown(rows, language, form, by)
    # What is found by its id is not asked for its language: SQLite would rather go through all that are in it.
    known = _known(rows, order.filter(language=language).order_by(by, "pk"), form, by, most)
    found = dict[int, None]()
    # What comes once more comes before all that is new: it keeps its place here, and the order of the rest is right.
    for _by, pk in merge(unknown, known, key=_place(by)):
        found[pk] = None
        if len(found) == most:
            break
    return list(found)


def _unknown(rows: Rows, language: str, form: str, by: str) -> list[Row]:
    """Those that have the form and are not indexed."""
    current = Revision.objects.filter(pk=OuterRef("current")).order_by().values("text")
    target = Coalesce(Subquery(current), Value("", TextField()))
    text = Concat(Translation.WHOLE_SOURCE, Value("\n", TextField()), target)
    # Ids first, and then the rest of what is asked: SQLite would go through all that stand beyond a place.
    few = Translation.objects.filter(language=language, is_indexed=False).values("pk")
    read = rows.filter(pk__in=few).order_by().values_list(by.lstrip("-"), "pk", text)
    return sorted((row[:2] for row in read if form in search_form(row[2])), key=_place(by))


def _known(rows: Rows, ordered: Rows, form: str, by: str, most: int) -> Iterator[Row]:
    """Those that have the form and are indexed, as far as they are asked for; after a change of way some once more."""
    ids, read, found, length = ordered.values_list("pk", flat=True), 0, 0, STRIDE
    while length <= WALK:
        stride = list(ids[read : read + length])
        yield from (having := _having(rows, stride, form, by))
        if len(stride) < length:
            return
        read, found = read + length, found + len(having)
        length = _expected(read, found, most)
    named = SearchText.objects.near(form, NAMED)
    if named is None:
        length = STRIDE
    else:  # of few perhaps none truly has the form: all are looked into at once
        ids, read = ids.filter(OneOf("pk", named, picks=len(named) > FEW)), 0
        length = 2 * most if len(named) > FEW else len(named) + 1
    for start, end in _growing(read, length):
        stride = list(ids[start:end])
        yield from _having(rows, stride, form, by)
        if len(stride) < end - start:
            return


def _expected(read: int, found: int, most: int) -> int:
    """How many rows more it takes, more likely than not, where so many of those that were read have the words."""
    return max(STRIDE, read * 3 * (most - found) // (2 * found)) if found else sys.maxsize


def _growing(start: int, length: int) -> Iterator[tuple[int, int]]:
    """Where strides begin and end: a few rows, and then more and more at once."""
    while True:
        yield start, start + length
        start, length = start + length, length * GROWTH


def _having(rows: Rows, ids: Sequence[int], form: str, by: str) -> list[Row]:
    """Of the rows of these ids those that have the form and are indexed.

    The texts are looked into first: most of what else is asked of a row lies elsewhere.
    """
    texts = SearchText.objects.filter(OneOf("pk", ids)).having(form).values("pk")
    read = rows.filter(pk__in=texts, is_indexed=True).order_by().values_list(by.lstrip("-"), "pk")
    return sorted(read, key=_place(by))


def _place(by: str) -> Callable[[Row], tuple[datetime | int, int]]:
    return lambda row: (-row[0] if by[0] == "-" else row[0], row[1])
