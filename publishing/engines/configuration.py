"""What the environment says about each engine, read when an engine is asked for and never at import.

| engine | variables |
|---|---|
| google | GOOGLE_URL (optional) |
| mymemory | MYMEMORY_URL, MYMEMORY_EMAIL (both optional; an address raises the daily allowance) |
| libretranslate | LIBRETRANSLATE_URL (required), LIBRETRANSLATE_API_KEY (optional) |
| deepl | DEEPL_API_KEY (required), DEEPL_URL (optional; else free or pro by the key's `:fx` ending) |
| all | MT_TIMEOUT: seconds for one request, all in all |

Plain http is for loopback only: elsewhere texts and keys would travel in the open.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .base import NotConfigured

DEFAULT_TIMEOUT = 20.0
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Configuration:
    """How to reach one engine. `url` ends where deep-translator's own base address of that engine ends."""

    url: str
    timeout: float
    key: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for these parts of a configuration without giving them away."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def read(engine: str, environment: Mapping[str, str]) -> Configuration:
    """The configuration of one of `READERS`; raises `NotConfigured` naming the variable at fault."""
    return READERS[engine](environment)


def _google(environment: Mapping[str, str]) -> Configuration:
    url = _address(environment, "GOOGLE_URL", "https://translate.google.com/m", path="/m")
    return Configuration(url, _timeout(environment))


def _mymemory(environment: Mapping[str, str]) -> Configuration:
    url = _address(environment, "MYMEMORY_URL", "https://api.mymemory.translated.net/get", path="/get")
    return Configuration(url, _timeout(environment), email=_value(environment, "MYMEMORY_EMAIL"))


def _libretranslate(environment: Mapping[str, str]) -> Configuration:
    if not _value(environment, "LIBRETRANSLATE_URL"):
        raise NotConfigured("libretranslate: set LIBRETRANSLATE_URL to the address of the server")
    url = _address(environment, "LIBRETRANSLATE_URL", "", path="/")
    return Configuration(_folder(url), _timeout(environment), key=_key(environment, "LIBRETRANSLATE_API_KEY"))


def _deepl(environment: Mapping[str, str]) -> Configuration:
    key = _key(environment, "DEEPL_API_KEY")
    if not key:
        raise NotConfigured("deepl: set DEEPL_API_KEY to the key of the account")
    host = "api-free.deepl.com" if key.endswith(":fx") else "api.deepl.com"
    url = _address(environment, "DEEPL_URL", f"https://{host}/v2/", path="/v2/")
    return Configuration(_folder(url), _timeout(environment), key=key)


READERS: Mapping[str, Callable[[Mapping[str, str]], Configuration]] = {
    "google": _google,
    "mymemory": _mymemory,
    "libretranslate": _libretranslate,
    "deepl": _deepl,
}


def _value(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "").strip()


def _key(environment: Mapping[str, str], name: str) -> str:
    key = _value(environment, name)
    if key and not _KEY.fullmatch(key):
        raise NotConfigured(f"{name}: holds characters that no key has; paste the key alone")
    return key


def _timeout(environment: Mapping[str, str]) -> float:
    written = _value(environment, "MT_TIMEOUT")
    if not written:
        return DEFAULT_TIMEOUT
    try:
        seconds = float(written)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        raise NotConfigured("MT_TIMEOUT: must be a number of seconds above 0 and at most 3600")
    return seconds


def _address(environment: Mapping[str, str], name: str, default: str, *, path: str) -> str:
    """The checked address in `name`; `path` is added where it names a host alone. Never echoes the value."""
    url = _value(environment, name) or default
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise NotConfigured(f"{name}: is not an address") from None
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\s\x00-\x1f]", url):
        raise NotConfigured(f"{name}: must be an address that begins with https://")
    if parts.username is not None or parts.query or parts.fragment:
        raise NotConfigured(f"{name}: must be an address without user name, query or fragment")
    if parts.scheme == "http" and not _is_loopback(host):
        raise NotConfigured(f"{name}: plain http is for this machine only; use https://")
    return url if parts.path.strip("/") else url.rstrip("/") + path


def _folder(url: str) -> str:
    """deep-translator appends `translate`, so the address ends before it, with a slash."""
    return url.rstrip("/").removesuffix("/translate").rstrip("/") + "/"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
