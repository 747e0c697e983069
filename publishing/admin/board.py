"""The editors' board: articles × languages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.languages import CODES
from publishing.models.translation import State
from publishing.reports import board as reports
from publishing.reports import reported, times
from publishing.workflow import access

from .addresses import workbench_address
from .amounts import short_day
from .assignees import names
from .bars import bar
from .doors import page, person_of, room
from .naming import language_name

# Translators: what holds a text up, on the editors' board; the number of segments follows.
LABELS: Mapping[str, str | Promise] = {
    State.MISSING: gettext_lazy("not translated yet"),
    State.NEEDS_EDIT: gettext_lazy("returned"),
    State.OUTDATED: gettext_lazy("waits for review: source changed"),
    State.PRETRANSLATED: gettext_lazy("waits for review: draft"),
    State.SUBMITTED: gettext_lazy("waits for review: submitted"),
}


@room
def board(request: HttpRequest) -> HttpResponse:
    """A page of articles with their biographies, newest first."""
    person = person_of(request)
    access.require(person, access.RELEASE)
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    lines, following = reports.articles(before=place)
    context = {
        "title": _("Board"),
        **table(lines),
        "next_address": f"{reverse('admin:board')}?before={following}" if following else "",
        "reported": reported.number(),
        "may_ingest": access.may(person, access.INGEST),
    }
    return page(request, "board.html", context)


def table(lines: list[reports.Line]) -> dict[str, Any]:
    """The context of `_board.html`: each article is followed by its authors' biographies."""
    teams = access.teams()
    return {
        "languages": [(language_name(code), names(teams[code])) for code in CODES],
        "lines": [shown for line in lines for shown in (_line(line), *map(_line, line.biographies))],
    }


def _line(line: reports.Line) -> dict[str, Any]:
    return {
        "line": line,
        "is_article": line.article is not None,
        "address": reverse("admin:document", args=[line.document.pk]),
        "cells": [cell_context(line, cell) for cell in line.cells],
    }


def cell_context(line: reports.Line, cell: reports.Cell) -> dict[str, Any]:
    """A cell for `_cell.html`: bar, what holds it up, who is at it, and where its links lead."""
    edition = reverse("admin:edition", args=[cell.edition.pk]) if cell.edition else ""
    waits = cell.waits
    return {
        "cell": cell,
        "language_name": language_name(cell.language),
        "bar": bar(cell.states) if cell.total else "",
        "is_done": not cell.open,
        "waits": [_wait(line, cell, wait, edition) for wait in waits],
        "waits_for_editors": any(wait.code == reports.RELEASE for wait in waits),
        "opened": ", ".join(dict.fromkeys(claim.person.display_name for claim in cell.claims)),
        "scheduled": times.moment(cell.planned.scheduled_for)
        if cell.planned and cell.planned.scheduled_for
        else "",
        "workbench": ""
        if cell.is_source or not cell.total
        else workbench_address(line.document.pk, cell.language),
        "edition": edition,
    }


def _wait(line: reports.Line, cell: reports.Cell, wait: reports.Wait, edition: str) -> dict[str, Any]:
    """What holds a cell up, in words, with the part of the queue that shows its segments."""
    queue = f"{reverse('admin:queue', args=[cell.language])}?document={line.document.pk}"
    if wait.code == reports.RELEASE:
        label, address = _("waits for release"), edition
    elif wait.code == reports.FINDINGS:
        # What is approved stands in no queue: the edition's page lists it.
        label = ngettext("%(number)s held by findings", "%(number)s held by findings", wait.number)
        label = label % {"number": wait.number}
        address = f"{queue}&findings=block" if cell.held_open == cell.held else edition
    else:
        label, address = str(LABELS[wait.code]), f"{queue}&state={wait.code}"
    return {"wait": wait, "label": label, "address": address, "since": _day(wait.since)}


def _day(at: datetime | None) -> str:
    """A day in a few signs; of another year in full."""
    if at is None:
        return ""
    day = timezone.localdate(at)
    this_year = day.year == timezone.localdate().year
    return short_day(day) if this_year else formats.date_format(day, "DATE_FORMAT")
