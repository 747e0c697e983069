"""Pooled connections that go where the call may go, with one deadline for the whole exchange.

A socket's own time-out only bounds the pause between two bytes, so a server that drips could hold a worker
for hours, in its headers as well as in its body. Here looking up the name, connecting and each read get the
time that is left, and no more.
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

from . import addresses
from .addresses import Address, AddressRefused, Private

CONNECT_TIMEOUT = 5.0
MOST_IDLE = 64
"""Idle connections kept for each engine: as many as it may be asked at once (see `configuration`)."""


class _Terms(threading.local):
    """What holds for everything that the current thread does until `begin` is called again."""

    deadline = 0.0
    private: Private | None = addresses.NOTHING_PRIVATE
    sent = False


_terms = _Terms()


def begin(seconds: float, private: Private | None) -> None:
    """Give everything that the current thread does from now on this many seconds, all in all.

    `private` says which private networks it may lead to; None is for an address that leads where it leads, as
    that of a cache in front of this site.
    """
    _terms.deadline = time.monotonic() + seconds
    _terms.private = private
    _terms.sent = False


def has_sent() -> bool:
    """Whether any byte of a request left since `begin`: what never left, nobody received."""
    return _terms.sent


def _left() -> float:
    left = _terms.deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _DeadlineReader(io.RawIOBase):
    """Reads a socket so that each read gets only the time that is left of the whole call."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw, self._sock = raw, sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp = io.BufferedReader(_DeadlineReader(self.fp.detach(), sock))


class _Connection(HTTPConnection):
    """Connects to an address that was judged. A certificate is still held against the host's name."""

    response_class = _Response
    encrypted = False

    def _new_conn(self) -> socket.socket:
        error: OSError | None = None
        try:
            for address in self._permitted():
                try:
                    return _connected(address, self.port)
                except OSError as failure:
                    error = failure
        except OSError as failure:
            error = failure
        if isinstance(error, TimeoutError):
            raise urllib3.exceptions.ConnectTimeoutError(self, "no connection in time") from None
        raise urllib3.exceptions.NewConnectionError(self, "no connection") from None

    def _permitted(self) -> list[Address]:
        found = addresses.resolve(self.host, self.port, _left())
        if _terms.private is None:
            return found
        permitted = [
            address
            for address in found
            if _terms.private.permit(self.host, address, encrypted=self.encrypted)
        ]
        if found and not permitted:
            raise AddressRefused
        return permitted

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if self.sock is not None:
            self.sock.settimeout(_left())  # that of an earlier call may be almost used up
        _terms.sent = True
        super().send(data)


class _SecureConnection(_Connection, HTTPSConnection):
    encrypted = True


def _connected(address: Address, port: int) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(min(CONNECT_TIMEOUT, _left()))
        sock.connect((str(address), port))
        sock.settimeout(_left())
    except BaseException:
        sock.close()
        raise
    return sock


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_opening = threading.Lock()
_pool_managers: dict[Private | None, urllib3.PoolManager] = {}


def pools() -> urllib3.PoolManager:
    """The pooled connections of this process under the current thread's terms.

    What was connected to under other terms is not used: it may lead where these do not.
    """
    with _opening:
        manager = _pool_managers.get(_terms.private)
        if manager is None:
            context = ssl.create_default_context()
            context.load_verify_locations(certifi.where())
            manager = urllib3.PoolManager(num_pools=8, maxsize=MOST_IDLE, ssl_context=context)
            manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
            _pool_managers[_terms.private] = manager
        return manager


def close() -> None:
    """Close every idle connection; the next call opens new ones."""
    with _opening:
        for manager in _pool_managers.values():
            manager.clear()
        _pool_managers.clear()


def _forget() -> None:
    """A forked worker must not speak on its parent's connections."""
    global _opening  # noqa: PLW0603 -- the parent's may be held for ever
    _opening = threading.Lock()
    _pool_managers.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
