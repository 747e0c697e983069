"""The forms of words that the dictionary has: which words, as they may be typed, meet under keys that are wanted.

Asking `words.keys` of a million forms would take minutes. The dictionary is read once, from end to end.
"""

from collections.abc import Container, Iterator
from typing import Final

# Not public, but the versions are locked: the public ways take ten times the memory, or four times the time.
from simplemma.strategies.dictionaries import dictionary_factory, frontcode

from publishing.languages import casing, require

from .words import STEM, VERB, adjective_stem, by_dictionary, is_word, spelling

_LONGEST: Final = 60


def inflections(wanted: Container[str], language: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Spellings of which the dictionary has the form, and their keys; where the form's own keys are wanted.

    A spelling comes several times where several words are spelled alike. Raises UnknownLanguage.
    """
    of_interest: dict[bytes, bool] = {}
    for form, lemma in _records(require(language)):
        known = of_interest.get(lemma)
        if known is None:
            known = of_interest[lemma] = _is_wanted(lemma.decode(), wanted, language)
        if known or (language == "en" and _joined_is_wanted(form, wanted)):
            word = form.decode()
            small = casing.lower(word, language)
            # What is in capitals within (ANX) is found by no word of a text.
            if len(word) <= _LONGEST and word[1:] == small[1:] and "'" not in word and is_word(word):
                yield spelling(word, language), by_dictionary(small, lemma.decode(), language)


def _records(language: str) -> Iterator[tuple[bytes, bytes]]:
    """Forms, and the form of each under which dictionaries have it, in UTF-8."""
    stream = dictionary_factory._read_decompressed(language)
    is_reversed, _count, begin = frontcode._read_header(stream)
    step = -1 if is_reversed else 1
    return ((form[::step], lemma[::step]) for _at, form, lemma in frontcode._iter_records(stream, begin))


def _joined_is_wanted(form: bytes, wanted: Container[str]) -> bool:
    """Whether -ed or -ing is joined to a wanted word."""
    return any(
        form.endswith(ending) and form[: -len(ending)].decode() in wanted for ending in (b"ed", b"ing")
    )


def _is_wanted(lemma: str, wanted: Container[str], language: str) -> bool:
    written = spelling(lemma, language)
    stem = adjective_stem(written) if language == "ru" else None
    return written in wanted or written + VERB in wanted or (stem is not None and stem + STEM in wanted)
