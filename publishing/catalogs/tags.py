"""Language tags as other programs write them (TR, tr-TR, en_US, rus) and our plain codes."""

import re

from publishing.languages import CODES

# ISO 639-2 codes, which some memories carry instead of the two-letter ones.
_THREE_LETTERS = {"eng": "en", "tur": "tr", "rus": "ru"}


def code(tag: str) -> str:
    """The primary language of a tag, in lower case: "tr" for TR, tr-TR, tr_TR.UTF-8 and tur; "" stays ""."""
    primary = re.split(r"[-_.@]", tag.strip(), maxsplit=1)[0].lower()
    return _THREE_LETTERS.get(primary, primary)


def ours(tag: str) -> str | None:
    """The code of one of the project's languages, or None for any other."""
    found = code(tag)
    return found if found in CODES else None
