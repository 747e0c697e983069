"""Untranslated: prose left in the source language, whole or in a run.

Names, acronyms, addresses, quotations, what stands in brackets, cited titles and notes may stay. Prose shows
by its words in small letters: a run of six words shared with the source, of which three are in small
letters.
"""

import re
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.mixed_script import CYRILLIC, LATIN
from publishing.quality.text import ADDRESS_FILL, Text, Word

_RUN: Final = 5
_PROSE: Final = 3
_FUNCTION_WORDS: Final = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "in",
            "to",
            "is",
            "are",
            "was",
            "for",
            "with",
            "by",
            "from",
            "on",
            "at",
            "an",
            "as",
            "its",
            "it",
            "their",
            "has",
            "have",
        ]
    ),
    "tr": frozenset(
        [
            "ve",
            "ile",
            "bir",
            "bu",
            "da",
            "de",
            "için",
            "olarak",
            "ise",
            "en",
            "çok",
            "olan",
            "daha",
            "gibi",
            "ancak",
        ]
    ),
    "ru": frozenset(
        [
            "и",
            "в",
            "на",
            "с",
            "по",
            "не",
            "о",
            "к",
            "из",
            "за",
            "для",
            "от",
            "как",
            "что",
            "это",
            "его",
            "при",
        ]
    ),
}
_HEADINGS: Final = frozenset(
    {
        "introduction",
        "conclusion",
        "conclusions",
        "abstract",
        "summary",
        "keywords",
        "background",
        "references",
    }
    | {"giriş", "sonuç", "özet", "öz", "kaynakça", "anahtar kelimeler", "değerlendirme", "arka plan"}
)
"""Headings of one word, which no rule tells from a name."""
_CYRILLIC_RUN: Final = re.compile(rf"[{CYRILLIC}]{{3,}}+(?:[\s-]++[{CYRILLIC}]++)*+")
_LATIN_RUN: Final = re.compile(
    rf"(?<![{LATIN}])[{LATIN}]{{2,}}+(?:[’'-][{LATIN}]++)?"
    rf"(?:,?[ \u00a0][{LATIN}]++(?:[’'-][{LATIN}]++)?){{3,}}+"
)


def check(pair: Pair) -> list[Finding]:
    """A target that is its source, or holds a run of it."""
    if pair.source.language == pair.target.language or pair.note:
        return []
    if _is_copy(pair):
        return [] if _may_stay(pair) else [_finding(pair.target, 0, len(pair.target.text))]
    spans = _other_script(pair.target) or _shared_runs(pair)
    return [_finding(pair.target, start, end) for start, end in islice(spans, 20)]


def _is_copy(pair: Pair) -> bool:
    source, target = pair.source.text, pair.target.text
    return source == target or source.split() == target.split()


def _may_stay(pair: Pair) -> bool:
    """Whether a whole text is names and acronyms: fewer than two words in small letters, and no sentence."""
    if pair.source.text.strip(" .:").lower() in _HEADINGS:
        return False
    words = [word.text for word in pair.source.words]
    outside = [word.text for word in pair.source.words if not pair.source.is_quoted(word.start, word.end)]
    small = [word for word in outside if word[0].islower() and len(word) > 1]
    known = _FUNCTION_WORDS[pair.source.language]
    functional = [word for word in words if word.lower() in known]
    sentence = pair.source.text.rstrip('”»" ')[-1:] in {".", "?", "!"} and any(
        len(word) > 3 for word in small
    )
    return len(small) < 2 and not ((functional or sentence) and len(words) >= 4)


def _other_script(target: Text) -> list[tuple[int, int]]:
    """Cyrillic words in an English or Turkish text, Latin prose in a Russian one."""
    if target.language == "ru":
        runs = [
            match for match in _LATIN_RUN.finditer(target.masked) if _small(match.group().split()) >= _PROSE
        ]
    else:
        runs = list(_CYRILLIC_RUN.finditer(target.masked))
    return [
        match.span() for match in runs if not target.is_quoted(*match.span()) and not _in_tag(target, match)
    ]


def _in_tag(target: Text, match: re.Match[str]) -> bool:
    """Whether a run fills an inline pair, as a cited foreign word in italics does."""
    return (
        match.start() > 0
        and target.masked[match.start() - 1] == "\ue000"
        and (target.masked[match.end() : match.end() + 1] == "\ue000")
    )


def _shared_runs(pair: Pair) -> list[tuple[int, int]]:
    """Runs of words of the target that stand in the source in the same order."""
    if {pair.source.language, pair.target.language} != {"en", "tr"}:
        return []
    source = [word.text for word in pair.source.words]
    words = pair.target.words
    known = {tuple(source[index : index + _RUN]) for index in range(len(source) - _RUN + 1)}
    if not known:
        return []
    runs: list[tuple[int, int]] = []
    begun = None
    for index in range(len(words) - _RUN + 2):
        window = words[index : index + _RUN]
        if len(window) == _RUN and tuple(word.text for word in window) in known:
            begun = index if begun is None else begun
        elif begun is not None:
            runs += _judged(pair.target, words[begun : index + _RUN - 1])
            begun = None
    return runs


def _judged(target: Text, run: list[Word]) -> list[tuple[int, int]]:
    start, end = run[0].start, run[-1].end
    prose = _small([word.text for word in run]) >= _PROSE
    return [(start, end)] if prose and not target.is_quoted(start, end) else []


def _small(words: list[str]) -> int:
    return sum(1 for word in words if word[0].islower() and len(word) > 1 and ADDRESS_FILL not in word)


def _finding(target: Text, start: int, end: int) -> Finding:
    return finding("untranslated", start, end, {"excerpt": target.text[start:end][:60]})
