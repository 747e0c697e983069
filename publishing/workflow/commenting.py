"""Talking about a segment: comments, questions, and whom they reach."""

import re
from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from publishing.models import Assignment, Comment, Person, Translation

from . import access, notifying, revising
from .errors import EmptyComment

LONGEST: Final = 2_000
_MENTION: Final = re.compile(r"(?<![\w.@+-])@([\w.+-]{1,150})")


def comment(translation: Translation, text: str, *, actor: Person, question: bool = False) -> Comment:
    """Says something about the translation. Whoever is mentioned as @login is told; of a question, the editors.

    An answer to open questions of others settles them and tells who asked. Raises NotAllowed, WrongLanguage,
    EmptyComment, UnusableText.
    """
    access.require_review(actor, translation.language)
    text = revising.clean(text)[:LONGEST]
    if not text:
        raise EmptyComment
    with transaction.atomic():
        said = Comment.objects.create(translation=translation, person=actor, text=text, is_question=question)
        told = {actor.pk}
        for asked in _answered(said) if not question else ():
            _tell(asked.person, "answered", said, told)
        for person in mentioned(text):
            _tell(person, "mention", said, told)
        for person in _whom_to_ask(translation) if question else ():
            _tell(person, "question", said, told)
    return said


def mentioned(text: str) -> list[Person]:
    """The active people whom the text names as @login, each once."""
    names = {name.rstrip(".") for name in _MENTION.findall(text)}
    return list(Person.objects.filter(username__in=names, is_active=True).order_by("pk"))


def _answered(said: Comment) -> list[Comment]:
    """The open questions of others that this comment settles."""
    asked = Comment.objects.filter(translation=said.translation, is_question=True, answered_at=None)
    found = list(asked.exclude(person=said.person).select_related("person"))
    Comment.objects.filter(pk__in=[each.pk for each in found]).update(answered_at=Now())
    return found


def _whom_to_ask(translation: Translation) -> list[Person]:
    """Whoever assigned the text; else the editors."""
    assigned = Assignment.objects.filter(
        document=translation.segment.document_id, language=translation.language
    )
    asked = [each.assigned_by for each in assigned.select_related("assigned_by")]
    return asked or access.people_with(access.RELEASE)


def _tell(person: Person, kind: str, said: Comment, told: set[int]) -> None:
    if person.pk not in told:
        told.add(person.pk)
        notifying.tell(
            person, kind, translation=said.translation, by=said.person.display_name, text=said.text[:200]
        )
