"""Turkish nouns under their suffixes: which words can stand in kitaplarımızdaki, konseyi, müttefiğin.

Suffixes come in one order: plural, possessive, case, -ki, copula; their vowels follow one another, and their
first letter follows the last one of the stem, whose p, ç, t, k soften before a vowel. Suffixes that make another
word (-lik, -li, -siz, -ci) are not taken off: üyelik is not üye. Source: Göksel and Kerslake, Turkish: A
Comprehensive Grammar (2005), chapters 6 to 8.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

_I: Final = "[ıiuü]"
_A: Final = "[ae]"
_NOUN: Final = re.compile(
    rf"(?P<plural>l{_A}r)?"
    rf"(?P<possessive>s?{_I}|{_I}?m{_I}z|{_I}?n{_I}z|l{_A}r{_I})??"
    rf"(?P<case>y?{_I}|n{_I}|n?{_I}n|y?{_A}|n{_A}|n?[dt]{_A}n?|y?l{_A}|n?c{_A})?"
    rf"(?P<ki>k[iü](?:l{_A}r)?(?:n?{_I}n?|n?{_A}|n?d{_A}n?)?)?"
    rf"(?P<copula>[dt]{_I}r|yd{_I}|ym{_I}ş|ys{_A})?"
)
_VERB: Final = re.compile(
    rf"{_I}?[ln]?(?:[dt]{_I}|m{_I}ş|[ıiuüae]?r|{_I}?yor|y?{_A}c{_A}[kğ]|m{_A}|y?{_A}n|y?{_I}p|y?{_A}r{_A}k).*"
)
_VOWELS: Final = "aıoueiöü"
_BACK: Final = frozenset("aıou")
_VOICELESS: Final = frozenset("fstkçşhp")
_TURNS_FRONT: Final = frozenset("ltkrfpb")
"""Last letters of loanwords whose suffixes have front vowels after a back one: petrolü, saati, harfi."""
_SOFTENED: Final = {"b": "p", "c": "ç", "d": "t", "ğ": "k", "g": "k"}
_SHORTEST: Final = 2


def stems(word: str) -> Iterator[str]:
    """What the word, in small letters, can be a noun's form of, by its spelling alone; the word is not among it."""
    for place in range(len(word) - 1, _SHORTEST - 1, -1):
        stem, chain = word[:place], word[place:]
        if not _is_chain(chain, stem):
            continue
        if stem[-1] not in _SOFTENED:
            yield stem
        elif chain[0] in _VOWELS:
            yield from (stem, stem[:-1] + _SOFTENED[stem[-1]])
        else:
            yield stem


def is_form(word: str, noun: str) -> bool:
    """Whether the word is the noun or can be a form of it, a dropped vowel or a doubled letter included."""
    return word == noun or any(_is_chain(word[len(stem) :], stem) for stem in _written(noun, word))


def is_verb_form(word: str, root: str) -> bool:
    """Whether the word can be a form of the verb with this root: etti and edecek of et, but not etnik."""
    roots = {root, root[:-1] + "d"} if root.endswith("t") else {root}
    return any(word.startswith(each) and _VERB.fullmatch(word[len(each) :]) is not None for each in roots)


def rules() -> dict[str, Any]:
    """What `stems` goes by, for whoever follows it elsewhere: the suffixes as a pattern, and how sounds behave."""
    return {
        "noun": _NOUN.pattern.replace("(?P<", "(?<"),  # as browsers write it
        "vowels": _VOWELS,
        "back": "".join(sorted(_BACK)),
        "voiceless": "".join(sorted(_VOICELESS)),
        "front": "".join(sorted(_TURNS_FRONT)),
        "softened": _SOFTENED,
        "shortest": _SHORTEST,
    }


def is_suffix(text: str) -> bool:
    """Whether this can stand after an apostrophe: 'nun in NATO'nun, but not 'an in Kur'an."""
    return _NOUN.fullmatch(text) is not None and bool(text)


def _written(noun: str, word: str) -> Iterator[str]:
    """The noun as it can stand before suffixes, as far as the word begins with it."""
    changed = [noun, noun + noun[-1]]
    changed += [noun[:-1] + soft for soft, hard in _SOFTENED.items() if noun.endswith(hard)]
    if len(noun) > 3 and noun[-2] in "ıiuü":
        changed.append(noun[:-2] + noun[-1])
    return (stem for stem in changed if word.startswith(stem) and len(stem) < len(word))


def _is_chain(chain: str, stem: str) -> bool:
    """Whether the suffixes are ones, and can follow the stem."""
    found = _NOUN.fullmatch(chain)
    sounded = [letter for letter in stem if letter in _VOWELS]
    if found is None or not sounded:
        return False
    return _joins(chain, stem[-1]) and _harmonises(chain[: found.start("ki")] if found["ki"] else chain, stem)


def _joins(chain: str, last: str) -> bool:
    """Whether the first letter fits: a consonant between vowels, t after a voiceless one, d after others."""
    first = chain[0]
    if last in _VOWELS:
        return first not in _VOWELS and first not in "tç"
    if first in "dt":
        return (first == "t") == (last in _VOICELESS)
    return first not in "snyk" or chain in {"ki"}


def _harmonises(chain: str, stem: str) -> bool:
    """Whether the vowels are front or back throughout, as the stem's last one or, after some letters, front."""
    back = {vowel in _BACK for vowel in chain if vowel in _VOWELS}
    if len(back) != 1:
        return not back
    last = next(letter for letter in reversed(stem) if letter in _VOWELS)
    return back == {last in _BACK} or (back == {False} and stem[-1] in _TURNS_FRONT)
