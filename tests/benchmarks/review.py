"""W6: a reviewer's actions where much waits, each beside what it is measured against, in one run.

Approving by the verb beside a bare conditional UPDATE; the queue's pages, asked for through the whole site by
somebody who is logged in, beside a plain ModelAdmin's changelist; searches; the workbench; reviewers at once, as
processes. On the database that DATABASE_URL names, in one of its own made for the run.

REVIEW_WAITING ("100000") is how many segments wait; "100000 1000000" measures both in turn, each in a database of its
own, and what grows with them: a machine is not as fast now as it was a minute ago. REVIEW_SECONDS (60) is how long
REVIEWERS (20) are at it, in the first size.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import _newsroom
from ._newsroom import LANGUAGE, SOURCE, TARGET

SIZES = [int(size) for size in os.environ.get("REVIEW_WAITING", "100000").split()]
SECONDS = int(os.environ.get("REVIEW_SECONDS", "60"))
REVIEWERS = int(os.environ.get("REVIEWERS", "20"))
APPROVALS, ROUNDS, TURNS = 200, 12, 4
QUEUE = f"/admin/queue/{LANGUAGE}/"
ROOT = Path(__file__).parents[2]
BESIDE = (
    ("approve", "update by the ORM"),
    ("approve", "update by hand"),
    ("approve in a view", "update in a view"),
)
"""Approvals, and what they are measured against: verb beside statement, request beside request."""
Timed = dict[str, float]
"""Milliseconds: the median, the 99th percentile, and the median of the process's CPU time."""
Times = dict[str, list[tuple[float, float]]]
"""Of each piece of work how long it took, by the clock and of the process's CPU."""


def run() -> dict[str, Any]:
    with ExitStack() as databases:
        made = {size: databases.enter_context(_filled(size)) for size in SIZES}
        queries = {}
        for size in SIZES:
            _use(made[size])
            queries[size] = counted(size)
        timed = alternately(made)
        sizes = {}
        for size in SIZES:
            _use(made[size])
            figures = {
                "queries": queries[size],
                "pages": timed[size]["pages"],
                "approve": timed[size]["approve"],
            }
            figures["indexed_per_second"] = _newsroom.index(20)
            figures["at_once"] = at_once() if size == SIZES[0] and SECONDS > 0 else {}
            print(f"\n{size:,} segments wait ({made[size].vendor})")
            report(figures)
            sizes[str(size)] = figures
        _use(made[SIZES[-1]])
    if len(SIZES) > 1:
        grown = growth(sizes[str(SIZES[0])], sizes[str(SIZES[-1])])
        print(f"\n{SIZES[-1]:,} waiting beside {SIZES[0]:,}, p50: "
              + ", ".join(f"{name} {ratio:.2f}" for name, ratio in grown.items()))  # fmt: skip
    else:
        grown = {}
    figures = {"sizes": sizes, "growth": grown}
    return {"name": "review", "database": made[SIZES[0]].vendor, "figures": figures, "beside": {}}


def growth(first: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, float]:
    return {
        name: last[part][name]["p50_ms"] / first[part][name]["p50_ms"]
        for part in ("pages", "approve")
        for name in first[part]
    }


@dataclass(frozen=True)
class Filled:
    """A database in which so much waits, by its name."""

    vendor: str
    name: str


@contextmanager
def _filled(waiting: int) -> Iterator[Filled]:
    from django.db import connection

    with _newsroom.database(f"review_{waiting}") as vendor:
        began = time.perf_counter()
        _newsroom.fill(waiting)
        print(f"{waiting:,} segments made in {time.perf_counter() - began:.0f} s ({vendor})")
        yield Filled(vendor, connection.settings_dict["NAME"])


def _use(made: Filled) -> None:
    """Turns to another database. Whoever was logged in there still is."""
    from django.db import connection

    _newsroom.leave()
    connection.settings_dict["NAME"] = made.name


