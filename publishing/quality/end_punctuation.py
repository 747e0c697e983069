"""End punctuation: a question stays a question, a sentence keeps its full stop, a heading gets none.

Quotation marks, brackets, references and placeholders at the end are looked through. A final abbreviation
(г., vb., p.m.) ends with a point of its own, so it can end either way. Notes are mended by rule and left
alone.
"""

import re
from typing import Final

from publishing.quality.base import Finding, Pair, finding
from publishing.quality.text import REFERENCE_FILL, TAG_FILL, Text

_LOOKED_THROUGH: Final = f" \t\r\n\u00a0\u2009\u202f\"'’‘“”„»«)]}}*{TAG_FILL}{REFERENCE_FILL}"
_ENDS: Final = {".": ".", "…": ".", "!": ".", "?": "?", "‽": "?", ":": ":", ";": ".", ",": ","}
_ABBREVIATION: Final = re.compile(
    r"(?:^|[^\w])(?:гг?|вв?|др|т\.[ \u00a0]?[дпе]|пр|руб|тыс|стр|ул|vb|vd|vs|yy|bkz|etc|inc|ltd"
    r"|[ap]\.?[ \u00a0]?m|corp|jr|sr|[^\W\d_](?:\.[^\W\d_]){1,4}|[^\W\d_]{2,4}\.[^\W\d_]{1,3}|[^\W\d_])\.$",
    re.IGNORECASE,
)
_NOTHING: Final = "—"


def check(pair: Pair) -> list[Finding]:
    """One finding where source and target end in different ways."""
    if pair.note:
        return []
    source, _ = _end(pair.source)
    target, position = _end(pair.target)
    if _agree(source, target) or not source.strip():
        return []
    if _asks_within(source, pair.target) or _asks_within(target, pair.source):
        return []
    if _abbreviated(source, target) or _abbreviated(target, source):
        return []
    start = position if _mark(target) else position + 1
    length = len(pair.target.text)
    return [
        finding(
            "end_punctuation",
            min(start, length),
            min(position + 1, length),
            {"expected": _mark(source) or _NOTHING, "found": _mark(target) or _NOTHING},
        )
    ]


def _asks_within(end: str, other: Text) -> bool:
    """Whether one ends with a question that the other asks within its sentence, as in “Why?” he said."""
    return end.endswith("?") and "?" in other.masked


def _end(text: Text) -> tuple[str, int]:
    """The last characters before what is looked through, and the position of the very last one."""
    body = text.marked[-400:].rstrip(_LOOKED_THROUGH)
    if not body:
        return "", -1
    return body[-16:], max(0, len(text.marked) - 400) + len(body) - 1


def _mark(end: str) -> str:
    return end[-1:] if end[-1:] in _ENDS else ""


def _agree(source: str, target: str) -> bool:
    ours, theirs = _ENDS.get(source[-1:], ""), _ENDS.get(target[-1:], "")
    return ours == theirs or {ours, theirs} in _ALIKE


_ALIKE: Final = ({".", ":"}, {".", ","}, {":", ","})


def _abbreviated(end: str, other: str) -> bool:
    """Whether this end's point belongs to an abbreviation, and the other has no mark at all."""
    return end.endswith(".") and not _mark(other) and _ABBREVIATION.search(end) is not None
