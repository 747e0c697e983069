"""What waits for people in a language: everything that is not approved, oldest first, twenty-five at a time.

A page is found by the place of its first row (keyset), never by counting rows, so that the last page costs
what the first one does.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from publishing.models import Assignment, AuditEntry, Finding, Overrule, Person, ReaderReport, Translation
from publishing.models.once import Once, padded
from publishing.models.translation import State

from . import searching
from .assignments import Assigned, of_a_page
from .titles import of_a_few, of_the_newest

PAGE = 25
COUNTED = 1_000
DOCUMENTS_OFFERED = 100
OFFERED = 20
"""Rows that “next for me” looks at together: that many colleagues would have to be faster at the same moment."""
_SHOWN = (
    "language", "state", "version", "current_id", "changed_at", "risk", "risk_reasons",
    "segment__key", "segment__text", "segment__block__kind", "segment__document__source_language",
    "claim__until", "claim__person__username", "claim__person__first_name", "claim__person__last_name",
)  # fmt: skip
"""The columns that a page shows: the rest of each row's seven tables would be most of what is read."""


_WAYS: dict[tuple[object, ...], Once[Any]] = {}
"""The ways in which pages are asked for: languages, states and orders are few."""
_TALLIES: dict[tuple[object, ...], Once[str]] = {}


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
    """What part of a language's queue is asked for; empty means all of it. `held`: by a blocking finding.

    `reported` are the segments that readers have reported, approved ones among them: what is released is approved.
    """

    language: str
    state: str = ""
    document: int | None = None
    returned_by: int | None = None
    words: str = ""
    held: bool = False
    order: str = "age"
    source: str = ""
    reported: bool = False

    def rows(self) -> QuerySet[Translation]:
        """What waits and is asked for, in no order; the words are sought among it (see searching)."""
        return self.among(self.all().filter(language=self.language))

    def all(self) -> QuerySet[Translation]:
        """What is asked for in any language, before it is narrowed."""
        if not self.reported:
            return Translation.objects.awaiting_review()
        reports = ReaderReport.objects.open().filter(translation__isnull=False)
        return Translation.objects.in_use().filter(pk__in=reports.values("translation"))

    def among(self, rows: QuerySet[Translation]) -> QuerySet[Translation]:
        """Of these rows, what is asked for; their language and the words apart."""
        if self.state:
            rows = rows.filter(state=self.state)
        if self.source:
            rows = rows.filter(segment__document__source_language=self.source)
        if self.document is not None:
            rows = rows.filter(segment__document=self.document)
        if self.returned_by is not None:
            rows = rows.filter(state=State.NEEDS_EDIT).annotate(who=_returned("person"))
            rows = rows.filter(who=self.returned_by)
        if self.held:
            rows = rows.filter(Exists(_blocking()))
        return rows

    @property
    def is_wide(self) -> bool:
        """Whether nothing is asked for but a state: then an index leads through all that is, and a little more."""
        narrowed = self.source or self.held or self.reported
        return not narrowed and self.document is None and self.returned_by is None

    def in_order(self) -> QuerySet[Translation]:
        """What is not approved, and in the state that is asked for: those are all columns of the queue's indexes."""
        rows = Translation.objects.exclude(state=State.APPROVED)
        return rows.filter(state=self.state) if self.state else rows

    @property
    def by(self) -> str:
        """The column that the rows are ordered by, before their ids."""
        return "-risk" if self.order == "risk" else "changed_at"


