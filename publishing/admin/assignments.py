"""Assigning a text to somebody, and taking it back: forms that a document's page posts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing.languages import CODES
from publishing.models import Assignment, Document
from publishing.workflow import access, assigning
from publishing.workflow.errors import NotAllowed, NotAssigned, Refused

from . import runs
from .assignees import AssignmentForm
from .doors import person_of, room
from .naming import language_name


@room
@require_POST
def assign(request: HttpRequest, document: int, language: str) -> HttpResponse:
    """To whom the form says; a refusal is the form's error, on the document's page."""
    person, found = person_of(request), _found(document, language)
    access.require(person, access.RELEASE)
    form = AssignmentForm(language, access.teams()[language], request.POST)
    if not form.is_valid():
        return runs.show(request, found, assigning=form)
    try:
        assigning.assign(found, language, form.chosen, actor=person, due_on=form.cleaned_data["due_on"])
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return runs.show(request, found, assigning=form)
    said = _("Assigned to %(person)s: %(language)s.")
    return _back(request, found, language, said % _named(form.chosen.display_name, language))


@room
@require_POST
def withdraw(request: HttpRequest, document: int, language: str, person: int) -> HttpResponse:
    """From the person whose button was pressed; where a colleague was faster, the page says so."""
    access.require(person_of(request), access.RELEASE)
    found = _found(document, language)
    known = Assignment.objects.filter(document=found, language=language, person=person)
    assignment = known.select_related("person").first()
    try:
        if assignment is None:
            raise NotAssigned
        assigning.withdraw(assignment, actor=person_of(request))
    except NotAssigned as refusal:
        messages.error(request, str(refusal))
        return _back(request, found, language)
    said = _("No longer assigned to %(person)s: %(language)s.")
    return _back(request, found, language, said % _named(assignment.person.display_name, language))


def _found(document: int, language: str) -> Document:
    if language not in CODES:
        raise Http404
    return get_object_or_404(Document, pk=document)


def _named(person: str, language: str) -> dict[str, Any]:
    return {"person": person, "language": language_name(language)}


def _back(request: HttpRequest, document: Document, language: str, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('admin:document', args=[document.pk])}#assignments-{language}")
