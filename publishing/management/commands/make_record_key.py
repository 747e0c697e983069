"""manage.py make_record_key FILE: a key to sign records of review with, and its public half beside it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from publishing.workflow import records

from ._command import HouseCommand


class Command(HouseCommand):
    help = "Makes a key for records of review: FILE is the private one, FILE.pub the public one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        public = records.make_key(Path(options["file"]))
        self.stdout.write(
            _("Set REVIEW_RECORD_KEY to %(file)s and keep it secret; give %(public)s to everybody.")
            % {"file": options["file"], "public": public}
        )
