"""A loopback server that speaks the protocols of the four engines and misbehaves on order.

    with FakeEngines() as fake, loopback_only():
        environment.update(fake.environment())
        engines.get("deepl").translate(["Hello."], "en", "ru")     # [pseudo("Hello.", "en", "ru")]
        fake.misbehave("429")

It answers `pseudo(...)` unless it is given a function or a table of its own, records every request in `seen`,
and refuses what the real service refuses: DeepL a GET or a key outside of the header, MyMemory more than 500
bytes, LibreTranslate a missing key when it has one.
"""

from __future__ import annotations

import html
import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Final, Self
from unittest import mock
from urllib.parse import parse_qs, urlsplit

DEEPL_KEY: Final = "c0ffee00-dead-beef-cafe-5ca1ab1e0000:fx"
LIBRETRANSLATE_KEY: Final = "5ca1ab1e-0000-4000-8000-00000badcafe"

GOOGLE_ERROR: Final = (
    "Error 500 (Server Error)!!1500.That’s an error.There was an error. Please try again later."
    "That’s all we know."
)
MYMEMORY_QUOTA: Final = (
    "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN  11 HOURS "
    "29 MINUTES 04 SECONDS VISIT HTTPS://MYMEMORY.TRANSLATED.NET/DOC/USAGELIMITS.PHP TO TRANSLATE MORE"
)
MYMEMORY_LANGUAGE: Final = (
    "'XX' IS AN INVALID TARGET LANGUAGE . EXAMPLE: LANGPAIR=EN|IT USING 2 LETTER ISO OR RFC3066 LIKE ZH-CN. "
    "ALMOST ALL LANGUAGES SUPPORTED BUT SOME MAY HAVE NO CONTENT"
)
ERROR_PAGE: Final = f"<html><head><title>Error 500</title></head><body><p>{GOOGLE_ERROR}</p></body></html>"
OTHER_PAGE: Final = "<html><body><h1>Welcome to the network of this hotel</h1></body></html>"

STATUSES: Final[Mapping[str, int]] = {
    "400": 400, "401": 401, "403": 403, "404": 404, "413": 413, "429": 429, "429 with a delay": 429,
    "429 with a date": 429, "456": 456, "500": 500, "503": 503,
}  # fmt: skip
TEXTS: Final[Mapping[str, str | None]] = {
    "error text": GOOGLE_ERROR,
    "quota text": MYMEMORY_QUOTA,
    "language text": MYMEMORY_LANGUAGE,
    "empty": "",
    "null": None,
    "no word": "🤖",
    "half a character": "half \ud83d of it",
}
SHAPES: Final = ("truncated", "wrong shape", "error page", "other page", "empty body", "huge", "not utf-8")
WIRES: Final = (
    "502 html", "hang", "drip", "drip in the headers", "reset", "short body", "redirect", "compressed",
)  # fmt: skip
FAULTS: Final = (*STATUSES, *TEXTS, *SHAPES, *WIRES)

_KEPT = re.compile(r"</?[a-z]{1,3}\d+/?>|https?://\S+|&\w+;|\b[A-ZÇĞİÖŞÜА-ЯЁ]{2,}\b")
_LATIN = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_CYRILLIC = "абцчдефггхыийклмножпкрсштуювщьуз"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
    "abvgdeejziyklmnoprstufhccssyyyeuaABVGDEEJZIYKLMNOPRSTUFHCCSSYYYEUA",
)
_TURN_VOWELS = str.maketrans("aeiouAEIOU", "eiouaEIOUA")


def pseudo(text: str, source: str, target: str) -> str:
    """A stand-in for a translation: other letters, of the target's script, with marks and numbers kept."""
    table = _TO_CYRILLIC if target == "ru" else _TO_LATIN if source == "ru" else _TURN_VOWELS
    kept = [match[0] for match in _KEPT.finditer(text)]
    words = [part.translate(table) for part in _KEPT.split(text)]
    return "".join(word + mark for word, mark in zip(words, [*kept, ""], strict=True))


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived, and the number of the connection that it came on."""

    engine: str
    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


Translate = Callable[[str, str, str], str]


class FakeEngines:
    """The server. `translate` is a function of text, source and target, or a table of whole texts."""

    def __init__(self, translate: Translate | Mapping[str, str] = pseudo) -> None:
        self.translate: Translate = (
            (lambda text, _source, _target: translate[text]) if isinstance(translate, Mapping) else translate
        )
        self.seen: list[Seen] = []
        self.fault = ""
        self.libretranslate_key = ""
        self.released = threading.Event()
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
        self.fault = self.libretranslate_key = ""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    fake: FakeEngines

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what half of the faults are about."""


