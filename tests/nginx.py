"""An nginx of a test's own: a folder, a port on loopback, a process that ends with the test."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARY = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
ABSENT = "nginx is not installed"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    folder: Path, *, root: Path, http: str = "", server: str = "", workers: int = 1
) -> Iterator[tuple[str, int]]:
    """nginx sends the files of `root`, with our lines in its http and server blocks; gives address and process id.

    `folder` keeps what nginx itself writes.
    """
    port = free_port()
    mime = next(path for path in (Path("/etc/nginx/mime.types"), Path("/usr/local/nginx/conf/mime.types"),
                                  Path("/opt/homebrew/etc/nginx/mime.types")) if path.exists())  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes {workers};\n"
        f"pid {folder}/pid; error_log {folder}/errors;\n"
        "events { worker_connections 256; }\n"
        f"http {{ include {mime}; default_type application/octet-stream; access_log off; sendfile on; "
        f"keepalive_requests 1000000; {places}\n{http}\n"
        f"server {{ listen 127.0.0.1:{port}; root {root};\n{server}\n}} }}\n"
    )
    process = subprocess.Popen(
        [str(BINARY), "-p", str(folder), "-c", str(configuration), "-e", str(folder / "errors")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise AssertionError(f"nginx did not start: {(folder / 'errors').read_text()}")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
