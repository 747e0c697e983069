"""Servers of a test's own: a process that answers on a port of loopback, and ends with the test."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], port: int, errors: Path) -> Iterator[int]:
    """Runs the server until the block ends, from when its port answers on; gives its process id.

    Where it does not start, what it wrote into `errors` is said.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)  # between two looks whether it answers
        else:
            raise AssertionError(f"{command[0]} did not start: {errors.read_text()}")
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