class _RefusalError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


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
        path = urlsplit(self.path).path
        engine = {"/m": "google", "/get": "mymemory", "/translate": "libretranslate"}.get(path, "")
        engine = "deepl" if path == "/v2/translate" else engine
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fake = self.server.fake
        fake.seen.append(
            Seen(engine, self.command, self.path, dict(self.headers), body, self.client_address[1])
        )
        if not engine:
            self._send(404, b"not here")
        elif fake.fault in WIRES:
            _WIRE_FAULTS[fake.fault](self)
        elif fake.fault in STATUSES:
            self._send_status(engine, fake.fault)
        else:
            self._send_translation(engine, body, fake.fault)

    def _send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _send_status(self, engine: str, fault: str) -> None:
        headers = {"429 with a delay": {"Retry-After": "7"}, "429 with a date": {"Retry-After": _FAR}}
        reason = json.dumps({"google": {}, "mymemory": {}}.get(engine, {"error": "no", "message": "no"}))
        self._send(STATUSES[fault], reason.encode(), headers.get(fault))

    def _send_translation(self, engine: str, body: bytes, fault: str) -> None:
        read, write = _PROTOCOLS[engine]
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        try:
            text, source, target = read(self, query, body)
        except _RefusalError as refusal:
            reason = {"error": str(refusal), "message": str(refusal), "responseDetails": str(refusal)}
            self._send(refusal.status, json.dumps(reason).encode())
            return
        translation = TEXTS[fault] if fault in TEXTS else self.server.fake.translate(text, source, target)
        whole = write(translation)
        kind = "text/html" if engine == "google" else "application/json"
        self._send(200, _misshapen(fault, whole), {"Content-Type": f"{kind}; charset=UTF-8"})


_FAR = "Fri, 31 Dec 2100 23:59:59 GMT"


def _misshapen(fault: str, whole: str) -> bytes:
    middle = max(whole.find("translatedText"), whole.find('"text"'), whole.find("result-container")) + 20
    shapes = {
        "truncated": whole[:middle],
        "wrong shape": '{"translations": {"0": []}, "responseData": [], "translatedText": 7}',
        "error page": ERROR_PAGE,
        "other page": OTHER_PAGE,
        "empty body": "",
        "huge": whole + " " * 1_200_000,
    }
    return (
        b"\xff\xfe\x80" * 9
        if fault == "not utf-8"
        else shapes.get(fault, whole).encode("utf-8", "surrogatepass")
    )


def _read_google(handler: _Handler, query: dict[str, str], body: bytes) -> tuple[str, str, str]:
    if len(query["q"]) > 5_000:
        raise _RefusalError(413, "")
    return query["q"], query["sl"], query["tl"]


def _write_google(text: str | None) -> str:
    shown = html.escape(text or "", quote=False).replace("\n", "<br>")
    return f'<html><body><div class="result-container">{shown}</div><div>About</div></body></html>'


def _read_mymemory(handler: _Handler, query: dict[str, str], body: bytes) -> tuple[str, str, str]:
    if len(query["q"].encode()) > 500:
        raise _RefusalError(403, "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS")
    source, _, target = query["langpair"].partition("|")
    return query["q"], source.partition("-")[0], target.partition("-")[0]


def _write_mymemory(text: str | None) -> str:
    shown = None if text is None else html.escape(text).replace("&#x27;", "&#39;")
    status = {MYMEMORY_QUOTA: 429, MYMEMORY_LANGUAGE: "403"}.get(text or "", 200)
    neighbour = {"translation": "a neighbour from the memory", "match": 0.6}
    answer = {"responseData": {"translatedText": shown}, "responseStatus": status, "matches": [neighbour]}
    return json.dumps(answer)


def _read_libretranslate(handler: _Handler, query: dict[str, str], body: bytes) -> tuple[str, str, str]:
    asked = {**query, **json.loads(body or "{}")}
    if handler.command != "POST":
        raise _RefusalError(405, "Method Not Allowed")
    key = handler.server.fake.libretranslate_key
    if key and "api_key" not in asked:
        raise _RefusalError(400, "Please contact the server operator to get an API key")
    if key and asked["api_key"] != key:
        raise _RefusalError(403, "Invalid API key")
    return asked["q"], asked["source"], asked["target"]


def _read_deepl(handler: _Handler, query: dict[str, str], body: bytes) -> tuple[str, str, str]:
    if handler.command != "POST" or handler.headers.get("Authorization") != f"DeepL-Auth-Key {DEEPL_KEY}":
        raise _RefusalError(403, "Authorization failed")
    asked = json.loads(body)
    return asked["text"][0], asked["source_lang"].lower(), asked["target_lang"].lower().partition("-")[0]


def _write_libretranslate(text: str | None) -> str:
    return json.dumps({"translatedText": text})


def _write_deepl(text: str | None) -> str:
    return json.dumps({"translations": [{"detected_source_language": "EN", "text": text}]})


Read = Callable[[_Handler, dict[str, str], bytes], tuple[str, str, str]]
_PROTOCOLS: Final[Mapping[str, tuple[Read, Callable[[str | None], str]]]] = {
    "google": (_read_google, _write_google),
    "mymemory": (_read_mymemory, _write_mymemory),
    "libretranslate": (_read_libretranslate, _write_libretranslate),
    "deepl": (_read_deepl, _write_deepl),
}


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
    handler._send(200, b'{"translatedText"', {"Content-Length": "500"})


_WIRE_FAULTS: Final[Mapping[str, Callable[[_Handler], None]]] = {
    "502 html": lambda handler: handler._send(
        502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}
    ),
    "hang": _hang,
    "drip": _drip,
    "drip in the headers": _drip_in_the_headers,
    "reset": _reset,
    "short body": _short_body,
    "redirect": lambda handler: handler._send(302, b"", {"Location": "/elsewhere"}),
    "compressed": lambda handler: handler._send(200, b"\x1f\x8b", {"Content-Encoding": "gzip"}),
}


@contextmanager
def loopback_only() -> Iterator[None]:
    """Refuse every connection and look-up that leaves this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to look up {host}")
        return look_up(host, *arguments, **options)

    with (
        mock.patch.object(socket.socket, "connect", guarded_connect),
        mock.patch.object(socket, "getaddrinfo", guarded_look_up),
    ):
        yield
