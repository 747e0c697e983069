"""W2: articles cut, keyed and stored, through the verb itself, beside what cutting alone and the driver alone do.

Runs on the database that DATABASE_URL names, in a database of its own made for the run.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings

ARTICLES, SENTENCES = 40, 250
WORDS = (
    "the port grain ship council treaty border river minister energy market winter region alliance summit "
    "railway corridor vote budget export neighbour strait harbour season price talks paper crisis"
).split()


def articles(count: int, sentences: int, seed: int = 5) -> list[str]:
    """Texts of distinct sentences of some 60 characters, the mean of the measured corpora; no word doubled."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        lines = [
            f"{chance.choice(WORDS).capitalize()} {number}-{line} {' '.join(chance.sample(WORDS, k=7))}."
            for line in range(sentences)
        ]
        paragraphs = [" ".join(lines[start : start + 10]) for start in range(0, sentences, 10)]
        made.append("\n\n".join([f"Article number {seed} {number}", *paragraphs]))
    return made


@contextmanager
def database() -> Iterator[str]:
    """A test database of Django's own making; the configured one is not touched."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")
    django.setup()
    from django.test.utils import get_runner

    runner = get_runner(settings)(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        from django.db import connection

        yield connection.vendor
    finally:
        runner.teardown_databases(made)


def rate(work: Callable[[], int], rounds: int = 3) -> float:
    """The median of units a second over the rounds."""
    rates = []
    for _ in range(rounds):
        start = time.perf_counter()
        rates.append(work() / (time.perf_counter() - start))
    return statistics.median(rates)


def run() -> dict[str, Any]:
    with database() as vendor:
        from publishing.languages import sentences
        from publishing.markup import reading
        from publishing.models import Block, Document, Segment
        from publishing.workflow import ingesting, segmenting

        seeds = iter(range(1_000))

        def ingest() -> int:
            return sum(
                ingesting.import_article(text.encode()).new
                for text in articles(ARTICLES, SENTENCES, next(seeds))
            )

        def one_large() -> int:
            (text,) = articles(1, ARTICLES * SENTENCES, next(seeds))
            return ingesting.import_article(text.encode()).new

        def cut() -> int:
            return sum(
                len(sentences.split(paragraph, "en"))
                for text in articles(ARTICLES, SENTENCES, next(seeds))
                for paragraph in text.split("\n\n")
            )

        def store() -> int:
            """The floor: the same rows, made beforehand, by bulk insertion alone."""
            (text,) = articles(1, ARTICLES * SENTENCES, next(seeds))
            document = Document.objects.create(kind="article", source_language="en", segmenter_version=1)
            source = reading.from_text(text).blocks
            blocks = Block.objects.bulk_create(segmenting.block_rows(document, source), batch_size=2_000)
            segments = list(segmenting.rows_to_insert(document, blocks, source))
            start = time.perf_counter()
            Segment.objects.insert(segments)
            stored.append(len(segments) / (time.perf_counter() - start))
            return len(segments)

        stored: list[float] = []
        ingest()
        figures = {"segments_per_second": rate(ingest), "one_large_article": rate(one_large)}
        rate(store)
        beside = {"cutting_alone": rate(cut), "bulk_insertion_alone": statistics.median(stored)}
    growth = {name: _at(size) for name, size in (("50", 50), ("500", 500), ("5000", 5_000))}
    for name, value in {**figures, **beside}.items():
        print(f"{name:24} {value:12,.0f} /s  ({vendor})")
    for size, value in growth.items():
        print(f"{'at ' + size + ' segments':24} {value:12,.0f} /s")
    return {"name": "ingest", "database": vendor, "figures": figures | {"by_size": growth}, "beside": beside}


def _at(size: int) -> float:
    with database():
        from publishing.workflow import ingesting

        seeds = iter(range(5_000, 6_000))
        return rate(
            lambda: ingesting.import_article(articles(1, size, next(seeds))[0].encode()).new, rounds=5
        )
