"""Finished pages: what a path answers, written when a release changes it, never when it is read."""

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from . import kept
from .fields import LanguageField
from .held import Form, Held

CODINGS = {"br": "brotli", "gzip": "gzip", "": "content"}
"""The content codings that are stored, in the site's order of preference, and the column that holds each."""

ANY = "*"

_held = Held(settings.PAGES_HELD * 1_000_000)


class Answer(NamedTuple):
    """What a path answers. `content` is None where the reader has it already: then its bytes were not read."""

    status: int
    content_type: str
    language: str
    etag: str
    location: str
    content: bytes | None


class PageManager(models.Manager["Page"]):
    def answer(self, path: str, coding: str = "", known: Collection[str] = ()) -> Answer | None:
        """The page of a path in a coding of CODINGS, or nothing; one query.

        `known` are the etags of what the reader has, or ANY. Past the ORM, which costs six times as much CPU
        (docs/decisions/0050): this is the site's busiest line, and no method of a queryset for that reason.
        """
        connection = connections[self.db]
        if connection.vendor == "postgresql" and connection.connection is None:
            return _answer_kept(connection, path, coding, known)
        tags = () if ANY in known else tuple(known)
        with connection.cursor() as cursor:
            cursor.execute(_statement(CODINGS[coding], ANY in known, len(tags)), [*tags, path])
            row = cursor.fetchone()
        return Answer(*row) if row else None


def _answer_kept(
    connection: BaseDatabaseWrapper, path: str, coding: str, known: Collection[str]
) -> Answer | None:
    """The same where each byte has to come through a socket: what this process holds is not sent again."""
    held = None if known else _held.get((path, coding))
    tags = (held.etag,) if held else () if ANY in known else tuple(known)
    statement = _statement(CODINGS[coding], ANY in known, len(tags), is_numbered=True)
    row = kept.ask(connection, statement, [value.encode() for value in (*tags, path)])
    if row is None:
        return None
    found = _read(row)
    if held and found.content is None:
        return found._replace(content=held.content)
    if found.status == 200 and found.content:
        _held.put((path, coding), Form(found.etag, found.content))
    return found


@lru_cache
def _statement(column: str, is_any: bool, tags: int, *, is_numbered: bool = False) -> str:
    """Reads a page in one of its forms, without the bytes where any will do, or one of so many etags is its own.

    Its values are those etags and the path; they are numbered for PostgreSQL itself, %s for a cursor.
    """
    marks = [f"${number}" if is_numbered else "%s" for number in range(1, tags + 2)]
    wanted = column
    if is_any:
        wanted = f"CASE WHEN status = 200 THEN NULL ELSE {column} END"
    elif tags:
        wanted = f"CASE WHEN status = 200 AND etag IN ({', '.join(marks[:-1])}) THEN NULL ELSE {column} END"
    return (
        f"SELECT status, content_type, language, etag, location, {wanted} "  # noqa: S608 -- our own names
        f"FROM publishing_page WHERE path = {marks[-1]}"
    )


def _read(row: kept.Row) -> Answer:
    """A row as PostgreSQL sends it: a number of two bytes, text in UTF-8, bytes."""
    status, content_type, language, etag, location, content = row
    return Answer(
        int.from_bytes(status or b""),
        _text(content_type),
        _text(language),
        _text(etag),
        _text(location),
        content,
    )


def _text(sent: bytes | None) -> str:
    return (sent or b"").decode()


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

    objects = PageManager()

    def __str__(self) -> str:
        return self.path
