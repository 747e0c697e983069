"""Every translatable string of the interface: Python, templates, and the crafts' tables of plain English.

Templates go through Django's own `templatize`, which turns them into Python that says the same, so that
Babel's extractor reads both.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

from publishing.markup.reading import furniture, values
from publishing.quality.catalogue import CATALOGUE

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "_counted": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ["Translators:"]


def template() -> Catalog:
    """A catalog of all strings without translations, in a stable order."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for path, line, message, comments, context in sorted(_strings(), key=lambda each: (each[0], each[1])):
        found.add(message, locations=[(path, line)], auto_comments=comments, context=context)
    return found


def _strings() -> Iterator[tuple[str, int, Any, list[str], str | None]]:
    base = settings.BASE_DIR
    for path in sorted((base / "publishing").rglob("*.py")):
        yield from _extracted(path.relative_to(base), path.read_bytes())
    for path in sorted((base / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Between brackets no line's indentation matters, whatever the template looked like.
            yield from _extracted(path.relative_to(base), f"({source}\n)".encode())
    yield from _tables()


def _extracted(name: Path, source: bytes) -> Iterator[tuple[str, int, Any, list[str], str | None]]:
    for line, message, comments, context in extract(
        "python", BytesIO(source), KEYWORDS, COMMENT_TAGS, {"encoding": "utf-8"}, strip_comment_tags=True
    ):
        yield name.as_posix(), line, message, comments, context


def _tables() -> Iterator[tuple[str, int, Any, list[str], str | None]]:
    """The crafts speak plain English and know nothing of translation: their tables are read here."""
    for code, entry in CATALOGUE.items():
        yield "publishing/quality/catalogue.py", 0, entry.template, [f"finding {code}"], None
    for code, text in values.REMARKS.items():
        yield "publishing/markup/reading/values.py", 0, text, [f"remark {code}"], None
    for text in furniture.REASONS:
        yield (
            "publishing/markup/reading/furniture.py",
            0,
            text,
            ["why a line of the source was left out"],
            None,
        )
