"""reviewing.overrule: an editor who did not write the text sets a blocking finding aside, with a reason."""

import pytest

from publishing.models import Finding, Person, Translation
from publishing.models.translation import State
from publishing.workflow import editing, reviewing
from publishing.workflow.errors import (
    BlockedByFindings,
    FindingStands,
    NoSuchFinding,
    NotAllowed,
    ReasonMissing,
    SameHands,
)
from tests import cast

pytestmark = pytest.mark.django_db

WRONG_YEAR = "Limanlar Temmuz 2032’de açıldı.[1]"


@pytest.fixture
def row() -> Translation:
    """A text whose year is not the source's, submitted by Boris."""
    first = cast.opened(cast.article())[1]
    return editing.submit(first, text=WRONG_YEAR, actor=cast.boris(), seen_version=first.version)


def blocking(row: Translation) -> tuple[str, int, int]:
    found = Finding.objects.filter(translation=row, severity="block").first()
    assert found is not None
    return found.code, found.start, found.end


def overrule_all(row: Translation, actor: Person) -> None:
    for found in Finding.objects.filter(translation=row, severity="block"):
        finding = (found.code, found.start, found.end)
        reviewing.overrule(
            row, actor=actor, seen_version=row.version, finding=finding, reason="A misprint in the source."
        )


def test_it_no_longer_stops_an_approval(row: Translation) -> None:
    overrule_all(row, cast.carol())
    assert reviewing.approve(row, actor=cast.ayse(), seen_version=row.version).state == State.APPROVED


def test_it_holds_for_this_revision_alone(row: Translation) -> None:
    carol = cast.carol()
    overrule_all(row, carol)
    row = editing.submit(
        row, text=WRONG_YEAR.replace("açıldı", "açılmış"), actor=cast.ayse(), seen_version=row.version
    )
    with pytest.raises(BlockedByFindings):
        reviewing.approve(row, actor=carol, seen_version=row.version)


def test_a_translator_may_not(row: Translation) -> None:
    with pytest.raises(NotAllowed):
        reviewing.overrule(
            row, actor=cast.ayse(), seen_version=row.version, finding=blocking(row), reason="x"
        )


def test_the_author_may_not(row: Translation) -> None:
    carol = cast.carol()
    row = editing.submit(
        row, text=WRONG_YEAR.replace("açıldı", "açılmış"), actor=carol, seen_version=row.version
    )
    with pytest.raises(SameHands):
        reviewing.overrule(row, actor=carol, seen_version=row.version, finding=blocking(row), reason="x")


def test_a_reason_is_needed(row: Translation) -> None:
    with pytest.raises(ReasonMissing):
        reviewing.overrule(
            row, actor=cast.carol(), seen_version=row.version, finding=blocking(row), reason=" "
        )


def test_a_lost_reference_stands(row: Translation) -> None:
    row = editing.submit(
        row, text="Limanlar Temmuz 2023’te açıldı.", actor=cast.ayse(), seen_version=row.version
    )
    with pytest.raises(FindingStands):
        reviewing.overrule(
            row, actor=cast.carol(), seen_version=row.version, finding=blocking(row), reason="x"
        )


def test_a_finding_that_is_not_there_cannot_be_overruled(row: Translation) -> None:
    with pytest.raises(NoSuchFinding):
        reviewing.overrule(
            row, actor=cast.carol(), seen_version=row.version, finding=("numbers", 0, 1), reason="x"
        )
