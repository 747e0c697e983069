"""Reference space: a reference follows its word or mark without a blank, so that it cannot wrap away from
it."""

import re
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, finding
from publishing.quality.text import MOST, Text

_SPACED: Final = re.compile(r"(?<=[^\s\u00a0])[ \t\u00a0\u2009\u202f]{1,4}(\[[0-9]{1,4}\])")


def check(text: Text) -> list[Finding]:
    """Blanks before references; the span is the blank."""
    return [
        finding(
            "reference_space", match.start(), match.start(1), {"reference": match.group(1)}, in_source=True
        )
        for match in islice(_SPACED.finditer(text.text), MOST)
    ]
