"""manage.py verify: chains, anchors, texts, releases, pages and catalogs are held against their hashes."""

from collections import Counter
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.workflow import anchoring, editions, verifying

from ._command import HouseCommand, add_json


class Command(HouseCommand):
    help = "Checks audit chains, anchors, texts, releases, stored pages and catalogs. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--document", metavar="SLUG", help="only this article or biography")
        parser.add_argument(
            "--anchor", action="store_true", help="anchor the chains' ends afterwards, if all is well"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        document = editions.document_named(options["document"]) if options["document"] else None
        tally = Counter[str]()
        found, number = list[dict[str, str]](), 0
        for flaw in verifying.verify(document, tally):
            number += 1
            if options["json"]:
                found.append(flaw._asdict())
            else:
                self.stdout.write(str(flaw))
        made = anchoring.anchor() if options["anchor"] and not number else None
        figures = {"checked": dict(tally), "flaws": found, "anchor": made.number if made else None}
        self.report(options, figures, lambda: [] if number else [_summary(tally)])
        if number:
            raise CommandError(
                ngettext("%(number)d flaw was found.", "%(number)d flaws were found.", number)
                % {"number": number}
            )


def _summary(tally: Counter[str]) -> str:
    return _(
        "All is well: documents %(documents)d, entries %(entries)d, anchors %(anchors)d, approvals %(approvals)d, "
        "releases %(releases)d, pages %(pages)d, catalogs %(catalogs)d."
    ) % {
        name: tally[name]
        for name in ("documents", "entries", "anchors", "approvals", "releases", "pages", "catalogs")
    }
