"""The server: one loopback port for all engines, with counts, limits and faults."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

from tests.engines_fake.answering import Translate, in_markup, pseudo
from tests.engines_fake.faults import ARRAYS, CONTENTS, FAR, FAULTS, STATUSES, TEXTS, WIRES, misshapen
from tests.engines_fake.protocols import DEEPL_KEY, LANGUAGES, PROTOCOLS, Asked, Refused, Request

_PATHS: Final = {
    "/m": "google",
    "/get": "mymemory",
    "/translate": "libretranslate",
    "/v2/translate": "deepl",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived, and the number of the connection that it came on."""

    engine: str
    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


@dataclass(slots=True)
class Counts:
    """What was asked so far. Texts and characters are those of requests that were understood."""

    requests: int = 0
    texts: int = 0
    characters: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    """When the first request came and the last one was answered, by the machine's monotonic clock."""


class FakeEngines:
    """The server. `translate` is a function of text, source and target, or a table of whole texts.

    `latency` is the seconds that each answer takes; more than `max_batch` texts in a request are refused with
    400, more than `max_inflight` requests at once with 429. Zero means none.
    """

    def __init__(
        self,
        translate: Translate | Mapping[str, str] = pseudo,
        *,
        latency: float = 0,
        max_batch: int = 0,
        max_inflight: int = 0,
    ) -> None:
        self.translate: Translate = (
            (lambda text, _source, _target: translate[text]) if isinstance(translate, Mapping) else translate
        )
        self.latency, self.max_batch, self.max_inflight = latency, max_batch, max_inflight
        self.seen: list[Seen] = []
        self.counts = Counts()
        self.fault = ""
        self.libretranslate_key = ""
        self.released = threading.Event()
        self.counting = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def environment(self) -> dict[str, str]:
        """The variables that point all four engines here."""
        return {
            "GOOGLE_URL": f"{self.url}/m",
            "MYMEMORY_URL": f"{self.url}/get",
            "LIBRETRANSLATE_URL": self.url,
            "DEEPL_URL": f"{self.url}/v2",
            "DEEPL_API_KEY": DEEPL_KEY,
        }

    def misbehave(self, fault: str) -> None:
        """Answer everything with this one of FAULTS from now on; an empty name ends it."""
        if fault and fault not in FAULTS:
            raise ValueError(f"There is no fault {fault!r}")
        self.fault = fault

    def reset(self) -> None:
        """Behave, and forget what was asked."""
        self.seen.clear()
        self.counts = Counts()
        self.fault = self.libretranslate_key = ""
        self.latency, self.max_batch, self.max_inflight = 0, 0, 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    fake: FakeEngines

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what half of the faults are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        engine = _PATHS.get(parts.path, "")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fake = self.server.fake
        fake.seen.append(
            Seen(engine, self.command, self.path, dict(self.headers), body, self.client_address[1])
        )
        if parts.path == "/languages":
            listed = [{"code": code, "name": code, "targets": list(LANGUAGES)} for code in LANGUAGES]
            self.send(200, json.dumps(listed).encode())
            return
        with self._counted() as in_flight:
            if not engine:
                self.send(404, b"not here")
            elif fake.max_inflight and in_flight > fake.max_inflight:
                self._send_status(engine, "429")
            elif fake.fault in WIRES:
                _WIRE_FAULTS[fake.fault](self)
            elif fake.fault in STATUSES:
                self._send_status(engine, fake.fault)
            else:
                self._send_translation(engine, body, fake.fault)

    @contextmanager
    def _counted(self) -> Iterator[int]:
        fake = self.server.fake
        counts = fake.counts
        with fake.counting:
            counts.first_at = counts.first_at or time.monotonic()
            counts.requests += 1
            counts.in_flight += 1
            counts.most_in_flight = max(counts.most_in_flight, counts.in_flight)
            in_flight = counts.in_flight
        try:
            yield in_flight
        finally:
            with fake.counting:
                counts.in_flight -= 1
                counts.last_at = time.monotonic()

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """One whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _send_status(self, engine: str, fault: str) -> None:
        headers = {"429 with a delay": {"Retry-After": "7"}, "429 with a date": {"Retry-After": FAR}}
        reason = json.dumps({"google": {}, "mymemory": {}}.get(engine, {"error": "no", "message": "no"}))
        self.send(STATUSES[fault], reason.encode(), headers.get(fault))

    def _send_translation(self, engine: str, body: bytes, fault: str) -> None:
        read, write = PROTOCOLS[engine]
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        fake = self.server.fake
        request = Request(
            self.command, query, dict(self.headers), body, fake.libretranslate_key, fake.max_batch
        )
        try:
            asked = read(request)
        except Refused as refusal:
            self._refuse(refusal)
            return
        with fake.counting:
            fake.counts.texts += len(asked.texts)
            fake.counts.characters += sum(map(len, asked.texts))
        time.sleep(fake.latency)
        whole = write(asked, self._translations(asked, fault))
        kind = "text/html" if engine == "google" else "application/json"
        self.send(200, misshapen(fault, whole), {"Content-Type": f"{kind}; charset=UTF-8"})

    def _refuse(self, refusal: Refused) -> None:
        if refusal.page:
            self.send(refusal.status, str(refusal).encode(), {"Content-Type": "text/html"})
            return
        reason = {"error": str(refusal), "message": str(refusal), "responseDetails": str(refusal)}
        self.send(refusal.status, json.dumps(reason).encode())

    def _translations(self, asked: Asked, fault: str) -> list[str | None]:
        if fault in TEXTS:
            return [TEXTS[fault] for _ in asked.texts]
        translations = [self._translation(asked, text) for text in asked.texts]
        if fault in CONTENTS and (asked.is_array or fault not in ARRAYS):
            return list(CONTENTS[fault](asked.texts, translations, asked.target))
        return list(translations)

    def _translation(self, asked: Asked, text: str) -> str:
        translate = self.server.fake.translate
        if not text.strip():
            return text
        if asked.in_markup:
            return in_markup(text, asked.source, asked.target, translate)
        return translate(text, asked.source, asked.target)


def _hang(handler: _Handler) -> None:
    handler.close_connection = True
    handler.server.fake.released.wait(30)


def _drip(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    _drop_by_drop(handler)


def _drip_in_the_headers(handler: _Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drop_by_drop(handler)


def _drop_by_drop(handler: _Handler) -> None:
    handler.close_connection = True
    with suppress(OSError):
        while not handler.server.fake.released.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()


def _reset(handler: _Handler) -> None:
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _short_body(handler: _Handler) -> None:
    handler.close_connection = True
    handler.send(200, b'{"translatedText"', {"Content-Length": "500"})


_WIRE_FAULTS: Final[Mapping[str, Callable[[_Handler], None]]] = {
    "502 html": lambda handler: handler.send(502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}),
    "hang": _hang,
    "drip": _drip,
    "drip in the headers": _drip_in_the_headers,
    "reset": _reset,
    "short body": _short_body,
    "redirect": lambda handler: handler.send(302, b"", {"Location": "/elsewhere"}),
    "compressed": lambda handler: handler.send(200, b"\x1f\x8b", {"Content-Encoding": "gzip"}),
}
