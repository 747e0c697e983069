"""Servers as processes of a benchmark's own, and the processor time that they use."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.processes import free_port

ROOT = Path(__file__).parents[2]
TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Server:
    """A server on loopback; `pids` are the processes whose time is counted, with all their children."""

    port: int
    pids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a server, in one row of the table."""

    server: Server
    paths: Sequence[str]
    headers: Mapping[str, str]
    status: str = "200"


@contextmanager
def granian(application: str, environment: Mapping[str, str], path: str) -> Iterator[Server]:
    """One worker with one thread for a WSGI application; `path` is asked for until it answers."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | dict(environment))
    try:
        _wait_for(process, port, path)
        yield Server(port, (process.pid,))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
                if re.match(rb"HTTP/1\.[01] 200", connection.recv(100)):
                    return
        except OSError:
            pass
        time.sleep(0.1)  # between two looks whether it answers
    raise SystemExit(f"the server on port {port} did not answer {path}: is granian installed (make lock)?")


def interleaved(targets: Mapping[str, Target], rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """Asks each target in turn, so often, so that other work on the machine meets all alike; medians by target.

    Figures: requests a second, the median and 99th percentile in milliseconds, and the processor time of the
    servers in microseconds a request. The first round is short, warms up and is not counted.
    """
    found: dict[str, list[dict[str, float]]] = {name: [] for name in targets}
    for number in range(rounds + 1):
        for name, target in targets.items():
            figures = _round(name, target, seconds if number else min(1.0, seconds))
            if number:
                found[name].append(figures)
    return {
        name: {what: median(each[what] for each in some) for what in some[0]} for name, some in found.items()
    }


def _round(name: str, target: Target, seconds: float) -> dict[str, float]:
    wanted = {
        "port": target.server.port, "connections": CONNECTIONS, "seconds": seconds,
        "headers": dict(target.headers), "paths": list(target.paths),
    }  # fmt: skip
    before = processor_seconds(target.server.pids)
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks._load"],
        cwd=ROOT, input=json.dumps(wanted), text=True, capture_output=True, check=True,
    )  # fmt: skip
    used = processor_seconds(target.server.pids) - before
    answer: dict[str, Any] = json.loads(told.stdout)
    if set(answer["statuses"]) != {target.status}:
        raise SystemExit(f"{name}: {answer['statuses']} instead of {target.status}")
    return {
        "requests_per_second": answer["requests"] / answer["seconds"],
        "p50_ms": answer["p50_ms"],
        "p99_ms": answer["p99_ms"],
        "cpu_us": used / answer["requests"] * 1e6,
        "bytes": answer["bytes"] / answer["requests"],
    }


def processor_seconds(pids: Sequence[int]) -> float:
    """The time that processes and their children have used, user's and system's (proc(5), fields 14 to 17)."""
    children: dict[int, list[int]] = {}
    times: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            times[int(folder.name)] = sum(map(int, fields[11:15]))
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    waiting, used = list(pids), 0
    while waiting:
        pid = waiting.pop()
        used += times.get(pid, 0)
        waiting += children.get(pid, [])
    return used / TICK
