"""What waits for people in a language: everything that is not approved, oldest first, fifty at a time.

A page is found by the place of its first row (keyset), never by counting rows, so that the last page costs
what the first one does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from publishing.models import Assignment, AuditEntry, Edition, Finding, Overrule, Person, Translation
from publishing.models.translation import State

from .assignments import Assigned, of_documents
from .titles import titles

PAGE = 50
COUNTED = 1_000
DOCUMENTS_OFFERED = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the age (or the risk) and the id of its last row."""

    at: datetime | int
    pk: int

    def __str__(self) -> str:
        at = self.at if isinstance(self.at, int) else self.at.isoformat()
        return f"{at}~{self.pk}"

    @classmethod
    def read(cls, text: str, order: str = "age") -> "Place | None":
        """The place that `str()` wrote of a page in this order, or None for anything else."""
        at, _, number = text.partition("~")
        try:
            place = cls(int(at) if order == "risk" else datetime.fromisoformat(at), int(number))
        except ValueError:
            return None
        in_range = 0 < place.pk < 2**63
        if isinstance(place.at, int):
            return place if in_range and 0 <= place.at <= 100 else None
        return place if in_range and place.at.tzinfo else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a language's queue is asked for; empty means all of it. `held`: by a blocking finding."""

    language: str
    state: str = ""
    document: int | None = None
    returned_by: int | None = None
    words: str = ""
    held: bool = False
    order: str = "age"

    def rows(self) -> QuerySet[Translation]:
        """What waits and is asked for, in no order."""
        rows = Translation.objects.awaiting_review().filter(language=self.language)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.document is not None:
            rows = rows.filter(segment__document=self.document)
        if self.returned_by is not None:
            rows = rows.filter(state=State.NEEDS_EDIT).annotate(who=_returned("person"))
            rows = rows.filter(who=self.returned_by)
        if self.held:
            rows = rows.filter(Exists(_blocking()))
        if self.words:
            rows = rows.filter(
                Q(segment__text__icontains=self.words) | Q(current__text__icontains=self.words)
            )
        return rows


@dataclass(slots=True)
class Page:
    """Fifty translations with `blocking` and `warnings` counted, and where the next page begins.

    `titles` are those of their documents, and of the `offered` ones to choose from: the newest that are being
    translated into the language.
    """

    rows: list[Translation]
    titles: dict[int, str]
    offered: list[int]
    assigned: Assigned
    next: Place | None

    def assignments(self, row: Translation) -> list[Assignment]:
        """Whom the row's text is assigned to."""
        return self.assigned.get((row.segment.document_id, row.language), [])


@dataclass(slots=True)
class Tally:
    """How much waits, by state. Beyond COUNTED rows nothing is counted: `more` says so."""

    states: Counter[str] = field(default_factory=Counter)
    more: bool = False

    @property
    def total(self) -> int:
        return sum(self.states.values())


