"""manage.py release SLUG --language CODE --as PERSON [--at TIME]: gives readers what is approved, now or then."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from publishing.models import Document, Person, Release
from publishing.workflow import releasing, scheduling
from publishing.workflow.errors import BadInput

from ._edition import EditionCommand


class Command(EditionCommand):
    help = "Freezes an edition as it is approved now and gives it to readers."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--at", metavar="TIME", help="schedule it: a time as 2026-12-01T09:00, by the site's clock"
        )
        parser.add_argument("--correction", default="", help="what readers are told was corrected")
        parser.add_argument(
            "--override", default="", help="the reason of an exception from the second pair of eyes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.at = _time(options["at"]) if options["at"] else None
        self.said_too = {name: options[name] for name in ("correction", "override")}
        super().handle(*args, **options)

    def decide(self, document: Document, language: str, actor: Person, note: str) -> Release:
        if self.at:
            return scheduling.schedule(
                document, language, actor=actor, at=self.at, note=note, **self.said_too
            )
        return releasing.release(document, language, actor=actor, note=note, **self.said_too)

    def said(self) -> str:
        if self.at:
            moment = formats.date_format(timezone.localtime(self.at), "DATETIME_FORMAT")
            return _("Scheduled for %(time)s: %%(slug)s (%%(language)s).") % {"time": moment}
        return _("Released: /%(language)s/%(slug)s/, release %(release)d.")


def _time(text: str) -> datetime:
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None:
        raise BadInput(_("“%(text)s” is no time: write it as 2026-12-01T09:00."), text=text)
    return timezone.make_aware(at) if timezone.is_naive(at) else at
