"""Translation memories in TMX 1.4 (GALA's specification): read from any tool, written for any tool."""

import re
from collections.abc import Iterable

from .errors import CatalogError, excerpt
from .tags import ours
from .tmx_reading import MAX_BYTES, Pair, Reading, read_units

__all__ = ["MAX_BYTES", "Pair", "Reading", "read", "scan", "write"]

_VERSION = "1"  # of what this module writes; a constant, so that equal pairs give equal bytes
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def read(data: bytes) -> list[Pair]:
    """The pairs between our languages in a TMX file of at most 50 MB, in the file's order.

    Raises CatalogError with the line for XML that is broken, declares entities, or is no TMX.
    """
    return list(scan(data).pairs)


def scan(data: bytes) -> Reading:
    """As `read`, together with what was passed over: variants in other languages, units without a pair."""
    return read_units(data)


def write(pairs: Iterable[Pair]) -> bytes:
    """TMX 1.4 in UTF-8: one `tu` per source text with a `tuv` for each of its targets, in their order.

    Equal pairs give equal bytes. Whitespace at a text's edges is not kept, since readers differ about it.
    Raises CatalogError for what XML cannot carry, an empty text, and a language that is not ours.
    """
    units: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        _refuse_unwritable(pair)
        units.setdefault((pair.source_language, pair.source.strip()), []).append(pair)
    languages = {language for language, _ in units}
    common = languages.pop() if len(languages) == 1 else "*all*"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f'<header creationtool="Dragoman" creationtoolversion="{_VERSION}" segtype="sentence" o-tmf="PO" '
        f'adminlang="en" srclang="{common}" datatype="plaintext"/>',
        "<body>",
    ]
    for (language, source), targets in units.items():
        lines.append("<tu>" if language == common else f'<tu srclang="{language}">')
        lines.append(f'<tuv xml:lang="{language}"><seg>{source.translate(_TEXT)}</seg></tuv>')
        lines.extend(_variant(pair) for pair in targets)
        lines.append("</tu>")
    lines.append("</body>\n</tmx>\n")
    return "\n".join(lines).encode("utf-8")


def _variant(pair: Pair) -> str:
    changed = f' changeid="{pair.changed_by.translate(_ATTRIBUTE)}"' if pair.changed_by else ""
    note = f"<note>{pair.note.translate(_TEXT)}</note>" if pair.note else ""
    origin = f'<prop type="x-origin">{pair.origin.translate(_TEXT)}</prop>' if pair.origin else ""
    segment = f"<seg>{pair.target.strip().translate(_TEXT)}</seg>"
    return f'<tuv xml:lang="{pair.target_language}"{changed}>{note}{origin}{segment}</tuv>'


def _refuse_unwritable(pair: Pair) -> None:
    name = f"the pair of {excerpt(pair.source)}"
    if not pair.source.strip() or not pair.target.strip():
        raise CatalogError(f"{name} has an empty text")
    for language in (pair.source_language, pair.target_language):
        if ours(language) != language:
            raise CatalogError(f"{name}: unknown language {excerpt(language)}")
    if pair.source_language == pair.target_language:
        raise CatalogError(f"{name} has the same language on both sides")
    for text in (pair.source, pair.target, pair.origin, pair.changed_by, pair.note):
        if found := _NOT_XML.search(text):
            raise CatalogError(f"{name} holds U+{ord(found.group()):04X}, which XML cannot carry")
