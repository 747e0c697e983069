"""A newsroom with as much waiting as is asked for, for benchmarks and the long rounds: rows in bulk, past the verbs.

One language, Turkish; documents of 300 English segments. Of the segments a third is missing, a third drafted by
machine, the rest submitted by one translator but for a few that were returned or are outdated. Words are made of
syllables and as frequent as words are (Zipf), so that there are frequent, rare and unique ones; when a segment began
to wait has little to do with where its row stands.
"""

import itertools
import os
import random
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

A_DOCUMENT, A_BLOCK = 300, 5
LANGUAGE = "tr"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 90
STATES = ("missing", "pretranslated", "submitted", "needs_edit", "outdated")
SHARES = (0.33, 0.33, 0.325, 0.005, 0.01)
BATCH = 20_000
COLUMNS = {
    "Segment": "id document_id block_id position before text after memory_key key",
    "Translation": "id segment_id language state version current_id confirmed_source changed_at risk "
    "risk_reasons is_indexed",
    "Revision": "id translation_id number text source origin author_id detail created_at",
    "SearchText": "translation_id text hour",
}
RISKS = (0, 0, 0, 10, 20, 35, 50, 70)
ENGLISH = (
    "b c d f g h k l m n p r s t v w st tr pr ch sh th gr cl".split(),
    "a e i o u ea ou ai".split(),
)
TURKISH = ("b c ç d f g ğ h k l m n p r s ş t v y z".split(), "a e ı i o ö u ü".split())


class Words:
    """A made-up vocabulary; the word of rank n occurs as often as 1 / (n + 3)."""

    def __init__(self, letters: tuple[list[str], list[str]], size: int, seed: int) -> None:
        chance = random.Random(seed)
        found: dict[str, None] = {}
        while len(found) < size:
            syllables = (
                chance.choice(letters[0]) + chance.choice(letters[1]) + chance.choice(("", "", "n", "r", "l"))
                for _ in range(chance.choice((1, 2, 2, 3, 3, 4)))
            )
            found["".join(syllables)] = None
        self.ranked = list(found)
        chance.shuffle(self.ranked)
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(size)))

    def sentence(self, chance: random.Random, words: int) -> str:
        return " ".join(chance.choices(self.ranked, cum_weights=self._weights, k=words)).capitalize() + "."


SOURCE, TARGET = Words(ENGLISH, 8_000, 1), Words(TURKISH, 12_000, 2)


@contextmanager
def database(name: str = "bench") -> Iterator[str]:
    """A test database of Django's own making, in a file where it is SQLite's: commits are to cost what they cost.

    Several at once need names of their own, and are left in the opposite order.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import get_runner

    with tempfile.TemporaryDirectory(dir=os.environ.get("VAR_DIR")) as folder:
        in_a_file = connection.vendor == "sqlite"
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / f"{name}.sqlite3") if in_a_file else f"test_{name}_{os.getpid()}"
        )
        leave()
        runner = get_runner(settings)(verbosity=0, interactive=False)
        made = runner.setup_databases()
        try:
            yield connection.vendor
        finally:
            runner.teardown_databases(made)


def leave() -> None:
    """Ends the connections to the database in use, those of a pool as well: the next are to another."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def address() -> str:
    """The DATABASE_URL with which other processes find the database in use."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def fill(waiting: int, *, seed: int = 1) -> None:
    """Makes so many segments wait, indexed for searching. The database must be empty of documents."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from publishing import models
    from publishing.workflow import indexing
    from tests import cast

    author = cast.person("author", "Translators", LANGUAGE)
    chance, documents = random.Random(seed), -(-waiting // A_DOCUMENT)
    with transaction.atomic(), _indexed_at_the_end():
        insert(models.Document, "id key kind source_language segmenter_version created_at",
                ((n, f"{n:016x}", "article", "en", 1, BEGIN) for n in range(1, documents + 1)))  # fmt: skip
        insert(models.Edition, "document_id language slug",
                (row for n in range(1, documents + 1)
                 for row in ((n, "en", f"text-{n}"), (n, "tr", None))))  # fmt: skip
        insert(models.Block, "id document_id position kind attributes markup", _blocks(documents))
        for start in range(0, waiting, BATCH):
            some = [_one(number, author.pk, chance) for number in range(start, min(waiting, start + BATCH))]
            for model, columns in COLUMNS.items():
                insert(getattr(models, model), columns, (one[model] for one in some if model in one))
    with connection.cursor() as cursor:
        filled = [getattr(models, name) for name in ("Document", "Edition", "Block", *COLUMNS)]
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("VACUUM ANALYZE")  # as its autovacuum would do within minutes
        elif connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    indexing.refresh_statistics()  # as a worker does once an hour


@contextmanager
def _indexed_at_the_end() -> Iterator[None]:
    """PostgreSQL makes an index of many rows in a fraction of the time that it takes to keep one up."""
    from django.db import connection

    from publishing.models.search import TRIGRAMS

    with connection.cursor() as cursor:
        definition = None
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [TRIGRAMS])
            definition = cursor.fetchone()
        if definition:
            cursor.execute(f"DROP INDEX {TRIGRAMS}")
        yield
        if definition:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(definition[0])


def _one(number: int, author: int, chance: random.Random) -> dict[str, Sequence[Any]]:
    """The rows of one segment, numbered alike, by the names of their models."""
    from publishing.languages.search_form import search_form
    from publishing.models.search import hour_of

    (state,) = chance.choices(STATES, weights=SHARES)
    source, target = SOURCE.sentence(chance, 9), "" if state == "missing" else TARGET.sentence(chance, 7)
    at, pk, key = BEGIN + timedelta(seconds=chance.random() * DAYS * 86_400), number + 1, f"{number + 1:016x}"
    place, risk = number % A_DOCUMENT, chance.choice(RISKS)
    made: dict[str, Sequence[Any]] = {
        "Segment": (
            pk, number // A_DOCUMENT + 1, number // A_BLOCK + 1, place, "", source, " ", key, key
        ),
        "Translation": (pk, pk, LANGUAGE, state, 1, pk if target else None, "", at, risk, "[]", True),
        "SearchText": (pk, search_form(f"{source}\n{target}"), hour_of(at)),
    }  # fmt: skip
    if target:
        by_hand = state in {"submitted", "needs_edit"}
        origin, person = ("human", author) if by_hand else ("machine", None)
        made["Revision"] = (pk, pk, 1, target, source, origin, person, "{}", at)
    return made


def _blocks(documents: int) -> Iterator[Sequence[Any]]:
    blocks = A_DOCUMENT // A_BLOCK
    for number in range(documents * blocks):
        kind = "paragraph" if number % blocks else "title"
        yield number + 1, number // blocks + 1, number % blocks, kind, "{}", "{}"


def insert(model: Any, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    from django.db import connection

    table, names = model._meta.db_table, columns.split()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            adapt = connection.ops.adapt_datetimefield_value
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})",  # noqa: S608
                ([adapt(value) if isinstance(value, datetime) else value for value in row] for row in rows),
            )


def index(documents: int) -> float:
    """Has the worker's verb index so many documents anew; returns translations a second."""
    from publishing.models import Document, SearchText, Translation
    from publishing.workflow import indexing, jobs

    rows = Translation.objects.filter(segment__document__lte=documents)
    SearchText.objects.filter(translation__in=rows).delete()
    waiting = rows.update(is_indexed=False)
    began = time.perf_counter()
    for document in Document.objects.filter(pk__lte=documents):
        jobs.plan_all(indexing.job_of(document))
        indexing.perform(jobs.claim())
    return waiting / (time.perf_counter() - began)
