"""risking: the risk of a draft stands beside its findings, and follows its text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import AuditEntry, Effort, Revision, Run, Translation
from publishing.models.translation import State
from publishing.workflow import editing, findings, revising
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Translation:
    """“The ports opened in July 2023.[1]”, missing."""
    return cast.opened(cast.article())[1]


def reasons(row: Translation) -> dict[str, int]:
    now = Translation.objects.get(pk=row.pk)
    assert now.risk == min(100, sum(points for _code, points in now.risk_reasons))
    return dict(now.risk_reasons)


def drafted(row: Translation, text: str, **detail: object) -> None:
    """An engine's draft, written as a run writes it."""
    run = Run.objects.create(document=row.segment.document, language="tr")
    fresh = list(Translation.objects.in_the_block_of(row.pk))
    mine = next(each for each in fresh if each.pk == row.pk)
    made = revising.Text(text, Revision.Origin.MACHINE, detail={"engine": "google", **detail}, run=run)
    revising.write_many([(mine, made)], state=State.PRETRANSLATED)
    findings.record(fresh)


def test_a_slip_makes_it_risky_and_mending_takes_it_away(row: Translation) -> None:
    boris = cast.boris()
    row = editing.submit(
        row, text="Limanlar Temmuz 2032’de açıldı.[1]", actor=boris, seen_version=row.version
    )
    assert reasons(row)["blocking"] >= 40
    row = editing.submit(
        row, text="Limanlar Temmuz 2023’te açıldı.[1]", actor=boris, seen_version=row.version
    )
    assert reasons(row) == {}


def test_how_a_draft_was_made_counts(row: Translation) -> None:
    drafted(row, "Limanlar Temmuz 2023’te açıldı.", unplaced=["[1]"], refused=[{}], pivot={"by": "engine"})
    assert set(reasons(row)) >= {"unplaced", "refused", "through_english", "unseen", "record"}


def test_the_engines_record_is_what_people_had_to_mend(row: Translation) -> None:
    for number, ratio in enumerate((0.01, 0.02, 0.9)):
        entry = AuditEntry.objects.create(
            document=row.segment.document, number=900 + number, verb="approve", hash="x",
            at=timezone.now() - timedelta(days=number),
        )  # fmt: skip
        Effort.objects.create(
            approval=entry, engine="google", source_language="en", language="tr", words=9, edit_ratio=ratio,
            at=entry.at,
        )  # fmt: skip
    drafted(row, "Limanlar Temmuz 2023’te açıldı.[1]")
    assert reasons(row)["record"] == 1, "the median, 0.02"


def test_another_engine_that_says_it_otherwise_counts(row: Translation) -> None:
    drafted(row, "Limanlar Temmuz 2023’te açıldı.[1]", engine="google")
    drafted(row, "Temmuz 2023 itibarıyla iskeleler işlemeye başladı.[1]", engine="deepl")
    assert reasons(row)["disagreement"] > 5
