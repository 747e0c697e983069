"""A pinned connection is as safe as any: the certificate has to be the name's, and the greeting is bounded, too."""

import http.server
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from publishing import engines
from publishing.engines import AuthenticationFailed, Retryable, connections

NAME = "mt.internal"
TEXT = "Anahtar cümle."


class _Answer(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b'{"translatedText": ["A key sentence."]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of NAME that signed itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", key, "-out", certificate,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, key


@pytest.fixture
def port(certificate: tuple[Path, Path]) -> Iterator[int]:
    """A server that proves to be NAME."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    yield server.server_port
    connections.close()
    server.shutdown()
    server.server_close()
    serving.join()


def _translated(host: str, port: int, trusted: Path | None = None, timeout: str = "10") -> list[str]:
    """As if every name were at 127.0.0.1; `trusted` is what the system trusts."""

    def look_up(_host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    environment = {
        "LIBRETRANSLATE_URL": f"https://{host}:{port}",
        "MT_PRIVATE_HOSTS": host,
        "MT_TIMEOUT": timeout,
        **({"SSL_CERT_FILE": str(trusted)} if trusted else {}),
    }
    connections.close()
    with mock.patch.dict("os.environ", environment), mock.patch.object(socket, "getaddrinfo", look_up):
        return engines.get("libretranslate").translate([TEXT], "tr", "en")


def test_a_trusted_certificate_of_that_name_is_believed(certificate: tuple[Path, Path], port: int) -> None:
    assert _translated(NAME, port, certificate[0]) == ["A key sentence."]


def test_one_of_another_name_is_not(certificate: tuple[Path, Path], port: int) -> None:
    with pytest.raises(AuthenticationFailed, match="certificate") as caught:
        _translated("other.internal", port, certificate[0])
    assert not caught.value.billed


def test_one_that_nobody_trusts_is_not(port: int) -> None:
    with pytest.raises(AuthenticationFailed, match="certificate") as caught:
        _translated(NAME, port)
    assert not caught.value.billed


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x03\x40\x00\x02"])
def test_a_greeting_that_does_not_end_is_bounded_by_the_deadline(sent: bytes) -> None:
    """A server that says nothing, and one whose answer drips."""
    released = threading.Event()

    def drip(server: socket.socket) -> None:
        server.settimeout(5)  # on a busy machine the deadline may be over before anybody connects
        with suppress(OSError), server.accept()[0] as client:
            client.sendall(sent)
            while not released.wait(0.02):
                client.sendall(b"\x00" if sent else b"")

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip, args=(server,), daemon=True)
        dripping.start()
        try:
            with pytest.raises(Retryable, match="within") as caught:
                _translated(NAME, server.getsockname()[1], timeout="0.2")
        finally:
            released.set()
        dripping.join()
    assert not caught.value.billed
