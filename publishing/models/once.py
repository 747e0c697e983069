"""A query that is built once and asked many times: for a short one, building its SQL takes longer than its answer."""

import itertools
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import QuerySet

R = TypeVar("R")
Value = int | datetime
_NUMBER: Final = 31_741  # fits every column of numbers, and is no limit and no constant of ours
_MOMENT: Final = datetime(1971, 3, 7, 4, 1, 9, tzinfo=UTC)
_names = map("once_{}".format, itertools.count(1))


class Once(Generic[R]):
    """Rows of a queryset that differs from call to call in numbers and moments alone.

    `build` makes it of as many as a call gives. Its SQL is Django's own, and so are the objects made of what comes
    back; only the values are new. What `build` reads besides, such as a setting, is read at the first call.

    PostgreSQL plans it once in a connection, too, where that may keep prepared statements: planning takes several
    times as long as the answer.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, R]]) -> None:
        self._build = build
        self._kept = threading.local()  # a compiler belongs to a connection, and a connection to a thread

    def __call__(self, *values: Value) -> list[R]:
        """The rows for these values. A query that locks rows needs a transaction, as ever."""
        if not hasattr(self._kept, "rows"):
            self._keep(values)
        kept: Any = self._kept
        given = [_adapted(value) for value in values]
        if _may_prepare():
            _prepare(kept.prepared, kept.statement, values)
            sql, params = kept.execute, tuple(given)
        else:
            sql, params = (
                kept.sql,
                tuple(value if place is None else given[place] for place, value in kept.params),
            )
        kept.compiler.as_sql = lambda *_args, **_options: (sql, params)
        return list(kept.rows._iterable_class(kept.rows))

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
        if connection.vendor == "postgresql":
            self._kept.prepared = next(_names)
            self._kept.statement = _numbered(self._kept.sql, params, adapted)
            self._kept.execute = f"EXECUTE {self._kept.prepared}{_listed(['%s'] * len(marks))}"
        converters = None

        def get_converters(expressions: Sequence[Any]) -> Any:  # the same columns at every call
            nonlocal converters
            converters = converters or type(compiler).get_converters(compiler, expressions)
            return converters

        compiler.get_converters = get_converters
        rows.query.get_compiler = lambda *_args, **_options: compiler
        self._kept.compiler, self._kept.rows = compiler, rows


def padded(ids: Collection[int], length: int) -> list[int]:
    """So many ids, the last of them 0, which no row has: a query built once takes as many at every call."""
    return [*ids, *[0] * (length - len(ids))]


def _adapted(value: Value) -> Any:
    """The value as the database's driver takes it."""
    return value if isinstance(value, int) else connection.ops.adapt_datetimefield_value(value)


_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""The statements that each open connection has prepared."""


def _may_prepare() -> bool:
    """Whether a session of the database is ours alone: behind a pooler of transactions it is not.

    Whoever has one says so by the option that Django has for its server-side cursors.
    """
    return connection.vendor == "postgresql" and not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]


def _prepare(name: str, statement: str, values: Sequence[Value]) -> None:
    """Prepares the statement in this connection, unless it has been. It outlives a transaction that fails."""
    connection.ensure_connection()
    known = _prepared.setdefault(connection.connection, set())
    if name not in known:
        types = _listed(["bigint" if isinstance(value, int) else "timestamptz" for value in values])
        connection.connection.execute(f"PREPARE {name}{types} AS {statement}")
        known.add(name)


def _listed(words: Sequence[str]) -> str:
    """In brackets, or nothing: PostgreSQL knows no empty ones here."""
    return f" ({', '.join(words)})" if words else ""


def _numbered(sql: str, params: Sequence[Any], marks: Sequence[Any]) -> str:
    """The statement with its constants in place, and $1, $2 … where the marks stood."""
    with connection.cursor() as cursor:
        statement: str = cursor.mogrify(sql, params)
        for place, mark in enumerate(marks, 1):
            statement = statement.replace(cursor.mogrify("%s", [mark]), f"${place}")
    return statement
