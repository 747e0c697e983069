"""The adapter: deep-translator's real classes, called one text at a time behind our transport.

The library is unmaintained and never called bare. A fresh translator serves each call, since its objects are
not safe to share between threads; source and target are always named; sizes are checked before, status and
body after. The library's own exceptions are dropped: they carry the text or the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import answers, pieces, transport
from .base import BadOutput, Capabilities, EngineError, Markup
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
        """One text a request."""
        return Capabilities(
            batch_size=self.configuration.batch,
            size_limit=self.dialect.size_limit,
            size_unit=self.dialect.size_unit,
            pairs=self.configuration.pairs,
            schemes=self.dialect.schemes,
            markups=self.dialect.markups,
            concurrency=self.configuration.concurrency,
            per_minute=self.configuration.per_minute,
        )

    @property
    def settings_digest(self) -> str:
        """See `Engine.settings_digest`."""
        return digest(self.configuration.url, self.configuration.client, self.configuration.formality)

    @property
    def account_digest(self) -> str:
        """See `Engine.account_digest`."""
        return digest(self.configuration.url, self.configuration.key, self.configuration.email)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        """See `Engine.translate`. Every text is checked before the first one is sent."""

        def ask(batch: list[str]) -> list[str]:
            return [self._ask(text, source, target, markup) for text in batch]

        return pieces.carry(self.name, self.capabilities, texts, (source, target), markup, ask)

    def _ask(self, text: str, source: str, target: str, markup: Markup) -> str:
        """One request for one piece."""
        dialect = self.dialect
        languages = (dialect.codes[source], dialect.codes[target])
        received, answer, understood = self._exchange(text, languages, markup)
        status, reason = dialect.verdict(answer)
        answers.check_status(self.name, replace(answer, status_code=status), reason)
        if not understood:
            answers.check_body(self.name, text, answer)
        received = dialect.refine(text, received, answer)
        return answers.check_text(self.name, text, received)

    def _exchange(
        self, text: str, languages: tuple[str, str], markup: Markup
    ) -> tuple[object, transport.Answer, bool]:
        """What the library makes of the answer, the answer itself, and whether the library got through it."""
        transport.install(self.dialect.module)
        call = transport.Call(
            engine=self.name,
            origin=transport.origin(self.configuration.url),
            timeout=self.configuration.timeout,
            private=self.configuration.private,
            dress=lambda request: self.dialect.dress(request, self.configuration, markup),
            mend=self.dialect.mend,
        )
        received: object = None
        understood = False
        with transport.calling(call):
            try:
                received = self.dialect.build(self.configuration, *languages).translate(text)
                understood = True
            except EngineError:
                raise
            except Exception as failure:
                del failure  # it may hold the text; what counts is the answer
        if call.answer is None:
            raise BadOutput(f"{self.name}: deep-translator made no request of this text", billed=False)
        return received, call.answer, understood


def engine(name: str, configuration: Configuration) -> DeepTranslatorEngine:
    """The engine of that name with that configuration."""
    return DeepTranslatorEngine(DIALECTS[name], configuration)
