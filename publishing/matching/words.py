"""Words of a text, and the keys under which forms of one word meet: missiles and missile, kitabı and kitap.

The dictionary forms are simplemma's; where it errs or knows nothing, rules of the language help.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from simplemma import is_known, lemmatize

from publishing.languages import casing, require, turkish_stems

from .shapes import MARK

_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f]|[’'ʼ](?=[^\W_]))*")
_APOSTROPHES: Final = str.maketrans("’ʼ", "''")
_CIRCUMFLEX: Final = str.maketrans("âîû", "aiu")
_BLANKS: Final = re.compile(r"\s+")
_HYPHENS: Final = frozenset("-‐‑–")
_BREAK: Final = "\ue000"
_ADJECTIVE: Final = re.compile("(.{3,})(?:[ыио]й|[ая]я|[ую]ю|[оеыи]е|[ое]го|[ое]му|[ыи]ми?|[ое]м|ей|[ыи]х)")
_NOUN_ENDINGS: Final = (
    "", "а", "я", "у", "ю", "е", "и", "ы", "о", "ой", "ей", "ою", "ею", "ом", "ем", "ов", "ев", "ам", "ям", "ах",
    "ях", "ами", "ями",
)  # fmt: skip
_NOMINATIVE: Final = ("", "а", "я", "ь", "й", "о", "е", "ы", "и")
_LONGEST: Final = 60
_REMEMBERED: Final = 50_000
STEM: Final = "~"
"""Ends the keys that are stems, so that none is taken for a word."""
VERB: Final = "-"
"""Ends the keys under which forms of a Turkish verb meet; a term has them where it is an infinitive."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place: its span, how it is written, and what stands before it: a blank, a hyphen or other."""

    start: int
    end: int
    text: str
    before: str


def words(text: str) -> list[Word]:
    """The words of the text in order. Placeholders count as blanks; a reference ends what stands before it."""
    hidden = MARK.sub(lambda mark: (_BREAK if mark.group()[0] == "[" else " ") * len(mark.group()), text)
    found, end = [], 0
    for match in _WORD.finditer(hidden):
        found.append(Word(match.start(), match.end(), match.group(), _between(hidden[end : match.start()])))
        end = match.end()
    return found


def _between(text: str) -> str:
    said = _BLANKS.sub(" ", text)
    return "-" if said in _HYPHENS else said


@lru_cache(maxsize=_REMEMBERED)
def keys(word: str, language: str) -> frozenset[str]:
    """The keys of a word as it is written; forms of one word share one. Raises UnknownLanguage."""
    if len(word) > _LONGEST:
        return frozenset({spelling(word, language)})
    written = _plain(word)
    base = _without_ending(written, require(language))
    small = casing.lower(base, language)
    found = {"en": _english, "tr": _turkish, "ru": _russian}[language]
    made = {small, *found(small, base)}
    return frozenset({spelling(word, language), *(_spelled(key, language) for key in made)})


@lru_cache(maxsize=_REMEMBERED)
def spelling(word: str, language: str) -> str:
    """The word without regard to case and to what is spelled in two ways. Raises UnknownLanguage."""
    return _spelled(casing.lower(_plain(word), language), language)


def is_word(text: str) -> bool:
    """Whether the text is one word, as `words` cuts them."""
    return _WORD.fullmatch(text) is not None


def acronym(word: str) -> str:
    """The capitals with which the word begins, without a suffix: NATO of NATO'nun, UAV of UAVs."""
    capitals = ""
    for letter in word:
        if not (letter.isupper() or letter.isdigit()):
            break
        capitals += letter
    return capitals


def _plain(word: str) -> str:
    """The word in composed letters, with one kind of apostrophe and without the accent of Russian dictionaries."""
    return unicodedata.normalize("NFC", word).translate(_APOSTROPHES).replace("\u0301", "")


def _without_ending(written: str, language: str) -> str:
    """The word without what an apostrophe joins to it."""
    base, mark, ending = written.rpartition("'")
    if not mark:
        return written
    if language == "en":
        return base if ending.lower() == "s" else written
    if language == "tr":
        return base if turkish_stems.is_suffix(casing.lower(ending, "tr")) else written
    return written


def _spelled(key: str, language: str) -> str:
    """One spelling of what is spelled in two ways."""
    if language == "ru":
        return casing.fold(key, "ru")
    return key.replace("isation", "ization") if language == "en" else key.translate(_CIRCUMFLEX)


def _lemma(word: str, language: str) -> str:
    return casing.lower(lemmatize(word, lang=language, low_memory=True), language)


