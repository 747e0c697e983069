"""manage.py withdraw SLUG --language CODE --as PERSON: takes a live release back."""

from django.utils.translation import gettext as _

from publishing.models import Document, Person, Release
from publishing.workflow import releasing

from ._edition import EditionCommand


class Command(EditionCommand):
    help = "Takes the live release of an edition back; its address says so from then on."

    def decide(self, document: Document, language: str, actor: Person, note: str) -> Release:
        return releasing.withdraw(document, language, actor=actor, note=note)

    def said(self) -> str:
        return _("Withdrawn: /%(language)s/%(slug)s/.")
