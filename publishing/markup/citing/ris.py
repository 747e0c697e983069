"""A work as a record in the RIS format, in UTF-8, for Zotero, EndNote, Mendeley and their like.

Source: "RIS Format Specifications", Thomson ResearchSoft (2001, 2011): a tag of two signs, two blanks, a hyphen,
a blank; TY first, ER last; lines end with CR LF.
"""

import re
from collections.abc import Iterator
from typing import Final

from publishing.markup.citing.work import Work

_UNUSABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")


def record(work: Work) -> str:
    """The record: an electronic article; a translator is a subsidiary author (A4), as in EndNote and Zotero."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _fields(work) if value or tag == "ER")


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield from (("AU", name.inverted) for name in work.authors)
    yield "TI", work.title
    yield from (("A4", name.inverted) for name in work.translators)
    if work.published_on:
        yield "PY", str(work.published_on.year)
        yield "DA", f"{work.published_on:%Y/%m/%d}/"
    yield "PB", work.publisher
    yield "LA", work.language
    yield "OP", work.original_title
    yield "AB", work.summary
    yield "UR", work.url
    yield "L2", work.original_url
    yield "ER", ""


def _line(value: str) -> str:
    """One line: a value cannot begin a field of its own."""
    return " ".join(_UNUSABLE.sub(" ", value).split())
