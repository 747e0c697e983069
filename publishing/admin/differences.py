"""What changed between two texts, word by word, as HTML that reads well: <del> and <ins>."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

MOST_WORDS = 2_000
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def difference(old: str, new: str) -> SafeString:
    """The new text with what it replaced. Beyond MOST_WORDS the whole texts stand beside one another."""
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    if len(ours) > MOST_WORDS or len(theirs) > MOST_WORDS:
        return _change(old, new)
    parts = []
    for step, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if step == "equal":
            parts.append(format_html("{}", "".join(ours[i1:i2])))
        else:
            parts.append(_change("".join(ours[i1:i2]), "".join(theirs[j1:j2])))
    return mark_safe("".join(parts))  # noqa: S308 -- every part was escaped above


def _change(old: str, new: str) -> SafeString:
    gone = format_html("<del>{}</del>", old) if old else SafeString("")
    return gone + (format_html("<ins>{}</ins>", new) if new else SafeString(""))
