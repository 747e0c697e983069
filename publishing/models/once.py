"""A query that is built once and asked many times: for a short one, building its SQL takes longer than its answer."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)
Value = int | datetime
_NUMBER: Final = 31_741  # fits every column of numbers, and is no limit and no constant of ours
_MOMENT: Final = datetime(1971, 3, 7, 4, 1, 9, tzinfo=UTC)


class Once(Generic[M]):
    """Rows of a queryset that differs from call to call in numbers and moments alone.

    `build` makes it of as many as a call gives. Its SQL is Django's own, and so are the objects made of what comes
    back; only the values are new. What `build` reads besides, such as a setting, is read at the first call.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._kept = threading.local()  # a compiler belongs to a connection, and a connection to a thread

    def __call__(self, *values: Value) -> list[M]:
        """The rows for these values. A query that locks rows needs a transaction, as ever."""
        if not hasattr(self._kept, "rows"):
            self._keep(values)
        kept: Any = self._kept
        given = [_adapted(value) for value in values]
        params = tuple(value if place is None else given[place] for place, value in kept.params)
        kept.compiler.as_sql = lambda *_args, **_options: (kept.sql, params)
        return list(ModelIterable(kept.rows))

    def _keep(self, values: tuple[Value, ...]) -> None:
        """Builds the query of marks, and notes where they have come to stand."""
        marks = [
            _NUMBER + place if isinstance(value, int) else _MOMENT + timedelta(days=place)
            for place, value in enumerate(values)
        ]
        rows = self._build(*marks)
        compiler = rows.query.get_compiler(using=rows.db)
        self._kept.sql, params = compiler.as_sql()
        adapted = [_adapted(mark) for mark in marks]
        self._kept.params = [(adapted.index(each) if each in adapted else None, each) for each in params]
        rows.query.get_compiler = lambda *_args, **_options: compiler
        self._kept.compiler, self._kept.rows = compiler, rows


def _adapted(value: Value) -> Any:
    """The value as the database's driver takes it."""
    return value if isinstance(value, int) else connection.ops.adapt_datetimefield_value(value)
