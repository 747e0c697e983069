"""A file is written whole or not at all, whatever happens in between."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from publishing.catalogs import files
from publishing.catalogs.files import NotWritten, write_whole

ROOT = Path(__file__).parents[3]
# Writes two large contents in turn until it is killed.
WRITER = """
import sys
from pathlib import Path
from publishing.catalogs.files import write_whole
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_whole(path, letter * 3_000_000)
"""


def litter(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_it_says_whether_the_file_changed(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    assert write_whole(path, b"one") is True
    assert write_whole(path, b"one") is False
    assert write_whole(path, b"two") is True
    assert path.read_bytes() == b"two"
    assert litter(tmp_path) == []


def test_identical_bytes_do_not_touch_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    write_whole(path, b"one")
    before = path.stat()
    write_whole(path, b"one")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "tr" / "articles" / "12-x.po", b"one")


def test_permissions_are_those_of_the_old_file_or_of_any_new_one(tmp_path: Path) -> None:
    ordinary, path = tmp_path / "ordinary", tmp_path / "x.po"
    ordinary.touch()
    write_whole(path, b"one")
    assert path.stat().st_mode == ordinary.stat().st_mode
    path.chmod(0o640)
    write_whole(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_long_name_is_written_too(tmp_path: Path) -> None:
    assert write_whole(tmp_path / ("ş" * 126 + ".po"), b"one")


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "tr").write_bytes(b"in the way")
    with pytest.raises(NotWritten, match=r"tr/x\.po was not written: .+; check the folder") as refused:
        write_whole(tmp_path / "tr" / "x.po", b"one")
    assert "\n" not in str(refused.value)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.po").mkdir()
    with pytest.raises(NotWritten):
        write_whole(tmp_path / "x.po", b"one")
    assert litter(tmp_path) == []


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("open", errno.EACCES),
        ("open", errno.EROFS),
        ("fsync", errno.ENOSPC),
        ("fsync", errno.EIO),
        ("replace", errno.EXDEV),
    ],
    ids=["not writable", "read-only", "disk full", "disk broken", "not renamed"],
)
def test_a_failure_at_any_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    path = tmp_path / "x.po"
    write_whole(path, b"old")

    def fail(*arguments: object, **options: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(Path if step == "replace" else files.os, step, fail)
        with pytest.raises(NotWritten, match=os.strerror(code)):
            write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert litter(tmp_path) == []


def test_a_disk_that_is_full_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    path = tmp_path / "x.po"
    write_whole(path, b"old")
    real = os.open

    def full(name: object, *arguments: int) -> int:
        os.close(real(name, *arguments))  # type: ignore[call-overload]
        return real("/dev/full", os.O_WRONLY)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.os, "open", full)
        patch.setattr(files.os, "fchmod", lambda *_: None)
        with pytest.raises(NotWritten, match="No space left"):
            write_whole(path, b"new" * 100_000)
    assert path.read_bytes() == b"old"
    assert litter(tmp_path) == []


@pytest.mark.parametrize(("code", "passes"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_only_a_folder_that_cannot_be_flushed_at_all_is_forgiven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, passes: bool
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112 - a descriptor's link, not a path
            raise OSError(code, os.strerror(code))
        real(descriptor)

    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc on this system")
    monkeypatch.setattr(files.os, "fsync", fsync)
    if passes:
        assert write_whole(tmp_path / "x.po", b"one")
    else:
        with pytest.raises(NotWritten):
            write_whole(tmp_path / "x.po", b"one")


def test_what_a_killed_writer_left_goes_with_a_later_write(tmp_path: Path) -> None:
    abandoned, running = tmp_path / ".x.po.0a.tmp", tmp_path / ".x.po.0b.tmp"
    others = tmp_path / ".y.po.0c.tmp"
    for path in (abandoned, running, others):
        path.touch()
    long_ago = time.time() - 7200
    os.utime(abandoned, (long_ago, long_ago))
    os.utime(others, (long_ago, long_ago))
    write_whole(tmp_path / "x.po", b"one")
    assert sorted(litter(tmp_path)) == [running.name, others.name]


def kill_in_the_middle(path: Path, rounds: int) -> None:
    for number in range(rounds):
        command = [sys.executable, "-c", WRITER, path]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.01 + 0.007 * (number % 10))
            writer.send_signal(signal.SIGKILL)
        if path.exists():
            data = path.read_bytes()
            assert data in (b"a" * 3_000_000, b"b" * 3_000_000)


def test_a_kill_in_the_middle_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    write_whole(path, b"a" * 3_000_000)
    kill_in_the_middle(path, rounds=3)


@pytest.mark.long
def test_two_hundred_kills_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    write_whole(path, b"a" * 3_000_000)
    kill_in_the_middle(path, rounds=200)


def test_writers_of_the_same_file_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    command = [sys.executable, "-c", WRITER, path]
    writers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        for _ in range(20):
            time.sleep(0.005)
            if path.exists():
                assert set(path.read_bytes()) in ({97}, {98})
                assert path.stat().st_size == 3_000_000
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
