"""manage.py verify: chains, anchors, texts, releases, pages and catalogs are held against their hashes.

With a FILE it is a record of review that is verified, and no database is asked.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.workflow import anchoring, editions, records, verifying

from ._command import HouseCommand, add_json, read_file

LARGEST_RECORD = 200 * 2**20  # bytes


class Command(HouseCommand):
    help = "Checks audit chains, anchors, texts, releases, stored pages and catalogs. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="a record of review; then nothing else is verified")
        parser.add_argument("--key", metavar="FILE", help="the public key that the record is held against")
        parser.add_argument("--document", metavar="SLUG", help="only this article or biography")
        parser.add_argument(
            "--anchor", action="store_true", help="anchor the chains' ends afterwards, if all is well"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] or options["key"]:
            self._verify_record(options)
        else:
            self._verify_everything(options)

    def _verify_record(self, options: dict[str, Any]) -> None:
        if not (options["file"] and options["key"]):
            raise CommandError(_("To verify a record, give its FILE and --key with the public key's file."))
        key = records.public_key(Path(options["key"]))
        record = records.read(read_file(options["file"], LARGEST_RECORD), key)
        found = records.check(record)
        if found:
            raise CommandError(" ".join(found))
        figures = {
            "site": record["site"],
            "slug": record["edition"]["slug"],
            "language": record["edition"]["language"],
            "release": record["release"]["number"],
            "segments": len(record["segments"]),
            "entries": len(record["entries"]),
        }
        said = _(
            "The record is whole and signed with this key: %(site)s, %(slug)s (%(language)s), release %(release)d, "
            "segments %(segments)d, entries %(entries)d."
        )
        self.report(options, figures, lambda: [said % figures])

    def _verify_everything(self, options: dict[str, Any]) -> None:
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
        "releases %(releases)d, editions %(editions)d, pages %(pages)d, catalogs %(catalogs)d."
    ) % {
        name: tally[name]
        for name in (
            "documents",
            "entries",
            "anchors",
            "approvals",
            "releases",
            "editions",
            "pages",
            "catalogs",
        )
    }
