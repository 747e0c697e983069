"""Reading one variable of the environment each: what it holds if that can be used, else one line that names it.

No message repeats a value: it may hold a key.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from . import addresses
from .addresses import Private
from .base import NotConfigured

Environment = Mapping[str, str]
DEFAULT_TIMEOUT: Final = 20.0
_KEY: Final = re.compile(r"[!-~]+")


def text(environment: Environment, name: str) -> str:
    """The value without blanks around it; empty where there is none."""
    return environment.get(name, "").strip()


def words(environment: Environment, name: str) -> list[str]:
    """A list separated by commas or blanks."""
    return text(environment, name).replace(",", " ").split()


def choice(environment: Environment, name: str, choices: Sequence[str]) -> str:
    """One of `choices`; the first where nothing is set."""
    written = text(environment, name) or choices[0]
    if written not in choices:
        raise NotConfigured(f"{name}: must be one of {', '.join(choices)}")
    return written


def key(environment: Environment, name: str) -> str:
    """A key, which is one word of plain characters; empty where there is none."""
    written = text(environment, name)
    if written and not _KEY.fullmatch(written):
        raise NotConfigured(f"{name}: holds characters that no key has; paste the key alone")
    return written


def timeout(environment: Environment) -> float:
    """MT_TIMEOUT in seconds."""
    written = text(environment, "MT_TIMEOUT")
    if not written:
        return DEFAULT_TIMEOUT
    try:
        seconds = float(written)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        raise NotConfigured("MT_TIMEOUT: must be a number of seconds above 0 and at most 3600")
    return seconds


def figures(
    environment: Environment, name: str, engines: Collection[str], lowest: int, highest: int
) -> dict[str, int]:
    """A whole number for each engine that is named, as in `libretranslate=8,google=4`."""
    found: dict[str, int] = {}
    for pair in words(environment, name):
        engine, _, written = pair.partition("=")
        if engine not in engines or engine in found or not re.fullmatch("[0-9]{1,7}", written):
            raise NotConfigured(
                f"{name}: must name engines once each with a whole number, such as libretranslate=8,google=4; "
                f"the engines are {', '.join(engines)}"
            )
        if not lowest <= int(written) <= highest:
            raise NotConfigured(f"{name}: the number for {engine} must be from {lowest} to {highest}")
        found[engine] = int(written)
    return found


def private(environment: Environment) -> Private:
    """MT_PRIVATE_HOSTS: what of private networks engines' addresses may lead to."""
    try:
        return addresses.private(words(environment, "MT_PRIVATE_HOSTS"))
    except ValueError:
        raise NotConfigured(
            "MT_PRIVATE_HOSTS: must list host names, addresses or networks such as 10.1.0.0/16"
        ) from None


def address(environment: Environment, name: str, default: str, *, path: str, allowed: Private) -> str:
    """The checked address in `name`; `path` is added where it names a host alone."""
    url = text(environment, name) or default
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise NotConfigured(f"{name}: is not an address") from None
    for objection in _objections(url, parts, host, allowed):
        raise NotConfigured(f"{name}: {objection}")
    return url if parts.path.strip("/") else url.rstrip("/") + path


def _objections(url: str, parts: SplitResult, host: str, allowed: Private) -> Iterator[str]:
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\s\x00-\x1f]", url):
        yield "must be an address that begins with https://"
    if parts.username is not None or parts.query or parts.fragment:
        yield "must be an address without user name, query or fragment"
    if parts.scheme == "http" and not (addresses.is_loopback(host) or allowed.names(host)):
        yield (
            "plain http is for this machine and for hosts that MT_PRIVATE_HOSTS names; use https://, or name it"
        )
    literal = addresses.as_address(host)
    if literal is not None and not allowed.permit(host, literal, encrypted=parts.scheme == "https"):
        yield "is a private address; if that is meant, name it in MT_PRIVATE_HOSTS"


def folder(url: str) -> str:
    """The address of the folder in which `translate` lies: it ends before that, with a slash."""
    return url.rstrip("/").removesuffix("/translate").rstrip("/") + "/"
