"""Statements that go to the database together and are done in their order: on PostgreSQL in one round trip.

Each is a statement of its own: at READ COMMITTED, which is Django's isolation, it sees what was committed before it
begins. Whoever needs all or nothing opens a transaction.
"""

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, JSONField, Model

_AS_THEY_ARE = (int, str, NoneType)

Row = tuple[Any, ...]


class Statement(NamedTuple):
    """SQL with a mark for each of its values, %s or %(name)s; they are as the database's driver takes them."""

    sql: str
    values: Sequence[Any] | Mapping[str, Any]


def stored(field: "Field[Any, Any]", value: Any) -> Any:
    """A field's value as the driver takes it. Whole numbers and texts are, and need not ask the field."""
    if type(value) in _AS_THEY_ARE and not isinstance(field, JSONField):
        return value
    if isinstance(value, Model):
        return value.pk
    return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def read(*statements: Statement) -> list[list[Row]]:
    """The rows that each of them finds."""
    return [rows for rows, _changed in _done(statements, is_read=True)]


def write(*statements: Statement) -> list[int]:
    """How many rows each of them has written."""
    return [changed for _rows, changed in _done(statements, is_read=False)]


def _done(statements: Sequence[Statement], *, is_read: bool) -> list[tuple[list[Row], int]]:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if not _takes_together(connection, statements):
            return [_executed(cursor, each, is_read) for each in statements]
        values = [value for each in statements for value in each.values]
        cursor.execute("; ".join(each.sql for each in statements), values)
        return [_next(cursor, number, is_read) for number in range(len(statements))]


def _executed(cursor: CursorWrapper, statement: Statement, is_read: bool) -> tuple[list[Row], int]:
    cursor.execute(*statement)
    return _outcome(cursor, is_read)


def _next(cursor: CursorWrapper, number: int, is_read: bool) -> tuple[list[Row], int]:
    """What came of the statement of this number, the results before it having been taken."""
    if number:
        cursor.nextset()
    return _outcome(cursor, is_read)


def _outcome(cursor: CursorWrapper, is_read: bool) -> tuple[list[Row], int]:
    return (cursor.fetchall() if is_read else [], cursor.rowcount)


def _takes_together(connection: BaseDatabaseWrapper, statements: Sequence[Statement]) -> bool:
    """Whether values are bound here, as Django does by default: the server binds those of one statement alone.

    The names of values of two statements would meet.
    """
    if (
        len(statements) < 2
        or connection.vendor != "postgresql"
        or connection.features.uses_server_side_binding
    ):
        return False
    return not any(isinstance(each.values, Mapping) for each in statements)
