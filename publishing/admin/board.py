"""The editors' board: articles × languages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.languages import CODES
from publishing.reports import board as reports
from publishing.workflow import access

from .addresses import workbench_address
from .bars import bar, words
from .doors import page, person_of, room
from .naming import language_name


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
        "may_ingest": access.may(person, access.INGEST),
    }
    return page(request, "board.html", context)


def table(lines: list[reports.Line]) -> dict[str, Any]:
    """The context of `_board.html`: each article is followed by its authors' biographies."""
    return {
        "languages": [(code, language_name(code)) for code in CODES],
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
    """A cell for `_cell.html`: bar, words, and where its links lead."""
    return {
        "cell": cell,
        "language_name": language_name(cell.language),
        "bar": bar(cell.states) if cell.total else "",
        "words": words(cell.states),
        "is_done": not cell.open,
        "workbench": ""
        if cell.is_source or not cell.total
        else workbench_address(line.document.pk, cell.language),
        "edition": reverse("admin:edition", args=[cell.edition.pk]) if cell.edition else "",
    }
