"""“Next for me”: what a person may do next, the most useful first.

What was returned to them, then what is assigned to them by its due date, then the document that they decided on
last, then the rest by age. Each of these is asked for by itself and when it is its turn, so that an index leads to
its first rows: one order of all would have to be made of everything that waits.
"""

from collections.abc import Iterator

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from publishing.models import Assignment, Claim, Person, Translation
from publishing.models.translation import State

from .queue import OFFERED, first_for, open_to, without_parts_of


def candidates(person: Person, language: str) -> Iterator[Translation]:
    """The rows one after another, with their segments; without what somebody else works on when they are read."""
    rows = _free_for(person, Translation.objects.awaiting_review().filter(language=language))
    rows = open_to(person, rows)
    last = last_document(person, language)
    returned = rows.filter(state=State.NEEDS_EDIT, current__author=person)
    yield from first_for(person, returned.order_by("changed_at", "segment__position"))
    for document in [*_assigned(person, language, last), last]:
        if document is not None:
            # A text of their own that a finding holds comes up by its age: they have just been at it.
            others = rows.filter(segment__document=document).exclude(
                state=State.SUBMITTED, current__author=person
            )
            yield from first_for(person, others.order_by("segment__position"))
    yield from _by_age(person, rows)


def last_document(person: Person, language: str) -> int | None:
    """The document whose translation into the language the person decided on last."""
    decided = Translation.objects.filter(language=language, audit_entries__person=person)
    return decided.order_by("-audit_entries__at").values_list("segment__document", flat=True).first()


def _free_for(person: Person, rows: QuerySet[Translation]) -> QuerySet[Translation]:
    others = Claim.objects.holding().filter(translation=OuterRef("pk")).exclude(person=person)
    return rows.exclude(Exists(others))


def _assigned(person: Person, language: str, last: int | None) -> Iterator[int]:
    """The person's assigned documents in which something waits, what is due soonest first."""
    waits = Translation.objects.awaiting_review().filter(
        language=language, segment__document=OuterRef("document")
    )
    mine = Assignment.objects.filter(Exists(waits), person=person, language=language)
    at_it = Case(When(document=last, then=0), default=1)
    ordered = mine.order_by(F("due_on").asc(nulls_last=True), at_it, "pk")
    yield from ordered.values_list("document", flat=True)


def _by_age(person: Person, rows: QuerySet[Translation]) -> Iterator[Translation]:
    """What has waited longest, some at a time: meanwhile colleagues may have taken those that were read."""
    later = rows.order_by("changed_at", "pk")
    while read := list(later.select_related("segment", "current")[:OFFERED]):
        yield from without_parts_of(person, read)
        end = read[-1]
        beyond = Q(changed_at__gt=end.changed_at) | Q(pk__gt=end.pk)
        later = rows.filter(changed_at__gte=end.changed_at).filter(beyond).order_by("changed_at", "pk")
