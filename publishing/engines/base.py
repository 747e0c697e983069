"""What every machine-translation engine promises, and the errors that it may raise.

Callers depend on this page alone: an engine takes texts and gives as many texts back, in order, or raises
one error of the family below. No message holds a key, an address with a query, or the text to translate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can take, so that callers plan their calls instead of trying."""

    batch_size: int
    """How many texts one request carries; 1 where the protocol has no arrays. `translate` takes any number,
    but what it had finished is gone when a later text fails, so send at most this many at a time."""
    size_limit: int
    """The most that one request may hold. Longer texts are cut at sentence ends and sent in pieces."""
    size_unit: Literal["characters", "bytes"]
    """What `size_limit` counts; bytes are those of UTF-8."""
    markup: Literal["plain"]
    """How placeholders and references travel: `plain` sends them as the characters they are, unprotected."""
    pairs: frozenset[Pair]
    """The (source, target) language codes that the engine translates directly."""


class Engine(Protocol):
    """A machine-translation engine, ready to use."""

    @property
    def name(self) -> str:
        """The name under which `publishing.engines.get` finds it."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can take."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return the translations of `texts` in the same number and order, or raise an `EngineError`.

        `source` and `target` are codes of `publishing.languages.CODES`. Whitespace at the edges of a text is
        kept, and a text without anything to translate comes back as it is, without a request.
        """


class EngineError(Exception):
    """The engine gave no translation; the message is one line that says which engine, what and why."""


class Retryable(EngineError):
    """It may work later: throttled, out of order, out of reach, too slow.

    `retry_after`: the seconds that the engine asked us to wait, or None where it named none.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QuotaExceeded(EngineError):
    """The allowance of characters or requests is used up; asking again today is of no use."""


class AuthenticationFailed(EngineError):
    """The key, the address or the certificate is refused; a person has to change the configuration."""


class BadInput(EngineError):
    """This engine cannot take this text or this pair of languages; another one might."""


class BadOutput(EngineError):
    """The engine answered, but not with a translation."""


class UnknownEngine(EngineError):
    """There is no engine of that name."""


class NotConfigured(EngineError):
    """The environment lacks what the engine needs or holds something unusable; the message says which."""
