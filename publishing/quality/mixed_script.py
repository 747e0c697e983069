"""Mixed script: no word mixes Latin and Cyrillic letters, which look alike and are none the less wrong.

"CША" with a Latin C is found by no reader, no search and no spelling checker that guesses. Words joined by a
hyphen or an apostrophe are words of their own (Z-символ, iPhone’у). A lone look-alike, such as a Latin "c"
for the Russian preposition, counts where everything around it is in the other script.
"""

import re
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.text import MOST, Text

LATIN: Final = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
CYRILLIC: Final = "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_LETTERS: Final = rf"{LATIN}{CYRILLIC}\u0300-\u036f"
_HAS_LATIN: Final = re.compile(f"[{LATIN}]")
_HAS_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")
_WORD: Final = re.compile(f"[{_LETTERS}]+")
_LONE_LATIN: Final = re.compile(
    rf"(?:(?<=[{CYRILLIC}][ \u00a0])|(?<=[{CYRILLIC}][,;:][ \u00a0])|(?<=— ))(a|c|o|co|ee|k|y)"
    rf"(?=[ \u00a0][«„]?[{CYRILLIC}]{{3}})"
    rf"|(?:^|(?<=[.!?…] ))([ABCKOY]|Co)(?=[ \u00a0](?:[{CYRILLIC}]{{2}}|[0-9]))"
)
_LONE_CYRILLIC: Final = re.compile(
    rf"(?<=[{LATIN}] )([аоАОВСКУ])(?= [{LATIN}]{{2}})|^([АО])(?= [{LATIN}]{{2}})"
)
_AXIS: Final = re.compile(
    r"(?:ос[иь]|переменн\w+|координат\w*|групп\w+|витамин\w*|план\w*|вариант\w*)[ \u00a0]$"
)


def check(pair: Pair) -> list[Finding]:
    """Words of the target in two scripts, and lone look-alikes of the other script."""
    return find(pair.target)


def check_source(text: Text) -> list[Finding]:
    """The same in a source, where it is a warning."""
    return find(text, in_source=True)


def find(text: Text, *, in_source: bool = False) -> list[Finding]:
    """Findings over any text, weighed as a target's or a source's."""
    if not _HAS_CYRILLIC.search(text.text) or not _HAS_LATIN.search(text.masked):
        return []
    words = (match.span() for match in _WORD.finditer(text.masked) if _is_mixed(match.group()))
    lone = _LONE_LATIN if text.language == "ru" else _LONE_CYRILLIC
    singles = (
        match.span()
        for match in lone.finditer(text.masked)
        if not _AXIS.search(text.masked[max(0, match.start() - 16) : match.start()])
    )
    spans = sorted({*islice(words, MOST), *islice(singles, MOST)})
    return [_finding(text, start, end, in_source=in_source) for start, end in spans]


def _is_mixed(word: str) -> bool:
    return bool(_HAS_LATIN.search(word) and _HAS_CYRILLIC.search(word))


def _finding(text: Text, start: int, end: int, *, in_source: bool) -> Finding:
    word = text.text[start:end]
    foreign = _HAS_LATIN if text.language == "ru" else _HAS_CYRILLIC
    letters = ", ".join(dict.fromkeys(foreign.findall(word)))
    return finding(
        "mixed_script", start, end, {"word": word[:60], "letters": letters[:60]}, in_source=in_source
    )
