"""The relay and Celery's task: the broker may lose and double, the row is what counts. Real brokers: tests/faults."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from publishing.models import Job
from publishing.worker import celery_app, loop, relay
from publishing.workflow import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the jobs that were performed."""
    performed: list[str] = []
    perform: Callable[[Job], None] = lambda job: performed.append(job.key)  # noqa: E731
    monkeypatch.setattr(loop, "KINDS", {"quick": perform, "pretranslate": perform})
    return performed


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids that went off."""
    ids: list[int] = []

    def send(arguments: tuple[int], **options: Any) -> None:
        assert options["expires"] == relay.SECONDS
        ids.append(arguments[0])

    monkeypatch.setattr(celery_app.work, "apply_async", send)
    return ids


@pytest.fixture
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker at a port where nothing is."""
    elsewhere = Celery("elsewhere", broker="amqp://127.0.0.1:1//", set_as_current=False)
    monkeypatch.setattr(relay, "work", elsewhere.task(name="publishing.work")(celery_app.work.run))


def plan(kind: str, key: str) -> Job:
    jobs.plan(kind, key)
    return Job.objects.get(key=key)


class TestTheTask:
    def test_performs_the_job_of_the_id(self, done: list[str]) -> None:
        plan("pretranslate", "a")
        celery_app.work(plan("pretranslate", "b").pk)
        assert done == ["b"]

    def test_that_comes_twice_performs_it_once(self, done: list[str]) -> None:
        job = plan("pretranslate", "a")
        celery_app.work(job.pk)
        celery_app.work(job.pk)
        assert done == ["a"]

    def test_of_a_job_that_is_gone_does_nothing(self, done: list[str]) -> None:
        celery_app.work(4_711)
        assert done == []

    def test_does_first_what_takes_seconds(self, done: list[str]) -> None:
        run = plan("pretranslate", "a")
        plan("quick", "b")
        celery_app.work(run.pk)
        assert done == ["b", "a"]

    def test_takes_json_alone(self) -> None:
        assert celery_app.app.conf.accept_content == ["json"]
        assert celery_app.app.conf.task_serializer == "json"


class TestTheRelay:
    def test_sends_each_job_once_and_performs_none(self, sent: list[int], done: list[str]) -> None:
        first, second = plan("quick", "a"), plan("quick", "b")
        assert (relay.send(), relay.send()) == (2, 0)
        assert (sent, done) == ([first.pk, second.pk], [])

    def test_sends_again_what_got_lost(self, sent: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
        job = plan("quick", "a")
        relay.send()
        Job.objects.update(relayed_until=None)
        relay.send()
        assert sent == [job.pk, job.pk]

    def test_keeps_what_did_not_go_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plan("quick", "a")
        plan("quick", "b")

        def away(*_: Any, **__: Any) -> None:
            raise OperationalError("away")

        monkeypatch.setattr(celery_app.work, "apply_async", away)
        with pytest.raises(OperationalError):
            relay.send()
        assert Job.objects.filter(relayed_until=None).count() == 2

    def test_waits_for_a_broker_that_is_away(
        self, nobody_listens: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan("quick", "a")
        stop = threading.Event()
        monkeypatch.setattr(stop, "wait", lambda _seconds: stop.set())
        with caplog.at_level(logging.WARNING, "publishing.worker"):
            relay.run(stop)
        assert "the broker is away" in caplog.text
        assert Job.objects.get().relayed_until is None
