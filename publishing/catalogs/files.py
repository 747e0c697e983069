"""Writing a file whole or not at all, whatever happens in between."""

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

_STALE = 3600.0  # seconds after which a temporary file is taken for what a killed writer left
# Folders that a file system cannot flush (network mounts, some FUSE): the rename is still whole.
_CANNOT_FLUSH = {errno.EINVAL, errno.ENOTSUP}


class NotWritten(OSError):
    """The file could not be written; what stood there before still stands."""


def write_whole(path: Path, data: bytes) -> bool:
    """Put `data` at `path` and say whether that changed the file; identical bytes are left alone.

    Missing folders are made. The bytes go to a temporary file in the same folder, are flushed, take the old
    file's permissions and its place in one rename, and the folder is flushed. A reader, or a machine that
    comes up again after a failure, sees the old file or the new one. Raises NotWritten, with the reason, if
    the file could not be written. What a killed writer left is removed by a later write to the same path.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _holds(path, data):
            return False
        _remove_stale(path)
        _replace(path, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotWritten(
            f"{path} was not written: {reason}; check the folder, then write it again"
        ) from error
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{_prefix(path)}{secrets.token_hex(8)}.tmp")
    # Not tempfile: its files are private to the user, and the umask cannot be asked for without changing it.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with suppress(FileNotFoundError):
                os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise
    finally:
        os.close(descriptor)


def _prefix(path: Path) -> str:
    # A file name has at most 255 bytes; the temporary one is longer than the path's by its random part.
    return f".{path.name[:50]}."


def _remove_stale(path: Path) -> None:
    now = time.time()
    for litter in path.parent.glob(f"{_prefix(path)}*.tmp"):
        with suppress(OSError):
            if now - litter.stat().st_mtime > _STALE:
                litter.unlink()
