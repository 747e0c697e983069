"""Claims: who works on a segment now. They keep nobody from deciding; versions do that. They tell, and they share out.

A claim is taken with one conditional write, so that two people never hold the same; it ends by itself.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from publishing.models import Claim, Person, Translation

from . import access, notifying


def claim(translation: Translation, *, actor: Person) -> bool:
    """Takes or renews the claim; False where somebody else holds it. Raises NotAllowed, WrongLanguage."""
    access.require_review(actor, translation.language)
    return _take(translation.pk, actor)


def take_over(translation: Translation, *, actor: Person) -> Person | None:
    """Takes the claim from whoever holds it, and tells them; returns whom, or None where it was free."""
    access.require_review(actor, translation.language)
    with transaction.atomic():
        if _take(translation.pk, actor):
            return None
        held = (
            Claim.objects.select_for_update(of=("self",))
            .select_related("person")
            .get(translation=translation)
        )
        before = held.person
        Claim.objects.filter(pk=held.pk).update(person=actor, since=Now(), until=Claim.lease())
        notifying.tell(before, "taken_over", translation=translation, by=actor.display_name)
    return before


def release(translation: Translation, *, actor: Person) -> None:
    """Gives the person's claim back; nothing where they hold none."""
    Claim.objects.filter(translation=translation, person=actor).delete()


def next_for(actor: Person, candidates: Iterable[Translation]) -> Translation | None:
    """The first of the candidates that the person could claim: nobody else gets it meanwhile."""
    return next((row for row in candidates if _take(row.pk, actor)), None)


def _take(pk: int, actor: Person) -> bool:
    mine = Claim.objects.free_for(actor.pk).filter(translation=pk)
    if mine.update(person=actor, until=Claim.lease()):
        return True
    try:
        with transaction.atomic():
            Claim.objects.create(translation_id=pk, person=actor, until=Claim.lease())
    except IntegrityError:  # somebody has it
        return False
    return True
