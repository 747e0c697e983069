"""What release, rollback and withdraw share: an edition by slug and language, and who decides."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from publishing.languages import CODES
from publishing.models import Document, Person, Release
from publishing.workflow import access, editions
from publishing.workflow.errors import Unknown

from ._command import HouseCommand, add_json


class EditionCommand(HouseCommand):
    """Calls one verb on an edition, as an editor would in the admin, under the same rules."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="an article's slug in any language, or author/SLUG")
        parser.add_argument("--language", required=True)
        parser.add_argument("--as", required=True, dest="person", help="user name of the editor who decides")
        parser.add_argument("--note", default="")
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["language"] not in CODES:
            raise Unknown(what=_("language"), name=options["language"])
        made = self.decide(
            editions.document_named(options["slug"]),
            options["language"],
            access.person_named(options["person"]),
            options["note"],
        )
        figures = {
            "slug": made.edition.slug,
            "language": made.edition.language,
            "release": made.number,
            "state": made.state,
        }
        self.report(options, figures, lambda: [self.said() % figures])

    def decide(self, document: Document, language: str, actor: Person, note: str) -> Release:
        raise NotImplementedError

    def said(self) -> str:
        raise NotImplementedError
