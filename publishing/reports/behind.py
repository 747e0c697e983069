"""The segments behind a figure of the work page: which decisions it counts, fifty at a time, newest first."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from publishing.models import AuditEntry

from . import economics, work
from .titles import titles

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure: a language and a day, or a week by its Monday, or a reason, or an engine and source language."""

    language: str
    day: date | None = None
    week: date | None = None
    reason: str = ""
    engine: str = ""
    source_language: str = ""

    def rows(self) -> QuerySet[AuditEntry]:
        """The decisions that the figure counts, in no order."""
        return self._decisions().filter(translation__language=self.language)

    def _decisions(self) -> QuerySet[AuditEntry]:
        if self.reason:
            returned = work.decisions("return").filter(at__gte=work.beginning(work.last_weeks()[0]))
            return returned.annotate(reason=work.said("reason")).filter(reason=self.reason)
        if self.engine:
            since = timezone.now() - timedelta(days=economics.DAYS)
            return AuditEntry.objects.filter(
                effort__engine=self.engine,
                effort__source_language=self.source_language,
                effort__at__gte=since,
            ).order_by()
        if self.week:
            return _between(work.timed(), self.week, self.week + timedelta(weeks=1))
        day = self.day or work.today()
        return _between(work.decisions("approve"), day, day + timedelta(days=1))


@dataclass(slots=True)
class Page:
    """Decisions with their segments and people, the titles of the documents, and where the next page begins."""

    rows: list[AuditEntry]
    titles: dict[int, str]
    segments: int
    words: int
    next: int | None


def page(wanted: Wanted, *, before: int | None = None) -> Page:
    """A page of what is behind the figure, in three queries; `segments` and `words` are those of all pages."""
    rows = wanted.rows()
    total = rows.aggregate(segments=Count("pk"), words=Sum(work.WORDS, default=0))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(
        rows.select_related("person", "translation__segment__document").order_by(F("pk").desc())[: PAGE + 1]
    )
    shown = found[:PAGE]
    return Page(
        rows=shown,
        titles=titles({row.document_id for row in shown}),
        segments=total["segments"],
        words=total["words"],
        next=shown[-1].pk if len(found) > PAGE else None,
    )


def _between(rows: QuerySet[AuditEntry], first: date, after: date) -> QuerySet[AuditEntry]:
    return rows.filter(at__gte=work.beginning(first), at__lt=work.beginning(after))
