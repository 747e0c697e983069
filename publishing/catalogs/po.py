"""Content PO: one document in one language, written for translators' tools and read back from them.

The only module that calls polib, which is unmaintained and has traps; each is answered here, in `po_text` or
in `po_syntax`, and has a test. The file is a projection: `#, fuzzy` says "not approved", but what comes back
is a proposal whatever its flags say.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

from . import po_header, po_text
from .errors import CatalogError, excerpt
from .po_syntax import MAX_UNITS, Checked, check
from .tags import code
from .units import UNTOUCHED, Catalog, Unit

_COMMENT = re.compile(r"([a-z][a-z0-9-]*):(?:\Z|(?=\s))\s*(.*)\Z", re.DOTALL)
_COMMENT_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


class _File(polib.POFile):
    def ordered_metadata(self) -> list[tuple[str, str]]:
        """The header as it was filled: polib would sort the X- fields by name."""
        return list(self.metadata.items())


def write(catalog: Catalog) -> bytes:
    """The catalog as UTF-8 with line feeds, unwrapped; equal catalogs give equal bytes.

    Raises CatalogError, naming the unit, for what PO cannot carry: control characters but tab and line feed,
    an empty key or source, a key that stands twice, edges that msgfmt refuses; and a header without dates.
    """
    if len(catalog.units) > MAX_UNITS:
        raise CatalogError(f"the catalog has {len(catalog.units):,} units; at most {MAX_UNITS:,} are written")
    file = _File(wrapwidth=0)
    file.metadata = po_header.fields(catalog)
    file.header = f"{catalog.document}: {catalog.source_language} to {catalog.language}"
    keys: set[str] = set()
    for unit in catalog.units:
        _refuse_unwritable(unit)
        if unit.key in keys:
            raise CatalogError(f"the key {excerpt(unit.key)} stands twice")
        keys.add(unit.key)
        file.append(_entry(unit))
    data = str(file).encode("utf-8")
    if len(data) > po_text.MAX_BYTES:
        raise CatalogError(
            f"the catalog would have {len(data):,} bytes; at most {po_text.MAX_BYTES:,} are read back"
        )
    return data


def _entry(unit: Unit) -> polib.POEntry:
    previous = unit.previous_source or None
    return polib.POEntry(
        msgctxt=unit.key,
        msgid=unit.source,
        msgstr=unit.target,
        flags=["fuzzy"] if unit.fuzzy and unit.target else [],
        previous_msgctxt=unit.key if previous else None,
        previous_msgid=previous,
        comment="\n".join(_comment_line(name, value) for name, value in unit.comments),
        tcomment=_note(unit.note),
        occurrences=[(unit.reference, "")] if unit.reference else [],
    )


def _comment_line(name: str, value: str) -> str:
    # One line of one key each: polib loses blank comment lines, and a second line could pass for another key.
    line = value if value.isprintable() else _BREAK.sub(" ", value)
    return f"{name}: {line.strip()}".rstrip()


def _note(note: str) -> str:
    return "\n".join(line.rstrip() for line in _BREAK.sub("\n", note).split("\n")).strip("\n")


def _refuse_unwritable(unit: Unit) -> None:
    for fault in _faults(unit):
        raise CatalogError(f"unit {excerpt(unit.key)}: {fault}")


def _faults(unit: Unit) -> Iterator[str]:
    if not unit.key or not unit.source:
        yield f"it has no {'source text' if unit.key else 'key'}"
    values = (value for _, value in unit.comments)
    texts = "".join((unit.key, unit.source, unit.target, unit.previous_source, unit.note, *values))
    if found := po_text.CONTROL.search(texts):
        yield f"it holds U+{ord(found.group()):04X}, which a catalog cannot carry"
    if "\n" in unit.key:
        yield "a key is one line"
    if " " in unit.reference or not unit.reference.isprintable():
        yield f"the reference {excerpt(unit.reference)} has blanks in it"
    # msgfmt's rule for live units; segments keep their edge whitespace apart, so it never meets a sound one.
    if unit.target and _edges(unit.source) != _edges(unit.target):
        yield "only one of source and target begins or ends with a line feed"
    for name, _ in unit.comments:
        if not _COMMENT_KEY.match(name):
            yield f"{excerpt(name)} cannot name a comment"


def _edges(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


def read(data: bytes) -> Catalog:
    """The catalog in the bytes of a PO file, whichever tool wrote it: at most 10 MiB and 50,000 units.

    Raises CatalogError with the line for anything that would lose or mistake text. Whether the file is one of
    ours, and of which document, is for the caller to see: a header field that is missing is "" or None.
    """
    checked = check(po_text.decode(data))
    header = po_header.parse(polib.unescape(checked.header))
    entries = _parse(checked)
    return Catalog(
        language=code(header.get("language", "")),
        source_language=code(header.get("x-source-language", "")),
        document=header.get("x-dragoman-document", ""),
        export_id=header.get("x-dragoman-export-id", ""),
        revised_at=po_header.date(header.get("po-revision-date", "")),
        created_at=po_header.date(header.get("pot-creation-date", "")),
        project=header.get("project-id-version", ""),
        team=header.get("language-team", ""),
        translator=header.get("last-translator", UNTOUCHED),
        units=_units([entry for entry in entries if not entry.obsolete]),
        obsolete=tuple(_unit(entry) for entry in entries if entry.obsolete),
    )


def _parse(checked: Checked) -> polib.POFile:
    # polib takes a string for a path where such a file exists, and cuts any other at U+2028 and its like. So
    # it always gets a path, of a file that this function wrote.
    with TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / "checked.po"
        path.write_bytes(checked.text.encode("utf-8"))
        try:
            entries = polib.pofile(str(path), encoding="utf-8", wrapwidth=0, check_for_duplicates=False)
        except OSError as error:
            found = re.search(r"\(line (\d+)\)", str(error))
            raise CatalogError(
                "not the syntax of a PO file", int(found.group(1)) if found else None
            ) from error
    obsolete = sum(1 for entry in entries if entry.obsolete)
    if (len(entries) - obsolete, obsolete) != (checked.live, checked.obsolete):
        raise CatalogError(f"{checked.live} units were counted but {len(entries) - obsolete} could be read")
    return entries


def _units(entries: list[polib.POEntry]) -> tuple[Unit, ...]:
    # A dictionary of our own: polib's search for duplicates walks the whole file for every entry.
    lines: dict[str, int] = {}
    for entry in entries:
        line = entry.linenum or 1
        if not entry.msgctxt:
            raise CatalogError("a unit without msgctxt, where the segment's key stands", line)
        if entry.msgctxt in lines:
            first = lines[entry.msgctxt]
            raise CatalogError(f"the key {excerpt(entry.msgctxt)} stands twice, first at line {first}", line)
        lines[entry.msgctxt] = line
    return tuple(_unit(entry) for entry in entries)


def _unit(entry: polib.POEntry) -> Unit:
    return Unit(
        key=entry.msgctxt or "",
        source=entry.msgid,
        target=entry.msgstr,
        fuzzy="fuzzy" in entry.flags and bool(entry.msgstr),
        previous_source=entry.previous_msgid or "",
        comments=_comments(entry.comment),
        note=entry.tcomment.strip("\n"),
        reference=_reference(entry.occurrences),
    )


def _comments(text: str) -> tuple[tuple[str, str], ...]:
    """`key: value` lines; a line of another form continues the one before it, as tools that wrap leave it."""
    found: list[tuple[str, str]] = []
    for line in text.split("\n") if text else ():
        if match := _COMMENT.match(line):
            found.append((match[1], match[2]))
        elif found:
            name, value = found[-1]
            found[-1] = (name, f"{value} {line.strip()}".strip())
        else:
            found.append(("", line.strip()))
    return tuple(found)


def _reference(occurrences: list[tuple[str, str]]) -> str:
    # polib takes a number after the last colon for a line number.
    return next((f"{path}:{line}" if line else path for path, line in occurrences), "")
