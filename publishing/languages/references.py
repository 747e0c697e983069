"""Tell a paragraph that is one entry of a bibliography: full of stops, and one segment for who translates it."""

import re

_ENTRY_LENGTH = 400
_SURNAME = r"\s*[^\W\d_][\w’'-]{0,30}"
_ENTRY_WITH_YEAR = re.compile(
    _SURNAME + r",\s(?:[^\W\d_]\.[ -]?){1,3}[^()]{0,120}\((?:1[5-9]|20)\d\d[a-z]?\)[.,:]"
)
_ENTRY = re.compile(_SURNAME + r",\s(?:[^\W\d_][\w’'-]*\.?\s?){1,3}(?<=\.\s)")
_IMPRINT = re.compile(r"[^\W\d_]:\s[^.:,]{2,60},\s(?:1[5-9]|20)\d\d[^.:]{0,20}\.?\s*\Z")


def is_reference(text: str, begin: int, end: int) -> bool:
    """Whether a whole paragraph is one entry of a bibliography (Oran, B. (2001). Title. Istanbul: Press.)."""
    if end - begin > _ENTRY_LENGTH:
        return False
    if _ENTRY_WITH_YEAR.match(text, begin, end):
        return True
    return _ENTRY.match(text, begin, end) is not None and _IMPRINT.search(text, begin, end) is not None
