"""DeepL through its own client, an extra: arrays of fifty texts, XML, formality.

The client writes the requests and reads the answers; what travels goes through our transport, with the
deadline, the cap, the pinned address and no redirects. Its own retries are off: when to ask again is the
caller's business. Its exceptions are dropped, since they may hold the text; what counts is the answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import deepl.http_client
import requests
from requests.adapters import BaseAdapter

from . import answers, pieces, transport
from .base import BadOutput, Capabilities, EngineError, Markup
from .configuration import Configuration, digest
from .deepl_terms import MARKUPS, SCHEMES, SIZE_LIMIT, terms
from .transport import Call, Outgoing

deepl.http_client.max_network_retries = 0


@dataclass(frozen=True, slots=True)
class OfficialDeepLEngine:
    """An `Engine` that speaks to DeepL through the package `deepl`."""

    configuration: Configuration
    name: str = "deepl"

    @property
    def capabilities(self) -> Capabilities:
        """Arrays of texts, in XML at best: there it leaves our elements alone."""
        return Capabilities(
            batch_size=self.configuration.batch,
            size_limit=SIZE_LIMIT,
            size_unit="bytes",
            pairs=self.configuration.pairs,
            schemes=SCHEMES,
            markups=MARKUPS,
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
        adapter = _Adapter(self.configuration)
        received = self._received(adapter, batch, terms(source, target, markup, self.configuration.formality))
        if adapter.failure is not None:
            # Its traceback leads through the client, whose variables hold the key.
            raise adapter.failure.with_traceback(None) from None
        answer = adapter.call.answer
        if answer is None:
            raise BadOutput("deepl: its client made no request of these texts", billed=False)
        reason = answer.field("message")
        answers.check_status(self.name, answer, reason if isinstance(reason, str) else "")
        if not received:
            answers.check_body(self.name, " ".join(batch), answer)
        return answers.check_texts(self.name, batch, received)

    def _received(self, adapter: _Adapter, batch: list[str], fields: Any) -> list[str] | None:
        """What the client makes of the answer; nothing where it did not get through it."""
        client = deepl.Translator(self.configuration.key)
        for scheme in ("https://", "http://"):
            client._client._session.mount(scheme, adapter)
        try:
            results = client.translate_text(batch, **fields)
        except Exception:
            return None
        return [result.text for result in results] if isinstance(results, list) else None


def engine(_name: str, configuration: Configuration) -> OfficialDeepLEngine:
    """The engine with that configuration."""
    return OfficialDeepLEngine(configuration)


class _Adapter(BaseAdapter):
    """Carries what the client sends through our transport, and keeps how that ended."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        self._configuration = configuration
        self.call = Call(
            engine="deepl",
            origin=transport.origin(configuration.url),
            timeout=configuration.timeout,
            private=configuration.private,
        )
        self.failure: EngineError | None = None

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        """The answer, without what would have the client follow a redirect."""
        outgoing = Outgoing(
            method=request.method or "POST",
            url=f"{self._configuration.url}translate",
            params={},
            headers={"Authorization": request.headers["Authorization"]},
            json=json.loads(request.body or b"{}"),
        )
        try:
            answer = transport.send(self.call, outgoing)
        except EngineError as failure:
            self.failure = failure
            raise
        response = requests.Response()
        response.status_code, response._content = answer.status_code, answer.body
        return response

    def close(self) -> None:
        """Nothing to do: the connections are those of all engines."""
