"""The folder of an exported site: what we wrote there, and how it is written, so that nobody ever gets half a file.

A manifest in the folder says which files are ours and of which version. It is written before the files with
what is about to come, and after them with what is there: an export that was killed leaves nothing that the
next one does not know.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils.translation import gettext as _

MANIFEST, LOCK, FORM = ".dragoman.json", ".dragoman.lock", 1
_OURS = {MANIFEST, f"{MANIFEST}.part", LOCK}
_NAME = re.compile(
    r"(?:\.nginx/)?(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*|\.htaccess)"
)
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_HELD = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW


class NotExported(Exception):
    """Nothing, or not everything, could be written; the message says where and what to do."""


class Tree:
    """The folder while it is held by one export. `known` is what stands in it: file → (version, sizes)."""

    def __init__(self, root: Path, known: dict[str, list[object]]) -> None:
        self.root = root
        self.known = known
        self._folders: set[Path] = set()

    def holds(self, name: str, version: str) -> bool:
        """Whether the file stands there in this version, and looks untouched."""
        entry = self.known.get(name)
        if entry is None or entry[0] != version:
            return False
        try:
            # A link is never of our size: what it leads to is not what we wrote.
            return os.lstat(self.root / name).st_size == entry[1]
        except OSError:
            return False

    def expect(self, names: Iterable[str]) -> None:
        """Notes that these files are about to be written: until that is done, nobody knows what is in them."""
        self._save(self.known | {name: ["", -1] for name in names})

    def write(self, name: str, version: str, content: bytes) -> None:
        """Puts a file in its place in one step. Raises NotExported."""
        path = self._place(name)
        try:
            self._require_inside(path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(path, error) from error
        _replace(path, content)
        self.known[name] = [version, len(content)]

    def remove(self, name: str) -> None:
        """Removes one of our files, and the folders that are empty without it. Raises NotExported."""
        path = self._place(name)
        try:
            if not path.parent.exists():
                self.known.pop(name, None)
                return
            self._require_inside(path.parent)
            for each in (path, _draft(path)):
                each.unlink(missing_ok=True)
        except OSError as error:
            raise NotExported(
                _("%(path)s was not removed: %(reason)s.") % {"path": path, "reason": error.strerror}
            ) from error
        with suppress(OSError):  # the first that is not empty
            for folder in path.parents:
                if folder == self.root:
                    break
                folder.rmdir()
                self._folders.discard(folder)
        self.known.pop(name, None)

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NotExported(_("%(name)s is no name for a file of the site.") % {"name": repr(name)})
        return self.root / name

    def _require_inside(self, folder: Path) -> None:
        """A link that somebody put into the tree leads nowhere else."""
        if folder in self._folders:
            return
        if not folder.resolve().is_relative_to(self.root):
            raise NotExported(
                _("%(folder)s leads out of the site's folder: remove the link.") % {"folder": folder}
            )
        self._folders.add(folder)

    def finish(self) -> None:
        """Says what is there, once it is safely there."""
        os.sync()
        self._save(self.known)

    def _save(self, files: Mapping[str, list[object]]) -> None:
        text = json.dumps({"form": FORM, "files": dict(sorted(files.items()))}, separators=(",", ":"))
        _replace(self.root / MANIFEST, text.encode())


def _replace(path: Path, content: bytes) -> None:
    """Puts a file in its place in one step, or leaves what stood there. Raises NotExported."""
    draft = _draft(path)
    try:
        with os.fdopen(_fresh(draft), "wb") as file:
            file.write(content)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise _not_written(path, error) from error


def _fresh(draft: Path) -> int:
    """A new file: what stands there, left by a kill or a link of somebody's, is not written into."""
    try:
        return os.open(draft, _FRESH, 0o666)
    except FileExistsError:
        draft.unlink()
        return os.open(draft, _FRESH, 0o666)


def _not_written(path: Path, error: OSError) -> NotExported:
    return NotExported(_("%(path)s was not written: %(reason)s.") % {"path": path, "reason": error.strerror})


def _draft(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


@contextmanager
def opened(folder: str) -> Iterator[Tree]:
    """The folder, made if it is not there, and held against other exports. Raises NotExported."""
    root = Path(folder)
    try:
        root.mkdir(parents=True, exist_ok=True)
        root = root.resolve()
        strangers = any(each.name not in _OURS for each in root.iterdir())
        if strangers and not (root / MANIFEST).is_file():
            raise NotExported(
                _("%(folder)s holds files that no export wrote: give a new or an empty folder.")
                % {"folder": folder}
            )
        with os.fdopen(os.open(root / LOCK, _HELD, 0o666), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NotExported(
                    _("Another export is writing to %(folder)s: wait until it has ended.")
                    % {"folder": folder}
                ) from None
            yield Tree(root, _known(root / MANIFEST))
    except FileExistsError:
        raise NotExported(_("%(folder)s is a file: give a folder.") % {"folder": folder}) from None
    except NotADirectoryError:
        raise NotExported(_("%(folder)s lies in a file: give a folder.") % {"folder": folder}) from None
    except OSError as error:
        raise NotExported(
            _("%(folder)s cannot be written to: %(reason)s.") % {"folder": folder, "reason": error.strerror}
        ) from error


def _known(manifest: Path) -> dict[str, list[object]]:
    """What the manifest says; a name that is none of ours is not believed, a manifest that cannot be read refused."""
    if not manifest.exists():
        return {}
    try:
        read = json.loads(manifest.read_bytes())
        files = read["files"] if read["form"] == FORM else {}
        return {
            name: [str(version), int(size)]
            for name, (version, size) in files.items()
            if _NAME.fullmatch(name)
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotExported(
            _("%(path)s cannot be read: give a new or an empty folder.") % {"path": manifest}
        ) from None
