"""Doubled reference: the same reference twice in a row."""

import re
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, finding
from publishing.quality.text import MOST, Text

_DOUBLED: Final = re.compile(r"(\[[0-9]{1,4}\])[\s\u00a0,]{0,3}\1")


def check(text: Text) -> list[Finding]:
    """References that follow themselves."""
    return [
        finding(
            "doubled_reference", match.start(), match.end(), {"reference": match.group(1)}, in_source=True
        )
        for match in islice(_DOUBLED.finditer(text.text), MOST)
    ]
