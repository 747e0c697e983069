"""A query that is built once and asked many times: for a short one, building its SQL takes longer than its answer."""

import hashlib
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.transaction import TransactionManagementError

from . import in_one_go
from .in_one_go import Row, Statement

R = TypeVar("R")
M = TypeVar("M", bound=Model)
Value = int | datetime
_NUMBER: Final = 31_741  # fits every column of numbers, and is no limit and no constant of ours
_MOMENT: Final = datetime(1971, 3, 7, 4, 1, 9, tzinfo=UTC)


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
        asked = kept.built.asked(values)
        kept.compiler.as_sql = lambda *_args, **_options: asked
        return list(kept.rows._iterable_class(kept.rows))

    def _keep(self, values: tuple[Value, ...]) -> None:
        """Builds the query, and has its rows be made by the compiler that is kept."""
        built = _Built(self._build, values)
        compiler: Any = built.compiler
        converters = None

        def get_converters(expressions: Sequence[Any]) -> Any:  # the same columns at every call
            nonlocal converters
            converters = converters or type(compiler).get_converters(compiler, expressions)
            return converters

        compiler.get_converters = get_converters
        built.rows.query.get_compiler = lambda *_args, **_options: compiler
        self._kept.built, self._kept.compiler, self._kept.rows = built, compiler, built.rows


class OnceInOneGo:
    """Several such queries that are asked together, each of all the values of a call: models/in_one_go.py.

    What comes back are tuples, for querysets of `values_list`, as the database's driver makes them: no objects are
    made and no fields converted.
    """

    def __init__(self, *builds: Callable[..., QuerySet[Any, Any]]) -> None:
        self._builds = builds
        self._kept = threading.local()

    def __call__(self, *values: Value) -> list[list[Row]]:
        """The rows of each query, asked in their order."""
        if not hasattr(self._kept, "built"):
            self._kept.built = [_Built(build, values) for build in self._builds]
        return in_one_go.read(*(built.asked(values) for built in self._kept.built))


def made_of(model: type[M], names: Sequence[str], values: Sequence[Any]) -> M:
    """An object of the model of which these fields alone are loaded, of values that need no conversion.

    It is made as unpickling makes one: __init__ would take as long, for the four of a decision, as reading them.
    """
    made = model.__new__(model)
    made._state = ModelState()
    made._state.db, made._state.adding = DEFAULT_DB_ALIAS, False
    made.__dict__.update(zip(names, values, strict=True))
    return made


class _Built:
    """A query of marks, compiled, and where those have come to stand."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], values: Sequence[Value]) -> None:
        marks = [
            _NUMBER + place if isinstance(value, int) else _MOMENT + timedelta(days=place)
            for place, value in enumerate(values)
        ]
        self.rows = build(*marks)
        self.compiler = self.rows.query.get_compiler(using=self.rows.db)
        sql, params = self.compiler.as_sql()
        adapted = [_adapted(mark) for mark in marks]
        # By name: to look for each %s in a long statement takes SQLite's cursor as long as to read a row.
        names = [f"v{adapted.index(each)}" if each in adapted else f"c{n}" for n, each in enumerate(params)]
        self._sql = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names)
        self._constants = {name: each for name, each in zip(names, params, strict=True) if name[0] == "c"}
        if connection.vendor == "postgresql":
            self._statement = _numbered(sql, params, adapted)
            # Threads have queries of their own, and take turns at connections: alike they have one name there.
            self._name = f"once_{hashlib.sha256(self._statement.encode()).hexdigest()[:24]}"
            self._execute = f"EXECUTE {self._name}{_listed(['%s'] * len(marks))}"

    def asked(self, values: Sequence[Value]) -> Statement:
        """The query with these values, prepared where that may be."""
        if self.rows.query.select_for_update and connections[DEFAULT_DB_ALIAS].get_autocommit():
            msg = "A query that locks rows needs a transaction."
            raise TransactionManagementError(msg)
        given = [_adapted(value) for value in values]
        if _may_prepare():
            _prepare(self._name, self._statement, values)
            return Statement(self._execute, given)
        return Statement(
            self._sql, self._constants | {f"v{place}": value for place, value in enumerate(given)}
        )


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
    here = connections[DEFAULT_DB_ALIAS]  # the connection itself: each look through its proxy costs
    if here.vendor != "postgresql" or here.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        return False
    return not here.features.uses_server_side_binding  # EXECUTE takes no values that the server binds


def _prepare(name: str, statement: str, values: Sequence[Value]) -> None:
    """Prepares the statement in this connection, unless it has been. It outlives a transaction that fails."""
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    known = _prepared.setdefault(here.connection, set())
    if name not in known:
        types = _listed(["bigint" if isinstance(value, int) else "timestamptz" for value in values])
        with here.wrap_database_errors:
            here.connection.execute(f"PREPARE {name}{types} AS {statement}")
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
