"""Where a configured address may lead: to the public internet, and to what the operator names as private.

Whoever can set an engine's address, or answer for its name, could otherwise have a worker speak to machines
that only this network can reach. So a name is looked up here, each address it has is judged, and the
connection goes to an address that was judged and not to one that is looked up again.

A literal loopback address (`127.0.0.1`, `[::1]`) and `localhost` name themselves. A name that leads to
loopback or into a private network does so only if MT_PRIVATE_HOSTS names it or the network.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")  # RFC 4291; the rest is reserved or special
_SPECIAL: Final[tuple[Network, ...]] = (
    # Pythons differ in what they call global, so these are named here.
    IPv4Network("192.0.0.0/24"),  # assignments of the protocol (RFC 6890)
    IPv4Network("192.88.99.0/24"),  # relays of 6to4 once (RFC 7526)
    IPv6Network("2001::/23"),  # assignments of the protocol, Teredo among them (RFC 2928)
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)


class AddressRefused(Exception):
    """None of a host's addresses may be connected to. The message does not name them."""


@dataclass(frozen=True, slots=True)
class Private:
    """The private hosts and networks that the operator names."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def names(self, host: str) -> bool:
        """Whether this very host, a name or a literal address, is named."""
        literal = as_address(host)
        if literal is None:
            return _folded(host) in self.hosts
        return _is_in(literal, self.networks)

    def permit(self, host: str, address: Address, *, encrypted: bool) -> bool:
        """Whether a connection to `host` may go to `address`, which it has.

        In the open, texts and keys travel to this machine and to named hosts only. A named host may be at a
        private address, but link-local ones (where clouds keep credentials) have to be named themselves.
        """
        meant = unwrapped(address)
        if is_public(meant):
            return encrypted
        if meant.is_unspecified or meant.is_multicast:
            return False
        if _is_in(meant, self.networks) or (is_loopback(host) and meant.is_loopback):
            return True
        return _folded(host) in self.hosts and not (meant.is_link_local or _is_reserved(meant))


NOTHING_PRIVATE: Final = Private()


def private(entries: Iterable[str]) -> Private:
    """What these entries name; raises ValueError for one that is no host, address or network."""
    hosts, networks = set[str](), list[Network]()
    for entry in entries:
        if "/" in entry or as_address(entry) is not None:
            networks.append(ip_network(entry.strip("[]")))
        else:
            hosts.add(_host(entry))
    return Private(frozenset(hosts), tuple(networks))


def as_address(host: str) -> Address | None:
    """The address that a host is, if it is written as one; decimal and hexadecimal forms are names here."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a host says by itself that it is this machine."""
    address = as_address(host)
    return _folded(host) == "localhost" if address is None else unwrapped(address).is_loopback


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet. Call it with what is `unwrapped`."""
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    special = address.is_multicast or _is_reserved(address) or _is_in(address, _SPECIAL)
    return address.is_global and not special


def unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to: mapped, through NAT64 or through 6to4; else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address.sixtofour or address


def resolve(host: str, port: int, seconds: float) -> list[Address]:
    """The addresses of a host, within that many seconds; raises OSError, TimeoutError among them.

    The system's own look-up cannot be stopped, so it runs beside the call and is left behind if it is late;
    calls that want the same name at the same time wait for the same look-up.
    """
    literal = as_address(host)
    if literal is not None:
        return [literal]
    with _looking:
        found = _under_way.get((host, port))
        if found is None:
            found = _under_way[host, port] = Future()
            threading.Thread(target=_look_up, args=(host, port, found), daemon=True).start()
    return found.result(timeout=max(seconds, 0))


_looking = threading.Lock()
_under_way: dict[tuple[str, int], Future[list[Address]]] = {}


def _look_up(host: str, port: int, found: Future[list[Address]]) -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(ip_address(str(entry[4][0])) for entry in entries))
    except UnicodeError:
        _end(host, port)
        found.set_exception(OSError("no name that can be looked up"))
    except BaseException as failure:
        _end(host, port)
        found.set_exception(failure)
    else:
        _end(host, port)
        found.set_result(addresses)


def _end(host: str, port: int) -> None:
    with _looking:
        _under_way.pop((host, port), None)


def _forget() -> None:
    """The parent's look-ups do not end in a forked worker."""
    global _looking  # noqa: PLW0603 -- the parent's may be held for ever
    _looking = threading.Lock()
    _under_way.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _host(entry: str) -> str:
    """The host name in the form in which it is looked up."""
    written = _folded(entry)
    labels = written.split(".")
    if not written or any(not label or len(label) > 63 for label in labels) or ":" in written:
        raise ValueError(entry)
    return written.encode("idna").decode()


def _folded(host: str) -> str:
    return host.lower().removesuffix(".")


def _is_reserved(address: Address) -> bool:
    return address.is_reserved and not address.is_loopback


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    meant = unwrapped(address)
    return any(meant in network for network in networks)
