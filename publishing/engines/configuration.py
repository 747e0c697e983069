"""What the environment says about each engine, read when an engine is asked for and never at import.

| engine | variables |
|---|---|
| google | GOOGLE_URL |
| mymemory | MYMEMORY_URL, MYMEMORY_EMAIL (an address raises the daily allowance) |
| libretranslate | LIBRETRANSLATE_URL (required), LIBRETRANSLATE_API_KEY, LIBRETRANSLATE_PAIRS |
| deepl | DEEPL_API_KEY (required), DEEPL_URL (else free or pro by the key's `:fx` ending), DEEPL_CLIENT, \
DEEPL_FORMALITY |
| all | MT_TIMEOUT, MT_CONCURRENCY, MT_RATE, MT_BATCH, MT_PRIVATE_HOSTS |

Plain http is for loopback and for hosts that MT_PRIVATE_HOSTS names: elsewhere texts and keys would travel in
the open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from itertools import permutations
from typing import Final

from publishing.languages import CODES

from . import variables
from .addresses import NOTHING_PRIVATE, Private
from .base import NotConfigured, Pair
from .variables import Environment

OFFICIAL: Final = "official"
CLIENTS: Final = ("deep-translator", OFFICIAL)
FORMALITIES: Final = ("default", "more", "less", "prefer_more", "prefer_less")
ALL_PAIRS: Final[frozenset[Pair]] = frozenset(permutations(CODES, 2))
MOST_AT_ONCE: Final = 64
MOST_A_MINUTE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Configuration:
    """How to reach one engine, and how much it is asked at once.

    `url` ends where deep-translator's own base address of that engine ends.
    """

    url: str
    timeout: float
    key: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    private: Private = NOTHING_PRIVATE
    client: str = CLIENTS[0]
    formality: str = FORMALITIES[0]
    pairs: frozenset[Pair] = ALL_PAIRS
    concurrency: int = 1
    per_minute: int = 0
    batch: int = 1


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is asked of an engine at once where the environment says nothing; `most` texts fit in a request."""

    concurrency: int
    batch: int = 1
    most: int = 1


_MOST: Final = 1_000
_USUAL: Final = {
    "google": _Usual(concurrency=4),
    "mymemory": _Usual(concurrency=2),
    "libretranslate": _Usual(concurrency=8, batch=50, most=_MOST),
    "deepl": _Usual(concurrency=4),
}
_OFFICIAL_DEEPL: Final = _Usual(concurrency=4, batch=50, most=50)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for these parts of a configuration without giving them away."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def read(engine: str, environment: Environment) -> Configuration:
    """The configuration of one of `READERS`; raises `NotConfigured` naming the variable at fault."""
    return READERS[engine](environment)


def _google(environment: Environment) -> Configuration:
    return _reached(environment, "GOOGLE_URL", "https://translate.google.com/m", "/m", _USUAL["google"])


def _mymemory(environment: Environment) -> Configuration:
    default = "https://api.mymemory.translated.net/get"
    reached = _reached(environment, "MYMEMORY_URL", default, "/get", _USUAL["mymemory"])
    return replace(reached, email=variables.text(environment, "MYMEMORY_EMAIL"))


def _libretranslate(environment: Environment) -> Configuration:
    if not variables.text(environment, "LIBRETRANSLATE_URL"):
        raise NotConfigured("libretranslate: set LIBRETRANSLATE_URL to the address of the server")
    reached = _reached(environment, "LIBRETRANSLATE_URL", "", "/", _USUAL["libretranslate"])
    return replace(
        reached,
        url=variables.folder(reached.url),
        key=variables.key(environment, "LIBRETRANSLATE_API_KEY"),
        pairs=_pairs(environment, "LIBRETRANSLATE_PAIRS"),
    )


def _deepl(environment: Environment) -> Configuration:
    key = variables.key(environment, "DEEPL_API_KEY")
    if not key:
        raise NotConfigured("deepl: set DEEPL_API_KEY to the key of the account")
    client = variables.choice(environment, "DEEPL_CLIENT", CLIENTS)
    if client == OFFICIAL and find_spec("deepl") is None:
        raise NotConfigured(
            f"DEEPL_CLIENT: {OFFICIAL} needs the package deepl; install requirements/deepl.txt"
        )
    usual = _OFFICIAL_DEEPL if client == OFFICIAL else _USUAL["deepl"]
    host = "api-free.deepl.com" if key.endswith(":fx") else "api.deepl.com"
    reached = _reached(environment, "DEEPL_URL", f"https://{host}/v2/", "/v2/", usual)
    return replace(
        reached,
        url=variables.folder(reached.url),
        key=key,
        client=client,
        formality=variables.choice(environment, "DEEPL_FORMALITY", FORMALITIES),
    )


READERS: Final[dict[str, Callable[[Environment], Configuration]]] = {
    "google": _google,
    "mymemory": _mymemory,
    "libretranslate": _libretranslate,
    "deepl": _deepl,
}


def _reached(
    environment: Environment, variable: str, default: str, path: str, usual: _Usual
) -> Configuration:
    """What every engine has: where it is and how much it is asked at once."""
    engine = variable.removesuffix("_URL").lower()
    allowed = variables.private(environment)
    concurrency = variables.figures(environment, "MT_CONCURRENCY", READERS, 1, MOST_AT_ONCE)
    rate = variables.figures(environment, "MT_RATE", READERS, 0, MOST_A_MINUTE)
    return Configuration(
        url=variables.address(environment, variable, default, path=path, allowed=allowed),
        timeout=variables.timeout(environment),
        private=allowed,
        concurrency=concurrency.get(engine, usual.concurrency),
        per_minute=rate.get(engine, 0),
        batch=_batch(environment, engine, usual),
    )


def _batch(environment: Environment, engine: str, usual: _Usual) -> int:
    batch = variables.figures(environment, "MT_BATCH", READERS, 1, _MOST).get(engine, usual.batch)
    if batch > usual.most:
        is_single = engine == "deepl" and usual is not _OFFICIAL_DEEPL
        way_out = f" through this client; DEEPL_CLIENT={OFFICIAL} takes more" if is_single else ""
        raise NotConfigured(f"MT_BATCH: {engine} takes at most {usual.most} a request{way_out}")
    return batch


def _pairs(environment: Environment, name: str) -> frozenset[Pair]:
    """Pairs of languages as in `en-tr,en-ru,tr-en`; all of them where nothing is set."""
    written = variables.words(environment, name)
    pairs = {(source, target) for source, _, target in (pair.partition("-") for pair in written)}
    if not pairs <= ALL_PAIRS:
        raise NotConfigured(f"{name}: must list pairs of languages such as en-tr,en-ru")
    return frozenset(pairs) or ALL_PAIRS
