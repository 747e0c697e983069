"""manage.py pretranslate SLUG: asks for runs into other languages."""

import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import engines
from publishing.languages import CODES
from publishing.models import Document, Job, Run
from publishing.reports import progress, wording
from publishing.reports.runs import reports as progress_of
from publishing.workflow import access, editions, estimating, pretranslating

from ._command import HouseCommand, add_json

PATIENCE_SECONDS = 5


class Command(HouseCommand):
    help = "Asks for runs: memory and rules first, then the engines in order. The worker performs them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="an article's slug, with its authors' biographies; or author/SLUG")
        parser.add_argument("--to", nargs="+", default=list(CODES), metavar="LANGUAGE")
        parser.add_argument("--engines", nargs="*", default=settings.MT_ENGINES, metavar="ENGINE")
        parser.add_argument("--as", default="", dest="person", help="user name of the editor who asks")
        parser.add_argument(
            "--wait", action="store_true", help="follow the runs until a worker has done them"
        )
        parser.add_argument(
            "--estimate", action="store_true", help="say what the runs would do and cost, and ask for none"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        actor = access.person_named(options["person"]) if options["person"] else None
        document = editions.document_named(options["slug"])
        wanted = [
            (each, language)
            for each in progress.with_biographies(document)
            for language in dict.fromkeys(options["to"])
            if language != each.source_language
        ]
        if not wanted:  # the verb says why
            wanted = [(document, document.source_language)]
        if options["estimate"]:
            self.estimate(wanted, options)
            return
        with transaction.atomic():
            runs = [
                pretranslating.request(each, language, engine_names=options["engines"], actor=actor)
                for each, language in wanted
            ]
        if options["wait"]:
            self.follow(runs)
        self.report(options, {"runs": [figures(run) for run in runs]}, lambda: [line(run) for run in runs])

    def estimate(self, wanted: list[tuple[Document, str]], options: dict[str, Any]) -> None:
        """Says what each run would find, and what its engines would be sent."""
        try:
            made = [
                (editions.slug_of(each), language, estimating.estimate(each, language, options["engines"]))
                for each, language in wanted
            ]
        except engines.EngineError as error:
            raise CommandError(str(error)) from None
        estimates = [
            {"slug": slug, "language": language, **asdict(estimate)} for slug, language, estimate in made
        ]
        self.report(
            options, {"estimates": estimates}, lambda: [line for each in made for line in lines(*each)]
        )

    def follow(self, runs: list[Run]) -> None:
        """Waits until a worker has done the runs, with a bar that moves by segments; a dead job ends the wait."""
        keys = [f"{pretranslating.KIND}/{run.pk}" for run in runs]
        asked, told = time.monotonic(), False
        ended = {Job.State.SUCCESSFUL, Job.State.FAILED, Job.State.DEAD}
        while True:
            states = list(Job.objects.filter(key__in=keys).values_list("state", flat=True))
            if self.stderr.isatty():
                self.stderr.write(f"\r{bar(Run.objects.filter(pk__in=[run.pk for run in runs]))}", ending="")
            if all(state in ended for state in states):
                break
            if not told and time.monotonic() - asked > PATIENCE_SECONDS and set(states) <= {Job.State.READY}:
                told = True
                self.stderr.write(_("No worker has taken the runs yet: start one with manage.py worker."))
            time.sleep(0.2)
        for run in runs:
            run.refresh_from_db()


def bar(runs: Iterable[Run]) -> str:
    """How far the runs are together: drafts of what they found waiting."""
    reports = progress_of(runs)
    total = sum(report.total for report in reports) or 1
    drafted = sum(report.total if report.run.is_over else report.drafted for report in reports)
    return f"{'█' * (30 * drafted // total):░<30} {drafted}/{total}"


def lines(slug: str, language: str, estimate: estimating.Estimate) -> list[str]:
    """An estimate in words."""
    said = [
        _("%(name)s: waiting %(waiting)d, from memory %(by_memory)d, by rule %(by_rule)d.")
        % {
            "name": f"{slug} → {language}",
            "waiting": estimate.waiting,
            "by_memory": estimate.by_memory,
            "by_rule": estimate.by_rule,
        }
    ]
    for each in estimate.engines:
        said.append(
            "  "
            + _(
                "%(engine)s: at most %(texts)d texts, %(known)d of them answered before; %(characters)d characters."
            )
            % asdict(each)
        )
        if each.budget_left is not None:
            said.append("    " + _("Left of this month's budget: %(left)s.") % {"left": each.budget_left})
    return said


def figures(run: Run) -> dict[str, Any]:
    document: Document = run.document
    return {
        "run": run.pk,
        "slug": editions.slug_of(document),
        "language": run.language,
        "engines": run.engines,
        "finished": run.finished_at is not None,
        "counts": run.counts,
        "state": run.state,
        "notice": wording.troubles(run),
    }


def line(run: Run) -> str:
    name = f"{editions.slug_of(run.document)} → {run.language}"
    if not run.finished_at:
        return _("%(name)s: asked for; a worker will do it.") % {"name": name}
    left = run.counts.get("left", 0)
    drafted = sum(run.counts.values()) - left
    said = ngettext(
        "%(name)s: drafted %(drafted)d, and %(number)d segment is left for people.",
        "%(name)s: drafted %(drafted)d, and %(number)d segments are left for people.",
        left,
    ) % {"name": name, "drafted": drafted, "number": left}
    notice = wording.troubles(run)
    return f"{said}\n{notice}" if notice else said
