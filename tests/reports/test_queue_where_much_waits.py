"""The queue where very much waits: as many queries as ever, each led by an index. How long it takes is not asked."""

import os
import re
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Translation
from publishing.reports import picking, queue
from publishing.reports.queue import Place, Wanted
from tests import cast
from tests.benchmarks import _newsroom
from tests.benchmarks._newsroom import LANGUAGE, SOURCE, TARGET

WAITING = 30_000 if os.environ.get("LONG_ROUNDS") == "few" else 1_000_000
LARGE = "publishing_(translation|segment|revision|searchtext|block)"
READ_THROUGH = re.compile(rf"SCAN {LARGE}\b|Seq Scan on {LARGE}\b")
SORTED = re.compile(r"^USE TEMP B-TREE FOR ORDER BY|^\s*(->\s+)?Sort\b", re.MULTILINE)
QUERIES, QUERIES_OF_A_SEARCH = 4, 12
"""Of a page: its rows, titles, the documents to choose from, assignments; of a search up to eight more."""


def plans(work: Callable[[], object]) -> dict[str, str]:
    """The statements of the work, each with how the database goes about it."""
    with CaptureQueriesContext(connection) as captured:
        work()
    prefix = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    found = {}
    for sql in cast.statements(captured):
        with connection.cursor() as cursor:
            cursor.execute(f"{prefix} {sql}")
            # SQLite tells of each step inside of which other it is taken; PostgreSQL indents it.
            steps = [("  " if len(row) > 1 and row[1] else "") + str(row[-1]) for row in cursor.fetchall()]
            found[sql] = "\n".join(steps)
    return found


def deep(order: str) -> Place:
    """The place at which nine tenths of the queue are over."""
    by = ("-risk", "pk") if order == "risk" else ("changed_at", "pk")
    row = Translation.objects.filter(language=LANGUAGE).order_by(*by)[WAITING * 9 // 10]
    return Place(row.risk if order == "risk" else row.changed_at, row.pk)


@pytest.mark.long
@pytest.mark.django_db
def test_every_way_through_the_queue_is_led_by_an_index() -> None:
    _newsroom.fill(WAITING)
    if connection.vendor == "postgresql" and WAITING < 1_000_000:
        # Of some thousand rows it reads all where an index would do, and rightly.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    carol = cast.carol()
    in_order = [
        partial(queue.page, Wanted(LANGUAGE, state=state, order=order), after=after)
        for order in ("age", "risk")
        for after in (None, deep(order))
        for state in ("", "submitted", "needs_edit")
    ]
    for ask in in_order:
        found = plans(ask)
        # A prepared statement names no table; its plan does.
        rows = next(plan for sql, plan in found.items() if "publishing_finding" in sql + plan)
        assert not SORTED.search(rows.partition("SubPlan")[0]), (
            rows
        )  # what is asked of each row may be sorted
        assert len(found) <= QUERIES + 1  # a page over the border of a risk asks twice
    words = (SOURCE.ranked[0], SOURCE.ranked[7_000], TARGET.ranked[11_000], "qwxyzzy")
    others = [
        *in_order,
        partial(queue.page, Wanted(LANGUAGE, document=2)),
        partial(queue.page, Wanted(LANGUAGE, document=2, order="risk")),
        partial(queue.tally, LANGUAGE),
        lambda: next(picking.candidates(carol, LANGUAGE)),
        lambda: queue.next_for(carol, LANGUAGE),
        *(partial(queue.page, Wanted(LANGUAGE, words=each)) for each in words),
    ]
    for ask in others:
        found = plans(ask)
        for sql, plan in found.items():
            assert not READ_THROUGH.search(plan), f"{sql}\n{plan}"
        assert len(found) <= QUERIES_OF_A_SEARCH, "\n".join(found)
