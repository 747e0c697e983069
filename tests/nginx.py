"""An nginx of a test's own: a folder, a port on loopback, a process that ends with the test."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import processes

BINARY = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
ABSENT = "nginx is not installed"


@contextmanager
def serving(
    folder: Path, *, root: Path, http: str = "", server: str = "", workers: int = 1
) -> Iterator[tuple[str, int]]:
    """nginx sends the files of `root`, with our lines in its http and server blocks; gives address and process id.

    `folder` keeps what nginx itself writes.
    """
    port = processes.free_port()
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
    command = [str(BINARY), "-p", str(folder), "-c", str(configuration), "-e", str(folder / "errors")]
    with processes.serving(command, port, folder / "errors") as pid:
        yield f"http://127.0.0.1:{port}", pid
