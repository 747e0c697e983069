"""One text, analysed once for all checks: placeholders, references, addresses, words, quoted spans.

Every analysis is linear in the length of the text, whatever the text: patterns begin where they cannot begin
again a character later, and never look ahead without a bound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from publishing.languages import quotes

TAG: Final = re.compile(r"</?[a-z]{1,3}[0-9]{1,5}>|<[a-z]{1,3}[0-9]{1,5}/>")
REFERENCE: Final = re.compile(r"\[[0-9]{1,3}\]")
_WORD: Final = re.compile(r"[\w\u0300-\u036f]+(?:[-\u2010\u2011'’ʼ][\w\u0300-\u036f]+)*")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.|mailto:|doi:)|@[\w-]|\.(?:com|org|net|edu|gov|info|int|tr|ru|uk|eu|su|рф)(?:[/:]|\W*$)",
    re.IGNORECASE,
)
_CHUNK: Final = re.compile(r"[^\s\ue000\ue001<>]+")
_CITATION: Final = re.compile(r"\s{0,3}(?:\[[0-9]{1,4}\]\s?)?(?=[“\"«„‘])")
_NAME: Final = r"(?:[^\W\d_a-zа-яё][\w.’'-]{0,24}|ve|and|и|&|et|al\.|von|van|de)"
_AUTHORS: Final = re.compile(
    rf"\s{{0,3}}(?:(?:See|Bkz\.|См\.) )?{_NAME}(?: {_NAME}){{0,7}}[,.(:]", re.UNICODE
)
_IMPRINT: Final = re.compile(
    r"\b(?:pp?|ss?|[сСpP])\.[ \u00a0]?[0-9]|\b(?:[Vv]ol|No|Cilt|Sayı|Т|Вып)\.?[ \u00a0][0-9]|№[ \u00a0]?[0-9]"
    r"|\bdoi\b|\bISBN\b|\b(?:Press|Publish\w+|Yayın\w*|Изд\w*)\b|\((?:1[89]|20)[0-9]{2}\)\."
)
_SMALL: Final = frozenset(
    ["of", "the", "and", "on", "for", "in", "to", "a", "an", "ve", "ile", "и", "в", "на", "по"]
)

MOST: Final = 100
"""Findings of one check on one text; more help nobody, and a hostile text would yield a million."""
TAG_FILL: Final = "\ue000"
REFERENCE_FILL: Final = "\ue001"
ADDRESS_FILL: Final = "\ue002"
_LONGEST_OUTLET: Final = 80


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its inner hyphens and apostrophes, and where it stands."""

    start: int
    end: int
    text: str


class Text:
    """A text in a language. `masked` has the same length, with marks and addresses filled in by one sign
    each."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language

    @cached_property
    def tags(self) -> list[re.Match[str]]:
        """Whatever has the grammar of a placeholder, in order."""
        return list(TAG.finditer(self.text)) if "<" in self.text else []

    @cached_property
    def references(self) -> list[re.Match[str]]:
        """The literal references, such as [7], in order."""
        return list(REFERENCE.finditer(self.text)) if "[" in self.text else []

    @cached_property
    def marked(self) -> str:
        """The text with placeholders and references masked."""
        text = _fill(self.text, ((tag.start(), tag.end()) for tag in self.tags), TAG_FILL)
        return _fill(text, ((mark.start(), mark.end()) for mark in self.references), REFERENCE_FILL)

    @cached_property
    def masked(self) -> str:
        """The text with placeholders, references, web and mail addresses masked."""
        if not _ADDRESS.search(self.marked):
            return self.marked
        spans = (
            (chunk.start(), chunk.end())
            for chunk in _CHUNK.finditer(self.marked)
            if _ADDRESS.search(chunk.group())
        )
        return _fill(self.marked, spans, ADDRESS_FILL)

    @cached_property
    def flowing(self) -> tuple[str, list[int]]:
        """The masked text as it reads, pairs taken out and single placeholders a line break; and each sign's
        position in the text."""
        breaks = {tag.start() for tag in self.tags if tag.group().endswith("/>")}
        kept = [index for index, sign in enumerate(self.masked) if sign != TAG_FILL or index in breaks]
        return "".join("\n" if index in breaks else self.masked[index] for index in kept), kept

    @cached_property
    def words(self) -> list[Word]:
        """The words outside marks and addresses, numbers included."""
        return [Word(match.start(), match.end(), match.group()) for match in _WORD.finditer(self.masked)]

    @cached_property
    def word_texts(self) -> list[str]:
        """The same as plain strings, where their places do not matter."""
        return _WORD.findall(self.masked)

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Outermost spans between quotation marks or brackets, marks included; unclosed ones are left out."""
        return quotes.enclosed(self.masked)

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether [start, end) lies between quotation marks or in brackets."""
        return any(opening <= start and end <= closing for opening, closing in self.asides)

    @cached_property
    def asides(self) -> list[tuple[int, int]]:
        """The quoted spans that do not make up the whole text."""
        most = 0.9 * len(self.text)
        return [(start, end) for start, end in self.quoted if end - start < most]

    @cached_property
    def citation(self) -> bool:
        """Whether this reads as an entry of a bibliography: authors in capitals, then a work and its pages."""
        return _AUTHORS.match(self.text) is not None and _IMPRINT.search(self.text) is not None

    @cached_property
    def note(self) -> bool:
        """Whether this reads as a footnote that cites a title: quoted title, then an outlet and data, no
        prose."""
        opening = _CITATION.match(self.text)
        if opening is None:
            return False
        spans = [span for span in self.quoted if span[0] == opening.end()]
        if not spans:
            return False
        outlet = self.text[spans[0][1] :].lstrip(" ,.").partition("(")[0]
        if len(outlet) > _LONGEST_OUTLET:
            return False
        names = [word for word in re.findall(r"[^\W\d_]+", outlet) if word not in _SMALL]
        return bool(names) and all(name[0].isupper() for name in names)


def _fill(text: str, spans: Iterator[tuple[int, int]], sign: str) -> str:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], sign * (end - start))
        done = end
    if not parts:
        return text
    parts.append(text[done:])
    return "".join(parts)
