"""manage.py release SLUG --language CODE --as PERSON: gives readers what is approved."""

from django.utils.translation import gettext as _

from publishing.models import Document, Person, Release
from publishing.workflow import releasing

from ._edition import EditionCommand


class Command(EditionCommand):
    help = "Freezes an edition as it is approved now and gives it to readers."

    def decide(self, document: Document, language: str, actor: Person, note: str) -> Release:
        return releasing.release(document, language, actor=actor, note=note)

    def said(self) -> str:
        return _("Released: /%(language)s/%(slug)s/, release %(release)d.")
