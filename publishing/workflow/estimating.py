"""What a run would do and cost, before anybody asks for it: nothing is written, nothing is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from publishing import engines
from publishing.engines import ledger, markers
from publishing.models import Document, EngineAnswer, EngineMonth, Segment, Translation
from publishing.models.engine import database_now

from . import remembering, rules, transitions

BATCH = 500


@dataclass(frozen=True, slots=True)
class EngineEstimate:
    """What an engine would be sent if all that is left came to it; `budget_left` is None where it has no limit."""

    engine: str
    texts: int
    known: int
    characters: int
    budget_left: int | None

    @property
    def fits(self) -> bool:
        return self.budget_left is None or self.characters <= self.budget_left


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many segments a run would find, and who would draft them."""

    waiting: int
    by_memory: int
    by_rule: int
    engines: list[EngineEstimate]


def estimate(document: Document, language: str, engine_names: Sequence[str]) -> Estimate:
    """The estimate of a run of the document into the language with these engines.

    The engines stand in the run's order, but each one's figures are those of being asked for everything that
    memory and rules leave: what a second engine gets depends on how the first one fares. Raises UnknownEngine,
    NotConfigured.
    """
    source = document.source_language
    segments = _waiting(document, language)
    known = remembering.remembered(document, segments, language)
    rest = [row for row in segments if row.pk not in known]
    by_rule = {row.pk for row in rest if rules.by_rule(row, source, language)}
    asked = [row for row in rest if row.pk not in by_rule and rules.needs_translation(row.text)]
    left = list(dict.fromkeys(rules.travelling(row, source, language) for row in asked))
    return Estimate(
        waiting=len(segments),
        by_memory=len(segments) - len(rest),
        by_rule=len(by_rule),
        engines=[_of_engine(engines.get(name), left, source, language) for name in engine_names],
    )


def _waiting(document: Document, language: str) -> list[Segment]:
    """The segments whose translation a run may fill; one that is not opened yet counts as missing."""
    stands = Translation.objects.filter(segment__document=document, language=language).exclude(
        Q(current=None) | Q(current__author=None), state__in=transitions.TABLE["pretranslate"].sources
    )
    rows = Segment.objects.in_use().filter(document=document).exclude(pk__in=stands.values("segment"))
    return list(rows.select_related("block"))


def _of_engine(engine: engines.Engine, texts: Sequence[str], source: str, target: str) -> EngineEstimate:
    sizes: dict[str, int] = {}
    for text in texts:
        for scheme in markers.ladder(text, engine.capabilities.schemes)[:1]:
            protected = markers.protect(text, scheme)
            for piece in protected.pieces:
                sizes[ledger.key(engine, source, target, protected.markup, piece)] = len(piece)
    known = _known(list(sizes))
    return EngineEstimate(
        engine=engine.name,
        texts=len(texts),
        known=len(known),
        characters=sum(size for key, size in sizes.items() if key not in known),
        budget_left=budget_left(engine.name),
    )


def _known(keys: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), BATCH):
        rows = EngineAnswer.objects.given().filter(key__in=keys[start : start + BATCH])
        found |= set(rows.values_list("key", flat=True))
    return found


def budget_left(engine: str) -> int | None:
    """The characters that the engine may still be sent this month; None where it has no limit."""
    limit = settings.MT_BUDGET.get(engine)
    if limit is None:
        return None
    month = EngineMonth.objects.filter(engine=engine, month=f"{database_now():%Y-%m}").first()
    return max(0, limit - (month.characters if month else 0))
