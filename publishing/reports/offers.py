"""What other engines made of a segment, for whoever asked to compare; and what is still being asked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, When

from publishing.models import Proposal, Run, Translation


@dataclass(frozen=True, slots=True)
class Offers:
    """Drafts of engines for today's source, the newest first; engines being asked; what one could not do."""

    drafts: list[Proposal]
    asked: list[str]
    troubles: list[dict[str, Any]]


def offers(translation: Translation) -> Offers:
    """In two queries."""
    drafts = Proposal.objects.filter(
        segment=translation.segment_id,
        language=translation.language,
        reason=Proposal.Reason.ENGINE,
        source=translation.source,
    )
    rows = Run.objects.filter(segment=translation.segment_id, language=translation.language)
    late = Case(When(asked_at__lt=Run.oldest_start(), then=True), default=False)
    runs = list(rows.annotate(is_late=late)[:5])
    last = next((run for run in runs if run.is_over), None)
    asked = [name for run in runs if not (run.is_over or run.is_late) for name in run.engines]
    return Offers(list(drafts), asked, list(last.troubles) if last else [])
