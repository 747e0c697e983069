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
STOPPING: Final[tuple[Check, ...]] = (numbers.check, dates.check, mixed_script.check, wrong_script.check)
"""Those checks of wording whose findings block."""
WORDING: Final[tuple[Check, ...]] = (
    *STOPPING,
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
    pairs: Sequence[tuple[str, str]], source_language: str, target_language: str
) -> list[list[Finding]]:
    """The findings of each pair of one block, references and placeholders judged over the block.

    One that has moved to another sentence is a warning, `moved`, in both. An empty target of another pair is
    not translated yet: what its source holds is missed from nobody else, and may have moved already.
    """
    read = [_pair(source, target, source_language, target_language) for source, target in pairs]
    found = [empty.check(pair) or _wording(pair) for pair in read]
    marks = moved.check(read)
    return [_ordered([*wording, *more]) for wording, more in zip(found, marks, strict=True)]


def blocking(
    pairs: Sequence[tuple[str, str]], source_language: str, target_language: str, *, place: int
) -> list[Finding]:
    """Those of check_block's findings of the pair at this place of its block that block, and no others.

    What could only warn is not looked for: somebody waits for the answer.
    """
    read = [_pair(source, target, source_language, target_language) for source, target in pairs]
    found = empty.check(read[place]) or _wording(read[place], STOPPING)
    return _ordered([one for one in [*found, *moved.check(read)[place]] if one.severity == "block"])


def _pair(source: str, target: str, source_language: str, target_language: str) -> Pair:
    return Pair(source, target, require(source_language), require(target_language))


def _wording(pair: Pair, checks: Sequence[Check] = WORDING) -> list[Finding]:
    return [one for check_ in checks for one in check_(pair)]


def _ordered(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.start, one.end, one.code))
