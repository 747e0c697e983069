"""How well a text answers words that are sought, and how near two texts are: by the keys that their words share.

The measure is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, §3.5):
a word counts more the rarer it is among the texts and the oftener it stands in this one, with less and less for
each time, and less in a long text than in a short one. The keys are those of `words`: forms of one word meet.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from publishing.languages.function_words import FUNCTION_WORDS

from .words import keys, spelling, words

SATURATION: Final = 1.2
"""BM25's k1: how soon the same word again adds nothing any more."""
BY_LENGTH: Final = 0.75
"""BM25's b: how much the length of a text counts."""
IN_THE_TITLE: Final = 5
"""For so many occurrences stands one in the title."""
LONGEST: Final = 200_000
"""Characters of a text that are looked at."""
LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 8
"""Words of a query that are sought, the first ones that say something."""
LONGEST_KEY: Final = 60


@dataclass(slots=True)
class Occurrences:
    """How often a key stands in a text, one in the title for several, and where first; -1 for in the title alone."""

    count: int = 0
    place: int = -1


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a query as it was typed, and the keys of its forms."""

    text: str
    keys: frozenset[str]


def occurrences(title: str, text: str, language: str) -> tuple[dict[str, Occurrences], int]:
    """The keys of a text with its title, and how many words it has. Raises UnknownLanguage."""
    found: dict[str, Occurrences] = {}
    length = 0
    for word in words(title[:LONGEST]):
        for key in _telling(word.text, language):
            found.setdefault(key, Occurrences()).count += IN_THE_TITLE
    for word in words(text[:LONGEST]):
        length += 1
        for key in _telling(word.text, language):
            entry = found.setdefault(key, Occurrences())
            entry.count += 1
            if entry.place < 0:
                entry.place = word.start
    return found, length


def _telling(word: str, language: str) -> Iterable[str]:
    """The keys of a word that says something of what the text is about."""
    if spelling(word, language) in FUNCTION_WORDS[language]:
        return ()
    return [key for key in keys(word, language) if len(key) <= LONGEST_KEY]


def sought(query: str, language: str) -> list[Sought]:
    """The words of a query that say something, each once, at most MOST_WORDS. Raises UnknownLanguage."""
    found: dict[str, Sought] = {}
    for word in words(query[:LONGEST_QUERY]):
        made = frozenset(key for form in _typed(word.text, language) for key in _telling(form, language))
        if made:
            found.setdefault(spelling(word.text, language), Sought(word.text, made))
        if len(found) == MOST_WORDS:
            break
    return list(found.values())


def _typed(word: str, language: str) -> Iterator[str]:
    """The word, and what it may be for whoever has no Turkish keyboard: İstanbul typed Istanbul, Kırım typed Kirim."""
    yield word
    if language == "tr":
        if "I" in word:
            yield word.replace("I", "İ")
        if "i" in word:
            yield word.replace("i", "ı")


def rarity(having: int, texts: int) -> float:
    """How much a word tells that so many of the texts have (BM25's inverse document frequency, never negative)."""
    return math.log(1 + (texts - having + 0.5) / (having + 0.5)) if texts >= having else 0.0


def weight(count: float, length: int, average: float) -> float:
    """What a word's occurrences in a text of this length count, between 0 and SATURATION + 1."""
    norm = 1 - BY_LENGTH + BY_LENGTH * (length / average if average else 1)
    return count * (SATURATION + 1) / (count + SATURATION * norm)


def marked(text: str, wanted: frozenset[str], language: str) -> list[tuple[str, bool]]:
    """The text in pieces, and of each whether it is a word that is sought, in whatever form."""
    beginnings = {key[:2] for key in wanted}
    pieces, at = [], 0
    for word in words(text):
        # Forms of one word mostly begin alike: the others are not worth a look into the dictionary.
        if spelling(word.text, language)[:2] in beginnings and not wanted.isdisjoint(
            keys(word.text, language)
        ):
            pieces += [(text[at : word.start], False), (text[word.start : word.end], True)]
            at = word.end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def window(places: Mapping[str, int], size: int) -> int:
    """Where to begin an excerpt of so many characters, so that most of these words stand in it: the first best."""
    there = sorted(place for place in places.values() if place >= 0)
    counts = {begin: sum(begin <= place < begin + size for place in there) for begin in there}
    return max(there, key=lambda begin: (counts[begin], -begin), default=0)
