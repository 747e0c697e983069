"""The header of a content PO: its fields in gettext's order, written from a catalog and read back."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from .errors import CatalogError, excerpt
from .units import UNTOUCHED, Catalog

GENERATOR: Final = "Dragoman"

# Prose has no plural forms, but gettext and Poedit expect the field. The values are those of gettext 0.21's
# msginit; for Turkish CLDR says the same.
_PLURALS: Final = {
    "en": "nplurals=2; plural=(n != 1);",
    "tr": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
_NOT_ONE_LINE = re.compile("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def fields(catalog: Catalog) -> dict[str, str]:
    """The header's fields in the order in which they stand. Raises CatalogError for an unknown language, a
    missing or naive date, and identifiers that cannot stand in a header."""
    for language in (catalog.language, catalog.source_language):
        if language not in _PLURALS:
            raise CatalogError(f"unknown language {excerpt(language)}; known are {', '.join(_PLURALS)}")
    return {
        "Project-Id-Version": _line(catalog.project) or GENERATOR,
        "POT-Creation-Date": _written(catalog.created_at, "created_at"),
        "PO-Revision-Date": _written(catalog.revised_at, "revised_at"),
        "Last-Translator": _line(catalog.translator) or UNTOUCHED,
        "Language-Team": _line(catalog.team) or "none",
        "Language": catalog.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURALS[catalog.language],
        "X-Generator": GENERATOR,
        "X-Source-Language": catalog.source_language,
        "X-Dragoman-Document": _identifier(catalog.document, "document"),
        "X-Dragoman-Export-Id": _identifier(catalog.export_id, "export id"),
    }


def parse(text: str) -> Mapping[str, str]:
    """The fields of a header's text by their names in lower case: mail and gettext both read names so. A name
    that stands twice with different values is refused, since readers disagree about which of them counts."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if not colon:
            continue
        key, value = name.strip().lower(), _line(value)
        if found.setdefault(key, value) != value:
            raise CatalogError(
                f"the header field {excerpt(name.strip())} stands twice with different values", 1
            )
    return found


def date(value: str) -> datetime | None:
    """A PO date such as 2022-11-09 14:30+0300; None for an untouched or unreadable one."""
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M%z")
    except ValueError:
        return None


def _written(moment: datetime | None, name: str) -> str:
    if moment is None or moment.utcoffset() is None:
        raise CatalogError(f"{name} needs a date with a time zone")
    return moment.isoformat(" ", "minutes")[:16] + moment.strftime("%z")[:5]


def _line(text: str) -> str:
    return _NOT_ONE_LINE.sub(" ", text).strip()


def _identifier(text: str, name: str) -> str:
    if not text or not text.isprintable() or text != text.strip():
        raise CatalogError(f"the {name} {excerpt(text)} cannot stand in a header")
    return text
