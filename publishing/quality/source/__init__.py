"""Checks of a source before anyone translates it: what looks wrong is reported, and never silently mended."""

from typing import Final

from publishing.languages import require
from publishing.quality import doubled_word, mixed_script, quotes, spaces
from publishing.quality.base import Finding, SourceCheck
from publishing.quality.source import (
    characters,
    double_comma,
    doubled_reference,
    empty_field,
    reference_space,
    undated_note,
)
from publishing.quality.text import Text

_CHECKS: Final[tuple[SourceCheck, ...]] = (
    characters.check,
    doubled_word.check_source,
    spaces.doubled,
    mixed_script.check_source,
    quotes.check_source,
    double_comma.check,
    empty_field.check,
    undated_note.check,
    reference_space.check,
    doubled_reference.check,
)


def check_source(text: str, language: str) -> list[Finding]:
    """What looks wrong in a source text, in the order of the text; spans are in the text itself.

    Everything is a warning but characters that no catalog can hold. A note is recognised by its form, with or
    without its label. Language is one of publishing.languages.CODES (UnknownLanguage otherwise).
    """
    read = Text(text, require(language))
    found = [one for check in _CHECKS for one in check(read)]
    return sorted(found, key=lambda one: (one.start, one.end, one.code))
