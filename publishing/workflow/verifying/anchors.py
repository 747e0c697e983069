"""The anchors: a chain of their own, and every end that one of them names is still there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from publishing.models import Anchor, AuditEntry, Document

from .. import anchoring, auditing
from .flaws import RESTORE, Flaw, in_batches

AT_ONCE = 100  # ends in one query: each is a condition of its own


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every anchor; of one document, only the ends that are its own."""
    number, previous = 0, ""
    for made in Anchor.objects.order_by("number").iterator(chunk_size=AT_ONCE):
        tally["anchors"] += 1
        if made.number != number + 1:
            yield _flaw(made, _("the anchors before it are gone."))
        elif made.previous_hash != previous:
            yield _flaw(made, _("it is not bound to the anchor before it: one of the two was changed."))
        at = auditing.moment(made.at)
        if anchoring.digest(made.number, made.heads, at, made.previous_hash) != made.hash:
            yield _flaw(made, _("it says something else than its hash: it was changed."))
        else:
            yield from _heads(made, document)
        number, previous = made.number, made.hash


def _heads(made: Anchor, document: Document | None) -> Iterator[Flaw]:
    wanted = (head for head in made.heads if document is None or head[0] == document.key)
    for heads in in_batches(wanted, AT_ONCE):
        there = _there(heads)
        for key, number, hashed in heads:
            if there.get((key, number)) != hashed:
                what = _(
                    "entry %(number)d of document %(key)s, which it knows, is gone or another: the chain was cut."
                )
                yield _flaw(made, what % {"number": number, "key": key})


def _there(heads: Sequence[Any]) -> dict[tuple[str, int], str]:
    ends = reduce(or_, (Q(document__key=key, number=number) for key, number, _hash in heads))
    rows = AuditEntry.objects.filter(ends).values_list("document__key", "number", "hash")
    return {(key, number): hashed for key, number, hashed in rows}


def _flaw(made: Anchor, what: str) -> Flaw:
    return Flaw("anchors", _("Anchor %(number)d") % {"number": made.number}, what, str(RESTORE))
