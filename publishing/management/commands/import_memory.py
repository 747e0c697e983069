"""manage.py import_memory FILE: a TMX file's pairs as memory."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from publishing.workflow import access, remembering

from ._command import HouseCommand, add_json, read_file

LIMIT = 50 * 2**20


class Command(HouseCommand):
    help = "Stores the pairs of a TMX file, to be found by exact source in later runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--name", default="", help="the memory's name; else the file's")
        parser.add_argument("--as", default="", dest="person", help="user name of the editor who imports")
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = access.person_named(options["person"]) if options["person"] else None
        name = options["name"] or Path(options["file"]).stem
        came = remembering.import_memory(read_file(options["file"], LIMIT), name=name, actor=actor)
        self.report(
            options,
            {"memory": name, "new": came},
            lambda: [
                ngettext("%(name)s: %(number)d new pair.", "%(name)s: %(number)d new pairs.", came)
                % {"name": name, "number": came}
            ],
        )
