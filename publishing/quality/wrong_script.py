"""Wrong script: a Russian text is written in Cyrillic, an English or Turkish one in Latin letters.

Names, acronyms, addresses and cited titles may keep their script; a text that is nothing else may, too.
"""

import re
from typing import Final

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.mixed_script import CYRILLIC, LATIN
from publishing.quality.text import ADDRESS_FILL, Text

_LATIN_WORD: Final = re.compile(rf"[{LATIN}]{{2,}}")
_CYRILLIC_WORD: Final = re.compile(rf"[{CYRILLIC}]{{2,}}")
_PROSE: Final = 2
"""Words in small letters from which on a text is prose and no mere name."""


def check(pair: Pair) -> list[Finding]:
    """One finding over the whole target if its prose is in the other script."""
    target = pair.target
    wrong = _latin_for_russian(pair) if target.language == "ru" else _cyrillic_for_latin(pair)
    return [finding("wrong_script", 0, len(target.text))] if wrong else []


def _latin_for_russian(pair: Pair) -> bool:
    if pair.note or _LATIN_WORD.search(pair.target.masked) is None:
        return False
    foreign = _prose(_outside(_LATIN_WORD, pair.target))
    own = len(_outside(_CYRILLIC_WORD, pair.target))
    return foreign >= _PROSE and foreign > 3 * own


def _cyrillic_for_latin(pair: Pair) -> bool:
    if pair.note or _CYRILLIC_WORD.search(pair.target.masked) is None:
        return False
    foreign = sum(map(len, _outside(_CYRILLIC_WORD, pair.target)))
    own = sum(map(len, _outside(_LATIN_WORD, pair.target)))
    return foreign > own and foreign >= 3


def _prose(words: list[str]) -> int:
    return sum(1 for word in words if word[0].islower())


def _outside(pattern: re.Pattern[str], text: Text) -> list[str]:
    """Words outside quotation marks, brackets and addresses."""
    left: list[str] = []
    done = 0
    for start, end in text.asides:
        left.append(text.masked[done:start])
        done = end
    left.append(text.masked[done:])
    return pattern.findall(ADDRESS_FILL.join(left))
