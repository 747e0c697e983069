"""What a person is typing: kept by itself, so that no crash, closed tab or lost network takes a word."""

from django.db import transaction

from publishing.models import Draft, Person, Translation

from . import access, claiming

LONGEST = 20_000


def keep(translation: Translation, text: str, *, version: int, actor: Person) -> bool:
    """Keeps the draft, and renews the claim; whether the claim is the person's. Raises NotAllowed, WrongLanguage.

    The text is kept as it is, control characters and all: what is wrong with it is told when it is saved.
    """
    access.require_review(actor, translation.language)
    text = text.replace("\0", "")[:LONGEST]
    with transaction.atomic():
        Draft.objects.update_or_create(
            translation=translation, person=actor, defaults={"text": text, "version": version}
        )
        return claiming.claim(translation, actor=actor)


def discard(translation: Translation, *, actor: Person) -> None:
    """The draft is done with: it was saved, or is not wanted."""
    Draft.objects.filter(translation=translation, person=actor).delete()
