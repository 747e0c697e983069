"""What an engine's answer means: its status and its body, read by us and not by the library's exceptions.

`check_status` and `check_text` return for a sound answer and raise one of the errors of `base` for any other.
The phrases below were seen as "translations" in the field: Google's page and MyMemory's memory put their
complaints where the text belongs, under status 200.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NoReturn

from .base import (
    AuthenticationFailed,
    BadInput,
    BadOutput,
    EngineError,
    QuotaExceeded,
    Retryable,
)
from .transport import Answer

_REFUSED: Final = frozenset({401, 403, 404, 405, 407, 410})
_QUOTA: Final = frozenset({402, 456})
_LATER: Final = frozenset({408, 425, 429})
# Controls but tab and line feed, and halves of surrogate pairs: no catalog could carry them.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

COMPLAINTS: Final[tuple[tuple[re.Pattern[str], type[EngineError], str], ...]] = (
    (
        re.compile(r"\bError \d{3} \([^)]{3,40}\)\s?!!\d*|That’s an error\.|<title>\s*Error \d{3}\b"),
        Retryable,
        "answered an error page instead of a translation",
    ),
    (
        re.compile(r"\bunusual traffic from your (?:computer )?network\b", re.IGNORECASE),
        Retryable,
        "asks for proof of being human instead of translating",
    ),
    (
        re.compile(
            r"MYMEMORY WARNING:|ALL AVAILABLE FREE TRANSLATIONS|DOC/(?:USAGELIMITS|QUOTAREACHED)",
            re.IGNORECASE,
        ),
        QuotaExceeded,
        "the free allowance of today is used up",
    ),
    (
        re.compile(r"\bQUERY LENGTH LIMIT EXCEE?DE?E?D\b|\bMAX ALLOWED QUERY\b"),
        BadInput,
        "the text is too long for it",
    ),
    (
        re.compile(
            r"\bIS AN INVALID (?:SOURCE|TARGET) LANGUAGE\b|\bINVALID LANGUAGE PAIR\b"
            r"|\bPLEASE SELECT TWO DISTINCT LANGUAGES\b|\bNO QUERY SPECIFIED\b"
        ),
        BadInput,
        "it refuses the text or the pair of languages",
    ),
    (
        re.compile(r"\bINVALID EMAIL PROVIDED\b|\bINVALID (?:API )?KEY\b"),
        AuthenticationFailed,
        "the e-mail address or key is refused",
    ),
)


def complaint(text: str) -> tuple[type[EngineError], str] | None:
    """The error that a text is, if it is one that engines are known to give as a translation."""
    for pattern, error, meaning in COMPLAINTS:
        if pattern.search(text):
            return error, meaning
    return None


def check_status(engine: str, answer: Answer, reason: str = "") -> None:
    """Raise what the HTTP status means; return for a status of success.

    `reason` is the engine's own word for its refusal, where its protocol has one; it is read, never shown.
    What a status below 500 refuses is not billed.
    """
    status = answer.status_code
    if 200 <= status < 300:
        return
    _raise_complaint(engine, reason, billed=status >= 500)
    if status in _QUOTA:
        raise QuotaExceeded(f"{engine}: the allowance is used up (status {status})", billed=False)
    if status in _LATER or status >= 500:
        raise Retryable(
            f"{engine}: not now (status {status}); try again later", answer.retry_after, billed=status >= 500
        )
    if status in _REFUSED or "api key" in reason.lower():
        raise AuthenticationFailed(
            f"{engine}: the key or the address is refused (status {status}); check its settings", billed=False
        )
    if 300 <= status < 400:
        raise BadOutput(
            f"{engine}: answered a redirect (status {status}), which is not followed", billed=False
        )
    raise BadInput(f"{engine}: the request is refused (status {status})", billed=False)


def check_body(engine: str, sent: str, answer: Answer) -> NoReturn:
    """Raise what a body means that cannot be read: a known complaint, or just no translation."""
    if complaint(sent) is None:
        _raise_complaint(engine, answer.body.decode("utf-8", errors="replace"))
    raise BadOutput(f"{engine}: the answer is not in the form of its protocol")


def check_texts(engine: str, sent: Sequence[str], received: object) -> list[str]:
    """The received texts if they can be translations of what was sent, one for one; see `check_text`."""
    if not isinstance(received, list | tuple):
        raise BadOutput(f"{engine}: the answer holds no list of texts")
    if len(received) != len(sent):
        raise BadOutput(f"{engine}: answered {len(received)} texts for {len(sent)}")
    return [check_text(engine, text, answer) for text, answer in zip(sent, received, strict=True)]


def check_text(engine: str, sent: str, received: object) -> str:
    """The received text if it can be a translation of what was sent; else the error that it is.

    A complaint that stands in the text sent is no complaint: an article may quote one.
    """
    if not isinstance(received, str):
        raise BadOutput(f"{engine}: the answer holds no text")
    if complaint(sent) is None:
        _raise_complaint(engine, received)
    if not any(character.isalnum() for character in received):
        raise BadOutput(f"{engine}: the answer is empty or without a word")
    text = received.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        raise BadOutput(f"{engine}: the answer holds characters that no text has")
    return text


def _raise_complaint(engine: str, text: str, *, billed: bool | None = None) -> None:
    """Raise the error that a text is, if it is one; where the status does not say who bills, its kind does."""
    found = complaint(text)
    if found is not None:
        error, meaning = found
        raise error(f"{engine}: {meaning}", billed=error is Retryable if billed is None else billed)
