"""The segments behind a figure of the work page: fifty decisions at a time, each with the way to the workbench."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from publishing.languages import CODES
from publishing.models import AuditEntry
from publishing.reports import behind as reports
from publishing.reports.behind import Wanted
from publishing.workflow.reviewing import REASONS

from .addresses import segment_address
from .amounts import duration, segments, words
from .doors import page
from .naming import language_name, reason

LATEST_YEAR = 9_000


def read(query: QueryDict) -> Wanted | None:
    """The figure that an address names; None where it names none, or none that there is."""
    language = query.get("language", "")
    if language not in CODES:
        return None
    if day := _date(query.get("day", "")):
        return Wanted(language, day=day)
    if week := _date(query.get("week", "")):
        return Wanted(language, week=week)
    if (name := query.get("reason", "")) in REASONS:
        return Wanted(language, reason=name)
    engine, source = query.get("engine", "").replace("\0", "")[:20], query.get("source", "")
    return Wanted(language, engine=engine, source_language=source) if engine and source in CODES else None


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1_000 < day.year < LATEST_YEAR else None


def behind(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """The page itself; `before` in the address says where it begins."""
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    found = reports.page(wanted, before=place)
    query = request.GET.copy()
    query["before"] = str(found.next)
    context = {
        "title": _title(wanted),
        "subtitle": language_name(wanted.language),
        "amount": f"{segments(found.segments)}, {words(found.words)}",
        "rows": [_row(found, entry) for entry in found.rows],
        "language": wanted.language,
        "is_returns": bool(wanted.reason),
        "work_address": reverse("admin:work"),
        "next_address": f"{request.path}?{query.urlencode()}" if found.next else "",
    }
    return page(request, "work_segments.html", context)


def _title(wanted: Wanted) -> str:
    if wanted.reason:
        return _("Returned: %(reason)s") % {"reason": reason(wanted.reason)}
    if wanted.engine:
        return _("Approved after a draft by %(engine)s") % {"engine": wanted.engine}
    if wanted.week:
        day = formats.date_format(wanted.week, "DATE_FORMAT")
        return _("Approved in the week of %(day)s") % {"day": day}
    return _("Approved on %(day)s") % {"day": formats.date_format(wanted.day, "DATE_FORMAT")}


def _row(found: reports.Page, entry: AuditEntry) -> dict[str, Any]:
    translation, data = entry.translation, entry.data
    segment = translation.segment
    return {
        "entry": entry,
        "segment": segment,
        "title": found.titles.get(entry.document_id, ""),
        "translation": translation,
        "person": entry.person.display_name if entry.person else "—",
        "note": data.get("note", ""),
        "waited": _waited(entry),
        "on_screen": _seconds(data),
        "address": reverse("admin:segment_history", args=[segment.key, translation.language])
        if segment.retired_at
        else segment_address(segment.document_id, translation.language, segment.key),
    }


def _waited(entry: AuditEntry) -> str:
    """How long the text had waited, where that is what the figure is about."""
    made = getattr(entry, "made", None)
    return duration(max(0.0, (entry.at - made).total_seconds())) if made else ""


def _seconds(data: Mapping[str, Any]) -> str:
    seconds = data.get("seconds")
    return duration(seconds) if isinstance(seconds, int | float) else ""
