"""Claim, perform, finish; a failure is noted and tried again later."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections
from django.db.utils import OperationalError

from publishing.models import Job
from publishing.workflow import (
    anchoring,
    comparing,
    conversing,
    exchanging,
    findings,
    indexing,
    jobs,
    learning,
    mailing,
    offering,
    pretranslating,
    purging,
    replying,
    reporting,
    rewriting,
    scheduling,
)
from publishing.workflow.errors import LeaseLost, TryAgain

log = logging.getLogger("publishing.worker")

TIDY_SECONDS = 3_600.0

KINDS: Mapping[str, Callable[[Job], None]] = {
    pretranslating.KIND: conversing.perform,
    exchanging.KIND: exchanging.perform,
    learning.KIND: learning.perform,
    mailing.KIND: mailing.perform,
    findings.KIND: findings.perform,
    offering.KIND: offering.perform,
    indexing.KIND: indexing.perform,
    rewriting.KIND: rewriting.perform,
    comparing.KIND: comparing.perform,
    purging.KIND: purging.perform,
    reporting.KIND: replying.perform,
    scheduling.KIND: scheduling.perform,
}


def drain(stop: threading.Event | None = None) -> int:
    """Does all work that is due now; returns how many jobs it did."""
    done = 0
    while not (stop and stop.is_set()) and work_next():
        done += 1
    return done


def work_next(pk: int | None = None, *, quick: bool = False) -> bool:
    """Does the next due job, the one of this id, or one that takes seconds; whether there was one."""
    job = jobs.claim(pk, quick=quick)
    if job:
        work(job)
    return job is not None


def run(stop: threading.Event) -> None:
    """Does due work until told to stop. A database that is away for a moment is waited for."""
    tidied = float("-inf")
    while not stop.is_set():
        try:
            tidied = tidy(tidied)
            drain(stop)
        except OperationalError as error:
            log.warning("the database is away: %s", error)
            connection.close()
        stop.wait(settings.JOB_POLL_SECONDS)


def tidy(last: float) -> float:
    """Once an hour: rows of jobs that ended long ago go, and what readers' reports need no longer; statistics are
    renewed, evidence is anchored if it is time.

    `last` is when that was done; returns when it was done now.
    """
    now = time.monotonic()
    if now - last < TIDY_SECONDS:
        return last
    jobs.prune(settings.JOB_KEEP_DAYS)
    reporting.forget()
    indexing.refresh_statistics()
    anchoring.keep_up()
    return now


def work(job: Job) -> None:
    """Performs one claimed job and notes how it ended, unless another worker has taken it over."""
    try:
        _perform(job)
    except LeaseLost:
        log.warning("%s: another worker has taken it over", job.key)


def _perform(job: Job) -> None:
    try:
        with heartbeat(job):
            KINDS[job.kind](job)
        jobs.finish(job)
        log.info("%s: done", job.key)
    except LeaseLost:
        raise
    except TryAgain as error:
        log.warning("%s: %s", job.key, error)
        jobs.fail(job, str(error), wait=error.wait)
    except OperationalError:
        raise
    except Exception as error:  # the worker outlives whatever a job does; the error is kept with the job
        log.exception("%s: failed", job.key)
        jobs.fail(job, f"{type(error).__name__}: {error}"[:2000])


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Prolongs the lease while the work goes on, from a thread with a connection of its own."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                jobs.renew(job)
            except LeaseLost:
                break
            except OperationalError as error:
                log.warning("%s: the lease was not prolonged: %s", job.key, error)
        connections.close_all()

    thread = threading.Thread(target=beat, name=f"heartbeat {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
