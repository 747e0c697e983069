"""manage.py export_catalogs [SLUG]: writes the PO files again, as they can always be."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from publishing.catalogs import CatalogError
from publishing.models import Document
from publishing.reports import progress
from publishing.workflow import editions, exchanging

from ._command import HouseCommand, add_json


class Command(HouseCommand):
    help = "Writes the catalogs of an article and its authors' biographies, or of everything."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?")
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["slug"]:
            documents = progress.with_biographies(editions.document_named(options["slug"]))
        else:
            documents = list(Document.objects.order_by("pk"))
        try:
            paths = [
                str(exchanging.write_catalog(document, language))
                for document in documents
                for language in exchanging.target_languages(document)
            ]
        except (OSError, CatalogError) as error:
            raise CommandError(str(error)) from error
        self.report(options, {"catalogs": paths}, lambda: paths)
