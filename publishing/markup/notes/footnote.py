"""What a footnote says: who wrote what, where it appeared, when it was looked up; or simply Ibid.

Understood is the house style of the source, `“Title”, Outlet, address (Date of Accession: 09.11.2022).`, in
English, Turkish and Russian, with the holes that lost links leave in it (`IEA,,`, `CBS News, /,`).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from publishing.languages import numbers, quotes
from publishing.languages.written_dates import CalendarDate
from publishing.markup.blocks import WHITE_SPACE

_ACCESS: Final = re.compile(
    r"""(?P<open>[(\[]?) \s*
        (?: date \s of \s access(?:ion)? | date \s accessed | access(?:ed)? \s date
          | (?:last \s)? accessed (?:\s on)? | retrieved (?:\s on)?
          | (?:son \s)? erişim (?:\s tarihi)? | e\.t\. | дата \s (?:обращения|доступа)
        ) \s* :? \s* (?P<date> [^()\[\]:]{6,40}? ) \s* [)\]]? [\s.,;]* $""",
    re.VERBOSE | re.IGNORECASE,
)
_IBID: Final = re.compile(
    r"(?:ibid|a\.\s?g\.\s?e|age|aynı\s(?:yer|eser)|там\sже)\.?(?:[,\s]+(?P<page>.*?))?[\s.,]*", re.IGNORECASE
)
_SEPARATOR: Final = re.compile(r",(?=[\s,]|$)")
_TAG: Final = re.compile(r"</?[a-z]{1,3}[0-9]+/?>")


@dataclass(frozen=True, slots=True)
class Ibid:
    """The same place as the note before, with a page of its own or without (empty)."""

    page: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A citation in its parts, each as written.

    `lead` stands before the title (authors), `title` is without its quotation marks, `parts` follow it (outlet,
    volume, date, address), junk left out; `comma` tells whether one stands before the date of access.
    """

    lead: tuple[str, ...]
    title: str
    parts: tuple[str, ...]
    accessed: date | None
    comma: bool


def parse(text: str, language: str) -> Footnote | Ibid | None:
    """Return what a footnote's text (without its label) says, or None where that is not certain."""
    text = text.strip(WHITE_SPACE)
    ibid = _IBID.fullmatch(text)
    if ibid:
        return Ibid(ibid["page"] or "")
    found = _ACCESS.search(text)
    accessed = day(found["date"], language) if found else None
    if found and accessed is None:
        return None
    return _citation(text[: found.start()] if found else text.rstrip(WHITE_SPACE + "."), accessed, language)


def access(text: str, language: str) -> tuple[str, date] | None:
    """Return what stands before a note's date of access, and that date; None where there is no such date.

    What stands there may be anything: the note need not be one that `parse` understands.
    """
    found = _ACCESS.search(text)
    accessed = day(found["date"], language) if found else None
    if found is None or accessed is None or _TAG.search(text, found.start()):
        return None
    return text[: found.start()].rstrip(WHITE_SPACE), accessed


def _citation(head: str, accessed: date | None, language: str) -> Footnote | None:
    """Part what stands before the date of access at the title, its only quotation."""
    titles = [span for span in quotes.enclosed(head) if head[span[0]] in quotes.MARKS]
    start, end = titles[0] if titles else (0, 0)
    if not quotes.MARKS.isdisjoint(head[:start] + head[end:]):
        return None
    lead, _ = _segments(head[:start], language)
    parts, holes = _segments(head[end:], language)
    title = head[start + 1 : end - 1].strip(WHITE_SPACE).removesuffix(",") if titles else ""
    if not (title or parts):
        return None
    # One comma at the end belongs to the parenthesis; more are what a lost link left behind.
    return Footnote(lead, title, parts, accessed, comma=holes == 1)


def _segments(text: str, language: str) -> tuple[tuple[str, ...], int]:
    """Return what commas part, without blanks, and how many of the segments said nothing."""
    text = text.lstrip(WHITE_SPACE + ",")
    dates = [(found.start, found.end) for found in numbers.find_dates(text, language)]
    # The comma of `November 9, 2022` parts nothing.
    commas = [place.start() for place in _SEPARATOR.finditer(text)]
    commas = [place for place in commas if not any(start < place < end for start, end in dates)]
    edges = zip([0, *(place + 1 for place in commas)], [*commas, len(text)], strict=True)
    segments = [text[start:end].strip(WHITE_SPACE) for start, end in edges]
    kept = [segment for segment in segments if _TAG.search(segment) or any(map(str.isalnum, segment))]
    return tuple(kept), len(segments) - len(kept)


def without_tags(text: str) -> str:
    """Return the text without anything that has a placeholder's shape."""
    return _TAG.sub("", text)


def tags(text: str) -> list[str]:
    """Return everything in the text that has a placeholder's shape, sorted."""
    return sorted(_TAG.findall(text))


def day(text: str, language: str) -> date | None:
    """Return the day that the whole text names, if it can mean only one."""
    text = text.strip(WHITE_SPACE)
    found = numbers.find_dates(text, language)
    if len(found) != 1 or found[0].start or text[found[0].end :].strip(WHITE_SPACE + "г."):
        return None
    readings = [reading for reading in found[0].readings if isinstance(reading, CalendarDate)]
    value = readings[0].whole() if len(readings) == len(found[0].readings) == 1 else None
    return value if isinstance(value, date) else None
