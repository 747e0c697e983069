"""From bytes to text, refusing what is no text: other encodings, binary files, control characters."""

import codecs
import re
from typing import Final

from publishing.markup.blocks import is_blank
from publishing.markup.reading.values import UnreadableSource

MAX_BYTES: Final = 10 * 1024 * 1024
"""The largest file that is read: 10 MiB, some 1,500 times the sample article."""

MAX_LINES: Final = 200_000
"""More lines than any article has; each may become a block, which costs memory many times its own length."""

MARK: Final = "\ufeff"

# What XML 1.0 (section 2.2, Char) cannot hold, DEL, and the second block of controls (C1): no catalog could
# carry them, and where they stand, a text in Windows-1252 was taken for Latin-1.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_OTHER_ENCODINGS: Final = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def decode(data: bytes) -> str:
    """Return the bytes as text, read as UTF-8; the byte order mark, where there is one, is kept.

    Raises UnreadableSource for more than MAX_BYTES and, with the offset of the first wrong byte, for anything
    that is not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource(f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} are read.")
    encoding = _OTHER_ENCODINGS.get(data[:2])
    if encoding:
        raise UnreadableSource(f"The file is {encoding}, not UTF-8: save it as UTF-8 and try again.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start} (line {line}) "
            "fits no character; save it as UTF-8 and try again."
        ) from None


def refuse_unreadable(text: str) -> None:
    """Raise UnreadableSource for a text that is blank or holds characters that no text has."""
    if is_blank(text):
        raise UnreadableSource("The source is empty: there is no text in it.")
    if text.count("\n") + text.count("\r") - text.count("\r\n") > MAX_LINES:
        raise UnreadableSource(f"The source has more than {MAX_LINES:,} lines; no article has so many.")
    refuse_control_characters(text)


def refuse_control_characters(text: str, first_line: int = 1) -> None:
    """Raise UnreadableSource, naming the line in the file, for characters that no exchange format holds."""
    match = _FORBIDDEN.search(text)
    if match:
        line = text.count("\n", 0, match.start()) + first_line
        raise UnreadableSource(
            f"The source is not plain text: control character U+{ord(match[0]):04X} in line {line}."
        )
