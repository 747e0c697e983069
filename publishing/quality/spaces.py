"""Spaces: none doubled, none before a mark that follows its word, one after it.

A no-break space is a space; before a per cent sign, a dash or a year's "г." it is even right. In Russian the
em dash stands between blanks. Points inside abbreviations, initials, addresses and names of firms need none.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.text import MOST, REFERENCE_FILL, Text

BLANK: Final = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_LOWER: Final = "a-zà-öø-ÿğışâîûа-яё"
_UPPER: Final = "A-ZÇĞİŞÖÜА-ЯЁ"
_LETTER: Final = r"[^\W\d_]"

DOUBLE: Final = re.compile(rf"[{BLANK}]{{2,}}")
_BEFORE: Final = re.compile(
    rf"(?<=[^\s{BLANK}])(?<![–—-])[{BLANK}]+(?=[,;!?)\]»”](?!\))|\.(?![\w.])|:(?![\w)(]|[{BLANK}][0-9]))"
)
_INSIDE: Final = re.compile(rf"(?<=[(\[«„])[{BLANK}]+(?=\S)")
_AFTER: Final = re.compile(
    rf"(?<={_LETTER}{{2}})[,;!?](?={_LETTER}{{2}})|(?<={_LETTER}{{2}}):(?={_LETTER}{{2}})"
    rf"|(?<=[{_LOWER}]{{2}})\.(?=[{_UPPER}][{_LOWER}])|{REFERENCE_FILL}(?={_LETTER})"
    rf"|{_LETTER}(?=\([{_UPPER}]{{2,12}}\))"
)
_LETTERS_BEFORE: Final = re.compile(r"[^\W\d_]{1,24}$")
_TIGHT: Final = frozenset(
    [
        "prof",
        "doç",
        "yrd",
        "öğr",
        "arş",
        "gör",
        "uzm",
        "dr",
        "av",
        "yandex",
        "яндекс",
        "mail",
        "yahoo",
        "jeopardy",
        "booking",
        "газета",
        "лента",
    ]
)
_RUSSIAN_DASH: Final = re.compile(
    rf"(?<=[{_LOWER}»])—(?=[{_LOWER}«])|(?<=[\w»)])—(?=[{BLANK}])|(?<=[\w»),][{BLANK}])—(?=[\w«(])"
)
_TURKISH_SUFFIX: Final = re.compile(rf"(?<=\w)[{BLANK}]+(?=’[a-zçğışöü]{{1,6}}(?!\w))")
_TOO_MANY: Final = {"tr": (_TURKISH_SUFFIX,)}
_CONTEXT: Final = 8


def check(pair: Pair) -> list[Finding]:
    """Blanks too many and too few in the target."""
    target = pair.target
    found = [_finding(target, start, end, put) for start, end, put in islice(_wrong(target), MOST)]
    return found + list(_edges(pair))


def doubled(text: Text) -> list[Finding]:
    """Blanks in a row, no-break spaces included."""
    spans = islice(DOUBLE.finditer(text.text), MOST)
    return [_finding(text, match.start(), match.end(), " ") for match in spans if match.group().strip("\n")]


def _wrong(text: Text) -> Iterator[tuple[int, int, str]]:
    """Spans to replace, and with what."""
    body = text.masked
    for match in DOUBLE.finditer(body):
        if match.start() > 0 and match.end() < len(body):
            yield match.start(), match.end(), " "
    for pattern in (_BEFORE, _INSIDE, *_TOO_MANY.get(text.language, ())):
        for match in pattern.finditer(body):
            yield match.start(), match.end(), ""
    for match in _AFTER.finditer(body):
        if not _is_tight(body, match.start()):
            yield match.start(), match.end(), text.text[match.start() : match.end()] + " "
    if text.language == "ru":
        for match in _RUSSIAN_DASH.finditer(body):
            yield match.start(), match.end(), " — "


def _is_tight(body: str, position: int) -> bool:
    """Whether the word before is written without a blank after its mark: Prof.Dr., Яндекс.Карты,
    Yahoo!Japan."""
    before = _LETTERS_BEFORE.search(body, max(0, position - 24), position)
    return before is not None and before.group().lower() in _TIGHT


def _edges(pair: Pair) -> Iterator[Finding]:
    source, target = pair.source.text, pair.target.text
    inner = target.strip()
    if not inner:
        return
    if target[:1].isspace() and not source[:1].isspace():
        yield _finding(pair.target, 0, len(target) - len(target.lstrip()), "")
    if target[-1:].isspace() and not source[-1:].isspace():
        yield _finding(pair.target, len(target.rstrip()), len(target), "")


def _finding(text: Text, start: int, end: int, put: str) -> Finding:
    before = text.text[max(0, start - _CONTEXT) : start]
    after = text.text[end : end + _CONTEXT]
    found = before + text.text[start:end][:_CONTEXT] + after
    return finding(
        "spaces", start, end, {"found": found, "expected": (before + put + after).replace("  ", " ")}
    )
