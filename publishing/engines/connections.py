"""Pooled connections whose every read is bounded by one deadline for the whole exchange.

A socket's own time-out only bounds the pause between two bytes, so a server that drips could hold a worker
for hours, in its headers as well as in its body. Here each read gets the time that is left, and no more.
"""

from __future__ import annotations

import http.client
import io
import os
import socket
import ssl
import threading
import time
from typing import Any

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_clock = threading.local()


def start_clock(seconds: float) -> None:
    """Give everything that the current thread reads from now on this many seconds, all in all."""
    _clock.deadline = time.monotonic() + seconds


class _DeadlineReader(io.RawIOBase):
    """Reads a socket so that each read gets only the time that is left of the whole call."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw, self._sock = raw, sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = _clock.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp = io.BufferedReader(_DeadlineReader(self.fp.detach(), sock))


class _Connection(HTTPConnection):
    response_class = _Response


class _SecureConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_opening = threading.Lock()
_pool_manager: urllib3.PoolManager | None = None


def pools() -> urllib3.PoolManager:
    """The pooled connections of this process."""
    global _pool_manager  # noqa: PLW0603 -- one pool for the process
    with _opening:
        if _pool_manager is None:
            context = ssl.create_default_context()
            context.load_verify_locations(certifi.where())
            _pool_manager = urllib3.PoolManager(num_pools=8, maxsize=16, ssl_context=context)
            _pool_manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return _pool_manager


def close() -> None:
    """Close every idle connection; the next call opens new ones."""
    with _opening:
        if _pool_manager is not None:
            _pool_manager.clear()


def _forget() -> None:
    """A forked worker must not speak on its parent's connections."""
    global _pool_manager, _opening  # noqa: PLW0603 -- as above
    _opening = threading.Lock()
    _pool_manager = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
