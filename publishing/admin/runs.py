"""A document for its editors: its languages, its runs, and asking for another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import engines
from publishing.languages import CODES
from publishing.models import Document, Proposal
from publishing.reports import board as boards
from publishing.workflow import access, pretranslating
from publishing.workflow.errors import NotAllowed, Refused

from .board import cell_context
from .doors import page, person_of, room
from .naming import language_name

RUNS_SHOWN = 20


def configured_engines() -> list[str]:
    """The engines that the environment says how to reach."""
    names = []
    for name in engines.names():
        try:
            engines.get(name)
        except engines.NotConfigured:
            continue
        names.append(name)
    return names


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
        self.fields["engines"].choices = [(name, name) for name in configured_engines()]


@room
def document(request: HttpRequest, document: int) -> HttpResponse:
    """Shows the document; a posted form asks for runs into the chosen languages."""
    person = person_of(request)
    access.require(person, access.RELEASE)
    found = get_object_or_404(Document, pk=document)
    form = RunForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _request(request, found, form):
        return HttpResponseRedirect(request.path)
    line = boards.lines([found])[0]
    article = getattr(found, "article", None) if found.kind == Document.Kind.ARTICLE else None
    context = {
        "title": line.title,
        "document": found,
        "article": article,
        "source_language_name": language_name(found.source_language),
        "cells": [cell_context(line, cell) for cell in line.cells],
        "form": form,
        "may_ingest": access.may(person, access.INGEST),
        "runs": [
            {"run": run, "language_name": language_name(run.language), "counts": _counts(run.counts)}
            for run in found.runs.select_related("asked_by")[:RUNS_SHOWN]
        ],
        "proposals": Proposal.objects.filter(document=found, segment=None).select_related("proposed_by")[:10],
    }
    return page(request, "document.html", context, status=409 if form.errors else 200)


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


def _counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What a run gave, in words."""
    labels = {
        "memory": _("from memory"),
        "rule": _("by rule"),
        "machine": _("by engines"),
        "left": _("left for people"),
    }
    return [(label, counts[name]) for name, label in labels.items() if name in counts]
