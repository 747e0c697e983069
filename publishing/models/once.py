"""A query that is built once and asked many times: for a short one, building its SQL takes longer than its answer."""

import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
_MARK: Final = 7_261_000_000_000_000_000
"""Stands for the first value while the query is built; no row has such an id."""


class Once(Generic[M]):
    """Rows of a queryset that differs from call to call in ids alone.

    `build` makes it of as many ids as a call gives. Its SQL is Django's own, and so are the objects made of what comes
    back; only the values are new. What `build` reads besides, such as a setting, is read at the first call.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._kept = threading.local()  # a compiler belongs to a connection, and a connection to a thread

    def __call__(self, *ids: int) -> list[M]:
        """The rows for these ids. A query that locks rows needs a transaction, as ever."""
        if not hasattr(self._kept, "rows"):
            self._keep(len(ids))
        kept: Any = self._kept
        params = tuple(ids[place] if place is not None else value for place, value in kept.params)
        kept.compiler.as_sql = lambda *_args, **_options: (kept.sql, params)
        return list(ModelIterable(kept.rows))

    def _keep(self, number: int) -> None:
        marks = [_MARK + place for place in range(number)]
        rows = self._build(*marks)
        compiler = rows.query.get_compiler(using=rows.db)
        self._kept.sql, params = compiler.as_sql()
        self._kept.params = [(marks.index(each) if each in marks else None, each) for each in params]
        rows.query.get_compiler = lambda *_args, **_options: compiler
        self._kept.compiler, self._kept.rows = compiler, rows
