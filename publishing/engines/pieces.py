"""What of a text travels to an engine: its edges stay here, and what is too long goes in several pieces.

`carry` is the whole way of some texts through an engine that can ask one request.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publishing.languages import sentences

from .base import BadInput, Capabilities, EngineError, Markup

_NOT_WORDS = re.compile(
    r"</?[a-z]{1,3}\d+/?>"  # placeholders
    r"|\[\d+\]"  # references
    r"|\bhttps?://\S+",
)

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

Size = Callable[[str], int]
Ask = Callable[[list[str]], Sequence[str]]
"""Makes one request of as many texts as an engine takes; returns their translations in order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: what travels of it (perhaps nothing), and what stands around that."""

    before: str
    core: str = ""
    after: str = ""


def carry(
    engine: str, can: Capabilities, texts: Sequence[str], languages: tuple[str, str], markup: Markup, ask: Ask
) -> list[str]:
    """The translations of `texts` through requests that the engine can take; see `Engine.translate`.

    Everything is checked before anything is sent. A refusal counts as billed once an earlier request of the
    same texts was answered.
    """
    _require(engine, can, texts, languages, markup)
    size = in_bytes if can.size_unit == "bytes" else in_characters
    plans = [_plan(engine, text, languages[0], markup, can.size_limit, size) for text in texts]
    travelling = [piece.core for plan in plans for piece in plan if piece.core]
    answers: list[str] = []
    for batch in _batches(travelling, can, size):
        try:
            answers += ask(batch)
        except EngineError as error:
            error.billed = error.billed or bool(answers)
            raise
    left = iter(answers)
    return ["".join(_joined(piece, left) for piece in plan) for plan in plans]


def _require(
    engine: str, can: Capabilities, texts: Sequence[str], languages: tuple[str, str], markup: Markup
) -> None:
    if markup not in can.markups:
        raise BadInput(f"{engine}: does not take texts in {markup}", billed=False)
    if languages not in can.pairs:
        source, target = languages
        raise BadInput(f"{engine}: does not translate from {source!r} to {target!r}", billed=False)
    if isinstance(texts, str):
        raise BadInput(f"{engine}: texts must be a list of strings, not one string", billed=False)


def _plan(engine: str, text: str, language: str, markup: Markup, limit: int, size: Size) -> list[Piece]:
    """The pieces in which a text goes; joined, they are the text in NFC, or the text where nothing travels."""
    ready = sendable(engine, text)
    if not is_translatable(ready, markup):
        return [Piece(text)]
    if markup != "plain" and size(ready) > limit:
        raise BadInput(
            f"{engine}: a text of {size(ready)} with markup is longer than its limit of {limit}", billed=False
        )
    before, core, after = edges(ready)
    cut_up = cut(engine, core, language, limit, size)
    return [Piece(before), *(_piece(one, markup) for one in cut_up), Piece(after)]


def _piece(text: str, markup: Markup) -> Piece:
    return Piece(*edges(text)) if is_translatable(text, markup) else Piece(text)


def _batches(travelling: Sequence[str], can: Capabilities, size: Size) -> Iterator[list[str]]:
    """The pieces in their order, in requests that are neither too many pieces nor too large."""
    batch: list[str] = []
    held = 0
    for core in travelling:
        if batch and (len(batch) == can.batch_size or held + size(core) > can.size_limit):
            yield batch
            batch, held = [], 0
        batch.append(core)
        held += size(core)
    if batch:
        yield batch


def _joined(piece: Piece, answers: Iterator[str]) -> str:
    return piece.before + (next(answers).strip() if piece.core else "") + piece.after


def in_characters(text: str) -> int:
    """The length of a text in characters."""
    return len(text)


def in_bytes(text: str) -> int:
    """The length of a text in bytes of UTF-8."""
    return len(text.encode())


def is_translatable(text: str, markup: Markup = "plain") -> bool:
    """Whether anything is left to translate besides spaces, signs, references, placeholders and addresses."""
    if markup != "plain":
        text = html.unescape(_TAG.sub(" ", text))
    return any(character.isalnum() for character in _NOT_WORDS.sub("", text))


def edges(text: str) -> tuple[str, str, str]:
    """The text as the whitespace before it, itself, and the whitespace after it."""
    core = text.strip()
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def sendable(engine: str, text: object) -> str:
    """The text in NFC; raises `BadInput` for what no engine should be sent."""
    if not isinstance(text, str):
        raise BadInput(f"{engine}: a text must be a string, not {type(text).__name__}", billed=False)
    if "\x00" in text:
        raise BadInput(f"{engine}: the text holds a NUL character; remove it from the source", billed=False)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput(
            f"{engine}: the text holds half of a surrogate pair; import the source again", billed=False
        )
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
            raise BadInput(
                f"{engine}: a sentence of {size(sentence)} is longer than its limit of {limit}", billed=False
            )
        if pieces and size(pieces[-1] + sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces
