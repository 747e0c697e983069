"""The worker outlives whatever a job does to it, and whatever happens to the job meanwhile."""

import logging
from collections.abc import Callable

import pytest

from publishing.models import Job
from publishing.worker import loop
from publishing.workflow import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def perform(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Job], None]], None]:
    """Has a job done that does what a test says."""

    def performed(does: Callable[[Job], None]) -> None:
        monkeypatch.setattr(loop, "KINDS", {"odd": does})
        jobs.plan("odd", "odd/1")
        loop.work(jobs.claim())

    return performed


def test_an_error_after_the_lease_was_lost(perform: Callable[[Callable[[Job], None]], None]) -> None:
    def lose(job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(fence=job.fence + 1)
        raise ValueError("too late")

    perform(lose)
    assert Job.objects.get().state == Job.State.RUNNING  # the other worker's


def test_work_of_the_same_key_planned_meanwhile(perform: Callable[[Callable[[Job], None]], None]) -> None:
    def fail(_job: Job) -> None:
        jobs.plan("odd", "odd/1")
        raise ValueError("once")

    perform(fail)
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "ready"]


@pytest.mark.parametrize("message", ["a\0b", "a\ud800b"], ids=["NUL", "half a character"])
def test_an_error_that_no_column_holds(
    message: str, perform: Callable[[Callable[[Job], None]], None]
) -> None:
    def fail(_job: Job) -> None:
        raise ValueError(message)

    logging.disable()  # the log would carry half a character into the tests' own report
    try:
        perform(fail)
    finally:
        logging.disable(logging.NOTSET)
    assert Job.objects.get().error.startswith("ValueError: a")
