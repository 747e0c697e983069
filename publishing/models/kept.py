"""PostgreSQL asked in a connection that is kept for the next reader, by the driver's thinnest layer (libpq).

Reading a page is the site's busiest line, and its answer is one short row. To take a connection from the pool and
give it back, to make a cursor and to convert what comes cost several times what the database needs for the answer:
docs/decisions/0040. Where Django has a connection open in the thread, it is asked there, in its transaction.
"""

import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

Row = list[bytes | None]
IDLE: Final = 300  # seconds after which a kept session is not trusted: a firewall may have forgotten it

# libpq's numbers
_DONE: Final = 1  # a command without rows was carried out
_ROWS: Final = 2  # a command gave rows, or could have
_BINARY: Final = 1  # results as the database has them; as text, bytes have twice the length


class _Line:
    """One session of the database, in autocommit; what it has prepared; when it was last asked."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        database: Any = connection  # what only PostgreSQL's wrapper has
        with connection.wrap_database_errors:
            options = connection.get_connection_params() | {"autocommit": True}
            self._session = database.Database.connect(**options)
            database._configure_connection(self._session)  # a role to assume, as Django's own have
        self._libpq = self._session.pgconn
        self._name = connection.settings_dict["NAME"]
        self._prepares = not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
        self._prepared: dict[str, bytes] = {}
        self._asked_at = time.monotonic()

    def serves(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether it leads to the database that is wanted, and was asked not too long ago."""
        return bool(
            self._name == connection.settings_dict["NAME"] and time.monotonic() - self._asked_at < IDLE
        )

    def ask(self, statement: str, values: Sequence[bytes]) -> Row | None:
        """The first row. Raises OperationalError where the session is gone or the database refuses."""
        try:
            result = self._send(statement, values)
        except self._session.Error as gone:  # the driver's own class
            raise OperationalError(*gone.args) from gone
        if result.status != _ROWS:
            raise OperationalError(result.error_message.decode(errors="replace"))
        self._asked_at = time.monotonic()
        if not result.ntuples:
            return None
        return [result.get_value(0, column) for column in range(result.nfields)]

    def _send(self, statement: str, values: Sequence[bytes]) -> Any:
        if not self._prepares:
            return self._libpq.exec_params(statement.encode(), values, result_format=_BINARY)
        name = self._prepared.get(statement)
        if name is None:
            name = f"kept_{len(self._prepared)}".encode()
            made = self._libpq.prepare(name, statement.encode())
            if made.status != _DONE:
                return made
            self._prepared[statement] = name
        return self._libpq.exec_prepared(name, values, result_format=_BINARY)

    def close(self) -> None:
        self._session.close()


_free: deque[_Line] = deque()
"""Sessions that nobody is asking at the moment, the last used at the end: as many as ever were asked at once."""


def ask(connection: BaseDatabaseWrapper, statement: str, values: Sequence[bytes]) -> Row | None:
    """The first row of a statement ($1, $2 … for its values, given as text), each column as PostgreSQL sends it.

    A session that was kept and has ended meanwhile is replaced, with all that were kept beside it.
    """
    while True:
        line = _kept(connection)
        is_new = line is None
        line = line or _Line(connection)
        try:
            row = line.ask(statement, values)
        except OperationalError:
            line.close()
            if is_new:
                raise
            close()
        else:
            _free.append(line)
            return row


def close() -> None:
    """Ends the sessions that are kept."""
    while _free:
        with suppress(IndexError):  # somebody else has just taken it
            _free.pop().close()


def _kept(connection: BaseDatabaseWrapper) -> _Line | None:
    """The session that was asked last, if one is kept that serves."""
    while _free:
        with suppress(IndexError):
            line = _free.pop()
            if line.serves(connection):
                return line
            line.close()
    return None
