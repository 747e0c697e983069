"""Finding terms in a sentence: inflected, of several words, the longest first, never inside of another word.

An index is made once of all forms of a termbase in one language; a sentence is looked up in it by the keys of
its words (see words). Whether capitals count is seen from how a term is written: NATO and West are no who and
no west, while “aircraft carrier” stands at the head of a sentence and in headlines, too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from publishing.languages import require

from .words import VERB, Word, acronym, keys, spelling, words

LONGEST: Final = 20_000
"""Characters of a text that are looked at."""
_SHORT_ACRONYM: Final = 3


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a term: the number of the concept, and how the form is written."""

    concept: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A form of the termbase and the span of the whole words in which it stands."""

    start: int
    end: int
    form: Form


@dataclass(frozen=True, slots=True)
class _Entry:
    """A form as it is compared: its words, their keys, which capitals count, and the word it is looked up by."""

    form: Form
    words: tuple[Word, ...]
    keys: tuple[frozenset[str], ...]
    capitals: tuple[bool, ...]
    anchor: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: Sequence[Word]
    keys: Sequence[frozenset[str]]


class TermIndex:
    """The forms of a termbase in one language, ready to be found. Raises UnknownLanguage."""

    def __init__(self, forms: Iterable[Form], language: str) -> None:
        self.language = require(language)
        split = [(form, parts) for form in forms if (parts := words(form.text))]
        made = [(form, parts, [_own_keys(part, language) for part in parts]) for form, parts in split]
        common = Counter(key for _, _, each in made for key in frozenset[str]().union(*each))
        self._by_key: dict[str, list[_Entry]] = defaultdict(list)
        for form, parts, own in made:
            # By its rarest word, so that a hundred terms that begin with “nuclear” are not tried one by one.
            anchor = min(range(len(parts)), key=lambda place: max(common[key] for key in own[place]))
            entry = _Entry(form, tuple(parts), tuple(own), _capitals(parts), anchor)
            for key in own[anchor]:
                self._by_key[key].append(entry)

    def find(self, text: str) -> list[Found]:
        """The terms of the text in order. Where two overlap the one of more words stands, else the longer one,
        else the earlier one; forms of several concepts with one span all stand."""
        if not self._by_key:
            return []
        parts = words(text[:LONGEST])
        sentence = _Sentence(parts, [keys(part.text, self.language) for part in parts])
        taken: dict[int, tuple[int, int]] = {}
        standing = []
        for start, end, form in sorted(self._candidates(sentence), key=lambda each: _rank(sentence, each)):
            if {taken.get(place, (start, end)) for place in range(start, end)} == {(start, end)}:
                taken |= dict.fromkeys(range(start, end), (start, end))
                standing.append(Found(parts[start].start, parts[end - 1].end, form))
        return sorted(standing, key=lambda found: found.start)

    def _candidates(self, sentence: _Sentence) -> set[tuple[int, int, Form]]:
        """Every form that stands in the sentence: first and last word (exclusive), and the form."""
        found = set()
        for place, known in enumerate(sentence.keys):
            for entry in (entry for key in known for entry in self._by_key.get(key, ())):
                start = place - entry.anchor
                end = start + len(entry.words)
                fits = start >= 0 and end <= len(sentence.words) and self._agrees(entry, sentence, start)
                if fits and _stands_alone(sentence.words, start, end):
                    found.add((start, end, entry.form))
        return found

    def _agrees(self, entry: _Entry, sentence: _Sentence, start: int) -> bool:
        """Whether the words are those of the form, joined as it joins them."""
        last = len(entry.words) - 1
        for place, own in enumerate(entry.words):
            part = sentence.words[start + place]
            if entry.keys[place].isdisjoint(sentence.keys[start + place]):
                return False
            if place and not _joined_alike(part.before, own.before):
                return False
            if entry.capitals[place] and not _is_capital(part.text, own.text):
                return False
            # In a Turkish term the last word alone takes suffixes.
            inner = self.language == "tr" and place < last
            if inner and spelling(part.text, "tr") != spelling(own.text, "tr"):
                return False
        return True


def _rank(sentence: _Sentence, candidate: tuple[int, int, Form]) -> tuple[int, int, int, int]:
    """The more words the better, then the longer, the earlier, the older concept."""
    start, end, form = candidate
    length = sentence.words[end - 1].end - sentence.words[start].start
    return (start - end, -length, start, form.concept)


def _capitals(parts: Sequence[Word]) -> tuple[bool, ...]:
    """Which of a form's words have to have their capitals."""
    found = [part.text[0].isupper() for part in parts]
    # “Aircraft carrier” was typed so; “Black Sea”, “West” and “UN envoy” mean their capitals.
    found[0] &= len(parts) == 1 or any(found[1:]) or len(acronym(parts[0].text)) > 1
    return tuple(found)


def _own_keys(part: Word, language: str) -> frozenset[str]:
    """The keys of a term's word: a noun such as kutuplaşma does not stand in kutuplaştı."""
    made = keys(part.text, language)
    if language != "tr" or part.text.endswith(("mak", "mek")):
        return made
    return frozenset(key for key in made if not key.endswith(VERB))


def _is_capital(found: str, own: str) -> bool:
    """Whether a word has the capitals that the term's has; a long acronym may be written Nato."""
    letters = acronym(own)
    if len(letters) < 2:
        return found[0].isupper()
    if len(acronym(found)) == len(letters):
        return True
    return len(letters) > _SHORT_ACRONYM and found[0].isupper()


def _joined_alike(found: str, own: str) -> bool:
    return found == own or {found, own} == {" ", "-"}


def _stands_alone(parts: Sequence[Word], start: int, end: int) -> bool:
    """Whether no hyphen makes the words a part of another: ex-minister and Южно-Китайское, but US-China and pro-US."""
    name = parts[start].text[0].isupper()
    before = start > 0 and parts[start].before == "-"
    after = end < len(parts) and parts[end].before == "-"
    if before and (not name or parts[start - 1].text.endswith("о")):
        return False
    return not after or name
