"""reviewing.approve: the displayed text, at its version, by other hands than those that wrote it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import AuditEntry, Job, Translation
from publishing.models.translation import State
from publishing.workflow import editing, reviewing
from publishing.workflow.errors import (
    BlockedByFindings,
    NotAllowed,
    SameHands,
    StaleVersion,
    WrongLanguage,
    WrongState,
)
from tests import cast

pytestmark = pytest.mark.django_db

GOOD = "Limanlar Temmuz 2023’te açıldı.[1]"


@pytest.fixture
def row() -> Translation:
    """The sentence “The ports opened in July 2023.[1]”, submitted by Boris."""
    first = cast.opened(cast.article())[1]
    return editing.submit(first, text=GOOD, actor=cast.boris(), seen_version=first.version)


def again(row: Translation) -> Translation:
    return Translation.objects.select_related("current", "approved_by").get(pk=row.pk)


def test_another_translator_approves(row: Translation) -> None:
    ayse = cast.ayse()
    reviewing.approve(row, actor=ayse, seen_version=row.version)
    now = again(row)
    assert (now.state, now.approved_by, now.text) == (State.APPROVED, ayse, GOOD)
    entry = AuditEntry.objects.get(verb="approve")
    assert (entry.person, entry.translation_id, entry.data["revision"]) == (ayse, row.pk, 1)


def test_the_catalog_is_planned_and_waiting_requests_coalesce(row: Translation) -> None:
    reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
    assert Job.objects.filter(kind="catalog", state=Job.State.READY).count() == 1


def test_the_author_does_not_approve(row: Translation) -> None:
    boris = row.current.author
    with pytest.raises(SameHands):
        reviewing.approve(row, actor=boris, seen_version=row.version)
    assert again(row).state == State.SUBMITTED


def test_only_the_current_revision_counts(row: Translation) -> None:
    """Boris writes, Ayşe corrects: Boris may approve, since two people saw every word."""
    boris, ayse = row.current.author, cast.ayse()
    row = editing.submit(
        row, text=GOOD.replace("açıldı", "yeniden açıldı"), actor=ayse, seen_version=row.version
    )
    reviewing.approve(row, actor=boris, seen_version=row.version)
    assert again(row).approved_by == boris


def test_an_administrator_approves_nothing_by_rank(row: Translation) -> None:
    with pytest.raises(NotAllowed):
        reviewing.approve(row, actor=cast.dora(), seen_version=row.version)


def test_a_translator_of_another_language_does_not_approve(row: Translation) -> None:
    other = cast.person("elena", "Translators", "ru")
    with pytest.raises(WrongLanguage):
        reviewing.approve(row, actor=other, seen_version=row.version)


def test_somebody_deactivated_does_not_approve(row: Translation) -> None:
    gone = cast.ayse()
    gone.is_active = False
    with pytest.raises(NotAllowed):
        reviewing.approve(row, actor=gone, seen_version=row.version)


def test_what_was_not_displayed_is_not_approved(row: Translation) -> None:
    seen = row.version
    editing.submit(row, text=GOOD.replace("açıldı", "kapandı"), actor=cast.carol(), seen_version=seen)
    with pytest.raises(StaleVersion):
        reviewing.approve(row, actor=cast.ayse(), seen_version=seen)
    assert again(row).state == State.SUBMITTED


def test_a_lost_reference_holds_it_back(row: Translation) -> None:
    row = editing.submit(
        row, text=GOOD.replace("[1]", ""), actor=row.current.author, seen_version=row.version
    )
    with pytest.raises(BlockedByFindings) as refusal:
        reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
    assert "[1]" in str(refusal.value)
    assert again(row).state == State.SUBMITTED


def test_what_is_missing_cannot_be_approved() -> None:
    missing = cast.opened(cast.article())[1]
    with pytest.raises(WrongState):
        reviewing.approve(missing, actor=cast.ayse(), seen_version=missing.version)


def test_what_is_approved_is_not_approved_again(row: Translation) -> None:
    row = reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
    with pytest.raises(WrongState):
        reviewing.approve(row, actor=cast.carol(), seen_version=row.version)


def test_it_takes_few_queries(row: Translation) -> None:
    """The lock; block, chain's end and rights; one conditional update; evidence; the work that follows.

    PostgreSQL is asked twice: what is read goes together, and what is written. Behind a pooler it reads singly.
    """
    ayse = cast.ayse()
    with CaptureQueriesContext(connection) as queries:
        reviewing.approve(row, actor=ayse, seen_version=row.version)
    pooler = connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    expected = (3 if pooler else 2) if connection.vendor == "postgresql" else 5
    assert len(cast.statements(queries)) == expected
