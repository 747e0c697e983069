"""Sites of real processes: each test has a database of its own, on SQLite and on PostgreSQL, and can kill."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

BROKERS = {
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
    "rabbitmq": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}
ROOT = Path(__file__).parent.parent.parent
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
FEW = os.environ.get("LONG_ROUNDS") == "few"


@dataclass
class Site:
    """An installation in a folder of its own, worked by processes that a test may kill."""

    environment: dict[str, str]
    broker: str = ""
    """The address of the broker through which workers hear of jobs; empty where they look themselves."""
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    answering: subprocess.Popen[str] | None = None
    """The process that questions are put to, once there was one."""

    def manage(self, *arguments: str) -> str:
        """Runs a command to its end; returns what it wrote."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, text=True, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def play(self, script: str, *arguments: str) -> subprocess.Popen[str]:
        """Starts tests/faults/<script>.py as a process of its own."""
        return self._start("-m", f"tests.faults.{script}", *arguments)

    def worker(self) -> subprocess.Popen[str]:
        """A worker that performs jobs: our own, or Celery's."""
        if not self.broker:
            return self._start("manage.py", "worker")
        plain = ("--pool", "solo", "--loglevel", "ERROR", "--without-gossip", "--without-mingle")
        return self._start("-m", "celery", "-A", "publishing.worker.celery_app", "worker", *plain)

    def relay(self) -> subprocess.Popen[str]:
        """What sends jobs to Celery's workers."""
        assert self.broker
        return self._start("manage.py", "worker")

    def export(self, folder: Path) -> subprocess.Popen[str]:
        """Starts an export into a folder."""
        return self._start("manage.py", "export_site", str(folder))

    def carried_by(self, broker: str) -> None:
        """From now on workers are Celery's, with a queue of their own in this broker."""
        self.broker = broker
        self.environment |= {"CELERY_BROKER_URL": broker, "CELERY_QUEUE": f"fault-{uuid.uuid4().hex[:12]}"}

    def _start(self, *arguments: str, stdin: int | None = None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, text=True,
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[str]) -> None:
        """kill -9, as a power cut would."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def ask(self, question: str) -> Any:
        """The value of an expression over the models, read anew in a process that does nothing else."""
        if self.answering is None:
            self.answering = self._start("-m", "tests.faults.answer", stdin=subprocess.PIPE)
        assert self.answering.stdin
        assert self.answering.stdout
        self.answering.stdin.write(json.dumps(question) + "\n")
        self.answering.stdin.flush()
        told = json.loads(self.answering.stdout.readline())
        assert "error" not in told, told["error"]
        return told["value"]

    def wait_until(self, question: str, *, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while not self.ask(question):
            assert time.monotonic() < until, f"still not: {question}"
            time.sleep(0.3)

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        if self.broker:
            with Connection(self.broker) as connection, suppress(Exception):
                connection.default_channel.queue_delete(self.environment["CELERY_QUEUE"])


@pytest.fixture(params=BROKERS)
def broker(request: pytest.FixtureRequest) -> str:
    """The address of a broker that answers."""
    return reachable(request.param)


def reachable(name: str) -> str:
    """The broker's address; the test is skipped where it does not answer."""
    try:
        with Connection(BROKERS[name], connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1)
    except OperationalError:
        pytest.skip(f"no {name} within reach (TEST_{name.upper()}_URL)")
    return BROKERS[name]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def kind(request: pytest.FixtureRequest) -> str:
    """Of database."""
    return str(request.param)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Migrated databases that those of the tests are copies of, by their kind: to migrate takes seconds."""
    folder, made = tmp_path_factory.mktemp("migrated"), dict[str, str]()

    def address(kind: str) -> str:
        if kind not in made:
            made[kind] = url = _database(kind, folder)
            _installation(url, folder).manage("migrate", "--verbosity", "0")
        return made[kind]

    yield address
    for url in made.values():
        _drop(url)


@pytest.fixture
def site(kind: str, migrated: Callable[[str], str], tmp_path: Path) -> Iterator[Site]:
    """A migrated, empty installation."""
    url = _database(kind, tmp_path, migrated(kind))
    made = _installation(url, tmp_path)
    try:
        yield made
    finally:
        made.close()
        _drop(url)


def _database(kind: str, folder: Path, template: str = "") -> str:
    """Makes a database, empty or a copy of another one that nobody is connected to; returns its address."""
    if kind == "sqlite":
        file = folder / "site.sqlite3"
        if template:
            shutil.copy(template.removeprefix("sqlite:///"), file)
        return f"sqlite:///{file}"
    name = f"dragoman_fault_{uuid.uuid4().hex[:12]}"
    _on_server(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{_name(template)}"' if template else ""))
    return POSTGRES.rsplit("/", 1)[0] + f"/{name}"


def _drop(url: str) -> None:
    if not url.startswith("sqlite"):
        _on_server(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def _installation(url: str, folder: Path) -> Site:
    return Site(
        os.environ
        | {
            "DATABASE_URL": url,
            "VAR_DIR": str(folder / "var"),
            "CATALOG_ROOT": str(folder / "locale"),
            "JOB_LEASE_SECONDS": "2",
            "DJANGO_SETTINGS_MODULE": "publishing.settings",
            "LOG_LEVEL": "ERROR",
        }
    )


def _on_server(statement: str) -> None:
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3) as connection:
            connection.execute(statement.encode())
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL server within reach (TEST_POSTGRES_URL)")
