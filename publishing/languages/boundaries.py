"""Decide whether a sentence ends at a place where one could: the rules behind `sentences`.

The order of the questions matters. What follows is asked first, since a small letter settles most cases; then
the marks themselves (an exclamation within a line of dialogue is no end); then the word before a full stop.
"""

import re

from .abbreviations import Kind, Rules
from .candidates import LOOK_BACK, MARKS_AROUND, Candidate
from .full_stops import ends_after_word, is_plain, kind_of

_BRACKET = 300
_SIGNS = frozenset("%$€£¥₺₽№+#@©·•§✓✔")
_DASHES = "-‐‑‒–—―−"
_DASH = re.compile(rf"[{_DASHES}]+[\s\u00a0]*[\"'“”‘’«„(\[…. ]*")


def ends(at: Candidate, rules: Rules) -> bool:
    """Return whether a sentence ends at this place."""
    text, first = at.text, at.first
    if first >= at.end or text[at.stop - 1 : at.stop] in ("(", "["):
        return False
    if not at.found["blank"]:
        return _ends_without_blank(at, rules)
    if at.found["bare"] and not (at.token.islower() and is_plain(at.token, rules)):
        return False
    if text[first] in _DASHES:
        return _ends_before_dash(at, rules)
    return _ends_before_word(at, rules)


def _ends_before_word(at: Candidate, rules: Rules) -> bool:
    """What follows the blank is a word, a number or a sign, perhaps in quotation marks or brackets."""
    text, first = at.text, at.first
    if text[first].islower() and text[first - 1] == "(" and at.found["marks"] == ".":
        return is_plain(at.token, rules)  # He left. (see below)
    if not _may_begin(text, first) or rules.continues.match(text, first, at.end) or _in_brackets(at):
        return False
    if at.found["marks"] == ".":
        return ends_after_word(at, rules)
    return not _is_spoken_on(at, rules)


def _may_begin(text: str, first: int) -> bool:
    """Whether a sentence may begin with the character at `first`: a capital, a digit, a sign, no small letter."""
    char = text[first]
    if char.islower():
        follows = text[first + 1 : first + 2]
        return follows.isupper() or follows == ")"  # eBay; b) the next item
    return char.isalnum() or char in _SIGNS


def _ends_without_blank(at: Candidate, rules: Rules) -> bool:
    """The blank was forgotten ("ended.The"): only if both sides are plain words, or a reference stands between."""
    if not at.text[at.found.end()].isupper() or not at.text[at.first + 1 : at.first + 2].islower():
        return False
    if kind_of(at.token, rules) is not None:
        return False
    if at.found["note"]:
        return True
    if at.found["tail"] or not (at.token.isalpha() and at.token.islower() and len(at.token) > 2):
        return False
    follows = at.first + len(at.word)
    return at.text[follows : follows + 1] not in (".", "/", "@") and at.word not in (
        "Com",
        "Net",
        "Org",
        "Js",
    )


def _ends_before_dash(at: Candidate, rules: Rules) -> bool:
    """A dash opens a line of dialogue or an afterthought, or carries on after a quotation or an abbreviation."""
    text = at.text
    dash = _DASH.match(text, at.first, at.end)
    first = dash.end() if dash else at.first
    if first >= at.end or not _may_begin(text, first) or rules.continues.match(text, at.first, at.end):
        return False
    if at.closes_quotation:
        return False
    if at.found["marks"] != ".":
        return True
    return is_plain(at.token, rules)


def _in_brackets(at: Candidate) -> bool:
    """Whether the place lies in brackets that opened in the middle of this sentence and do close."""
    text = at.text
    opened = text.rfind("(", max(at.start, at.stop - _BRACKET), at.stop)
    if opened < 0 or text.find(")", opened, at.stop) >= 0:
        return False
    if not text[max(at.start, opened - LOOK_BACK) : opened].strip(MARKS_AROUND + " \u00a0\t\n\r"):
        return False
    return text.find(")", at.stop, min(at.end, at.stop + _BRACKET)) >= 0


def _is_spoken_on(at: Candidate, rules: Rules) -> bool:
    """After ! ? …: whether the speaker is named next (“Why?” Mr. Smith asked), or a name goes on."""
    if rules.abbreviations.get(at.word) is Kind.COMPANY:
        return True  # Yahoo! Inc.
    if not at.closes_quotation:
        return False
    match = rules.speaker.match(at.text, at.first, at.end)
    return match is not None and (match["first"] not in rules.openers or match["first"] == "I")
