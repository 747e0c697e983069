"""Verifying: everything that the database holds as evidence or gives to readers is held against its hashes.

Reads only. Rows come in batches, so that memory does not grow with the site, and queries grow with the batches.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from publishing.models import Document

from . import anchors, answers, chains, decisions, files, frozen, standing
from .flaws import RESTORE, Flaw

__all__ = ["Flaw", "verify"]

Tally = Counter[str]
PARTS: tuple[Callable[[Document | None, Tally], Iterator[Flaw]], ...] = (
    chains.check,
    anchors.check,
    decisions.check,
    frozen.check,
    standing.check,
    answers.check,
    files.check,
)


def verify(document: Document | None = None, tally: Tally | None = None) -> Iterator[Flaw]:
    """Yields what does not agree, of one document or of everything; `tally` counts what was looked at."""
    counted = Counter[str]() if tally is None else tally
    for part in PARTS:
        try:
            yield from part(document, counted)
        except ValueError as error:  # a column of JSON that holds none ends its query
            what = _("cannot be read to its end (%(error)s).") % {"error": str(error)[:200]}
            yield Flaw(part.__module__.rpartition(".")[2], _("The database"), what, str(RESTORE))
