"""From the bytes of a PO file to clean text: size, charset, byte order mark, line ends, controls."""

import re

from .errors import CatalogError

MAX_BYTES = 10 * 1024 * 1024

# Charsets that gettext itself knows and that were used for our languages. A closed list, since Python's
# codecs also answer to names that are no charset at all ("hex", "zip", "punycode").
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-3": "iso-8859-3",
    "iso-8859-5": "iso-8859-5",
    "iso-8859-9": "iso-8859-9",
    "iso-8859-15": "iso-8859-15",
    "koi8-r": "koi8-r",
    "cp866": "cp866",
    "cp1251": "cp1251",
    "cp1252": "cp1252",
    "cp1254": "cp1254",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
}
_PLACEHOLDER = "charset"  # an untouched template says charset=CHARSET

_DECLARED = re.compile(rb'(?:"|\\n)Content-Type:[^"\\\n]*?charset=([\w.:-]+)', re.IGNORECASE)
_FIRST_ENTRY = re.compile(rb"^msgstr\b", re.MULTILINE)
_NEXT_ENTRY = re.compile(rb"^(?:#~)?[ \t]*msg(?:id|ctxt)\b", re.MULTILINE)
_HEADER_BYTES = 64 * 1024  # a header beyond this is none
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Everything that Unicode calls a control character, but for line feed and tab, and halves of surrogate pairs.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def decode(data: bytes) -> str:
    """The file's text with line feeds as line ends and no byte order mark.

    Raises CatalogError for a file that is too large, empty, in an unknown or wrong charset, or holds control
    characters.
    """
    if len(data) > MAX_BYTES:
        raise CatalogError(f"the catalog has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    if data[:2] in _UTF16:
        raise CatalogError("the file is UTF-16; save it as UTF-8", 1)
    text = _decoded(data.removeprefix(b"\xef\xbb\xbf")).replace("\r\n", "\n")
    if not text.strip():
        raise CatalogError("the file is empty")
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise CatalogError(f"control character U+{ord(found.group()):04X}; remove it", line)
    return text


def _decoded(data: bytes) -> str:
    charset = _charset(data)
    if charset not in ("utf-8", "ascii") and not data.isascii() and _is_utf8(data):
        # Saved anew by an editor that left the header alone. Believing either could turn text into mojibake.
        raise CatalogError(
            f"the header says {charset}, but the bytes are UTF-8; correct charset= in the header"
        )
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(
            f"byte 0x{data[error.start]:02X} is not {charset.upper()}; save as UTF-8", line
        ) from None


def _charset(data: bytes) -> str:
    # Only the header entry may declare one: a unit may well quote such a line.
    first = _FIRST_ENTRY.search(data, 0, _HEADER_BYTES)
    if first is None:
        return "utf-8"
    after = _NEXT_ENTRY.search(data, first.end(), _HEADER_BYTES)
    declared = _DECLARED.search(data, first.end(), after.start() if after else _HEADER_BYTES)
    if declared is None:
        return "utf-8"
    name = declared.group(1).decode("ascii", "replace").lower()
    if name == _PLACEHOLDER:
        return "utf-8"
    if name not in _CHARSETS:
        line = data.count(b"\n", 0, declared.start()) + 1
        raise CatalogError(f"the charset {name} is not read; save the file as UTF-8", line)
    return _CHARSETS[name]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