@dataclass(slots=True)
class Page:
    """Twenty-five translations with `blocking` and `warnings` counted, and where the next page begins.

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
    """A page of the queue: the oldest first, or the riskiest."""
    found: list[Translation] = []
    for part in range(len(_beyond(wanted, after))):
        found += _sought(wanted, after, part) if wanted.words else _asked(wanted, after, part)
        if len(found) > PAGE:
            break
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = Place(getattr(last, wanted.by.lstrip("-")), last.pk) if last else None
    shown = found[:PAGE]
    here = {row.segment.document_id for row in shown}
    offered = of_the_newest(wanted.language, DOCUMENTS_OFFERED)
    return Page(
        rows=shown,
        titles=of_a_few(here - offered.keys(), PAGE) | offered,
        offered=list(offered),
        assigned=of_a_page(here, wanted.language, PAGE),
        next=following,
    )


def _beyond(wanted: Wanted, after: Place | None) -> list[Q]:
    """What comes after a place, in parts that follow one another.

    Risks are a hundred figures: by a condition on figure and id together a database would go through all rows of
    the figure before it finds where to begin.
    """
    if after is None:
        return [Q()]
    if wanted.order == "risk":
        return [Q(risk=after.at, pk__gt=after.pk), Q(risk__lt=after.at)]
    return [Q(changed_at__gte=after.at) & (Q(changed_at__gt=after.at) | Q(pk__gt=after.pk))]


def _asked(wanted: Wanted, after: Place | None, part: int) -> list[Translation]:
    """The first rows of a part of what is asked for."""

    def page(like: Wanted, beyond: Q) -> QuerySet[Translation]:
        return _shown(like.rows().filter(beyond)).order_by(like.by, "pk")[: PAGE + 1]

    rows: list[Translation] = _built_once("page", page, wanted, after, part)
    return rows


def _sought(wanted: Wanted, after: Place | None, part: int) -> list[Translation]:
    """The first rows of a part that have the words."""

    def beginning(like: Wanted, beyond: Q) -> QuerySet[Translation, tuple[Any, int, str | None]]:
        order = _order(like, beyond).filter(language=like.language).order_by(like.by, "pk")
        return order.values_list(like.by.lstrip("-"), "pk", "search_text__text")[: searching.STRIDE]

    def texts() -> list[tuple[Any, int, str | None]]:
        way = f"{searching.STRIDE} texts"
        return _built_once(way, beginning, replace(wanted, words=""), after, part)

    beyond = _beyond(wanted, after)[part]
    ids = searching.first(
        wanted.among(wanted.all()).filter(beyond), _order(wanted, beyond), wanted.words,
        beginning=texts, language=wanted.language, by=wanted.by, most=PAGE + 1,
        by_hours=wanted.is_wide and wanted.order != "risk",
    )  # fmt: skip
    rows = wanted.all()
    build = Once(lambda *ids: _shown(rows.filter(pk__in=ids)).order_by(wanted.by, "pk"))
    way = ("by id", wanted.by, wanted.reported)
    return _WAYS.setdefault(way, build)(*padded(ids, PAGE + 1)) if ids else []


def _order(wanted: Wanted, beyond: Q) -> QuerySet[Translation]:
    """What leads through a part: where nothing else is asked for, what an index alone knows."""
    rows = wanted.in_order() if wanted.is_wide else wanted.among(wanted.all())
    return rows.filter(beyond)


def _built_once(
    name: str,
    build: Callable[[Wanted, Q], QuerySet[Any, Any]],
    wanted: Wanted,
    after: Place | None,
    part: int,
) -> list[Any]:
    """The rows of a query about a part, built once for every way of asking."""
    narrowed = [number for number in (wanted.document, wanted.returned_by) if number is not None]
    values = [*narrowed, *((after.at, after.pk) if after else ())]

    def of_these(*values: Any) -> QuerySet[Any, Any]:
        left = iter(values)
        document = None if wanted.document is None else next(left)
        returned_by = None if wanted.returned_by is None else next(left)
        like = replace(wanted, document=document, returned_by=returned_by)
        return build(like, _beyond(like, Place(next(left), next(left)) if after else None)[part])

    way = (
        name,
        replace(wanted, document=None, returned_by=None),
        wanted.document is None,
        after is None,
        part,
    )
    return _WAYS.setdefault((*way, wanted.returned_by is None), Once(of_these))(*values)


def _shown(rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """The rows with everything that the page says of them."""
    return (
        rows.select_related("segment__block", "segment__document", "claim__person")
        .only(*_SHOWN)
        .annotate(
            blocking=_standing("block"),
            warnings=_standing("warn"),
            returned_by=_returned("person__username"),
        )
    )


def tally(language: str, *, document: int | None = None, source: str = "") -> Tally:
    """What waits in a language, by state, as far as it is worth counting."""

    def build(*document: int) -> QuerySet[Translation, str]:
        wanted = Wanted(language, document=document[0] if document else None, source=source)
        return wanted.rows().order_by().values_list("state", flat=True)[: COUNTED + 1]

    way = (language, document is None, source)
    counted = _TALLIES.setdefault(way, Once(build))(*(() if document is None else (document,)))
    return Tally(Counter(counted[:COUNTED]), more=len(counted) > COUNTED)


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
        here = waiting.filter(segment__document=last).order_by("segment__position")
        if found := first_for(person, here):
            return found[0]
    return next(iter(first_for(person, waiting.order_by("changed_at", "pk"))), None)


def open_to(person: Person, rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """Of these, what the person can do something about: not what waits for other eyes than theirs.

    Their own text does wait for them while a blocking finding keeps those other eyes from approving it.
    """
    return rows.exclude(Q(state=State.SUBMITTED, current__author=person) & ~Exists(_blocking()))


def first_for(person: Person, rows: QuerySet[Translation]) -> list[Translation]:
    """The first rows, with segment and text."""
    return without_parts_of(person, rows.select_related("segment", "current")[:OFFERED])


def without_parts_of(person: Person, rows: Iterable[Translation]) -> list[Translation]:
    """Of these, what is no joined text of which a part is the person's: others have to approve it.

    Who wrote the parts stands in a joined text's detail, which no index knows; such texts are few.
    """
    return [row for row in rows if not (row.joined_source and _waits_for_others(row, person))]


def _waits_for_others(row: Translation, person: Person) -> bool:
    by_another = row.current is not None and row.current.author_id != person.pk
    return by_another and row.state == State.SUBMITTED and row.current.is_by(person.pk)


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
