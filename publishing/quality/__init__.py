"""Checks of a translation against its source, and of a source before it is translated.

`check` judges one pair, `check_block` the pairs of one block together, `blocking` says what stops one of them, and
`check_source` judges a text that nobody has translated yet. Each returns findings with spans, in the order of the
text; none raises on any text, and an unknown language raises UnknownLanguage. One check lives in one file;
`catalogue` holds what each says.
"""

from publishing.quality.base import Finding, Severity
from publishing.quality.checking import blocking, check, check_block
from publishing.quality.source import check_source

__all__ = ["Finding", "Severity", "blocking", "check", "check_block", "check_source"]
