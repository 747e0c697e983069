"""The only way out to an engine, for our own clients (`send`) and for libraries.

deep-translator calls `requests.get` and `requests.post` bare: no time-out, a new connection per call, redirects
followed, keys in addresses, the status lost in its exceptions. `install` puts an object of ours in that name,
once per module; what a call may do is said by the `Call` of the current thread, which also keeps the answer.

Each request has one deadline for everything from looking up the host's name to the last byte, and goes where
`addresses` lets it go (see `connections`). Proxies, cookies and .netrc of the environment are left alone, and
answers travel uncompressed, so that the cap on their size holds.
"""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from types import ModuleType
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from . import connections
from .addresses import NOTHING_PRIVATE, AddressRefused, Private
from .base import AuthenticationFailed, BadOutput, Retryable

USER_AGENT = "Dragoman/0.1 (machine translation for reviewed publishing)"
BYTE_CAP = 1_048_576
LONGEST_WAIT = 86_400.0
_CHUNK = 65_536
_CHARSETS = frozenset(
    {"utf-8", "utf8", "us-ascii", "iso-8859-1", "iso-8859-5", "iso-8859-9", "windows-1251", "windows-1252"}
    | {"windows-1254", "koi8-r"}
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as the library means it, or as an engine wants it. `json` is sent as the body if given."""

    method: str
    url: str
    params: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: Mapping[str, object] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, in the shape that deep-translator reads: `status_code`, `text`, `json()`, `close()`."""

    status_code: int
    retry_after: float | None
    charset: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; raises ValueError where it is not text of the charset it claims."""
        return self.body.decode(self.charset)

    def json(self) -> Any:
        """The body as JSON; raises ValueError where it is none."""
        return json.loads(self.body)

    def field(self, *path: str) -> object:
        """The value at `path` in a JSON object, or None where the body has no such thing."""
        try:
            value = self.json()
        except (ValueError, RecursionError):
            return None
        for step in path:
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value

    def close(self) -> None:
        """Nothing to do: the connection is already back in its pool."""


@dataclass(slots=True)
class Call:
    """What the current thread may send, and what came back.

    `origin` is the one scheme, host and port that requests may go to, `private` what of private networks it
    may lead to; `dress` gives a request the form that the engine wants; `mend` repairs a body before the
    library reads it.
    """

    engine: str
    origin: str
    timeout: float
    private: Private = NOTHING_PRIVATE
    dress: Callable[[Outgoing], Outgoing] = lambda request: request
    mend: Callable[[bytes], bytes] = bytes
    answer: Answer | None = None


_current = threading.local()


@contextmanager
def calling(call: Call) -> Iterator[Call]:
    """Let the current thread send requests as `call` says."""
    _current.call = call
    try:
        yield call
    finally:
        _current.call = None


def origin(url: str) -> str:
    """Scheme, host and port of an address, as `Call.origin` wants it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


class Requests:
    """The stand-in for the `requests` module. It works inside of `calling` only."""

    def get(self, url: str, params: Mapping[str, str] | None = None, **_unused: object) -> Answer:
        """Send a GET as the current call says."""
        return _send(Outgoing("GET", url, dict(params or {})))

    def post(self, url: str, params: Mapping[str, str] | None = None, **_unused: object) -> Answer:
        """Send a POST as the current call says."""
        return _send(Outgoing("POST", url, dict(params or {})))


_STAND_IN = Requests()
_installing = threading.Lock()


def install(module: ModuleType) -> None:
    """Put the stand-in in place of `requests` inside one of deep-translator's modules; safe to repeat."""
    with _installing:
        if getattr(module, "requests", None) is not _STAND_IN:
            vars(module)["requests"] = _STAND_IN


def _send(request: Outgoing) -> Answer:
    call: Call | None = getattr(_current, "call", None)
    if call is None:
        raise RuntimeError("deep-translator was called past publishing.engines; use publishing.engines.get")
    return send(call, request)


def send(call: Call, request: Outgoing) -> Answer:
    """The whole answer to a request, whatever its status; kept in `call.answer`, too.

    Raises `Retryable` where no whole answer comes, `AuthenticationFailed` for an address or a certificate that
    is refused, `BadOutput` for an answer that is too large or in a form that was not asked for.
    """
    request = call.dress(request)
    if origin(request.url) != call.origin:
        raise BadOutput(
            f"{call.engine}: a request to a host that is not configured was stopped", billed=False
        )
    connections.begin(call.timeout, call.private)
    call.answer = None
    try:
        call.answer = _exchange(call, request)
    except BadOutput as failure:
        # Whoever prints a traceback with its variables would print the headers, and so the key.
        raise failure.with_traceback(None) from None
    except AddressRefused:
        raise AuthenticationFailed(
            f"{call.engine}: its address leads into a private network; if that is meant, name the host in "
            "MT_PRIVATE_HOSTS",
            billed=False,
        ) from None
    except (urllib3.exceptions.SSLError, ssl.SSLError):
        raise AuthenticationFailed(
            f"{call.engine}: the server's certificate is not trusted", billed=connections.has_sent()
        ) from None
    except urllib3.exceptions.NewConnectionError:
        raise Retryable(f"{call.engine}: the server cannot be reached", billed=False) from None
    except (urllib3.exceptions.TimeoutError, TimeoutError):
        raise Retryable(
            f"{call.engine}: no whole answer within {call.timeout:g} s", billed=connections.has_sent()
        ) from None
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError):
        raise Retryable(
            f"{call.engine}: the connection failed or broke off", billed=connections.has_sent()
        ) from None
    return call.answer


