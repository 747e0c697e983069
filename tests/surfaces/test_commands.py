"""The commands as a contract: what they report, and one clear line for whatever cannot be done."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from publishing.worker import loop
from tests import cast
from tests.surfaces.commands import refused, run

pytestmark = pytest.mark.django_db

OURS = sorted(name for name, app in get_commands().items() if app == "publishing")


@pytest.mark.parametrize("name", OURS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        call_command(name, "--help")
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert f" {name} " in said
    assert len(said) > 300


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "blank": (lambda path: path.write_bytes(b" \n\t\n"), "empty"),
    "not UTF-8": (lambda path: path.write_bytes("Başlık\n\nŞehir.".encode("iso8859-9")), "UTF-8"),
    "UTF-16": (lambda path: path.write_bytes("Title\n\nText.".encode("utf-16")), "UTF-8"),
    "binary": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(32))), "UTF-8|binary|U\\+"),
    "50 MB": (lambda path: (path.touch(), os.truncate(path, 50 * 2**20)), "50 MB.* 10 MB"),
    "absent": (lambda _path: None, "No such file"),
    "a folder": (lambda path: path.mkdir(), "folder"),
}


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(("make", "said"), BAD_FILES.values(), ids=BAD_FILES)
    @pytest.mark.parametrize("command", ["import_article", "import_catalog"])
    def test_are_refused_with_their_names(
        self, tmp_path: Path, command: str, make: Callable[[Path], object], said: str
    ) -> None:
        path = tmp_path / "given.txt"
        make(path)
        line = refused(command, path)
        assert re.search(said, line), line

    @pytest.mark.parametrize("kind", ["empty", "absent", "a folder"])
    def test_the_name_stands_in_the_line(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / "given.txt"
        BAD_FILES[kind][0](path)
        assert "given.txt" in refused("import_memory", path)

    def test_a_web_page_named_txt_is_told_how_to_come_in(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_text("<!DOCTYPE html>\n<html><body><h1>Grain</h1><p>Ships left.</p></body></html>")
        assert "--format html" in refused("import_article", path)

    def test_a_text_named_html_is_told_as_well(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_text(cast.SHORT)
        assert "--format text" in refused("import_article", path, "--format", "html")

    def test_a_stream_without_end_is_not_read_to_its_end(self) -> None:
        assert "10 MB" in refused("import_article", "/dev/zero")

    @pytest.mark.parametrize("content", ["no memory", "<tmx><body>", "<html></html>"])
    def test_a_memory_that_is_no_tmx(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "given.tmx"
        path.write_text(content)
        assert "given" in refused("import_memory", path)


class TestAsAProcess:
    """Exit codes, and one line on stderr, as a script sees them."""

    def manage(self, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
            "VAR_DIR": str(tmp_path / "var"),
            "CATALOG_ROOT": str(tmp_path / "locale"),
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments, "--skip-checks"],
            cwd=settings.BASE_DIR, env=environment, text=True, capture_output=True, check=False, timeout=60,
        )  # fmt: skip

    def test_a_refusal(self, tmp_path: Path) -> None:
        done = self.manage(tmp_path, "import_article", str(tmp_path / "absent.txt"))
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "absent.txt cannot be read" in done.stderr

    def test_a_database_that_was_never_set_up(self, tmp_path: Path) -> None:
        done = self.manage(tmp_path, "translation_status", "--json")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "migrate" in done.stderr


def test_the_worker_ends_when_nothing_is_due() -> None:
    assert run("worker", "--once") == ""
    assert loop.drain() == 0
