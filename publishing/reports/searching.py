"""Words sought among rows of the queue, without reading them all and without missing any.

Frequent words stand among the first rows in the queue's order; these are looked through, and a search for such
words ends there. For rarer ones the index of trigrams names the rows that may have them, and those that it does
not know yet (Translation.is_indexed) are added. Words too short for it, or in too many rows that wait far behind,
are sought by going on through the rows in growing strides.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from publishing.languages.search_form import search_form
from publishing.models import Revision, SearchText, Translation

STRIDE: Final = 2_000
GROWTH: Final = 8
NAMED: Final = 10_000
"""So many rows that the index names are read and put in order; of more, enough stand near the beginning."""

Read = tuple[int, datetime | int, bool, str]
"""Id, place, whether it is indexed, and the text to look into: in its search form where it is."""


def first(rows: QuerySet[Translation], words: str, *, by: str, most: int) -> list[int]:
    """The ids of the first rows, at most so many, whose source or text has the words.

    `by` is the column that the rows are ordered by before their ids, with a minus where it descends.
    """
    form, strides = search_form(words), _strides(rows, by)
    read = next(strides)
    found = list(_having(read, form))
    if len(found) >= most or len(read) < STRIDE:
        return found[:most]
    named = SearchText.objects.near(form, NAMED)
    if named is not None:
        may_have = list(_read(rows.filter(Q(pk__in=named) | Q(is_indexed=False)), by))
        may_have.sort(key=lambda row: (row[1] if by[0] != "-" else -row[1], row[0]))
        return list(islice(_having(may_have, form), most))
    for read in strides:
        found += _having(read, form)
        if len(found) >= most:
            break
    return list(dict.fromkeys(found))[:most]


def _strides(rows: QuerySet[Translation], by: str) -> Iterator[list[Read]]:
    """The rows in their order, some at once and then more and more."""
    ordered, start, length = _read(rows.order_by(by, "pk"), by), 0, STRIDE
    while True:
        yield (read := list(ordered[start : start + length]))
        if len(read) < length:
            return
        start, length = start + length, length * GROWTH


def _read(rows: QuerySet[Translation], by: str) -> QuerySet[Translation, Read]:
    current = Revision.objects.filter(pk=OuterRef("current")).values("text")
    target = Coalesce(Subquery(current), Value("", TextField()))
    plain = Concat(Translation.WHOLE_SOURCE, Value("\n", TextField()), target)
    text = Case(When(is_indexed=True, then=F("search_text__text")), default=plain)
    return rows.values_list("pk", by.lstrip("-"), "is_indexed", text)


def _having(read: Iterable[Read], form: str) -> Iterator[int]:
    for pk, _place, is_indexed, text in read:
        if form in (text if is_indexed else search_form(text)):
            yield pk
