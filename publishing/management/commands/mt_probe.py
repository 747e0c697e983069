"""manage.py mt_probe [ENGINE]: what really survives an engine."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from publishing import engines
from publishing.engines import probes, probing
from publishing.engines.probing import Report, Row
from publishing.workflow import ledger

from ._command import HouseCommand, add_json

OUTCOMES = {
    "kept": gettext_noop("kept"),
    "moved": gettext_noop("moved"),
    "changed": gettext_noop("altered"),
    "doubled": gettext_noop("doubled"),
    "lost": gettext_noop("lost"),
    "refused": gettext_noop("refused"),
    "unanswered": gettext_noop("no answer"),
}


class Command(HouseCommand):
    help = (
        "Measures what really survives an engine: marks in each scheme, casing, underscores, entities, numbers, "
        "the order of a batch. Sends a few sentences of our own to the live engine, and says how many characters."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("engine", nargs="?", metavar="ENGINE", help="an engine; else those of MT_ENGINES")
        parser.add_argument(
            "--to", nargs="+", default=["tr", "ru"], metavar="LANGUAGE", choices=list(probes.PAIRS)
        )
        parser.add_argument(
            "--limits", action="store_true", help="search for what a request may hold; sends many characters"
        )
        add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        names = [options["engine"]] if options["engine"] else settings.MT_ENGINES
        if not names:
            raise CommandError(_("Name an engine, or set MT_ENGINES: there is none to measure."))
        targets = list(dict.fromkeys(options["to"]))
        try:
            asked = [engines.get(name) for name in dict.fromkeys(names)]
        except engines.EngineError as error:
            raise CommandError(str(error)) from None
        pairs = [probes.PAIRS[target] for target in targets]
        for engine in asked:
            require(engine, pairs)
        reports: list[Report] = []
        for engine in asked:
            reports += self.measured(engine, pairs, limits=options["limits"])
            if reports[-1].failure:
                break
        told = [report for report in reports if report.rows]
        if told:
            self.report(options, {"reports": [figures(report) for report in told]}, lambda: lines(told))
        if reports[-1].failure:
            raise CommandError(reports[-1].failure)

    def measured(
        self, engine: engines.Engine, pairs: Sequence[tuple[str, str]], *, limits: bool
    ) -> list[Report]:
        """Says what it will cost, then measures each pair, until one cannot be measured to its end."""
        self.announce(engine, pairs, limits=limits)
        charge = partial(ledger.charge, engine.name)
        reports: list[Report] = []
        for pair in pairs:
            reports.append(probing.measure(engine, *pair, charge=charge, limits=limits))
            if reports[-1].failure:
                break
        return reports

    def announce(self, engine: engines.Engine, pairs: Sequence[tuple[str, str]], *, limits: bool) -> None:
        number = sum(probes.characters(engine, *pair) for pair in pairs)
        said = _("%(number)d characters go to %(engine)s; MT_BUDGET counts them.")
        self.stderr.write(said % {"number": number, "engine": engine.name})
        if limits:
            most = len(pairs) * probes.most_for_limits(engine)
            self.stderr.write(
                _("The search for its limits may take up to %(number)d more.") % {"number": most}
            )


def require(engine: engines.Engine, pairs: Iterable[tuple[str, str]]) -> None:
    """Raises CommandError for the first of the pairs that the engine does not translate."""
    for source, target in pairs:
        if (source, target) not in engine.capabilities.pairs:
            raise CommandError(
                _("%(engine)s does not translate from %(source)s to %(target)s.")
                % {"engine": engine.name, "source": source, "target": target}
            )


def figures(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    return asdict(report) | {"median_milliseconds": report.median}


def lines(reports: Iterable[Report]) -> list[str]:
    """A table for each pair."""
    written: list[str] = []
    for report in reports:
        written += [f"{report.engine}, {report.source} → {report.target}", *table(report.rows)]
        written += [f"  {name}: {most}" for name, most in limits(report)]
        written.append(
            "  "
            + _("%(requests)d requests, %(characters)d characters, %(median)d ms each (median)")
            % {
                "requests": report.requests,
                "characters": report.characters,
                "median": report.median,
            }
        )
    return written


def table(rows: Sequence[Row]) -> list[str]:
    """What was measured, what became of it, and the answer where that was not as it should be."""
    names = [f"{row.group} · {row.name}" for row in rows]
    outcomes = [_(OUTCOMES[row.outcome]) for row in rows]
    name_width, outcome_width = max(map(len, names)), max(map(len, outcomes))
    return [
        f"  {name:<{name_width}}  {outcome:<{outcome_width}}  {shown(row)}".rstrip()
        for name, outcome, row in zip(names, outcomes, rows, strict=True)
    ]


def shown(row: Row) -> str:
    """The answer on one line, shortened; nothing where all is well."""
    if row.outcome == "kept":
        return ""
    answer = " ⏎ ".join(row.answer.split("\n"))
    return answer if len(answer) <= 100 else f"{answer[:99]}…"


def limits(report: Report) -> list[tuple[str, int]]:
    labels = {"texts": _("texts in a request"), "size": _("size of a request")}
    return [(labels[name], most) for name, most in report.limits.items()]
