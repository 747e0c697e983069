"""workflow.jobs and the worker: durable work is claimed once, fenced, tried again, and stops nobody else's."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from publishing.models import Job
from publishing.worker import loop
from publishing.workflow import jobs
from publishing.workflow.errors import LeaseLost, TryAgain

pytestmark = pytest.mark.django_db


def plan(key: str = "a", **values: object) -> Job:
    jobs.plan("test", key)
    if values:
        Job.objects.filter(key=key, state=Job.State.READY).update(**values)
    return Job.objects.filter(key=key).latest("pk")


def claimed() -> Job:
    job = jobs.claim()
    assert job is not None
    return job


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def expire(job: Job) -> None:
    """Lets the lease run out, by the database's clock."""
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


class TestAClaim:
    def test_takes_what_has_waited_longest(self) -> None:
        for key, minutes in (("a", 1), ("b", 3), ("c", 2)):
            plan(key, not_before=Now() - timedelta(minutes=minutes))
        assert [claimed().key for _ in range(3)] == ["b", "c", "a"]
        assert jobs.claim() is None

    def test_leaves_what_is_not_due(self) -> None:
        plan("later", not_before=Now() + timedelta(minutes=1))
        assert jobs.claim() is None

    def test_is_one_workers_alone(self) -> None:
        plan()
        job = claimed()
        assert jobs.claim() is None
        assert (job.state, job.attempts, job.fence) == (Job.State.RUNNING, 1, 1)

    def test_of_what_another_has_seen_too_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Both workers see the job as waiting; the one that comes second gets nothing."""
        plan()
        seen = list(Job.objects.due())
        claimed()
        monkeypatch.setattr(type(Job.objects), "due", lambda _manager: seen)
        assert jobs.claim() is None

    def test_ends_with_its_lease_by_the_databases_clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plan()
        first = claimed()
        monkeypatch.setattr(timezone, "now", lambda: first.created_at + timedelta(days=1))
        assert jobs.claim() is None, "this machine's clock decides nothing"
        expire(first)
        second = claimed()
        assert (second.pk, second.fence, second.attempts) == (first.pk, 2, 2)

    def test_is_prolonged_while_it_is_held(self) -> None:
        plan()
        job = claimed()
        expire(job)
        jobs.renew(job)
        assert jobs.claim() is None


class TestTheOrder:
    def test_is_what_takes_seconds_before_what_takes_minutes(self) -> None:
        """A hundred runs overnight keep no catalog waiting."""
        for key in "abc":
            jobs.plan("pretranslate", key)
        jobs.plan("catalog", "d")
        assert [claimed().key for _ in range(4)] == ["d", "a", "b", "c"]

    def test_of_quick_work_leaves_runs_alone(self) -> None:
        jobs.plan("pretranslate", "a")
        assert jobs.claim(quick=True) is None
        jobs.plan("catalog", "b")
        job = jobs.claim(quick=True)
        assert job is not None
        assert job.key == "b"


class TestOneById:
    def test_is_claimed_whatever_waits_longer(self) -> None:
        plan("a")
        wanted = plan("b")
        job = jobs.claim(wanted.pk)
        assert job is not None
        assert job.key == "b"

    def test_that_is_not_due_is_not(self) -> None:
        wanted = plan("a", not_before=Now() + timedelta(minutes=1))
        assert jobs.claim(wanted.pk) is None


class TestSending:
    def test_marks_what_is_due_once(self) -> None:
        first, second = plan("a"), plan("b")
        assert jobs.send(10, 60) == [first.pk, second.pk]
        assert jobs.send(10, 60) == []

    def test_ends_with_so_many_on_their_way(self) -> None:
        first, second, third = plan("a"), plan("b"), plan("c")
        assert jobs.send(2, 60) == [first.pk, second.pk]
        assert jobs.send(2, 60) == []
        jobs.claim(first.pk)  # it has arrived
        assert jobs.send(2, 60) == [third.pk]

    def test_repeats_what_got_lost(self) -> None:
        job = plan()
        assert jobs.send(10, -1) == [job.pk]
        assert jobs.send(10, 60) == [job.pk]

    def test_repeats_at_once_what_did_not_go_off(self) -> None:
        job = plan()
        jobs.send(10, 60)
        jobs.call_back(job.pk)
        assert jobs.send(10, 60) == [job.pk]

    def test_repeats_what_comes_again_after_a_failure_or_a_death(self) -> None:
        plan()
        jobs.send(10, 60)
        job = claimed()
        jobs.fail(job, "not now", wait=0.0)
        assert jobs.send(10, 60) == [job.pk]
        job = claimed()
        expire(job)
        assert jobs.send(10, 60) == [job.pk]

    def test_does_not_keep_another_worker_from_it(self) -> None:
        job = plan()
        jobs.send(10, 60)
        assert claimed().pk == job.pk


class TestPruning:
    def test_takes_what_ended_long_ago(self) -> None:
        for key, days, state in (
            ("old", 31, Job.State.SUCCESSFUL), ("dead", 31, Job.State.DEAD), ("young", 29, Job.State.SUCCESSFUL),
        ):  # fmt: skip
            plan(key)
            Job.objects.filter(key=key).update(state=state, finished_at=Now() - timedelta(days=days))
        plan("waiting", created_at=Now() - timedelta(days=99))
        assert jobs.prune(30) == 2
        assert set(Job.objects.values_list("key", flat=True)) == {"young", "waiting"}

    def test_is_the_workers_once_an_hour(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pruned: list[int] = []
        monkeypatch.setattr(jobs, "prune", pruned.append)
        last = loop.tidy(float("-inf"))
        assert loop.tidy(last) == last
        assert loop.tidy(last - loop.TIDY_SECONDS) >= last
        assert pruned == [30, 30]


class TestAFence:
    @pytest.fixture
    def zombie(self) -> Job:
        """A claim that has passed to another worker."""
        plan()
        job = claimed()
        expire(job)
        claimed()
        return job

    def test_refuses_whatever_a_zombie_does(self, zombie: Job) -> None:
        acts: list[Callable[[Job], None]] = [
            jobs.renew,
            jobs.finish,
            lambda job: jobs.fail(job, "x"),
            lambda job: jobs.fail(job, "x", final=True),
        ]
        for act in acts:
            with pytest.raises(LeaseLost):
                act(zombie)
        assert again(zombie).state == Job.State.RUNNING

    def test_undoes_what_a_zombie_recorded(self, zombie: Job) -> None:
        with pytest.raises(LeaseLost), jobs.recording(zombie):
            plan("written by a zombie")
        assert not Job.objects.filter(key="written by a zombie").exists()

    def test_undoes_what_failed_half_way(self) -> None:
        plan()
        job = claimed()
        with suppress(ZeroDivisionError), jobs.recording(job):
            plan("half")
            raise ZeroDivisionError
        assert not Job.objects.filter(key="half").exists()

    def test_refuses_a_second_end(self) -> None:
        plan()
        job = claimed()
        jobs.finish(job)
        with pytest.raises(LeaseLost):
            jobs.finish(job)


class TestWaitingWork:
    def test_of_one_key_coalesces(self) -> None:
        for _ in range(3):
            plan()
        assert Job.objects.count() == 1

    def test_of_another_key_does_not(self) -> None:
        plan("a")
        plan("b")
        assert Job.objects.count() == 2

    def test_waits_beside_what_runs(self) -> None:
        """A change that came while the work was being done needs the work once more."""
        plan()
        running = claimed()
        plan()
        plan()
        assert Job.objects.filter(state=Job.State.READY).count() == 1
        assert again(running).state == Job.State.RUNNING

    def test_waits_for_what_runs(self) -> None:
        """Else the slower of two workers would write what it read before the change."""
        plan()
        running = claimed()
        plan()
        assert jobs.claim() is None
        jobs.finish(running)
        assert claimed().pk != running.pk

    def test_does_not_wait_for_a_dead_worker(self) -> None:
        plan()
        running = claimed()
        plan()
        expire(running)
        assert claimed().pk == running.pk

    def test_gives_way_when_what_ran_has_failed(self) -> None:
        plan()
        running = claimed()
        plan()
        jobs.fail(running, "x")
        assert again(running).state == Job.State.FAILED
        assert Job.objects.filter(state=Job.State.READY).count() == 1

    def test_is_gone_with_the_change_that_needed_it(self) -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            plan()
            raise ZeroDivisionError
        assert jobs.claim() is None


class TestAFailure:
    def test_is_tried_again_after_a_pause(self) -> None:
        plan()
        job = claimed()
        jobs.fail(job, "the disk is full")
        assert (again(job).state, again(job).error, again(job).lease_until) == (
            Job.State.READY, "the disk is full", None,
        )  # fmt: skip

    def test_waits_as_long_as_the_other_side_asked_for(self) -> None:
        plan()
        jobs.fail(claimed(), "later", wait=3_600)
        assert jobs.claim() is None
        left = Job.objects.get().not_before - timezone.now()
        assert timedelta(minutes=55) < left < timedelta(minutes=65)

    @pytest.mark.parametrize(
        ("attempts", "longest"), [(1, 4), (2, 8), (3, 16), (7, 256), (8, 300), (900, 300)]
    )
    def test_waits_longer_each_time_up_to_a_limit(self, attempts: int, longest: int) -> None:
        pauses = [jobs.pause(attempts) for _ in range(500)]
        assert 0 <= min(pauses) <= longest / 10
        assert longest * 0.9 <= max(pauses) <= longest

    def test_is_final_after_so_many_attempts(self) -> None:
        plan()
        for attempt in range(1, jobs.ATTEMPTS + 1):
            job = claimed()
            assert job.attempts == attempt
            jobs.fail(job, f"attempt {attempt}", wait=-1)
        assert (again(job).state, again(job).error) == (Job.State.DEAD, f"attempt {jobs.ATTEMPTS}")
        assert again(job).finished_at is not None
        assert jobs.claim() is None

    def test_that_is_final_is_not_tried_again(self) -> None:
        plan()
        job = claimed()
        jobs.fail(job, "nonsense", final=True)
        assert again(job).state == Job.State.FAILED
        assert jobs.claim() is None

    def test_leaves_its_key_free(self) -> None:
        plan()
        jobs.fail(claimed(), "x", final=True)
        plan()
        assert claimed().attempts == 1

    def test_by_death_is_none(self) -> None:
        """Many workers may die over it: what they were doing is finished by the next one."""
        plan()
        for _ in range(5 * jobs.ATTEMPTS):
            expire(claimed())
        jobs.finish(claimed())
        assert Job.objects.get().state == Job.State.SUCCESSFUL


class TestTheWorker:
    @pytest.fixture
    def done(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What was performed; a job says by its key what becomes of it."""
        done: list[str] = []

        def perform(job: Job) -> None:
            done.append(job.key)
            if job.key == "poison":
                raise ZeroDivisionError("nobody can do this")
            if job.key == "busy":
                raise TryAgain("busy", 60)
            if job.key == "lost":
                raise LeaseLost(job.key)

        monkeypatch.setattr(loop, "KINDS", {"test": perform})
        return done

    def test_does_all_that_is_due_and_ends(self, done: list[str]) -> None:
        for key in "abc":
            plan(key)
        call_command("worker", "--once")
        assert done == ["a", "b", "c"]
        states = Job.objects.filter(kind="test").values_list("state", flat=True)
        assert set(states) == {Job.State.SUCCESSFUL}

    def test_is_not_stopped_by_a_poisoned_job(self, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(jobs, "pause", lambda _attempts: 60.0)
        for key in ("poison", "busy", "lost", "sound"):
            plan(key)
        assert loop.drain() == 4
        poisoned = Job.objects.get(key="poison")
        assert (poisoned.state, poisoned.error) == (
            Job.State.READY, "ZeroDivisionError: nobody can do this",
        )  # fmt: skip
        assert Job.objects.get(key="sound").state == Job.State.SUCCESSFUL
        assert Job.objects.get(key="busy").not_before > timezone.now() + timedelta(seconds=30)

    def test_is_not_stopped_by_a_kind_that_it_does_not_know(self, done: list[str]) -> None:
        """A newer version may have planned it."""
        jobs.plan("from the future", "x")
        plan("sound")
        loop.drain()
        assert done == ["sound"]
        assert "from the future" in Job.objects.get(key="x").error

    def test_does_nothing_more_when_it_is_told_to_stop(self, done: list[str]) -> None:
        plan()
        stop = threading.Event()
        stop.set()
        assert loop.drain(stop) == 0
        loop.run(stop)
        assert done == []

    def test_keeps_no_more_than_a_page_of_an_error(
        self, done: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def perform(_job: Job) -> None:
            raise ValueError("x" * 100_000)

        monkeypatch.setattr(loop, "KINDS", {"test": perform})
        plan()
        loop.drain()
        assert len(Job.objects.get().error) <= 2_000


def test_what_keeps_killing_its_workers_is_buried() -> None:
    """Each claim is a worker that never came back: the lease ran out, and nobody noted an end."""
    jobs.plan("catalog", "deadly")
    for _ in range(jobs.MOST_CLAIMS):
        assert jobs.claim() is not None
        Job.objects.filter(key="deadly").update(lease_until="2020-01-01T00:00:00Z")
    assert jobs.claim() is None
    assert Job.objects.get(key="deadly").state == Job.State.DEAD


def test_a_run_that_gets_on_begins_its_count_anew() -> None:
    jobs.plan("catalog", "slow")
    Job.objects.filter(key="slow").update(attempts=4)
    job = jobs.claim()
    assert job is not None
    jobs.progressed(job)
    assert (job.attempts, Job.objects.get(key="slow").attempts) == (1, 1)
