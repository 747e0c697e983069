"""Double comma: two commas or more in a row, as where a field of a citation was left out."""

import re
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, finding
from publishing.quality.text import MOST, Text

_COMMAS: Final = re.compile(r",(?:[ \u00a0]?,)+")


def check(text: Text) -> list[Finding]:
    """Runs of commas."""
    spans = islice(_COMMAS.finditer(text.masked), MOST)
    return [finding("double_comma", match.start(), match.end(), in_source=True) for match in spans]
