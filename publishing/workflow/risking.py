"""The risk of translations, written beside their findings: what the queue is ordered by."""

from collections.abc import Iterable, Sequence
from statistics import median

from rapidfuzz.distance import Indel

from publishing.models import Effort, Finding, Revision, Translation
from publishing.models.translation import State
from publishing.quality import risk

LATEST = 200
"""The newest approvals of an engine and pair that make its record."""


def record(translations: Sequence[Translation], findings: Iterable[Finding]) -> None:
    """Weighs the translations (with segment and current revision) by these findings of theirs, and writes it."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.translation_id, []).append(finding)
    records, others = _records(translations), _others(translations)
    changed = []
    for row in translations:
        draft = _draft(row, found.get(row.pk, ()), records, others.get(row.pk, ""))
        score, reasons = risk.weigh(draft)
        if (row.risk, row.risk_reasons) != (score, [list(reason) for reason in reasons]):
            row.risk, row.risk_reasons = score, [list(reason) for reason in reasons]
            changed.append(row)
    Translation.objects.store_risks(changed)


def _draft(
    row: Translation, found: Sequence[Finding], records: dict[tuple[str, str, str], float], other: str
) -> risk.Draft:
    current = row.current
    if current is None:
        return risk.Draft()
    detail = current.detail or {}
    by_engine = current.origin == Revision.Origin.MACHINE
    pair = (detail.get("engine", ""), row.segment.document.source_language, row.language)
    return risk.Draft(
        blocking=sum(each.severity == Finding.Severity.BLOCK for each in found),
        warnings=sum(each.severity == Finding.Severity.WARN for each in found),
        words=len(row.source.split()),
        unplaced=len(detail.get("unplaced", ())),
        refused=len(detail.get("refused", ())),
        repaired="repaired" in detail,
        by_engine=by_engine,
        through_english="pivot" in detail,
        outdated=row.state == State.OUTDATED,
        record=records.get(pair) if by_engine else None,
        disagreement=Indel.normalized_distance(current.text, other) if by_engine and other else 0.0,
    )


def _records(translations: Sequence[Translation]) -> dict[tuple[str, str, str], float]:
    """By engine and pair, the median edit ratio of what people approved of it lately."""
    asked = {
        (row.current.detail.get("engine", ""), row.segment.document.source_language, row.language)
        for row in translations
        if row.current and row.current.origin == Revision.Origin.MACHINE
    }
    found = {}
    for engine, source, target in asked:
        efforts = Effort.objects.filter(engine=engine, source_language=source, language=target)
        ratios = list(
            efforts.exclude(edit_ratio=None).order_by("-at").values_list("edit_ratio", flat=True)[:LATEST]
        )
        if ratios:
            found[engine, source, target] = median(ratios)
    return found


def _others(translations: Sequence[Translation]) -> dict[int, str]:
    """The latest draft of another engine, of the same source, where there is one."""
    machine = {
        row.pk: row
        for row in translations
        if row.current and row.current.origin == Revision.Origin.MACHINE and row.current.number > 1
    }
    if not machine:
        return {}
    drafts = Revision.objects.filter(translation__in=machine, origin=Revision.Origin.MACHINE).order_by(
        "number"
    )
    return {
        draft.translation_id: draft.text
        for draft in drafts
        if draft.detail.get("engine") != machine[draft.translation_id].current.detail.get("engine")
        and draft.source == machine[draft.translation_id].current.source
    }
