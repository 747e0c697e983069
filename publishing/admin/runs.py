"""A document for its editors: its languages, its runs, what another would do, and asking for it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import engines
from publishing.languages import CODES
from publishing.models import Document, Proposal, Run
from publishing.reports import board as boards
from publishing.reports import runs as reports
from publishing.reports import wording
from publishing.workflow import access, estimating, pretranslating
from publishing.workflow.errors import NotAllowed, Refused

from . import assignees
from .assignees import AssignmentForm
from .board import cell_context
from .doors import page, person_of, room
from .naming import language_name
from .topics import ChoiceOfTopics

RUNS_SHOWN = 20
DECISIONS = {
    "pause": pretranslating.pause,
    "resume": pretranslating.resume,
    "cancel": pretranslating.cancel,
}


class RunForm(forms.Form):
    """Into which languages, and which engines are asked after memory and rules."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Into"), widget=forms.CheckboxSelectMultiple, error_messages={}
    )
    engines = forms.MultipleChoiceField(
        label=gettext_lazy("Engines"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [
            (code, language_name(code)) for code in CODES if code != document.source_language
        ]
        self.fields["engines"].choices = [(name, name) for name in engines.available()]


@room
def document(request: HttpRequest, document: int) -> HttpResponse:
    """Shows the document; a posted form asks for runs into the chosen languages, or what they would do."""
    access.require(person_of(request), access.RELEASE)
    found = get_object_or_404(Document, pk=document)
    form = RunForm(found, request.POST if request.method == "POST" else None)
    estimates: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        if "estimate" in request.POST:
            access.require(person_of(request), access.INGEST)
            estimates = _estimates(found, form)
        elif _request(request, found, form):
            return HttpResponseRedirect(request.path)
    return show(request, found, form=form, estimates=estimates)


def show(
    request: HttpRequest,
    found: Document,
    *,
    form: RunForm | None = None,
    assigning: AssignmentForm | None = None,
    estimates: Sequence[dict[str, Any]] = (),
) -> HttpResponse:
    """The document's page, with the forms that were posted and refused; 409 where one was."""
    person, form = person_of(request), form or RunForm(found)
    line, teams = boards.lines([found])[0], access.teams()
    article = getattr(found, "article", None) if found.kind == Document.Kind.ARTICLE else None
    runs = reports.reports(found.runs.of_documents().select_related("asked_by")[:RUNS_SHOWN])
    context = {
        "title": line.title,
        "document": found,
        "article": article,
        "source_language_name": language_name(found.source_language),
        "cells": [cell_context(line, cell) for cell in line.cells],
        "assignable": assignees.languages_of(found, line, teams, assigning),
        "topics": ChoiceOfTopics(article) if article and access.may(person, access.INGEST) else None,
        "form": form,
        "estimates": estimates,
        "may_ingest": access.may(person, access.INGEST),
        "runs": [run_context(report) for report in runs],
        "proposals": Proposal.objects.filter(document=found, segment=None).select_related("proposed_by")[:10],
    }
    refused = bool(form.errors or (assigning and assigning.errors))
    return page(request, "document.html", context, status=409 if refused else 200)


def _estimates(found: Document, form: RunForm) -> list[dict[str, Any]]:
    """What a run into each of the languages would do, and what its engines would be sent."""
    return [
        {
            "language_name": language_name(language),
            "estimate": estimating.estimate(found, language, form.cleaned_data["engines"]),
        }
        for language in form.cleaned_data["languages"]
    ]


def _request(request: HttpRequest, found: Document, form: RunForm) -> bool:
    """Asks for the runs; a refusal is the form's error."""
    for language in form.cleaned_data["languages"]:
        try:
            pretranslating.request(
                found, language, engine_names=form.cleaned_data["engines"], actor=person_of(request)
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
    messages.success(request, _("Asked for. The worker does it; this page shows how it went."))
    return True


@room
def run(request: HttpRequest, run: int) -> HttpResponse:
    """One run: how far it is, what its engines did; a posted decision pauses, resumes or cancels it."""
    person = person_of(request)
    access.require(person, access.RELEASE)
    found = get_object_or_404(Run.objects.select_related("document", "asked_by"), pk=run)
    if request.method == "POST":
        _decide(request, found)
        return HttpResponseRedirect(request.path)
    line = boards.lines([found.document])[0]
    context = {
        "title": line.title,
        "document": found.document,
        **run_context(reports.report(found)),
        "may_ingest": access.may(person, access.INGEST),
    }
    return page(request, "run.html", context)


def _decide(request: HttpRequest, found: Run) -> None:
    """Does what the pressed button says; a refusal is shown."""
    decide = DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        return
    try:
        decide(found, actor=person_of(request))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))


def run_context(report: reports.RunReport) -> dict[str, Any]:
    """A run as `_run.html` and `run.html` show it."""
    return {
        "run": report.run,
        "report": report,
        "language_name": language_name(report.run.language),
        "counts": _counts(report.run.counts),
        "troubles": wording.troubles(report.run),
    }


def _counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What a run gave, in words."""
    labels = {
        "memory": _("from memory"),
        "rule": _("by rule"),
        "machine": _("by engines"),
        "left": _("left for people"),
    }
    return [(label, counts[name]) for name, label in labels.items() if name in counts]
