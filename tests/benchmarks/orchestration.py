"""W5: a run of 1,000 segments, 30 % of them repeated, through an engine that takes 150 ms a request.

Whole runs through the verbs and the worker, drafts and findings stored, beside deep-translator's own loop on the
same texts. Runs on the database that DATABASE_URL names, in a database of its own made for the run.
"""

import os
import random
import statistics
import time
from typing import Any
from unittest import mock

import deep_translator

from ._engine import Served, served
from .ingest import articles, database

SEGMENTS, REPEATED, LATENCY = 1_000, 0.3, 0.15
LOOPED = 200
"""Texts that deep-translator's loop is measured on; it takes as long for each of them."""
ROUNDS = 5
PEERS = {"wagtail-localize": 16.2, "Weblate": 22.8, "deep-translator translate_batch": 156.0}
"""Seconds of the same work in research done before, on a machine of this size."""


def text(seed: int) -> str:
    """An article of 1,000 segments (the title is one) out of 700 different ones."""
    chance = random.Random(seed)
    lines = articles(1, round(SEGMENTS * (1 - REPEATED)) - 1, seed)[0].split("\n\n")
    distinct = [sentence for line in lines[1:] for sentence in line.replace(". ", ".\n").split("\n")]
    body = distinct + chance.choices(distinct, k=round(SEGMENTS * REPEATED))
    chance.shuffle(body)
    return "\n\n".join([lines[0], *(" ".join(body[start : start + 8]) for start in range(0, len(body), 8))])


def run() -> dict[str, Any]:
    with database() as vendor, served(LATENCY) as fake:
        os.environ.update(fake.environment, MT_CONCURRENCY="google=8,libretranslate=8")
        rounds = [_run(fake, "libretranslate", seed=seed) for seed in range(1, 2 + ROUNDS)]
        batches = _median(rounds[1:])  # the first one warms up
        single = _run(fake, "google", seed=1, title="Sentences for single texts")
        again = _run(fake, "google", seed=1, title=text(1).split(". ")[1] + ".")
        looped = _loop(fake)
    with database(), served(0) as quick:
        os.environ.update(quick.environment)
        memory = _memory()
    figures = {"batches": batches, "second_run": again, "single_texts": single, "megabytes": memory}
    beside = {"deep_translator_loop_s": looped, "quoted_from_research_s": PEERS}
    for name, each in (("batches of 50", batches), ("the same again", again), ("single texts", single)):
        print(
            f"{name:16} {each['requests']:5.0f} requests  {each['engine_s']:6.2f} s in the engine  "
            f"{each['stored_s']:6.2f} s with everything stored  ({vendor})"
        )
    print(f"{'the loop':16} {SEGMENTS:5} requests  {looped:6.1f} s (measured on {LOOPED} texts)")
    print(f"{'ratio':16} {looped / batches['stored_s']:.0f} x the loop by batches, "
          f"{looped / single['stored_s']:.1f} x by single texts")  # fmt: skip
    print("memory of the worker: " + ", ".join(f"{mb:.0f} MB after {n}" for n, mb in memory.items()))
    return {"name": "orchestration", "database": vendor, "figures": figures, "beside": beside}


def _run(fake: Served, engine: str, *, seed: int, title: str = "") -> dict[str, float]:
    """One run from the request to the last stored draft; the rest of the worker's work is not counted."""
    from publishing.models import Job, Revision, Run
    from publishing.worker import loop
    from publishing.workflow import ingesting, jobs, pretranslating

    source = text(seed)
    if title:
        source = "\n\n".join([title, *source.split("\n\n")[1:]])
    document = ingesting.import_article(source.encode()).article.document
    loop.drain()
    fake.counts()
    began = time.perf_counter()
    run = pretranslating.request(document, "tr", engine_names=[engine])
    while Job.objects.filter(kind=pretranslating.KIND, state=Job.State.READY).exists():
        job = jobs.claim()
        assert job is not None
        loop.work(job)
    stored = time.perf_counter() - began
    counts = fake.counts()
    run.refresh_from_db()
    assert run.state == Run.State.FINISHED, run.troubles
    assert Revision.objects.filter(run=run).count() == SEGMENTS, run.troubles
    return {
        "requests": counts.requests,
        "texts": counts.texts,
        "engine_s": counts.last_at - counts.first_at,
        "stored_s": stored,
    }


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def _loop(fake: Served) -> float:
    """deep-translator as it comes, one text after another; returns the seconds for 1,000 texts."""
    sentences = articles(1, LOOPED, 9)[0].replace("\n\n", " ").split(". ")[:LOOPED]
    url = fake.environment["GOOGLE_URL"]
    translator = deep_translator.GoogleTranslator(source="en", target="tr")
    with mock.patch.object(translator, "_base_url", url), _bare_requests():
        began = time.perf_counter()
        translator.translate_batch(sentences)
        return (time.perf_counter() - began) * SEGMENTS / len(sentences)


def _bare_requests() -> Any:
    """The library's own way out instead of ours."""
    import deep_translator.google
    import requests

    return mock.patch.object(deep_translator.google, "requests", requests)


def _memory() -> dict[int, float]:
    """The worker's resident memory after 10, 50 and 100 runs of articles asked for at once."""
    from publishing.models import Job
    from publishing.worker import loop
    from publishing.workflow import ingesting, jobs, pretranslating

    for source in articles(100, 100, seed=3):
        document = ingesting.import_article(source.encode()).article.document
        pretranslating.request(document, "tr", engine_names=["libretranslate"])
    found, done = {}, 0
    while job := jobs.claim():
        loop.work(job)
        done += job.kind == pretranslating.KIND
        if done in {10, 50, 100} and done not in found:
            found[done] = _resident()
    assert not Job.objects.filter(kind=pretranslating.KIND).exclude(state=Job.State.SUCCESSFUL).exists()
    return found


def _resident() -> float:
    with open("/proc/self/statm") as figures:  # noqa: PTH123 -- no file of ours
        return int(figures.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
