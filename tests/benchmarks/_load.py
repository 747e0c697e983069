"""Readers as one process: asks for addresses over some kept connections, each as soon as it has its answer.

    python -m tests.benchmarks._load < wanted.json

`wanted` is {"port", "connections", "seconds", "headers", "paths"}: the paths are asked for in turn. Writes one JSON
line: requests, the answers by status, the bytes of bodies, and the median and 99th percentile in milliseconds. Knows
HTTP/1.1 with Content-Length and nothing else, so that it costs little beside what it measures.
"""

import json
import re
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
_BODILESS = (b"304", b"204")


@dataclass(slots=True)
class Reader:
    """One connection, with the answer that is coming in."""

    socket: socket.socket
    since: float = 0.0
    buffer: bytearray = field(default_factory=bytearray)

    def is_answered(self) -> bytes | None:
        """The status, once the whole answer is there."""
        head, _, body = bytes(self.buffer).partition(b"\r\n\r\n")
        if not _:
            return None
        status = head[9:12]
        length = _LENGTH.search(head)
        if status not in _BODILESS and len(body) < (int(length[1]) if length else 0):
            return None
        return status


def load(wanted: dict[str, Any]) -> dict[str, Any]:
    """Asks for `seconds`; every connection that breaks ends it with an error."""
    requests = cycle([_request(path, wanted["headers"]) for path in wanted["paths"]])
    watch = selectors.DefaultSelector()
    for _ in range(wanted["connections"]):
        made = socket.create_connection(("127.0.0.1", wanted["port"]), timeout=20)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        watch.register(made, selectors.EVENT_READ, Reader(made))
    taken: list[float] = []
    statuses: Counter[str] = Counter()
    size, began = 0, time.perf_counter()
    for key in watch.get_map().values():
        _ask(key.data, next(requests))
    while (now := time.perf_counter()) - began < wanted["seconds"]:
        for key, _events in watch.select(timeout=1):
            reader: Reader = key.data
            part = reader.socket.recv(262_144)
            if not part:
                raise ConnectionError("a connection was closed by the server")
            reader.buffer += part
            size += len(part)
            if status := reader.is_answered():
                statuses[status.decode()] += 1
                taken.append(time.perf_counter() - reader.since)
                reader.buffer.clear()
                _ask(reader, next(requests))
    taken.sort()
    return {
        "requests": len(taken),
        "seconds": now - began,
        "bytes": size,
        "statuses": dict(statuses),
        "p50_ms": taken[len(taken) // 2] * 1_000,
        "p99_ms": taken[len(taken) * 99 // 100] * 1_000,
    }


def _request(path: str, headers: dict[str, str]) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _ask(reader: Reader, request: bytes) -> None:
    reader.since = time.perf_counter()
    reader.socket.sendall(request)


if __name__ == "__main__":
    print(json.dumps(load(json.load(sys.stdin))))