def alternately(made: Mapping[int, Filled]) -> dict[int, dict[str, dict[str, Timed]]]:
    """The pages and approvals of each size, some rounds of the one after some of the other."""
    from django.test import override_settings

    pages_of, approvals_of = {}, {}
    with override_settings(ROOT_URLCONF="tests.benchmarks._plain_admin"):
        for size in made:
            _use(made[size])
            pages_of[size], approvals_of[size] = pages(size), approvals()
        pages_timed: dict[int, list[Times]] = {size: [] for size in made}
        approvals_timed: dict[int, list[Times]] = {size: [] for size in made}
        for _turn in range(TURNS):
            for size in made:
                _use(made[size])
                pages_timed[size].append(interleaved(pages_of[size], ROUNDS // TURNS))
        for _turn in range(TURNS):
            for size in made:
                _use(made[size])
                approvals_timed[size].append(interleaved(approvals_of[size], APPROVALS // TURNS))
    return {
        size: {"pages": summed(pages_timed[size]), "approve": summed(approvals_timed[size])} for size in made
    }


def interleaved(work: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Wall and CPU seconds of each of the pieces of work in turn, so often; the first round warms up."""
    times: Times = {name: [] for name in work}
    for number in range(rounds + 1):
        for name, piece in work.items():
            wall, cpu = time.perf_counter(), time.process_time()
            piece()
            if number:
                times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return times


def summed(turns: Sequence[Times]) -> dict[str, Timed]:
    found = {}
    for name in turns[0]:
        walls = [wall * 1_000 for times in turns for wall, _cpu in times[name]]
        cpus = [cpu * 1_000 for times in turns for _wall, cpu in times[name]]
        found[name] = {
            "p50_ms": statistics.median(walls), "p99_ms": percentile(walls, 99), "cpu_ms": statistics.median(cpus)
        }  # fmt: skip
    return found


def percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def pages(waiting: int) -> dict[str, Callable[[], object]]:
    """The queue, searches in it, the workbench and what stands beside them."""
    from django.test import Client

    from publishing.models import Person
    from publishing.reports import picking, queue
    from tests import cast

    from ._plain_admin import CHANGELIST

    carol = Person.objects.filter(username="carol").first() or cast.carol()
    root = Person.objects.filter(username="root").first() or Person.objects.create_superuser(
        "root", password="secret"
    )
    desk, plain = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    desk.force_login(carol)
    plain.force_login(root)

    def asks(address: str) -> Callable[[], object]:
        def ask() -> None:
            assert desk.get(address).status_code == 200

        return ask

    def changelist(query: str = "") -> Callable[[], object]:
        def ask() -> None:
            assert plain.get(CHANGELIST + query).status_code == 200

        return ask

    return {
        "changelist": changelist(),
        "changelist, last page": changelist(f"?p={waiting // 100}"),
        "changelist, search": changelist(f"?q={SOURCE.ranked[500]}"),
        **{name: asks(QUEUE + address) for name, address in addresses(waiting).items()},
        "workbench": asks("/admin/documents/1/tr/"),
        "tally": lambda: queue.tally(LANGUAGE),
        "next for me": lambda: next(picking.candidates(carol, LANGUAGE)),
    }


def counted(waiting: int) -> dict[str, int]:
    """How many queries each of the pages takes."""
    from django.db import connection
    from django.test import override_settings
    from django.test.utils import CaptureQueriesContext

    queries = {}
    with override_settings(ROOT_URLCONF="tests.benchmarks._plain_admin"):
        for name, piece in pages(waiting).items():
            piece()
            with CaptureQueriesContext(connection) as captured:
                piece()
            queries[name] = len([q for q in captured if not of_the_person(q["sql"])])
    return queries


def of_the_person(sql: str) -> bool:
    """Session, login and permissions are no page's own."""
    tables = ("django_session", "publishing_person", "auth_permission")
    return any(f'FROM "{table}"' in sql for table in tables)


def addresses(waiting: int) -> dict[str, str]:
    """Pages of the queue by what they show, as the part of their address after the path."""
    from publishing.models import Translation
    from publishing.reports.queue import Place

    deep = Translation.objects.order_by("changed_at", "pk")[waiting * 9 // 10]
    calm = Translation.objects.filter(risk=0).order_by("pk")[waiting // 4]
    words = {
        "everywhere": SOURCE.ranked[0],
        "frequent": SOURCE.ranked[50],
        "rare": SOURCE.ranked[500],
        "very rare": SOURCE.ranked[7_000],
        "in the target": TARGET.ranked[300],
        "two words": f"{SOURCE.ranked[0]} {SOURCE.ranked[40]}",
        "no hit": "qwxyzzy",
        "no hit, frequent trigrams": SOURCE.ranked[0] + SOURCE.ranked[1],
    }
    asked = {
        "first page": {},
        "deep page": {"after": str(Place(deep.changed_at, deep.pk))},
        "riskiest": {"order": "risk"},
        "riskiest, deep": {"order": "risk", "after": str(Place(0, calm.pk))},
        "submitted": {"state": "submitted"},
        "returned, riskiest": {"state": "needs_edit", "order": "risk"},
        "one document": {"document": "2"},
        **{f"search, {name}": {"q": word} for name, word in words.items()},
        "search, deep": {"q": SOURCE.ranked[500], "after": str(Place(deep.changed_at, deep.pk))},
    }
    return {name: f"?{urlencode(query)}" for name, query in asked.items()}


def approvals() -> dict[str, Callable[[], object]]:
    """The verb; and what changes a like row's state and no more: one conditional UPDATE that is committed by itself.

    By the ORM and by hand; and either as W6 has it, in a view that is asked for through a test client and Django's
    default middleware. In turn.
    """
    from django.db import connection
    from django.test import Client, override_settings
    from django.utils import timezone

    from publishing.models import Person, Translation
    from publishing.models.translation import State
    from publishing.workflow import reviewing

    from . import _plain_admin

    carol, rounds = Person.objects.get(username="carol"), APPROVALS + TURNS
    drafted = Translation.objects.filter(state=State.PRETRANSLATED).order_by("-pk")
    # What is read lazily is read before it is timed.
    rows, others = iter(list(drafted[: rounds * 2])), iter(list(drafted[rounds * 2 : rounds * 5]))

    def approve() -> None:
        row = next(rows)
        reviewing.approve(row, actor=carol, seen_version=row.version)

    def update() -> None:
        row = next(others)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE publishing_translation SET version = version + 1, state = 'approved', "
                "approved_by_id = %s, changed_at = %s WHERE id = %s AND version = %s",
                [
                    carol.pk,
                    connection.ops.adapt_datetimefield_value(timezone.now()),
                    row.pk,
                    row.version,
                ],
            )
            assert cursor.rowcount == 1

    def through_the_orm() -> None:
        row = next(others)
        assert _plain_admin.approve_barely(row.pk, row.version, carol.pk)

    def in_a_view() -> None:
        row = next(others)
        assert client.get(f"/barely/{row.pk}/{row.version}/{carol.pk}/").content == b"1"

    def approve_in_a_view() -> None:
        row = next(rows)
        assert (
            client.get(f"/verb/{row.pk}/{row.version}/{carol.pk}/").content == str(row.version + 1).encode()
        )

    client = Client(HTTP_HOST="127.0.0.1")
    with override_settings(MIDDLEWARE=_plain_admin.DEFAULT_MIDDLEWARE):
        client.handler.load_middleware()
    return {
        "approve": approve,
        "approve in a view": approve_in_a_view,
        "update by the ORM": through_the_orm,
        "update by hand": update,
        "update in a view": in_a_view,
    }


def at_once() -> dict[str, Any]:
    """Reviewers who take and approve at once, as processes; afterwards nothing is lost and nothing done twice."""
    from django.db import connections

    from tests import cast

    people = [cast.person(f"reviewer{number}", "Translators", LANGUAGE) for number in range(REVIEWERS)]
    connections.close_all()
    environment = os.environ | {"DATABASE_URL": _newsroom.address(), "LOG_LEVEL": "ERROR"}
    start = str(time.time() + 5 + REVIEWERS * 0.7)
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.review", person.username, LANGUAGE, start, str(SECONDS)],
            cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
        )
        for person in people
    ]  # fmt: skip
    told = [json.loads(each.communicate()[0]) for each in processes]
    seen = subprocess.run(
        [sys.executable, "-m", "tests.faults.reviewed"],
        cwd=ROOT, env=environment, text=True, capture_output=True, check=True,
    )  # fmt: skip
    left = json.loads(seen.stdout)
    wrong = {what: left[what] for what in ("twice", "lost", "not_theirs", "broken") if left[what]}
    outcomes = sum((Counter(each["outcomes"]) for each in told), Counter[str]())
    assert not wrong, wrong
    assert (outcomes["approved"], outcomes["submitted"]) == (left.get("approve", 0), left.get("submit", 0))
    taken = Counter(pk for each in told for pk in set(each["taken"]))
    assert not [pk for pk, times in taken.items() if times > 1]
    taking = [ms for each in told for ms in each["taking"]]
    deciding = [ms for each in told for ms in each["deciding"]]
    return {
        "decisions_per_second": len(deciding) / SECONDS,
        "outcomes": dict(outcomes),
        "nothing_to_take": sum(each["empty"] for each in told),
        "take": _spread(taking),
        "decide": _spread(deciding),
    }


def _spread(values: list[float]) -> Timed:
    return {
        "p50_ms": percentile(values, 50), "p99_ms": percentile(values, 99), "longest_ms": max(values, default=0.0)
    }  # fmt: skip


def report(figures: Mapping[str, Any]) -> None:
    """The table on the screen, with the ratios that count."""
    timed, queries = figures["pages"], figures["queries"]
    base = timed["changelist"]["p50_ms"]
    print(f"{'':36}{'p50 ms':>8}{'p99':>8}{'CPU':>8}  queries  of a changelist")
    for name, each in timed.items():
        print(
            f"{name:36}{each['p50_ms']:8.1f}{each['p99_ms']:8.1f}{each['cpu_ms']:8.1f}{queries[name]:9}"
            f"{each['p50_ms'] / base:12.2f}"
        )
    approved = figures["approve"]
    for name, each in approved.items():
        print(f"{name:36}{each['p50_ms']:8.2f}{each['p99_ms']:8.2f}{each['cpu_ms']:8.2f}")
    for one, other in BESIDE:
        ratio = approved[one]["p50_ms"] / approved[other]["p50_ms"]
        print(f"{one} beside {other}: {ratio:.1f} x")
    print(f"indexed for searching: {figures['indexed_per_second']:,.0f} translations a second")
    if at_once := figures["at_once"]:
        print(
            f"{REVIEWERS} reviewers at once for {SECONDS} s: {at_once['decisions_per_second']:.0f} decisions a second, "
            f"{at_once['outcomes']}, nothing lost, nothing twice"
        )
        for what in ("take", "decide"):
            each = at_once[what]
            print(
                f"  {what:8} p50 {each['p50_ms']:.0f} ms, p99 {each['p99_ms']:.0f}, longest {each['longest_ms']:.0f}"
            )