def _exchange(call: Call, request: Outgoing) -> Answer:
    """One request and its whole answer, whatever its status."""
    url = f"{request.url}?{urlencode(request.params)}" if request.params else request.url
    body = None if request.json is None else json.dumps(request.json, ensure_ascii=False).encode()
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **request.headers}
    if body is not None:
        headers["Content-Type"] = "application/json"
    response = connections.pools().urlopen(
        request.method,
        url,
        body=body,
        headers=headers,
        redirect=False,
        retries=False,
        preload_content=False,
        decode_content=False,
        timeout=urllib3.Timeout(total=call.timeout, connect=min(call.timeout, connections.CONNECT_TIMEOUT)),
    )
    whole = False
    try:
        raw = _read(call, response)
        whole = True
    finally:
        # A connection with bytes left on it must not be used again.
        response.release_conn() if whole else response.close()
    return Answer(
        response.status,
        _seconds(response.headers.get("Retry-After")),
        _charset(response.headers.get("Content-Type", "")),
        call.mend(raw),
    )


def _read(call: Call, response: urllib3.BaseHTTPResponse) -> bytes:
    """The body, read piece by piece as it comes, up to the cap."""
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise BadOutput(f"{call.engine}: the answer is compressed although we asked for plain bytes")
    read = bytearray()
    while piece := response.read1(_CHUNK):
        read += piece
        if len(read) > BYTE_CAP:
            raise BadOutput(f"{call.engine}: the answer is larger than {BYTE_CAP} bytes")
    return bytes(read)


def _seconds(written: str | None) -> float | None:
    """Retry-After (RFC 9110 §10.2.3) as seconds from now: a number of them, or a date; at most a day."""
    if not written:
        return None
    written = written.strip()
    if written.isascii() and written.isdigit():
        return min(float(written[:9]), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(written).timestamp() - time.time()
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(wait, 0.0), LONGEST_WAIT)


def _charset(content_type: str) -> str:
    """The charset that a Content-Type names, if text comes in it; Python knows stranger codecs."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            named = value.strip().strip('"').lower()
            return named if named in _CHARSETS else "utf-8"
    return "utf-8"
