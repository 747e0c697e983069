"""manage.py translation_status [SLUG]: how far each document is in each language."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from publishing.models import Document
from publishing.models.translation import State
from publishing.reports import progress
from publishing.workflow import editions

from ._command import HouseCommand, add_json


class Command(HouseCommand):
    help = "Counts the states of every document's translations, with what holds a release up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "slug", nargs="?", help="an article's slug in any language, or author/SLUG; else all"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["slug"]:
            documents = progress.with_biographies(editions.document_named(options["slug"]))
        else:
            documents = list(Document.objects.order_by("pk"))
        figures = progress.status(documents)
        self.report(options, figures, lambda: lines(figures))


def lines(figures: dict[str, Any]) -> list[str]:
    written = []
    for document in figures["documents"]:
        written.append(
            _("%(slug)s (%(language)s, %(number)d segments)")
            % {
                "slug": document["slug"],
                "language": document["source_language"],
                "number": document["segments"],
            }
        )
        for code, language in document["languages"].items():
            states = ", ".join(f"{State(s).label} {language[s]}" for s in State.values if language[s])
            written.append(f"  {code}: {states}")
            written += [f"      {held['message']}" for held in language["held_up_by"]]
    return written
