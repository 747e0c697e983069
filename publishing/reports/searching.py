"""Words sought among rows of the queue, without reading them all and without missing any.

Frequent words stand among the first rows in the queue's order; these are looked through, and a search for such
words ends there. For rarer ones the index of trigrams names the rows that may have them, and those that it does
not know yet (Translation.is_indexed) are added. Where it names very many, enough of them stand near the beginning:
the search goes on through the rows in growing strides.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from publishing.languages.search_form import search_form
from publishing.models import Revision, SearchText, Translation

STRIDE: Final = 300
GROWTH: Final = 8
NAMED: Final = 5_000
"""So many rows that the index names are read and put in order."""

Rows = QuerySet[Translation]
Narrow = Callable[[Rows], Rows]


def first(
    narrow: Narrow, language: str, words: str, *, by: str, most: int, rows: Rows | None = None
) -> list[int]:
    """The ids of the first rows, at most so many, whose source or text has the words.

    `narrow` leaves of rows what is asked for; `by` is the column that they are ordered by before their ids, with a
    minus where it descends. `rows` are looked through, by default those that await review.
    """
    waiting = Translation.objects.awaiting_review() if rows is None else rows
    here, form = waiting.filter(language=language), search_form(words)
    strides = _strides(narrow(here).order_by(by, "pk"))
    found: list[int] = []
    for number, read in enumerate(strides):
        found += _having(read, form)
        if len(found) >= most or len(read) < STRIDE * GROWTH**number:
            return found[:most]
        if number or len(found) * GROWTH < most:
            break  # else those that are missing stand in the next stride, more likely than not
    named = SearchText.objects.near(form, NAMED)
    if named is not None:
        # Looked up by their ids alone, and the language compared here: SQLite would rather go through the language.
        known = [row for row in _placed(narrow(waiting.filter(pk__in=named)), by) if row[-1] == language]
        may_have = known + list(_placed(narrow(here.filter(is_indexed=False)), by))
        may_have.sort(key=lambda row: _order(row, by))
        return list(islice(dict.fromkeys(_having(may_have, form)), most))
    for read in strides:
        found += _having(read, form)
        if len(found) >= most:
            break
    return list(dict.fromkeys(found))[:most]


def _strides(ordered: Rows) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in their order: a few, and then more and more at once."""
    rows = ordered.values_list("pk", "is_indexed", _text())
    start, length = 0, STRIDE
    while True:
        yield (read := list(rows[start : start + length]))
        if len(read) < length:
            return
        start, length = start + length, length * GROWTH


def _placed(rows: Rows, by: str) -> Iterable[tuple[Any, ...]]:
    """The rows in no order, with what it takes to order them."""
    return rows.order_by().values_list("pk", "is_indexed", _text(), by.lstrip("-"), "language")


def _order(row: tuple[Any, ...], by: str) -> tuple[datetime | int, int]:
    return (-row[3] if by[0] == "-" else row[3]), row[0]


def _text() -> Case:
    """What is looked into: folded already where it is indexed."""
    current = Revision.objects.filter(pk=OuterRef("current")).order_by().values("text")
    target = Coalesce(Subquery(current), Value("", TextField()))
    plain = Concat(Translation.WHOLE_SOURCE, Value("\n", TextField()), target)
    return Case(When(is_indexed=True, then=F("search_text__text")), default=plain)


def _having(read: Iterable[tuple[Any, ...]], form: str) -> Iterator[int]:
    for pk, is_indexed, text, *_place in read:
        if form in (text if is_indexed else search_form(text)):
            yield pk
