"""An Apache of a test's own: a folder, a port on loopback, a process that ends with the test."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import processes

BINARY = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin:/usr/local/sbin")
ABSENT = "Apache is not installed"
MODULES = Path("/usr/lib/apache2/modules")
LOADED = ("mpm_event", "authz_core", "unixd", "dir", "mime", "headers", "rewrite", "env", "setenvif")


@contextmanager
def serving(folder: Path, *, root: Path) -> Iterator[str]:
    """Apache sends the files of `root` by the rules that lie in it; gives the address. `folder` is Apache's own."""
    port = processes.free_port()
    folder.mkdir(parents=True, exist_ok=True)
    modules = "".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so\n"
        for name in LOADED
        if (MODULES / f"mod_{name}.so").exists()  # the others are built in
    )
    runs_as = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    configuration = folder / "apache.conf"
    configuration.write_text(
        f"ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/errors\nServerName 127.0.0.1\n"
        f"Listen 127.0.0.1:{port}\nDefaultRuntimeDir {folder}\n{modules}{runs_as}"
        "StartServers 1\nServerLimit 2\nThreadsPerChild 8\nMaxRequestWorkers 16\nTypesConfig /etc/mime.types\n"
        f"DocumentRoot {root}\n<Directory {root}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    command = [str(BINARY), "-D", "FOREGROUND", "-f", str(configuration), "-E", str(folder / "errors")]
    with processes.serving(command, port, folder / "errors"):
        yield f"http://127.0.0.1:{port}"