def _known(word: str, language: str) -> bool:
    return is_known(word, lang=language, low_memory=True)


def _english(small: str, _base: str) -> Iterator[str]:
    """Of a word that the dictionary does not know, the singular as well: Houthis."""
    lemma = _lemma(small, "en")
    if _known(small, "en"):
        yield from _known_english(small, lemma)
    else:
        yield lemma
        if small.endswith("s") and len(small) > 3:
            yield small.removesuffix("s")


def _known_english(small: str, lemma: str) -> Iterator[str]:
    """Beside the dictionary's form what -ed and -ing are joined to: it takes annexed for a form of annexe."""
    yield lemma
    for ending in ("ed", "ing"):
        if small.endswith(ending) and len(small) > 2 + len(ending):
            yield small.removesuffix(ending)


def _russian(small: str, base: str) -> Iterator[str]:
    """The dictionary has ё, and names in capitals; texts have е for it more often than not.

    It has no recent names, and of some words not every form (Корея, but not Кореей): these meet by their stems,
    or by the form that it has.
    """
    written = {small, *_with_yo(small)} | ({small[:1].upper() + small[1:]} if base != small else set())
    known = [each for each in written if _known(each, "ru")]
    for each in known or [small]:
        yield from _known_russian(small, _lemma(each, "ru"))
    if not known:
        if stem := adjective_stem(small):
            yield stem + STEM
        for stem in (small.removesuffix(ending) for ending in _NOUN_ENDINGS if small.endswith(ending)):
            yield stem + STEM
            yield from (
                stem + ending for ending in _NOMINATIVE if len(stem) > 2 and _known(stem + ending, "ru")
            )


def _known_russian(small: str, lemma: str) -> Iterator[str]:
    """The dictionary has several forms for one adjective (подводный, подводная): these meet by their stem."""
    yield lemma
    if lemma.endswith(("ый", "ий", "ой", "ая")) and (stem := adjective_stem(small)):
        yield stem + STEM


def adjective_stem(small: str) -> str | None:
    """The word without the ending of a Russian adjective, if it has one."""
    found = _ADJECTIVE.fullmatch(small)
    return found[1] if found else None


def _with_yo(word: str) -> Iterator[str]:
    """The word with one е written as ё."""
    return (f"{word[:place]}ё{word[place + 1 :]}" for place, letter in enumerate(word) if letter == "е")


def _turkish(small: str, _base: str) -> Iterator[str]:
    """The dictionary's form where it is one by the rules of suffixes; where it is none, all that these allow.

    It takes üyelikte for a form of üye, atışı for one of at: words that were made from these.
    """
    made = list(_known_turkish(small, _lemma(small, "tr")))
    yield from made
    if all(key.endswith(VERB) for key in made) or not _known(small, "tr"):
        yield from turkish_stems.stems(small)


def _known_turkish(small: str, lemma: str) -> Iterator[str]:
    """The dictionary's form, where it is one by the rules of suffixes."""
    if turkish_stems.is_verb_form(small, lemma):
        yield lemma + VERB
    if turkish_stems.is_form(small, lemma):
        yield lemma


_BY_DICTIONARY: Final = {"en": _known_english, "ru": _known_russian, "tr": _known_turkish}


def by_dictionary(small: str, lemma: str, language: str) -> frozenset[str]:
    """The keys that a word in small letters has because the dictionary says that this is its form.

    In Turkish none may be a noun's: then the stems that the rules of suffixes allow are keys as well.
    """
    made = _BY_DICTIONARY[require(language)](small, casing.lower(lemma, language))
    return frozenset(_spelled(key, language) for key in made)


def alike(language: str) -> tuple[tuple[str, str], ...]:
    """What is spelled in two ways in small letters, and the one in which keys have it. Raises UnknownLanguage."""
    if require(language) == "ru":
        return (("ё", "е"),)
    return (("isation", "ization"),) if language == "en" else (("â", "a"), ("î", "i"), ("û", "u"))


def rules(language: str) -> dict[str, Any]:
    """By what keys of a word that no dictionary has are made, for whoever makes them elsewhere.

    `joined` is what can stand after an apostrophe and is no part of the word.
    """
    if require(language) == "ru":
        found = {"adjective": _ADJECTIVE.pattern, "endings": _NOUN_ENDINGS, "nominative": _NOMINATIVE}
        return found | {"joined": "(?!)"}
    if language == "en":
        return {"joined": "s"}
    suffixes = turkish_stems.rules()
    return suffixes | {"joined": f"(?=.){suffixes['noun']}"}
