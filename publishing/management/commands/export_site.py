"""manage.py export_site DIR: every page as a file, for any web server."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.pages import exporting
from publishing.reader import security

from ._command import HouseCommand, add_json


class Command(HouseCommand):
    help = "Writes the whole site as static files. A later export into the same folder writes the difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", help="a new or an empty folder, or that of an earlier export"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = exporting.export(options["folder"], security.headers_of_the_site())
        except exporting.NotExported as error:
            raise CommandError(str(error)) from error
        self.report(options, asdict(report), lambda: lines(report))


def lines(report: exporting.Report) -> list[str]:
    said = [
        _("%(pages)d pages, %(redirects)d redirects: %(written)d files written, %(removed)d removed.")
        % asdict(report)
    ]
    if report.left_out:
        said.append(
            ngettext(
                "%(number)d address can be no file and was left out: %(first)s",
                "%(number)d addresses can be no files and were left out, the first: %(first)s",
                len(report.left_out),
            )
            % {"number": len(report.left_out), "first": repr(report.left_out[0])}
        )
    return said
