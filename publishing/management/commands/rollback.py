"""manage.py rollback SLUG --language CODE --as PERSON: gives readers the release before."""

from django.utils.translation import gettext as _

from publishing.models import Document, Person, Release
from publishing.workflow import releasing

from ._edition import EditionCommand


class Command(EditionCommand):
    help = "Makes the release before the live one what readers get again."

    def decide(self, document: Document, language: str, actor: Person, note: str) -> Release:
        return releasing.rollback(document, language, actor=actor, note=note)

    def said(self) -> str:
        return _("Rolled back: /%(language)s/%(slug)s/ is release %(release)d again.")
