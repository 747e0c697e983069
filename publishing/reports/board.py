"""The editors' board: documents × languages, what is done, what holds up, since when and who, what readers have.

Cheap on purpose: what holds up is counted from stored findings. The gate itself judges the texts anew, on the
edition's page and in the verb.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from publishing.languages import CODES
from publishing.models import (
    Article,
    Assignment,
    Authorship,
    Claim,
    Document,
    Edition,
    Finding,
    Overrule,
    Release,
    Translation,
)
from publishing.models.translation import State

from .assignments import of_documents
from .titles import titles

PAGE = 20
FINDINGS, RELEASE = "findings", "release"
"""What holds a text up beside the states that its segments wait in."""
WAITING = (State.NEEDS_EDIT, State.MISSING, State.OUTDATED, State.PRETRANSLATED, State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Wait:
    """What holds a text up: a state, FINDINGS or RELEASE; in how many segments, and since when the oldest waits."""

    code: str
    number: int
    since: datetime | None


@dataclass(slots=True)
class Cell:
    """A document in one language. `edition` is None where it is not being translated into it."""

    language: str
    is_source: bool
    edition: Edition | None = None
    states: Counter[str] = field(default_factory=Counter)
    since: dict[str, datetime] = field(default_factory=dict)
    held: int = 0
    held_open: int = 0
    held_since: datetime | None = None
    release: Release | None = None
    planned: Release | None = None
    changed_at: datetime | None = None
    assignments: list[Assignment] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def approved(self) -> int:
        return self.states[State.APPROVED]

    @property
    def open(self) -> int:
        return self.total - self.approved

    @property
    def waits(self) -> list[Wait]:
        """What holds it up, what people have to do first; empty where readers have it as it is."""
        found = [
            Wait(state, self.states[state], self.since.get(state)) for state in WAITING if self.states[state]
        ]
        if self.held:
            found.append(Wait(FINDINGS, self.held, self.held_since))
        if self.edition and not found and self._waits_for_release():
            found.append(Wait(RELEASE, self.total, self.changed_at or self.edition.document.created_at))
        return found

    def _waits_for_release(self) -> bool:
        if self.planned and self.planned.state == Release.State.SCHEDULED:
            return False
        return bool(self.is_source or self.total) and (self.release is None or self.changed_since_release)

    @property
    def changed_since_release(self) -> bool:
        """Whether a translation changed after readers got what they have."""
        return bool(self.release and self.changed_at and self.changed_at > self.release.released_at)


@dataclass(slots=True)
class Line:
    """One document with its cells in the site's order of languages, and for an article its biographies."""

    document: Document
    title: str
    cells: list[Cell]
    article: Article | None = None
    biographies: list["Line"] = field(default_factory=list)


def articles(*, before: int | None = None, size: int = PAGE) -> tuple[list[Line], int | None]:
    """A page of articles, newest first, with their authors' biographies; and where the next page begins."""
    rows = Article.objects.select_related("document").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    shown = found[:size]
    written = list(
        Authorship.objects.filter(article__in=shown)
        .select_related("author__document")
        .order_by("article", "position")
    )
    documents = [article.document for article in shown] + [row.author.document for row in written]
    made = {line.document.pk: line for line in lines(documents)}
    page = []
    for article in shown:
        line = made[article.document_id]
        line.article = article
        line.biographies = [made[row.author.document_id] for row in written if row.article_id == article.pk]
        page.append(line)
    return page, shown[-1].pk if len(found) > size else None


def lines(documents: Iterable[Document]) -> list[Line]:
    """The documents with all their cells, in seven queries at any number."""
    documents = list({document.pk: document for document in documents}.values())
    ids = [document.pk for document in documents]
    cells = {
        (document.pk, code): Cell(code, code == document.source_language)
        for document in documents
        for code in CODES
    }
    _fill_editions(cells, ids)
    _fill_states(cells, ids)
    _fill_findings(cells, ids)
    for place, assigned in of_documents(ids).items():
        cells[place].assignments = assigned
    _fill_claims(cells, ids)
    named = titles(ids)
    return [
        Line(document, named.get(document.pk, str(document)), [cells[document.pk, code] for code in CODES])
        for document in documents
    ]


def _fill_editions(cells: dict[tuple[int, str], Cell], ids: Sequence[int]) -> None:
    """Editions, and of each the live release or else the withdrawn one, and what is planned."""
    by_edition = {}
    for edition in Edition.objects.filter(document__in=ids).select_related("document"):
        cell = by_edition[edition.pk] = cells[edition.document_id, edition.language]
        cell.edition = edition
    releases = Release.objects.filter(edition__in=by_edition).exclude(state=Release.State.SUPERSEDED)
    # Manifest and texts are large, and not looked at here. A live release comes after a withdrawn one.
    large = ("manifest", "body", "source_texts")
    for made in releases.defer(*large).select_related("released_by").order_by("-state", "number"):
        if made.state in Release.PLANNED:
            by_edition[made.edition_id].planned = made
        else:
            by_edition[made.edition_id].release = made


def _fill_states(cells: dict[tuple[int, str], Cell], ids: Sequence[int]) -> None:
    counted = (
        Translation.objects.in_use()
        .filter(segment__document__in=ids)
        .order_by()
        .values_list("segment__document", "language", "state")
        .annotate(Count("pk"), Min("changed_at"), Max("changed_at"))
    )
    for document, language, state, number, oldest, changed in counted:
        cell = cells[document, language]
        cell.states[state], cell.since[state] = number, oldest
        cell.changed_at = max(filter(None, (cell.changed_at, changed)))


def _fill_findings(cells: dict[tuple[int, str], Cell], ids: Sequence[int]) -> None:
    """How many segments a blocking finding holds that nobody overruled, how many of them wait, and since when."""
    overruled = Overrule.objects.standing().filter(
        revision=OuterRef("translation__current"),
        code=OuterRef("code"),
        start=OuterRef("start"),
        end=OuterRef("end"),
    )
    held = (
        Finding.objects.filter(
            ~Exists(overruled),
            severity=Finding.Severity.BLOCK,
            translation__segment__document__in=ids,
            translation__segment__retired_at=None,
        )
        .order_by()
        .values_list("translation__segment__document", "translation__language")
        .annotate(
            number=Count("translation", distinct=True),
            waiting=Count("translation", distinct=True, filter=~Q(translation__state=State.APPROVED)),
            oldest=Min("translation__changed_at"),
        )
    )
    for document, language, number, waiting, oldest in held:
        cell = cells[document, language]
        cell.held, cell.held_open, cell.held_since = number, waiting, oldest


def _fill_claims(cells: dict[tuple[int, str], Cell], ids: Sequence[int]) -> None:
    """Who has something of it open at the workbench now."""
    held = Claim.objects.holding().exclude(translation__state=State.APPROVED)
    here = held.filter(translation__segment__document__in=ids)
    for claim in here.select_related("person", "translation__segment").order_by("since", "pk"):
        translation = claim.translation
        cells[translation.segment.document_id, translation.language].claims.append(claim)
