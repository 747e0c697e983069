"""Machine translation: one protocol, one family of errors, a guarded way out.

>>> from publishing import engines
>>> engines.get("libretranslate").translate(["Hello world."], "en", "tr")  # doctest: +SKIP
['Merhaba dünya.']

Everything is configured by the environment (see `configuration`) and nothing here needs Django. What an
engine answers is a proposal until `guard.inspect` finds no fault in it.
"""

from __future__ import annotations

import os
from importlib import import_module

from . import configuration
from .base import (
    AuthenticationFailed,
    BadInput,
    BadOutput,
    Capabilities,
    Engine,
    EngineError,
    Markup,
    NotConfigured,
    QuotaExceeded,
    Retryable,
    UnknownEngine,
)

__all__ = [
    "AuthenticationFailed",
    "BadInput",
    "BadOutput",
    "Capabilities",
    "Engine",
    "EngineError",
    "Markup",
    "NotConfigured",
    "QuotaExceeded",
    "Retryable",
    "UnknownEngine",
    "available",
    "get",
    "names",
    "require",
]


def names() -> list[str]:
    """Every engine there is, configured or not."""
    return list(configuration.READERS)


def available() -> list[str]:
    """The engines that the environment configures; google and mymemory need nothing."""
    return [name for name in names() if _is_configured(name)]


def get(name: str) -> Engine:
    """The engine of that name, configured from the environment as it is now.

    Raises `UnknownEngine` for a name that is none of `names()`, and `NotConfigured` where the environment
    lacks what the engine needs.
    """
    settings = require(name)
    # The clients bring parsers and libraries of their own; only who asks for an engine pays for them.
    engine: Engine = import_module(f"publishing.engines.{_client(name, settings)}").engine(name, settings)
    return engine


def require(name: str) -> configuration.Configuration:
    """How that engine is configured; raises what `get` raises, and loads nothing."""
    if name not in configuration.READERS:
        raise UnknownEngine(f"There is no engine {name!r}; there are {', '.join(names())}")
    return configuration.read(name, os.environ)


def _client(name: str, settings: configuration.Configuration) -> str:
    """The module that speaks to an engine."""
    if name == "libretranslate":
        return "libretranslate"
    return "deepl_official" if settings.client == configuration.OFFICIAL else "deep_translator"


def _is_configured(name: str) -> bool:
    try:
        require(name)
    except NotConfigured:
        return False
    return True
