"""Which sentence a reader quotes: by its letters and figures alone, near misses and torn selections included.

What stands on a page and what a reader selects, copies or types differ in blanks, quotation marks, dashes, case
and marks of notes; the letters tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from publishing.languages.search_form import search_form

LEAST_LETTERS: Final = 3
NEAR: Final = 82.0
"""The least likeness, of 100, of a quotation that stands nowhere as it is (rapidfuzz's partial ratio)."""
_REFERENCE: Final = re.compile(r"\[\d{1,4}\]")
_PLACEHOLDER: Final = re.compile(r"</?[a-z]{1,3}[1-9][0-9]{0,4}/?>")


@dataclass(frozen=True, slots=True)
class _Sentence:
    index: int
    letters: str
    start: int  # in the letters of the whole text

    @property
    def end(self) -> int:
        return self.start + len(self.letters)


def letters(text: str) -> str:
    """The letters and figures of a text in their search form; marks of notes and placeholders left out."""
    bare = _PLACEHOLDER.sub("", _REFERENCE.sub(" ", text))
    return "".join(character for character in search_form(bare) if character.isalnum())


def locate(quote: str, sentences: Sequence[str], before: str = "") -> int | None:
    """The index of the sentence that is quoted, or None where no sentence is like it.

    `before` is what stood before the quotation on the page: it decides between places that are alike. A quotation
    of several sentences is about the one that most of it lies in, the first of equals.
    """
    sought = letters(quote)
    if len(sought) < LEAST_LETTERS:
        return None
    known = list(_known(sentences))
    whole = "".join(sentence.letters for sentence in known)
    places, context = _places(sought, whole, known), letters(before)
    if places:
        start = max(places, key=lambda place: _agreement(whole, place, context))  # the first of equals
        return max(known, key=lambda each: _overlap(each, start, start + len(sought))).index
    return _nearest(sought, known)


def _known(sentences: Sequence[str]) -> Iterator[_Sentence]:
    start = 0
    for index, text in enumerate(sentences):
        if found := letters(text):
            yield _Sentence(index, found, start)
            start += len(found)


def _places(sought: str, whole: str, known: Sequence[_Sentence]) -> list[int]:
    """Where the quotation stands; where it is a sentence of its own somewhere, only such places."""
    places, place = [], whole.find(sought)
    while place >= 0:
        places.append(place)
        place = whole.find(sought, place + 1)
    starts = {sentence.start for sentence in known if sentence.letters == sought}
    return [place for place in places if place in starts] or places


def _agreement(whole: str, place: int, context: str) -> int:
    """How many letters before a place are those at the end of the context."""
    number = 0
    while number < min(place, len(context)) and whole[place - 1 - number] == context[-1 - number]:
        number += 1
    return number


def _overlap(sentence: _Sentence, start: int, end: int) -> int:
    return min(sentence.end, end) - max(sentence.start, start)


def _nearest(sought: str, known: Sequence[_Sentence]) -> int | None:
    """The sentence that the quotation is most like, if it is like it enough.

    A sentence much shorter than the quotation is no candidate: a word of it stands in every text.
    """
    best, found = NEAR, None
    for sentence in known:
        if len(sentence.letters) * 2 < len(sought):
            continue
        likeness = fuzz.partial_ratio(sought, sentence.letters, score_cutoff=best)
        if likeness > best or (found is None and likeness >= best):
            best, found = likeness, sentence.index
    return found
