"""reviewing.return_: the displayed text goes back, with a reason from the list."""

import pytest

from publishing.models import AuditEntry, Translation
from publishing.models.translation import State
from publishing.workflow import editing, reviewing
from publishing.workflow.errors import ReasonMissing, StaleVersion, WrongState
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Translation:
    first = cast.opened(cast.article())[1]
    return editing.submit(
        first, text="Limanlar Temmuz 2023’te açıldı.[1]", actor=cast.boris(), seen_version=first.version
    )


def test_it_needs_an_edit_now_and_the_reason_stands_on_record(row: Translation) -> None:
    row = reviewing.return_(row, actor=cast.ayse(), seen_version=row.version, reason="style", note=" Kuru. ")
    assert row.state == State.NEEDS_EDIT
    assert (
        AuditEntry.objects.get(verb="return").data | {"reason": "style", "note": "Kuru."}
        == AuditEntry.objects.get(verb="return").data
    )


def test_an_approved_text_can_be_returned(row: Translation) -> None:
    row = reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
    row = reviewing.return_(row, actor=cast.carol(), seen_version=row.version, reason="meaning")
    assert (row.state, row.approved_by) == (State.NEEDS_EDIT, None)


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_reason_from_the_list_is_needed(row: Translation, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        reviewing.return_(row, actor=cast.ayse(), seen_version=row.version, reason=reason)


def test_what_was_not_displayed_is_not_returned(row: Translation) -> None:
    with pytest.raises(StaleVersion):
        reviewing.return_(row, actor=cast.ayse(), seen_version=row.version - 1, reason="style")


def test_what_is_missing_cannot_be_returned(row: Translation) -> None:
    missing = cast.rows(row.segment.document)[0]
    with pytest.raises(WrongState):
        reviewing.return_(missing, actor=cast.ayse(), seen_version=missing.version, reason="style")
