"""Assigning: a document's translation into a language becomes somebody's to do; else it is the language's team's."""

from datetime import date

from django.db import transaction

from publishing.models import Assignment, Document, Edition, Person

from . import access, auditing, notifying
from .errors import NotAssigned, NotOpened, WrongLanguage


def assign(
    document: Document, language: str, person: Person, *, actor: Person, due_on: date | None = None
) -> Assignment:
    """Assigns, or changes the due date. The person is told, once.

    Raises NotAllowed, WrongLanguage where the person may not review the language, or NotOpened where the
    document is not being translated into it; its source language is none that it is translated into.
    """
    access.require(actor, access.RELEASE)
    if not access.may_review(person, language):
        raise WrongLanguage(person=person.display_name)
    editions = Edition.objects.filter(document=document, language=language)
    if language == document.source_language or not editions.exists():
        raise NotOpened
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        made, is_new = Assignment.objects.update_or_create(
            document=document,
            language=language,
            person=person,
            defaults={"due_on": due_on, "assigned_by": actor},
        )
        auditing.record(document, "assign", person=actor, data=_what(made))
        if is_new and person.pk != actor.pk:
            due = due_on.isoformat() if due_on else ""
            notifying.tell(
                person, "assigned", document=document, by=actor.display_name, language=language, due=due
            )
    return made


def withdraw(assignment: Assignment, *, actor: Person) -> None:
    """Takes an assignment back. Raises NotAllowed, or NotAssigned where somebody was faster."""
    access.require(actor, access.RELEASE)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=assignment.document_id)
        taken, _by_model = Assignment.objects.filter(pk=assignment.pk).delete()
        if not taken:
            raise NotAssigned
        auditing.record(document, "withdraw_assignment", person=actor, data=_what(assignment))


def _what(assignment: Assignment) -> dict[str, object]:
    return {
        "language": assignment.language,
        "to": assignment.person.username,
        "due": assignment.due_on.isoformat() if assignment.due_on else None,
    }
