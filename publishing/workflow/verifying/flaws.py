"""What a verification found: what, where, and what to do about it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Edition

Row = TypeVar("Row")

BATCH = 500
"""Rows in memory at once, and in one query."""

RESTORE = gettext_lazy("Compare with a backup, and find out who had access to the database.")


class Flaw(NamedTuple):
    """Something that does not agree. `part` is the module that found it; the rest are sentences for people."""

    part: str
    where: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.do}"


def in_batches(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield some


def name(document: int) -> str:
    """The document's name on the command line, or its number where it has none."""
    slugs = Edition.objects.filter(document=document).exclude(slug=None).order_by("pk")
    return slugs.values_list("slug", flat=True).first() or _("document %(number)d") % {"number": document}
