"""Empty field: separators with nothing between them, such as ", /," or "()", left by a form nobody filled
in."""

import re
from itertools import islice
from typing import Final

from publishing.quality.base import Finding, finding
from publishing.quality.text import MOST, Text

_FIELD: Final = re.compile(
    r",[ \u00a0]?[/|;–—-][ \u00a0]?,|\([ \u00a0]?\)|\[[ \u00a0]?\]|“[ \u00a0]?”|«[ \u00a0]?»"
)


def check(text: Text) -> list[Finding]:
    """Fields without content."""
    return [
        finding("empty_field", match.start(), match.end(), {"found": match.group()}, in_source=True)
        for match in islice(_FIELD.finditer(text.masked), MOST)
    ]
