"""manage.py export_record SLUG --language CODE FILE: the signed record of review of a release."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from publishing.catalogs import files
from publishing.languages import CODES
from publishing.models import Edition
from publishing.workflow import editions, records
from publishing.workflow.errors import Unknown

from ._command import HouseCommand, add_json


class Command(HouseCommand):
    help = "Writes the signed record of review of a release: who wrote and who approved each sentence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="an article's slug in any language, or author/SLUG")
        parser.add_argument("file")
        parser.add_argument("--language", required=True)
        parser.add_argument("--release", type=int, metavar="N", help="its number; else the last one")
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["language"] not in CODES:
            raise Unknown(what=_("language"), name=options["language"])
        key = records.signing_key()
        document = editions.document_named(options["slug"])
        edition = Edition.objects.select_related("document").filter(
            document=document, language=options["language"]
        )
        if not edition:
            raise Unknown(what=_("edition"), name=f"{options['slug']} ({options['language']})")
        record = records.build(edition[0], options["release"])
        try:
            files.write_whole(Path(options["file"]), records.signed(record, key))
        except OSError as error:
            raise CommandError(str(error)) from error
        figures = {
            "file": options["file"],
            "release": record["release"]["number"],
            "segments": len(record["segments"]),
            "entries": len(record["entries"]),
        }
        self.report(
            options, figures, lambda: [_("Written: %(file)s, the record of release %(release)d.") % figures]
        )
