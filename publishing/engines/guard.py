"""The last look at an engine's draft before it may be stored: whatever is found is the engine's failure.

The guard knows faults of machines, not of style, and prefers silence to doubt: a reviewer reads every draft
anyway, and a draft thrown away wrongly costs a translation. The checks that people see, with spans and
wording, are those of `publishing.quality`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import name

from publishing.languages.identify import telling_words

from . import figures
from .answers import complaint


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason not to store a draft: a fixed code, and one line that says what is wrong where."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Pair:
    source: str
    draft: str
    source_language: str
    target_language: str


_PLACEHOLDER: Final = re.compile(r"</?[a-z]{1,3}\d+/?>")
_REFERENCE: Final = re.compile(r"\[\d+\]")
_ADDRESS: Final = re.compile(r"https?://\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,190}")
_TAG: Final = re.compile(
    r"</?([a-z][a-z0-9-]*)(?:[\s/][^<>]*)?>"
    r"|</?(script|style|iframe|object|embed|svg|math|img|link|meta|base|form|input|a)\b(?=[\s/])"
    r"|<(!--|!\[CDATA\[|!DOCTYPE\b|\?xml\b)",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[⟦〚]\s?\d{0,5}\s?[⟧〛]|@\s?mark\.example", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_QUOTATION: Final = re.compile(r"[“”„«\"]([^“”„«»\"]{2,300})[“”»\"]")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]\d]*$")
_NOT_OF_ADDRESSES: Final = ".,;:!?…)]}»”’'\">"
_OTHER_LATIN: Final = {"en": "tr", "tr": "en"}
# Lower-case words that stand inside of names, which are rightly the same in two languages.
_LINKS: Final = frozenset((
    "a", "an", "and", "as", "at", "by", "de", "der", "des", "di", "du", "el", "et", "for",
    "from", "in", "la", "le", "of", "on", "or", "the", "to", "und", "van", "von", "vs", "with",
    "ve", "ile", "и", "в", "на", "о", "по",
))  # fmt: skip


CODES: Final = frozenset((
    "error_text", "empty", "echoed", "wrong_script", "wrong_language", "too_short", "too_long", "reference_lost",
    "reference_invented", "placeholder_lost", "placeholder_invented", "placeholder_order", "number_changed",
    "address_changed", "live_markup", "token_left", "escaped",
))  # fmt: skip
"""Every code that a fault can have."""


def inspect(source: str, draft: str, source_language: str, target_language: str) -> list[Fault]:
    """The faults of `draft` as a translation of `source`; an empty list for a draft that may be stored.

    Placeholders and references are those of the segment's text (`<b1>`, `[7]`); languages are codes of
    `publishing.languages.CODES`. Pure: no request, no state.
    """
    pair = _Pair(source, draft, source_language, target_language)
    for check in _DECISIVE:
        if faults := list(check(pair)):
            return faults
    return [fault for check in _CHECKS for fault in check(pair)]


def _error_text(pair: _Pair) -> Iterator[Fault]:
    found = complaint(pair.draft)
    if found is not None and complaint(pair.source) is None:
        yield Fault("error_text", f"The draft is an error message: {found[1]}.")


def _empty(pair: _Pair) -> Iterator[Fault]:
    if _has_words(pair.source) and not _has_words(pair.draft):
        yield Fault("empty", "The draft holds no word.")


def _echoed(pair: _Pair) -> Iterator[Fault]:
    if pair.source_language == pair.target_language or _folded(pair.source) != _folded(pair.draft):
        return
    words = _WORD.findall(_bare(pair.source))
    ordinary = [word for word in words if word.islower() and len(word) > 1 and word not in _LINKS]
    sentence = len(words) > 2 and _SENTENCE_END.search(pair.source.rstrip())
    if len(ordinary) >= (1 if sentence else 2):
        yield Fault("echoed", "The draft is the source text, untranslated.")


def _wrong_script(pair: _Pair) -> Iterator[Fault]:
    if _folded(pair.source) == _folded(pair.draft) and pair.source_language != "ru":
        return  # a name that stays as it is, or else `echoed`
    expected = "CYRILLIC" if pair.target_language == "ru" else "LATIN"
    copied = {word.casefold() for word in _WORD.findall(pair.source)}
    right = wrong = 0
    for word in _WORD.findall(_without_copied_quotations(_bare(pair.draft), pair.source)):
        foreign = sum(_script(letter) != expected for letter in word)
        right += len(word) - foreign
        is_acronym = word.isupper() and len(word) < 6
        if not is_acronym and not (word.casefold() in copied and _may_stay(word, pair)):
            wrong += foreign
    if wrong > right:
        yield Fault("wrong_script", f"The draft is mostly not in {expected.capitalize()} letters.")


def _wrong_language(pair: _Pair) -> Iterator[Fault]:
    """English and Turkish share most letters; some words tell them apart. Titles may stay as they are."""
    other = _OTHER_LATIN.get(pair.target_language)
    if other is None:
        return
    words = telling_words(_without_copied_runs(_bare(pair.draft), pair.source))
    if words[other] >= 3 and words[other] >= 4 * words[pair.target_language]:
        yield Fault("wrong_language", f"The draft is in another language ({other}) than asked for.")


def _addresses(pair: _Pair) -> Iterator[Fault]:
    for found in _ADDRESS.finditer(_PLACEHOLDER.sub(" ", _REFERENCE.sub(" ", pair.source))):
        address = found[0].rstrip(_NOT_OF_ADDRESSES)
        if address not in pair.draft:
            yield Fault("address_changed", f"The draft lost or changed the address {address[:80]}.")


def _may_stay(word: str, pair: _Pair) -> bool:
    """Whether a word of the source may stand in the draft in its own script: foreign words and names."""
    if pair.source_language == "ru":
        return _script(word[0]) != "CYRILLIC"
    return _script(word[0]) != "LATIN" or not word.islower() or len(word) < 4


def _too_short(pair: _Pair) -> Iterator[Fault]:
    source, draft = len(_bare(pair.source).strip()), len(_bare(pair.draft).strip())
    if draft < 0.35 * source - 20:
        yield Fault("too_short", f"The draft has {draft} characters for {source} of the source.")


def _too_long(pair: _Pair) -> Iterator[Fault]:
    source, draft = len(pair.source), len(pair.draft)
    if draft > 2.6 * source + 60:
        yield Fault("too_long", f"The draft has {draft} characters for {source} of the source.")


def _marks(pattern: re.Pattern[str], kind: str) -> Callable[[_Pair], Iterator[Fault]]:
    """A check that the draft holds the same marks as the source, each as often."""

    def check(pair: _Pair) -> Iterator[Fault]:
        before, after = (Counter(pattern.findall(text)) for text in (pair.source, pair.draft))
        for mark in before - after:
            yield Fault(f"{kind}_lost", f"The draft lost {mark}.")
        for mark in after - before:
            yield Fault(f"{kind}_invented", f"The draft has {mark} too often or out of nowhere.")

    return check


def _nesting(pair: _Pair) -> Iterator[Fault]:
    if _nests(pair.source) and not _nests(pair.draft):
        yield Fault("placeholder_order", "The placeholders of the draft close before they open, or cross.")


def _nests(text: str) -> bool:
    opened: list[str] = []
    for token in _PLACEHOLDER.findall(text):
        if token.endswith("/>"):
            continue
        if not token.startswith("</"):
            opened.append(token[1:])
        elif not opened or opened.pop() != token[2:]:
            return False
    return not opened


def _numbers(pair: _Pair) -> Iterator[Fault]:
    source, draft = _bare(pair.source), _bare(pair.draft)
    for number in figures.lost(source, draft, pair.source_language, pair.target_language):
        yield Fault("number_changed", f"The draft lost or changed the number {number}.")


def _live_markup(pair: _Pair) -> Iterator[Fault]:
    before, after = _tags(pair.source), _tags(pair.draft)
    for tag in sorted(after - before):
        yield Fault("live_markup", f"The draft holds markup that the source has not: <{tag}.")


def _tags(text: str) -> set[str]:
    found = _TAG.finditer(_PLACEHOLDER.sub(" ", text))
    return {next(group for group in match.groups() if group).lower() for match in found}


def _tokens(pair: _Pair) -> Iterator[Fault]:
    """What marks travel as stands in no text of its own: whatever is left of it was not put back."""
    for found in _TOKEN.finditer(pair.draft):
        if found[0] not in pair.source:
            yield Fault("token_left", f"The draft holds {found[0]}, which stands for a mark on its way.")
            return


def _entities(pair: _Pair) -> Iterator[Fault]:
    if not _ENTITY.search(pair.source) and (found := _ENTITY.search(pair.draft)):
        yield Fault("escaped", f"The draft is escaped for HTML: {found[0]}.")


# An error message or an empty draft is that and nothing else, and a flood of text is not worth a closer look;
# the rest is reported together.
_DECISIVE: Final = (_error_text, _too_long, _empty)
_CHECKS: Final[tuple[Callable[[_Pair], Iterator[Fault]], ...]] = (
    _echoed,
    _wrong_script,
    _wrong_language,
    _too_short,
    _marks(_REFERENCE, "reference"),
    _marks(_PLACEHOLDER, "placeholder"),
    _nesting,
    _numbers,
    _addresses,
    _live_markup,
    _tokens,
    _entities,
)


def _bare(text: str) -> str:
    """The text without placeholders, references and addresses, which are no words of its language."""
    for pattern in (_PLACEHOLDER, _REFERENCE, _ADDRESS):
        text = pattern.sub(" ", text)
    return text


def _without_copied_quotations(draft: str, source: str) -> str:
    """The draft without what it quotes as it stands in the source: titles of works are often kept."""
    return _QUOTATION.sub(lambda quoted: " " if quoted[1] in source else quoted[0], draft)


def _without_copied_runs(draft: str, source: str) -> str:
    """The draft without three words or more that follow one another in the source, too."""
    words, known = _WORD.findall(draft), _WORD.findall(source)
    runs = {tuple(known[place : place + 3]) for place in range(len(known) - 2)}
    copied = {
        place + step
        for place in range(len(words) - 2)
        if tuple(words[place : place + 3]) in runs
        for step in range(3)
    }
    return " ".join(word for place, word in enumerate(words) if place not in copied)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in _bare(text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The first word of a letter's Unicode name, which is its script: LATIN, CYRILLIC, CJK …"""
    return name(letter, "UNKNOWN").split()[0]
