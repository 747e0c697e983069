"""LibreTranslate's own protocol: arrays of texts, plain or HTML, the key in the body.

Its servers differ: languages, limits and keys are their operators' choice, so the pairs come from the
configuration (nothing is asked before there is something to translate) and a refusal is read from its status.
What its post-processing does to texts is left for `guard` to find: every `_` becomes a blank, and entities are
unescaped even in HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from . import answers, pieces, transport
from .base import Capabilities, Markup
from .configuration import Configuration, digest
from .transport import Answer, Outgoing

SIZE_LIMIT: Final = 20_000  # ours: the server's own limit is its operator's choice
_FORMATS: Final = {"plain": "text", "html": "html"}


@dataclass(frozen=True, slots=True)
class LibreTranslateEngine:
    """An `Engine` on a server of LibreTranslate."""

    configuration: Configuration
    name: str = "libretranslate"

    @property
    def capabilities(self) -> Capabilities:
        """Arrays of texts, in HTML at best: there it leaves elements with translate="no" alone."""
        return Capabilities(
            batch_size=self.configuration.batch,
            size_limit=SIZE_LIMIT,
            size_unit="characters",
            pairs=self.configuration.pairs,
            schemes=("html", "literal", "corner", "email", "split"),
            markups=frozenset({"plain", "html"}),
            concurrency=self.configuration.concurrency,
            per_minute=self.configuration.per_minute,
        )

    @property
    def settings_digest(self) -> str:
        """See `Engine.settings_digest`."""
        return digest(self.configuration.url)

    @property
    def account_digest(self) -> str:
        """See `Engine.account_digest`."""
        return digest(self.configuration.url, self.configuration.key)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        """See `Engine.translate`. Every text is checked before the first request."""

        def ask(batch: list[str]) -> list[str]:
            return self._ask(batch, source, target, markup)

        return pieces.carry(self.name, self.capabilities, texts, (source, target), markup, ask)

    def _ask(self, batch: list[str], source: str, target: str, markup: Markup) -> list[str]:
        """One request for these texts."""
        call = transport.Call(
            engine=self.name,
            origin=transport.origin(self.configuration.url),
            timeout=self.configuration.timeout,
            private=self.configuration.private,
        )
        return self._read(batch, transport.send(call, self._request(batch, source, target, markup)))

    def _request(self, batch: list[str], source: str, target: str, markup: Markup) -> Outgoing:
        body: dict[str, object] = {
            "q": batch,
            "source": source,
            "target": target,
            "format": _FORMATS[markup],
        }
        if self.configuration.key:
            body["api_key"] = self.configuration.key
        return Outgoing("POST", f"{self.configuration.url}translate", {}, json=body)

    def _read(self, batch: list[str], answer: Answer) -> list[str]:
        reason, received = answer.field("error"), answer.field("translatedText")
        answers.check_status(self.name, answer, reason if isinstance(reason, str) else "")
        if not isinstance(received, list):
            answers.check_body(self.name, " ".join(batch), answer)
        return answers.check_texts(self.name, batch, received)


def engine(_name: str, configuration: Configuration) -> LibreTranslateEngine:
    """The engine with that configuration."""
    return LibreTranslateEngine(configuration)
