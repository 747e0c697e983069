"""What of a text travels to an engine: its edges stay here, and what is too long goes in several pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from publishing.languages import sentences

from .base import BadInput

_NOT_WORDS = re.compile(
    r"</?[a-z]{1,3}\d+/?>"  # placeholders
    r"|\[\d+\]"  # references
    r"|\bhttps?://\S+",
)

Size = Callable[[str], int]


def in_characters(text: str) -> int:
    """The length of a text in characters."""
    return len(text)


def in_bytes(text: str) -> int:
    """The length of a text in bytes of UTF-8."""
    return len(text.encode())


def is_translatable(text: str) -> bool:
    """Whether anything is left to translate besides spaces, signs, references, placeholders and addresses."""
    return any(character.isalnum() for character in _NOT_WORDS.sub("", text))


def edges(text: str) -> tuple[str, str, str]:
    """The text as the whitespace before it, itself, and the whitespace after it."""
    core = text.strip()
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def sendable(engine: str, text: object) -> str:
    """The text in NFC; raises `BadInput` for what no engine should be sent."""
    if not isinstance(text, str):
        raise BadInput(f"{engine}: a text must be a string, not {type(text).__name__}")
    if "\x00" in text:
        raise BadInput(f"{engine}: the text holds a NUL character; remove it from the source")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput(f"{engine}: the text holds half of a surrogate pair; import the source again")
    return unicodedata.normalize("NFC", text)


def cut(engine: str, text: str, language: str, limit: int, size: Size) -> list[str]:
    """The text in pieces of at most `limit`, cut at sentence ends only; joined, they are the text.

    Raises `BadInput` where a single sentence exceeds the limit.
    """
    if size(text) <= limit:
        return [text]
    pieces: list[str] = []
    for sentence in sentences.split(text, language):
        if size(sentence) > limit:
            raise BadInput(f"{engine}: a sentence of {size(sentence)} is longer than its limit of {limit}")
        if pieces and size(pieces[-1] + sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces
