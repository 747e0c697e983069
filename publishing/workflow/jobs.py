"""Durable work: planned in the transaction that needs it, performed by a worker, recorded under a fence.

A claim is a lease by the database's clock. A worker that dies lets it run out, and another claims the job
with a higher fence; whatever the first one still writes is refused.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from publishing.models import Job

from .errors import LeaseLost

ATTEMPTS = 5
MOST_CLAIMS = 100  # the deaths of workers count here, too: power cuts do not come that often
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 300.0


def plan(kind: str, key: str, **payload: Any) -> Job:
    """Work written down with the change that needs it; a job of the same key that still waits is enough."""
    job = Job(kind=kind, key=key, payload=payload)
    Job.objects.plan(job)
    return job


def plan_all(*planned: Job) -> None:
    """The same for several jobs at once, in one statement."""
    Job.objects.plan(*planned)


def plan_for(kind: str, key: str, at: datetime, **payload: Any) -> None:
    """Work that is due at a time to come, by the database's clock. The key is one that no other work has."""
    Job.objects.create(kind=kind, key=key, not_before=at, payload=payload)


def take_back(key: str) -> None:
    """Strikes planned work that no worker has begun: the decision that needed it was taken back."""
    Job.objects.filter(key=key, state=Job.State.READY).delete()


def claim(pk: int | None = None, *, quick: bool = False) -> Job | None:
    """Takes the next due job, or nothing; the one of this id, or one that takes seconds, where that is said.

    Two workers never hold the same claim.
    """
    due = Job.objects.due()
    due = due if pk is None else due.filter(pk=pk)
    for seen in (due.quick() if quick else due)[:5]:
        if seen.attempts >= MOST_CLAIMS:
            _give_up(seen)
            continue
        taken = Job.objects.filter(pk=seen.pk, fence=seen.fence, state=seen.state).update(
            state=Job.State.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            lease_until=Job.lease(),
            relayed_until=None,
        )
        if taken:
            return Job.objects.get(pk=seen.pk)
    return None


def send(most: int, seconds: float) -> list[int]:
    """Marks due jobs as on their way for so long; returns their ids, in the order in which they are due.

    At most `most` are on their way at once. What arrived was claimed; what did not is sent again.
    """
    on_the_way = Job.objects.filter(relayed_until__gt=Now()).count()
    sent = []
    waiting = Job.objects.due().exclude(relayed_until__gt=Now())
    for seen in waiting[: max(0, most - on_the_way)]:
        marked = Job.objects.filter(
            pk=seen.pk, fence=seen.fence, state=seen.state, relayed_until=seen.relayed_until
        ).update(relayed_until=Now() + timedelta(seconds=seconds))
        if marked:
            sent.append(seen.pk)
    return sent


def call_back(pk: int) -> None:
    """The job's id did not go off: it may be sent again at once."""
    Job.objects.filter(pk=pk).update(relayed_until=None)


def prune(days: int) -> int:
    """Deletes the rows of work that ended so long ago; returns how many. What it did stays, and so does evidence."""
    deleted, _ = Job.objects.ended_before(days).delete()
    return deleted


def _give_up(seen: Job) -> None:
    """Buries work that has cost so many workers their lives that it will cost the next one's, too."""
    Job.objects.filter(pk=seen.pk, fence=seen.fence, state=seen.state).update(
        state=Job.State.DEAD,
        error=f"claimed {seen.attempts} times and never ended; last: {seen.error}"[:2000],
        finished_at=Now(),
        lease_until=None,
    )


def renew(job: Job) -> None:
    """Prolongs the lease; raises LeaseLost where the claim has passed to another worker."""
    if not Job.objects.held(job).update(lease_until=Job.lease()):
        raise LeaseLost(job.key)


def progressed(job: Job) -> None:
    """Tries begin to count anew: the job gets on, and its workers' deaths so far were not its fault."""
    if Job.objects.held(job).update(attempts=1):
        job.attempts = 1


def remember(job: Job, **more: Any) -> None:
    """Notes how far the work has got, for whoever has to go on with it; raises LeaseLost."""
    job.payload |= more
    if not Job.objects.held(job).update(payload=job.payload):
        raise LeaseLost(job.key)
    progressed(job)


@contextmanager
def recording(job: Job) -> Iterator[None]:
    """A transaction that only the holder of the claim can finish, and that renews it."""
    with transaction.atomic():
        renew(job)
        yield


def finish(job: Job) -> None:
    _close(job, state=Job.State.SUCCESSFUL, error="")


def fail(job: Job, error: str, *, final: bool = False, wait: float | None = None) -> None:
    """Notes a failure: another try after a growing pause, or the end where it is final or was tried enough."""
    error = error.replace("\0", "").encode(errors="replace").decode()  # what no column would hold
    if final:
        _close(job, state=Job.State.FAILED, error=error)
    elif job.attempts >= ATTEMPTS:
        _close(job, state=Job.State.DEAD, error=error)
    else:
        _again(job, error, wait if wait is not None else pause(job.attempts))


def pause(attempts: int) -> float:
    """Seconds until the next try: exponential with full jitter, so that workers do not march in step."""
    longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**attempts)
    return random.uniform(0, longest)  # noqa: S311 -- jitter, not a secret


def _close(job: Job, *, state: str, error: str) -> None:
    closed = Job.objects.held(job).update(state=state, error=error, finished_at=Now(), lease_until=None)
    if not closed:
        raise LeaseLost(job.key)


def _again(job: Job, error: str, seconds: float) -> None:
    """Back to the waiting ones; where newer work of the same key waits already, this one is done with."""
    try:
        with transaction.atomic():
            again = Job.objects.held(job).update(
                state=Job.State.READY,
                error=error,
                lease_until=None,
                not_before=Now() + timedelta(seconds=seconds),
            )
    except IntegrityError:  # two of one key cannot wait
        _close(job, state=Job.State.FAILED, error=error)
        return
    if not again:
        raise LeaseLost(job.key)
