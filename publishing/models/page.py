"""Finished pages: what a path answers, written when a release changes it, never when it is read."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from .fields import LanguageField

CODINGS = {"br": "brotli", "gzip": "gzip", "": "content"}
"""The content codings that are stored, in the site's order of preference, and the column that holds each."""

ANY = "*"


class Answer(NamedTuple):
    """What a path answers. `content` is None where the reader has it already: then its bytes were not read."""

    status: int
    content_type: str
    language: str
    etag: str
    location: str
    content: bytes | None


@contextmanager
def _cursor(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """A cursor for bytes. Django's own for PostgreSQL has them sent as hexadecimal digits, twice as many."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 -- needs psycopg

    with _raw(connection) as raw:
        cursor = ServerBindingCursor(raw)
        cursor.format = 1  # libpq's number for binary results
        logs = connection.queries_logged
        yield connection.make_debug_cursor(cursor) if logs else connection.make_cursor(cursor)


@contextmanager
def _raw(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """The driver's connection: Django's where it has one open, else one straight from its pool.

    To have Django open and close one would cost more than the query. The statement is prepared in it, unless
    sessions are shared by a pooler.
    """
    if connection.connection is not None or not connection.pool:
        connection.ensure_connection()
        yield connection.connection
        return
    with connection.wrap_database_errors:
        connection.pool.open()
        with connection.pool.connection() as raw:
            if not raw.autocommit:
                raw.autocommit = True  # as Django has it
            if not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
                raw.prepare_threshold = 1
            yield raw


class PageQuerySet(models.QuerySet["Page"]):
    def answer(self, path: str, coding: str = "", known: Collection[str] = ()) -> Answer | None:
        """The page of a path in a coding of CODINGS, or nothing; one query.

        `known` are the etags of what the reader has, or ANY. Past the ORM, which costs six times as much CPU
        (docs/decisions/0050): this is the site's busiest line.
        """
        column = CODINGS[coding]
        if not known:
            wanted = column
        elif ANY in known:
            wanted, known = f"CASE WHEN status = 200 THEN NULL ELSE {column} END", ()
        else:
            tags = ", ".join(["%s"] * len(known))
            wanted = f"CASE WHEN status = 200 AND etag IN ({tags}) THEN NULL ELSE {column} END"
        with _cursor(connections[self.db]) as cursor:
            cursor.execute(
                f"SELECT status, content_type, language, etag, location, {wanted} "  # noqa: S608 -- our own names
                f"FROM {self.model._meta.db_table} WHERE path = %s",
                [*known, path],
            )
            row = cursor.fetchone()
        return Answer(*row) if row else None


class Page(models.Model):
    """A finished page, in every coding that readers may ask for.

    `etag` stands for the bytes before they are compressed. A redirect has a `location` and no bytes. A page
    that is in no language (robots.txt, a sitemap) has none.
    """

    # The bytes stand last, the smallest first: SQLite reads a row from its beginning up to what is wanted.
    path = models.CharField(max_length=200, unique=True)
    content_type = models.CharField(max_length=50, default="text/html; charset=utf-8")
    language = LanguageField(blank=True)
    etag = models.CharField(max_length=66)
    status = models.PositiveSmallIntegerField(default=200)
    location = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(auto_now=True)
    brotli = models.BinaryField()
    gzip = models.BinaryField()
    content = models.BinaryField()

    objects = PageQuerySet.as_manager()

    def __str__(self) -> str:
        return self.path
