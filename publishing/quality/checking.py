"""All checks of a pair in one call, and those that only a whole block can judge."""

from collections.abc import Sequence
from typing import Final

from publishing.languages import require
from publishing.quality import (
    dates,
    doubled_word,
    empty,
    end_punctuation,
    length,
    mixed_script,
    moved,
    numbers,
    placeholders,
    quotes,
    references,
    spaces,
    untranslated,
    wrong_script,
)
from publishing.quality.base import Check, Finding, Pair

MARKS: Final[tuple[Check, ...]] = (references.check, placeholders.check)
WORDING: Final[tuple[Check, ...]] = (
    numbers.check,
    dates.check,
    mixed_script.check,
    wrong_script.check,
    doubled_word.check,
    spaces.check,
    quotes.check,
    untranslated.check,
    end_punctuation.check,
    length.check,
)


def check(source: str, target: str, source_language: str, target_language: str) -> list[Finding]:
    """The findings of one pair, in the order of the target.

    Languages are codes of publishing.languages.CODES (UnknownLanguage otherwise). An empty target yields
    `empty` alone. Whitespace at the edges belongs to the text: hand over segments without it.
    """
    pair = _pair(source, target, source_language, target_language)
    return empty.check(pair) or _ordered(_wording(pair) + [one for mark in MARKS for one in mark(pair)])


def check_block(
    pairs: Sequence[tuple[str, str]], source_language: str, target_language: str, *, only: int | None = None
) -> list[list[Finding]]:
    """The findings of each pair of one block, references and placeholders judged over the block.

    With `only` the wording of that pair alone is judged, and what is found of the others is not whole.

    One that has moved to another sentence is a warning, `moved`, in both. An empty target of another pair is
    not translated yet: what its source holds is missed from nobody else, and may have moved already.
    """
    read = [_pair(source, target, source_language, target_language) for source, target in pairs]
    found = [
        (empty.check(pair) or _wording(pair)) if only in {None, place} else []
        for place, pair in enumerate(read)
    ]
    marks = moved.check(read)
    return [_ordered([*wording, *more]) for wording, more in zip(found, marks, strict=True)]


def _pair(source: str, target: str, source_language: str, target_language: str) -> Pair:
    return Pair(source, target, require(source_language), require(target_language))


def _wording(pair: Pair) -> list[Finding]:
    return [one for check_ in WORDING for one in check_(pair)]


def _ordered(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.start, one.end, one.code))
