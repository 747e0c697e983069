"""Undated note: a cited web page has a title and an outlet, and needs the date on which it was read."""

import re
from typing import Final

from publishing.quality.base import Finding, finding
from publishing.quality.text import Text

_YEAR: Final = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])")


def check(text: Text) -> list[Finding]:
    """One finding over a note with a quoted title and an outlet but no date and no year after the title."""
    if not text.note or not text.quoted:
        return []
    title_end = text.quoted[0][1]
    if _YEAR.search(text.text, title_end):
        return []
    return [finding("undated_note", 0, len(text.text), in_source=True)]
