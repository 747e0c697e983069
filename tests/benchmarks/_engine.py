"""The fake engines in a process of their own, so that their work is not ours: started, asked for counts, ended."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from tests.engines_fake import Counts, FakeEngines


@dataclass(frozen=True, slots=True)
class Served:
    """A running fake: its variables, and what it has counted since it was asked last."""

    environment: dict[str, str]
    pipe: Connection

    def counts(self) -> Counts:
        self.pipe.send("counts")
        counts: Counts = self.pipe.recv()
        return counts


def _serve(pipe: Connection, latency: float) -> None:
    with FakeEngines(latency=latency) as fake:
        pipe.send(fake.environment())
        while pipe.recv() == "counts":
            pipe.send(fake.counts)
            fake.counts = Counts()
            fake.seen.clear()


@contextmanager
def served(latency: float) -> Iterator[Served]:
    """The fake engines, each answer taking `latency` seconds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, latency), daemon=True)
    process.start()
    try:
        yield Served(ours.recv(), ours)
    finally:
        ours.send("end")
        process.join()
