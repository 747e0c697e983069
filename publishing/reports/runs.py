"""How runs get on: what they drafted of what they found, and what each engine did for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Avg, Count, Max, Q, Sum

from publishing.models import EngineCall, Revision, Run

Outcome = EngineCall.Outcome


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """What an engine did for a run; latencies in milliseconds, None where no call has ended."""

    engine: str
    calls: int
    failures: int
    texts: int
    characters: int
    charged: int
    mean_latency: int | None
    longest_latency: int | None


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run, how many drafts it has made so far, and its engines' figures."""

    run: Run
    drafted: int
    engines: list[EngineFigures]

    @property
    def total(self) -> int:
        return max(self.run.total, self.drafted)


def reports(runs: Iterable[Run]) -> list[RunReport]:
    """The reports of these runs, in two queries whatever their number."""
    runs = list(runs)
    drafted = dict(Revision.objects.filter(run__in=runs).order_by().values_list("run").annotate(Count("pk")))
    figures = _figures(runs)
    return [RunReport(run, drafted.get(run.pk, 0), figures.get(run.pk, [])) for run in runs]


def report(run: Run) -> RunReport:
    (made,) = reports([run])
    return made


def _figures(runs: list[Run]) -> Mapping[int, list[EngineFigures]]:
    rows = (
        EngineCall.objects.filter(run__in=runs)
        .order_by("engine")
        .values("run", "engine")
        .annotate(
            calls=Count("pk"),
            failures=Count("pk", filter=~Q(outcome__in=("", Outcome.ANSWERED))),
            texts_sent=Sum("texts"),
            characters_sent=Sum("characters"),
            characters_charged=Sum("characters", filter=Q(charged=True), default=0),
            mean=Avg("milliseconds"),
            longest=Max("milliseconds"),
        )
    )
    found: dict[int, list[EngineFigures]] = {}
    for row in rows:
        found.setdefault(row["run"], []).append(
            EngineFigures(
                engine=row["engine"],
                calls=row["calls"],
                failures=row["failures"],
                texts=row["texts_sent"],
                characters=row["characters_sent"],
                charged=row["characters_charged"],
                mean_latency=None if row["mean"] is None else round(row["mean"]),
                longest_latency=row["longest"],
            )
        )
    return found
