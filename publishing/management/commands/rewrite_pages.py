"""manage.py rewrite_pages: all pages again, for what no release tells of."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from publishing import pages
from publishing.workflow import rewriting

from ._command import HouseCommand, add_json


class Command(HouseCommand):
    help = "Asks for all pages to be written again. Those whose bytes come out the same stay untouched."

    def add_arguments(self, parser: CommandParser) -> None:
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        rewriting.plan_all()
        figures = {"version": pages.version()}
        self.report(
            options,
            figures,
            lambda: [_("Planned: a worker writes all pages, version %(version)s.") % figures],
        )
