"""Cut a text into sentences, for English, Turkish and Russian, losing no character.

One expression finds every place where a sentence could end: a run of stops with the quotation marks,
brackets and references that belong to it, and the blanks after it. Whether it does end there is decided in
`boundaries`, from what stands on either side and from the language's abbreviations. The blanks stay at the end
of the sentence before them. A blank line always ends a sentence. Nothing is known here of placeholders.

The work grows linearly with the text: every look back or ahead is bounded or passes over a character once.
"""

import re
from collections.abc import Iterator
from typing import Final

from . import require
from .abbreviations import Rules
from .abbreviations.english import RULES as ENGLISH
from .abbreviations.russian import RULES as RUSSIAN
from .abbreviations.turkish import RULES as TURKISH
from .boundaries import ends
from .candidates import Candidate
from .references import is_reference

VERSION: Final = 1
"""Raised whenever any text would be cut differently than before, so that stored cuts can be told apart."""

RULES: Final[dict[str, Rules]] = {"en": ENGLISH, "tr": TURKISH, "ru": RUSSIAN}

_STOP = re.compile(
    r"""
    (?P<marks>[.!?…‼⁇⁈⁉‽]+(?:[ \u00a0\u202f]\.(?=[\s.”"»)\]]|\Z))*)      # also the spaced points ". . ."
    (?P<tail>(?:
        [”’"'»“›)\]}*†‡\u200b-\u200f\u2060\ufeff]
      | [ \u00a0][”»](?=\s|\Z)
      | ,(?=[ \u00a0]?\[\d{1,3}\])                                            # [7], [8]
      | (?P<note>[ \u00a0\u202f]{0,3}\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\]  # [7], [7, 8]
               | [⁰¹²³⁴-⁹]+ | \(\d{1,3}\) | \[[^\[\]\n]{1,40}\])
      | (?P<bare>(?<=[^\W\d_]{3}\.)\d{1,3}(?=\s) | (?<=[^\W\d_][.][”»])\d{1,3}(?=\s))  # superscripts lost
    )*)
    (?P<blank>\s*)
    """,
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*|\u2029\s*")
_ALNUM = re.compile(r"[^\W_]")


def split(text: str, language: str) -> list[str]:
    """Return the sentences of a text in order; joined, they are the text. An empty text has none.

    Every sentence but one that is all there is holds something other than blanks.
    Raises UnknownLanguage for a language that is not one of CODES.
    """
    rules = RULES[require(language)]
    pieces: list[str] = []
    start = 0
    for begin, end in _paragraphs(text):
        for cut in _cuts(text, begin, end, rules):
            pieces.append(text[start:cut])
            start = cut
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _may_follow(text: str, found: re.Match[str], end: int) -> bool:
    """Turn away at once what is most frequent and never an end: decimals, addresses, a small letter next."""
    after = found.end()
    if after >= end:
        return False
    if not found["blank"]:
        return text[after].isupper()
    return not (text[after].islower() and text[after + 1 : after + 2].islower())


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between blank lines, each with the blank line after it; blanks never stand alone."""
    begin = 0
    if "\n" in text or "\u2029" in text:
        for gap in _BLANK_LINE.finditer(text):
            if not text[begin : gap.end()].isspace():
                yield begin, gap.end()
                begin = gap.end()
    if begin < len(text):
        yield begin, len(text)


def _cuts(text: str, begin: int, end: int, rules: Rules) -> Iterator[int]:
    """Yield where sentences end within one paragraph, its own end included unless the text ends there."""
    start, scanned, spoken = begin, begin, False
    stops = () if is_reference(text, begin, end) else _STOP.finditer(text, begin, end)
    for found in stops:
        if not spoken:
            spoken = _ALNUM.search(text, scanned, found.start()) is not None
            scanned = found.end()
        if spoken and _may_follow(text, found, end) and ends(Candidate(text, start, end, found), rules):
            yield found.end()
            start, scanned, spoken = found.end(), found.end(), False
    if end < len(text):
        yield end