def page(wanted: Wanted, *, after: Place | None = None) -> Page:
    """A page of the queue, in four queries: the oldest first, or the riskiest."""
    by_risk = wanted.order == "risk"
    rows = wanted.rows()
    if after and by_risk:
        rows = rows.filter(risk__lte=after.at).filter(Q(risk__lt=after.at) | Q(pk__gt=after.pk))
    elif after:
        rows = rows.filter(changed_at__gte=after.at).filter(Q(changed_at__gt=after.at) | Q(pk__gt=after.pk))
    found = list(
        rows.select_related("segment__block", "segment__document", "current", "claim__person")
        .annotate(
            blocking=_standing("block"), warnings=_standing("warn"), returned_by=_returned("person__username")
        )
        .order_by(*(("-risk", "pk") if by_risk else ("changed_at", "pk")))[: PAGE + 1]
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = Place(last.risk if by_risk else last.changed_at, last.pk) if last else None
    shown = found[:PAGE]
    here = {row.segment.document_id for row in shown}
    offered = _offered(wanted.language)
    return Page(
        rows=shown,
        titles=titles([*here, *offered]),
        offered=offered,
        assigned=of_documents(here, wanted.language),
        next=following,
    )


def tally(language: str, *, document: int | None = None) -> Tally:
    """What waits in a language, by state, as far as it is worth counting."""
    states = (
        Wanted(language, document=document).rows().order_by().values_list("state", flat=True)[: COUNTED + 1]
    )
    counted = list(states)
    return Tally(Counter(counted[:COUNTED]), more=len(counted) > COUNTED)


def _offered(language: str) -> list[int]:
    """The documents that are being translated into the language, newest first."""
    opened = Edition.objects.filter(language=language).exclude(document__source_language=language)
    return list(opened.order_by("-document").values_list("document", flat=True)[:DOCUMENTS_OFFERED])


def next_for(person: Person, language: str) -> Translation | None:
    """Where the person goes on: in the document that they decided on last, or else what has waited longest."""
    waiting = open_to(person, Translation.objects.awaiting_review().filter(language=language))
    last = (
        Translation.objects.filter(language=language, audit_entries__person=person)
        .order_by("-audit_entries__at")
        .values_list("segment__document", flat=True)
        .first()
    )
    if last is not None:
        here = waiting.filter(segment__document=last).select_related("segment")
        if found := here.order_by("segment__position").first():
            return found
    return waiting.select_related("segment").order_by("changed_at", "pk").first()


def candidates(person: Person, language: str) -> QuerySet[Translation]:
    """What the person may do next, the most useful first.

    What was returned to them, then what is assigned to them by its due date, then the document that they
    decided on last, then the rest by age; within a document in the order of the text.
    """
    rows = open_to(person, Translation.objects.awaiting_review().filter(language=language))
    mine = Assignment.objects.filter(document=OuterRef("segment__document"), language=language, person=person)
    last = (
        Translation.objects.filter(language=language, audit_entries__person=person)
        .order_by("-audit_entries__at")
        .values("segment__document")[:1]
    )
    return rows.select_related("segment").order_by(
        Case(When(state=State.NEEDS_EDIT, current__author=person, then=0), default=1),
        Case(When(Exists(mine), then=0), default=1),
        Subquery(mine.values("due_on")[:1]).asc(nulls_last=True),
        Case(When(segment__document=Subquery(last), then=0), default=1),
        "changed_at",
        "segment__position",
    )


def open_to(person: Person, rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """Of these, what the person can do something about: not what waits for other eyes than theirs.

    Their own text does wait for them while a blocking finding keeps those other eyes from approving it.
    """
    return rows.exclude(Q(state=State.SUBMITTED, current__author=person) & ~Exists(_blocking()))


def following(keys: Sequence[str], after: str, waiting: frozenset[str]) -> str | None:
    """The next waiting key after one of `keys`, going round; None where nothing else waits."""
    start = keys.index(after) + 1 if after in keys else 0
    round_trip = [*keys[start:], *keys[:start]]
    return next((key for key in round_trip if key in waiting and key != after), None)


def returners(language: str) -> list[Person]:
    """Who has returned something that waits in this language, by name."""
    entries = AuditEntry.objects.filter(
        verb="return", translation__language=language, translation__state=State.NEEDS_EDIT
    )
    return list(Person.objects.filter(pk__in=entries.values("person")).order_by("username"))


def _returned(field: str) -> Subquery:
    """Of a returned segment, who returned it last."""
    entries = AuditEntry.objects.filter(translation=OuterRef("pk"), verb="return").order_by("-number")
    return Subquery(entries.values(field)[:1])


def _blocking() -> QuerySet[Finding]:
    """The blocking findings that hold a translation."""
    return _not_overruled().filter(translation=OuterRef("pk"), severity=Finding.Severity.BLOCK)


def _standing(severity: str) -> Coalesce:
    """How many findings of a severity stand, overruled ones left out."""
    found = _not_overruled().filter(translation=OuterRef("pk"), severity=severity)
    counted = found.order_by().values("translation").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _not_overruled() -> QuerySet[Finding]:
    overruled = Overrule.objects.standing().filter(
        revision=OuterRef("translation__current"),
        code=OuterRef("code"),
        start=OuterRef("start"),
        end=OuterRef("end"),
    )
    return Finding.objects.filter(~Exists(overruled))
