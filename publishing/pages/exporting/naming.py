"""Which file a page is. A path from the table is data: one that could leave the folder has no file."""

import re

from publishing.languages import CODES

_FOLDERS = rf"(?:(?:{'|'.join(CODES)})/(?:[a-z0-9_-]+/)*)?"
_FOLDER = re.compile(rf"/(?P<folders>{_FOLDERS})")
_FILE = re.compile(rf"/(?P<folders>{_FOLDERS})(?P<name>[a-z0-9_-]+(?:\.[a-z0-9]+)+)")
INDEX, GONE, NOT_FOUND = "index.html", "gone.html", "404.html"
_OURS = {INDEX, GONE, NOT_FOUND}
_COMPRESSED = (".gz", ".br")


def file_of(path: str, status: int = 200) -> str | None:
    """The file of a page, relative to the site's folder with "/" between, or None where it can have none.

    `/en/grain/` is `en/grain/index.html`, and where the article was withdrawn `en/grain/gone.html`; a name
    with an ending stays what it is. Small letters only, so that no two pages meet where case is ignored.
    """
    if found := _FOLDER.fullmatch(path):
        return found["folders"] + (GONE if status == 410 else INDEX)
    found = _FILE.fullmatch(path)
    if not found or found["name"] in _OURS or found["name"].endswith(_COMPRESSED):
        return None
    return found["folders"] + found["name"]


def is_sound(location: str) -> bool:
    """Whether an address can stand in a server's configuration as it is."""
    return bool(_FOLDER.fullmatch(location) or _FILE.fullmatch(location))
