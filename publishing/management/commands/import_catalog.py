"""manage.py import_catalog FILE: a returned catalog's texts as proposals, with a report."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from publishing.catalogs.merge import Verdict
from publishing.reports import wording
from publishing.workflow import access, editions, proposing

from ._command import HouseCommand, add_json, read_file


class Command(HouseCommand):
    help = (
        "Takes a catalog back. With --as, texts that are new in the file become that person's submitted "
        "revisions; what differs otherwise waits as a proposal. Nothing is ever approved."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument(
            "--as", default="", dest="person", help="user name of the translator who returns it"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = access.person_named(options["person"]) if options["person"] else None
        done = proposing.import_catalog(read_file(options["file"]), actor=actor, dry_run=options["dry_run"])
        figures = {
            "slug": editions.slug_of(done.document),
            "language": done.language,
            "dry_run": options["dry_run"],
            "verdicts": done.counts,
            "submitted": done.submitted,
            "proposed": done.proposed,
            "units": [
                {"key": v.key, "verdict": str(v.verdict), "reason": v.reason}
                for v in done.verdicts
                if v.verdict is not Verdict.UNCHANGED
            ],
        }
        self.report(options, figures, lambda: lines(figures))


def lines(figures: dict[str, Any]) -> list[str]:
    name = f"{figures['slug']} → {figures['language']}"
    written = [
        f"{name}: " + ", ".join(f"{wording.verdict(v)} {n}" for v, n in figures["verdicts"].items() if n)
    ]
    written += [f"  {unit['key']}: {wording.verdict(unit['verdict'])}" for unit in figures["units"]]
    if figures["dry_run"]:
        written.append(_("Nothing was written: this was a rehearsal."))
    else:
        written.append(
            _("%(submitted)d submitted, %(proposed)d kept as proposals; nothing was approved.") % figures
        )
    return written
