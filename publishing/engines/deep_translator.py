"""The adapter: deep-translator's real classes, called one text at a time behind our transport.

The library is unmaintained and never called bare. A fresh translator serves each call, since its objects are
not safe to share between threads; source and target are always named; sizes are checked before, status and
body after. The library's own exceptions are dropped: they carry the text or the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from . import answers, pieces, transport
from .base import BadInput, BadOutput, Capabilities, EngineError, Markup
from .configuration import Configuration, digest
from .dialects import DIALECTS, Dialect


@dataclass(frozen=True, slots=True)
class DeepTranslatorEngine:
    """An `Engine` that speaks one of the dialects through deep-translator."""

    dialect: Dialect
    configuration: Configuration

    @property
    def name(self) -> str:
        """The engine's name, as in `publishing.engines.names()`."""
        return self.dialect.name

    @property
    def capabilities(self) -> Capabilities:
        """One text a request, unprotected, between any two of our languages."""
        return Capabilities(
            batch_size=1,
            size_limit=self.dialect.size_limit,
            size_unit=self.dialect.size_unit,
            pairs=frozenset(permutations(self.dialect.codes, 2)),
        )

    @property
    def settings_digest(self) -> str:
        """See `Engine.settings_digest`."""
        return digest(self.configuration.url)

    @property
    def account_digest(self) -> str:
        """See `Engine.account_digest`."""
        return digest(self.configuration.url, self.configuration.key, self.configuration.email)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        """See `Engine.translate`. Every text is checked before the first one is sent."""
        if markup not in self.capabilities.markups:
            raise BadInput(f"{self.name}: does not take texts in {markup}", billed=False)
        if (source, target) not in self.capabilities.pairs:
            raise BadInput(f"{self.name}: does not translate from {source!r} to {target!r}")
        if isinstance(texts, str):
            raise BadInput(f"{self.name}: texts must be a list of strings, not one string")
        plans = [self._plan(text, source) for text in texts]
        return ["".join(self._piece(piece, source, target) for piece in plan) for plan in plans]

    def _plan(self, text: str, source: str) -> list[str]:
        """The pieces in which a text is sent; a text without anything to translate is one piece."""
        ready = pieces.sendable(self.name, text)
        if not pieces.is_translatable(ready):
            return [text]
        size = pieces.in_bytes if self.dialect.size_unit == "bytes" else pieces.in_characters
        before, core, after = pieces.edges(ready)
        return [before, *pieces.cut(self.name, core, source, self.dialect.size_limit, size), after]

    def _piece(self, piece: str, source: str, target: str) -> str:
        if not pieces.is_translatable(piece):
            return piece
        before, core, after = pieces.edges(piece)
        return before + self._ask(core, source, target) + after

    def _ask(self, text: str, source: str, target: str) -> str:
        """One request for one piece; returns its translation without whitespace at the edges."""
        dialect = self.dialect
        received, answer, understood = self._exchange(text, dialect.codes[source], dialect.codes[target])
        status, reason = dialect.verdict(answer)
        answers.check_status(self.name, replace(answer, status_code=status), reason)
        if not understood:
            answers.check_body(self.name, text, answer)
        received = dialect.refine(text, received, answer)
        return answers.check_text(self.name, text, received).strip()

    def _exchange(self, text: str, source: str, target: str) -> tuple[object, transport.Answer, bool]:
        """What the library makes of the answer, the answer itself, and whether the library got through it."""
        transport.install(self.dialect.module)
        call = transport.Call(
            engine=self.name,
            origin=transport.origin(self.configuration.url),
            timeout=self.configuration.timeout,
            dress=lambda request: self.dialect.dress(request, self.configuration),
            mend=self.dialect.mend,
        )
        received: object = None
        understood = False
        with transport.calling(call):
            try:
                received = self.dialect.build(self.configuration, source, target).translate(text)
                understood = True
            except EngineError:
                raise
            except Exception as failure:
                del failure  # it may hold the text; what counts is the answer
        if call.answer is None:
            raise BadOutput(f"{self.name}: deep-translator made no request of this text")
        return received, call.answer, understood


def engine(name: str, configuration: Configuration) -> DeepTranslatorEngine:
    """The engine of that name with that configuration."""
    return DeepTranslatorEngine(DIALECTS[name], configuration)
