"""A reference in the form of the American Psychological Association, as plain text in its parts.

Source: Publication Manual of the APA, 7th edition (2020), §9.8 (names), §9.13 (dates), §9.39 (translated works),
§10.16 (webpages). Words and months are those of the page's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from publishing.languages.dates import day_and_month
from publishing.markup.citing.work import Name, Work

MOST_AUTHORS: Final = 20
_ENDS: Final = frozenset("?!…")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a reference in its language; templates have their parameters in `%(…)s`."""

    no_date: str
    translators: str
    original: str
    original_language: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in its parts, in order; the title is set in italics."""

    before: str
    title: str
    after: str
    url: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.before, self.title + self.after, self.url) if part)


def reference(work: Work, words: Words) -> Reference:
    """“Tokmak, E. (2022, November 9). *Title* (A. Kaya, Trans.). Site. https://… (Original work in English …)”.

    Without an author the publisher stands in the author's place and is not named again.
    """
    authors = _listed([_inverted(name) for name in work.authors]) or work.publisher
    dated = _date(work.published_on, work.language) if work.published_on else words.no_date
    after = ""
    if work.translators:
        names = _listed([_upright(name) for name in work.translators])
        after = f" ({words.translators % {'names': names}})"
    if after or work.title[-1:] not in _ENDS:
        after += "."
    if work.authors:
        after += f" {work.publisher}."
    if work.source_language:
        year = work.original_published_on.year if work.original_published_on else ""
        after += f" ({words.original % {'language': words.original_language, 'year': year}})."
    return Reference(f"{_ended(authors)} ({dated}).", work.title.rstrip("."), after, work.url)


def _inverted(name: Name) -> str:
    return f"{name.family}, {name.initials}" if name.initials else name.family


def _upright(name: Name) -> str:
    return f"{name.initials} {name.family}".strip()


def _listed(names: Sequence[str]) -> str:
    """Names with “&” before the last; of more than twenty the first nineteen and the last."""
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, . . . {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _date(day: date, language: str) -> str:
    return f"{day.year}, {day_and_month(day, language)}"
