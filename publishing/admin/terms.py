"""The termbase's room: all terms with their forms in every language side by side, and a form to change one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.languages import CODES
from publishing.models import Person, Term, TermForm
from publishing.reports.termbase import Concept, Named, concept_of, termbase
from publishing.workflow import access, terming
from publishing.workflow.errors import NotAllowed, Refused
from publishing.workflow.terming import Wording

from .doors import page, person_of, room
from .naming import language_name

PAGE = 50
LONGEST_SEARCH = 200


class TermForms(forms.Form):
    """What is asked of a term: for each language its approved forms and its forbidden ones, one a line."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=terming.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What is meant, and where the forms are to be used."),
    )
    do_not_translate = forms.BooleanField(
        label=gettext_lazy("Not translated: stays as it is in the source"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CODES:
            for status in TermForm.Status:
                lines = forms.CharField(
                    label=capfirst(status.label),
                    required=False,
                    max_length=4_000,
                    widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                )
                self.fields[f"{status}_{code}"] = lines

    def columns(self) -> list[dict[str, Any]]:
        """The fields of each language, side by side."""
        return [
            {
                "name": language_name(code),
                "approved": self[f"approved_{code}"],
                "forbidden": self[f"forbidden_{code}"],
            }
            for code in CODES
        ]

    def wordings(self) -> list[Wording]:
        return [
            Wording(code, line, forbidden=status == TermForm.Status.FORBIDDEN)
            for code in CODES
            for status in TermForm.Status
            for line in self.cleaned_data[f"{status}_{code}"].splitlines()
            if line.strip()
        ]

    def given(self) -> dict[str, Any]:
        """What the verbs take besides the forms."""
        return {name: self.cleaned_data[name] for name in ("note", "do_not_translate")}


@room
def terms(request: HttpRequest) -> HttpResponse:
    """The list, with a search; open to all who translate."""
    person = person_of(request)
    access.require(person, access.TRANSLATE)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    shown = Paginator(termbase().search(words), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Terms"),
        "words": words,
        "shown": shown,
        "rows": [_row(concept) for concept in shown],
        "languages": [(code, language_name(code)) for code in CODES],
        "may_change": access.may(person, access.RELEASE),
    }
    return page(request, "terms.html", context)


def _row(concept: Concept) -> dict[str, Any]:
    return {"concept": concept, "named": _named(concept)}


def _named(concept: Concept) -> list[tuple[str, str, Named]]:
    """Each language's code, its name, and the forms in it."""
    return [(code, language_name(code), named) for code, named in concept.named.items()]


@room
def add_term(request: HttpRequest) -> HttpResponse:
    """A new term, by editors."""
    person = person_of(request)
    access.require(person, access.RELEASE)
    form = TermForms(request.POST or None)
    if form.is_valid():
        try:
            made = terming.add_term(form.wordings(), actor=person, **form.given())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, made, _("The term is in the termbase."))
    context = {"title": _("Add a term"), "form": form, "may_change": True}
    return page(request, "term.html", context, status=409 if form.errors else 200)


@room
def term(request: HttpRequest, term: int) -> HttpResponse:
    """One term: to look at for all who translate, to change and to retire for editors."""
    person = person_of(request)
    access.require(person, access.TRANSLATE)
    found = get_object_or_404(Term.objects.in_use().select_related("created_by", "changed_by"), pk=term)
    form = TermForms(request.POST or None, initial=_initial(found))
    if request.method == "POST":
        access.require(person, access.RELEASE)
        if said := _posted(request, found, form, person):
            return _done(request, found, said)
        found = get_object_or_404(Term.objects.in_use(), pk=term)
    concept = concept_of(found)
    context = {
        "title": concept.title,
        "form": form,
        "term": found,
        "named": _named(concept),
        "earlier": found.forms.exclude(retired_at=None).select_related("added_by", "retired_by"),
        "may_change": access.may(person, access.RELEASE),
        "is_refused": bool(form.errors),
    }
    return page(request, "term.html", context, status=409 if form.errors else 200)


def _posted(request: HttpRequest, found: Term, form: TermForms, person: Person) -> str:
    """Changes or retires the term; says what was done, or nothing where the form says why not."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        if request.POST.get("action") == "retire":
            terming.retire_term(found, actor=person, seen_version=seen)
            return _("The term is no longer in the termbase.")
        if form.is_valid():
            terming.change_term(found, form.wordings(), actor=person, seen_version=seen, **form.given())
            return _("The term is changed.")
    except NotAllowed:
        raise
    except Refused as refusal:
        form.is_valid()
        form.add_error(None, str(refusal))
    return ""


def _done(request: HttpRequest, changed: Term, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:terms") + f"#term-{changed.pk}")


def _initial(found: Term) -> dict[str, Any]:
    concept = concept_of(found)
    lines = {
        f"{status}_{code}": "\n".join(texts)
        for code, named in concept.named.items()
        for status, texts in (("approved", named.approved), ("forbidden", named.forbidden))
    }
    return {"note": found.note, "do_not_translate": found.do_not_translate, **lines}
