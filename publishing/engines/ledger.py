"""What an engine is asked must be written down somewhere that survives: the protocol of that ledger.

`asking` plans and sends; whoever keeps the ledger decides what may be sent, and remembers what came back. The
house keeps it in the database (`publishing.workflow.ledger`), shared by all workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .base import Engine, EngineError, Markup


@dataclass(frozen=True, slots=True)
class Ask:
    """One text for an engine, in the notation that `markup` names. `key` stands for all that may change the answer."""

    key: str
    text: str
    markup: Markup


@dataclass(frozen=True, slots=True)
class Call:
    """A request that may be sent: it is on the books, and its characters are charged."""

    id: int
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """How a call ended: with an answer to each of its asks, or with an error."""

    call: Call
    milliseconds: int
    answers: tuple[str, ...] | None = None
    error: EngineError | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """What the ledger says to some batches: what may be sent, what is known already, what has to wait."""

    calls: Sequence[Call] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    """Answers by key that are there already."""
    elsewhere: frozenset[str] = frozenset()
    """Keys that another worker is asking at this moment."""
    wait: float = 0.0
    """Seconds until the rest may be admitted (the account's rate); 0 where nothing is kept back."""
    refusal: EngineError | None = None
    """Why nothing more may be sent: the budget is used up, or the engine is out of order."""


class Ledger(Protocol):
    """The books of one engine for one piece of work."""

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        """The answers that are there already, by key."""

    def admit(self, batches: Sequence[Sequence[Ask]]) -> Admission:
        """Charge and write down the batches, as many as may be sent now, before any of them is sent."""


def key(engine: Engine, source: str, target: str, markup: Markup, text: str) -> str:
    """The name of one question: everything that may change its answer, as 64 hexadecimal digits."""
    parts = (engine.name, engine.settings_digest, source, target, markup, text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def characters(asks: Iterable[Ask]) -> int:
    """What engines bill: the characters of the texts as they are sent."""
    return sum(len(ask.text) for ask in asks)
