"""What a content PO holds: one document in one language, unit by unit."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

UNTOUCHED = "Automatically generated"  # gettext's own words for "no person yet" (msginit --no-translator)


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment in an exchange file.

    `key` is the segment's permanent key, `source` and `target` its texts without whitespace at their edges;
    an empty target means "not translated". `fuzzy` is everything that is not approved and not empty.
    `previous_source` is the text an outdated target was made from, "" if there is none. `comments` are lines
    of one `key: value` each, for people and for the way back (kind, state, origin, hash, before, after);
    `note` is what a person wrote beside it; `reference` says where it stands, as article/12/paragraph:3.
    """

    key: str
    source: str
    target: str = ""
    fuzzy: bool = False
    previous_source: str = ""
    comments: tuple[tuple[str, str], ...] = ()
    note: str = ""
    reference: str = ""

    def comment(self, name: str) -> str:
        """The first comment of that name, "" if there is none."""
        return next((value for key, value in self.comments if key == name), "")


@dataclass(frozen=True, slots=True)
class Catalog:
    """One document in one language. Dates carry their zone and are exact to the minute, as in PO; a file that
    comes back may lack any of the header's values: then they are "" or None.

    `obsolete` is what msgmerge put aside (`#~`). It is read, so that no person's words are lost, and never
    written.
    """

    language: str
    source_language: str
    document: str
    export_id: str
    revised_at: datetime | None
    created_at: datetime | None
    project: str = "Dragoman"
    team: str = "none"
    translator: str = UNTOUCHED
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()


def digest(text: str) -> str:
    """The fingerprint of a source text in a unit's `hash` comment: SHA-256 of its UTF-8, first 16 hex digits.

    It tells an edited or outdated source from an unchanged one; it protects nothing.
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
