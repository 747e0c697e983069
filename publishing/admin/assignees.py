"""Who does a text: the form that assigns it, and what a document's page shows of each language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.models import Document, Person
from publishing.reports import board as boards

from .naming import language_name

NAMED = 8  # of a team, in one line


class AssignmentForm(forms.Form):
    """One of the language's team, and perhaps a day."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    due_on = forms.DateField(
        label=_("Due on (optional)"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, language: str, team: Iterable[Person], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"id_{language}_%s")
        self.language = language
        self.team = {person.pk: person for person in team}
        self.fields["person"].choices = [
            ("", _("choose somebody")),
            *((pk, person.display_name) for pk, person in self.team.items()),
        ]

    @property
    def chosen(self) -> Person:
        return self.team[self.cleaned_data["person"]]


def languages_of(
    document: Document,
    line: boards.Line,
    teams: Mapping[str, list[Person]],
    attempt: AssignmentForm | None = None,
) -> list[dict[str, Any]]:
    """Each language that the document is being translated into: who does it, who may, and the form.

    `attempt` is the form that was posted and refused, if there is one.
    """
    return [
        {
            "language": cell.language,
            "language_name": language_name(cell.language),
            "assignments": cell.assignments,
            "is_done": not cell.open,
            "team": names(teams[cell.language]),
            "form": attempt
            if attempt and attempt.language == cell.language
            else AssignmentForm(cell.language, teams[cell.language]),
        }
        for cell in line.cells
        if cell.edition and cell.language != document.source_language
    ]


def names(people: Iterable[Person]) -> str:
    """The people in one line: “Ayşe, Boris and 3 more”; empty for nobody."""
    known = [person.display_name for person in people]
    said, more = ", ".join(known[:NAMED]), len(known) - NAMED
    if more <= 0:
        return said
    return ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", more) % {
        "names": said,
        "number": more,
    }
