"""learning: what an approval is measured by, once and for good, and when it was too fast to be read."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.matching import measures
from publishing.models import AuditEntry, Effort, Job, Person, Translation
from publishing.worker import loop
from publishing.workflow import editing, jobs, learning, pretranslating, reviewing
from publishing.workflow.errors import LeaseLost
from tests import cast
from tests.engines_fake import FakeEngines

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


@pytest.fixture
def boris() -> Person:
    return cast.boris()


@pytest.fixture
def row(fake: FakeEngines) -> Translation:
    """“Ships left at once.”, drafted by an engine."""
    document = cast.article()
    pretranslating.request(document, "tr", engine_names=["google"])
    loop.drain()
    return cast.rows(document)[2]


def approve(row: Translation, actor: Person, seconds: float | None = None) -> Effort:
    seen_at = None if seconds is None else timezone.now() - timedelta(seconds=seconds)
    reviewing.approve(row, actor=actor, seen_version=row.version, seen_at=seen_at)
    loop.drain()
    return Effort.objects.latest("pk")


def test_an_untouched_draft_took_nothing(row: Translation, ayse: Person) -> None:
    made = approve(row, ayse, seconds=30)
    assert (made.engine, made.draft, made.untouched) == ("google", row.current, True)
    assert (made.edit_ratio, made.ter, made.chrf) == (0.0, 0.0, 100.0)
    assert (made.source_language, made.language, made.seconds) == ("en", "tr", 30.0)
    assert not made.too_fast


def test_a_mended_draft_is_measured_against_what_the_engine_said(
    row: Translation, ayse: Person, boris: Person
) -> None:
    draft, final = row.text, "Gemiler hemen yola çıktı."
    row = editing.submit(row, text=final, actor=boris, seen_version=row.version)
    made = approve(row, ayse)
    assert made.draft is not None
    assert (made.draft.text, made.untouched, made.seconds) == (draft, False, None)
    assert made.edit_ratio == measures.edit_ratio(draft, final)
    assert made.ter == measures.ter(draft, final)
    assert made.chrf == measures.chrf(draft, final)


def test_what_no_engine_drafted_has_no_figures(ayse: Person, boris: Person) -> None:
    row = cast.opened(cast.article())[2]
    row = editing.submit(row, text="Gemiler hemen çıktı.", actor=boris, seen_version=row.version)
    made = approve(row, ayse, seconds=12)
    assert (made.engine, made.draft, made.edit_ratio, made.seconds) == ("", None, None, 12.0)


@pytest.mark.parametrize(("seconds", "too_fast"), [(0, True), (1, False), (None, False)])
def test_who_cannot_have_read_it_was_too_fast(
    row: Translation, ayse: Person, seconds: int | None, too_fast: bool
) -> None:
    assert approve(row, ayse, seconds=seconds).too_fast is too_fast


def test_the_time_stands_in_the_evidence(row: Translation, ayse: Person) -> None:
    approve(row, ayse, seconds=30)
    assert AuditEntry.objects.get(verb="approve").data["seconds"] == 30


def test_a_clock_that_went_back_counts_as_no_time(row: Translation, ayse: Person) -> None:
    assert approve(row, ayse, seconds=-5).seconds == 0


def test_each_approval_is_measured_once(row: Translation, ayse: Person, boris: Person) -> None:
    approve(row, ayse)
    row = cast.rows(row.segment.document)[2]
    row = reviewing.return_(row, actor=boris, seen_version=row.version, reason="style")
    row = editing.submit(row, text="Gemiler hemen çıktı.", actor=boris, seen_version=row.version)
    approve(row, ayse)
    jobs.plan_all(learning.job_of(row.segment.document, "tr"))
    loop.drain()
    assert list(Effort.objects.order_by("pk").values_list("untouched", flat=True)) == [True, False]


def test_what_a_zombie_measured_is_not_kept(row: Translation, ayse: Person) -> None:
    reviewing.approve(row, actor=ayse, seen_version=row.version)
    while (job := jobs.claim()) and job.kind != learning.KIND:
        loop.work(job)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(fence=job.fence + 1)
    with pytest.raises(LeaseLost):
        learning.perform(job)
    assert not Effort.objects.exists()


def test_approving_plans_it_with_the_catalog(row: Translation, ayse: Person) -> None:
    reviewing.approve(row, actor=ayse, seen_version=row.version)
    assert set(Job.objects.filter(state=Job.State.READY).values_list("kind", flat=True)) == {
        "catalog",
        "learn",
    }
