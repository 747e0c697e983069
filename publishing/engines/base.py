"""What every machine-translation engine promises, and the errors that it may raise.

Callers depend on this page alone: an engine takes texts and gives as many texts back, in order, or raises
one error of the family below. No message holds a key, an address with a query, or the text to translate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Pair = tuple[str, str]
Markup = Literal["plain", "html", "xml"]
"""How the texts of a request are written: as they are, or escaped and with tags that the engine leaves alone."""


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
    pairs: frozenset[Pair]
    """The (source, target) language codes that the engine translates directly."""
    schemes: tuple[str, ...] = ("literal",)
    """The ladder of `publishing.engines.markers` schemes that suit it, best first."""
    markups: frozenset[Markup] = frozenset({"plain"})
    """The values of `markup` that `translate` accepts."""
    concurrency: int = 1
    """How many requests one worker has under way at once."""
    per_minute: int = 0
    """How many requests a minute the account allows, all workers together; 0 for no limit of ours."""


class Engine(Protocol):
    """A machine-translation engine, ready to use."""

    @property
    def name(self) -> str:
        """The name under which `publishing.engines.get` finds it."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can take."""

    @property
    def settings_digest(self) -> str:
        """A digest of everything in its configuration that may change an answer, the key left out."""

    @property
    def account_digest(self) -> str:
        """A digest that tells accounts (address and key) apart without giving the key away."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        """Return the translations of `texts` in the same number and order, or raise an `EngineError`.

        `source` and `target` are codes of `publishing.languages.CODES`. Whitespace at the edges of a text is
        kept, and a text without anything to translate comes back as it is, without a request. With `markup`
        html or xml texts and answers are in that notation, escaped.
        """


class EngineError(Exception):
    """The engine gave no translation; the message is one line that says which engine, what and why.

    `billed`: whether the engine may have counted the request's characters. Nobody bills what was never
    received or was refused by its status; what broke off on the way may well be on the bill.
    """

    def __init__(self, message: str, *, billed: bool = True) -> None:
        super().__init__(message)
        self.billed = billed


class Retryable(EngineError):
    """It may work later: throttled, out of order, out of reach, too slow.

    `retry_after`: the seconds that the engine asked us to wait, or None where it named none.
    """

    def __init__(self, message: str, retry_after: float | None = None, *, billed: bool = True) -> None:
        super().__init__(message, billed=billed)
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

    def __init__(self, message: str, *, billed: bool = False) -> None:
        super().__init__(message, billed=billed)


class NotConfigured(EngineError):
    """The environment lacks what the engine needs or holds something unusable; the message says which."""

    def __init__(self, message: str, *, billed: bool = False) -> None:
        super().__init__(message, billed=billed)
