"""A newsroom with as much waiting as is asked for, for benchmarks and for the long rounds: rows in bulk, past the verbs.

One language, Turkish; documents of 250 English segments. Of the segments a third is missing, a third drafted by
machine, the rest submitted by one translator but for a few that were returned or are outdated. Words are made of
syllables and as frequent as words are (Zipf), so that there are frequent, rare and unique ones; when a segment began
to wait has little to do with where its row stands.
"""

import itertools
import json
import os
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

A_DOCUMENT, A_BLOCK = 250, 10
LANGUAGE = "tr"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 90
STATES = ("missing", "pretranslated", "submitted", "needs_edit", "outdated")
SHARES = (0.33, 0.33, 0.325, 0.005, 0.01)
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
def database() -> Iterator[str]:
    """A test database of Django's own making, in a file where it is SQLite's: commits are to cost what they cost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- needs a set-up Django
    from django.test.utils import get_runner  # noqa: PLC0415

    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        runner = get_runner(settings)(verbosity=0, interactive=False)
        made = runner.setup_databases()
        try:
            yield connection.vendor
        finally:
            runner.teardown_databases(made)


def address() -> str:
    """The DATABASE_URL with which other processes find the database in use."""
    from django.db import connection  # noqa: PLC0415

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def fill(waiting: int, *, seed: int = 1) -> None:
    """Makes so many segments wait. The database must be empty of documents."""
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from publishing import models  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    author = cast.person("author", "Translators", LANGUAGE)
    chance, documents = random.Random(seed), -(-waiting // A_DOCUMENT)
    now = BEGIN + timedelta(days=DAYS)
    with transaction.atomic():
        _insert(models.Document, "id key kind source_language segmenter_version created_at",
                ((n, f"{n:016x}", "article", "en", 1, now) for n in range(1, documents + 1)))  # fmt: skip
        _insert(models.Edition, "document_id language slug",
                (each for n in range(1, documents + 1) for each in ((n, "en", f"text-{n}"), (n, "tr", None))))  # fmt: skip
        _insert(models.Block, "id document_id position kind attributes markup", _blocks(documents))
        _insert(models.Segment, "id document_id block_id position before text after memory_key key",
                _segments(waiting, chance))  # fmt: skip
        sources = models.Segment.objects.order_by("pk").values_list("text", flat=True).iterator(10_000)
        rows = _translations(sources, author.pk, chance)
        for some in _batched(rows):
            _insert(models.Translation, "id segment_id language state version current_id confirmed_source "
                    "changed_at risk risk_reasons is_indexed", (row for row, _ in some))  # fmt: skip
            _insert(models.Revision, "id translation_id number text source origin author_id detail created_at",
                    (text for _, text in some if text))  # fmt: skip
    with connection.cursor() as cursor:
        filled = (
            models.Document,
            models.Edition,
            models.Block,
            models.Segment,
            models.Translation,
            models.Revision,
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
        if connection.vendor == "postgresql":  # as its autovacuum would do within a minute
            cursor.execute("VACUUM ANALYZE")


def _batched(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(itertools.islice(rows, 20_000)):
        yield some


def _blocks(documents: int) -> Iterator[Sequence[Any]]:
    blocks = A_DOCUMENT // A_BLOCK
    for number in range(documents * blocks):
        kind = "paragraph" if number % blocks else "title"
        yield number + 1, number // blocks + 1, number % blocks, kind, "{}", "{}"


def _segments(waiting: int, chance: random.Random) -> Iterator[Sequence[Any]]:
    for number in range(waiting):
        key, text = f"{number + 1:016x}", SOURCE.sentence(chance, 9)
        block = number // A_BLOCK + 1
        yield number + 1, number // A_DOCUMENT + 1, block, number % A_DOCUMENT, "", text, " ", key, key


def _translations(
    sources: Iterable[str], author: int, chance: random.Random
) -> Iterator[tuple[Sequence[Any], Sequence[Any] | None]]:
    """Each translation and its revision, of the same number."""
    ends = list(itertools.accumulate(SHARES))
    for number, source in enumerate(sources, start=1):
        (state,) = chance.choices(STATES, cum_weights=ends)
        at = BEGIN + timedelta(seconds=chance.random() * DAYS * 86_400)
        current = None if state == "missing" else number
        risk = chance.choice(RISKS)
        row = (number, number, LANGUAGE, state, 1, current, "", at, risk, json.dumps([]), False)
        by_hand = state in {"submitted", "needs_edit"}
        origin, person = ("human", author) if by_hand else ("machine", None)
        text = (number, number, 1, TARGET.sentence(chance, 7), source, origin, person, "{}", at)
        yield row, text if current else None


def _insert(model: Any, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    from django.db import connection  # noqa: PLC0415

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


def index() -> float:
    """Has the worker's verb index everything, document by document; returns translations a second."""
    import time  # noqa: PLC0415

    from publishing.models import Document, Translation  # noqa: PLC0415
    from publishing.workflow import indexing, jobs  # noqa: PLC0415

    began, waiting = time.perf_counter(), Translation.objects.filter(is_indexed=False).count()
    for document in Document.objects.iterator():
        job = indexing.job_of(document)
        jobs.plan_all(job)
        indexing.perform(jobs.claim())
    return waiting / (time.perf_counter() - began)
