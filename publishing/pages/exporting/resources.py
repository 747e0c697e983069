"""The static files that pages lead to: style sheets, icons, and what those lead to."""

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_LED_TO = re.compile(rb"""(?:href|src)=["']?([^"'\s>?#]+)""")
_USED = re.compile(rb"""url\(\s*["']?([^"')?#]+)""")


def of_page(content: bytes) -> set[str]:
    """The names of the static files that a page's HTML leads to."""
    prefix = settings.STATIC_URL.encode()
    if not prefix.startswith(b"/"):
        return set()  # they lie on another server
    found = {match for match in _LED_TO.findall(content) if match.startswith(prefix)}
    return {match.removeprefix(prefix).decode("ascii", "replace") for match in found}


def files(names: Iterable[str]) -> dict[str, Path]:
    """The files of these names, and of what style sheets among them use: name → where it lies on this machine."""
    found: dict[str, Path] = {}
    waiting = sorted(names)
    while waiting:
        name = waiting.pop()
        where = finders.find(name) if name not in found and ".." not in name else None
        if isinstance(where, str):
            found[name] = Path(where)
            if name.endswith(".css"):
                used = (match.decode("ascii", "replace") for match in _USED.findall(found[name].read_bytes()))
                waiting += [
                    posixpath.normpath(posixpath.join(posixpath.dirname(name), each)) for each in used
                ]
    return found
