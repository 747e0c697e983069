"""reviewing.undo: one's own last decision, while nothing came after it."""

import pytest

from publishing.models import AuditEntry, Person, Translation
from publishing.models.translation import State
from publishing.workflow import editing, ingesting, reviewing
from publishing.workflow.errors import NothingToUndo, StaleVersion
from tests import cast

pytestmark = pytest.mark.django_db

TEXT = "Gemiler hemen yola çıktı."


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


@pytest.fixture
def boris() -> Person:
    return cast.boris()


@pytest.fixture
def row(boris: Person) -> Translation:
    first = cast.opened(cast.article())[2]
    return editing.submit(first, text=TEXT, actor=boris, seen_version=first.version)


def test_an_approval_is_taken_back(row: Translation, ayse: Person) -> None:
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    row = reviewing.undo(row, actor=ayse, seen_version=row.version)
    now = Translation.objects.get(pk=row.pk)
    assert (now.state, now.approved_by, now.text) == (State.SUBMITTED, None, TEXT)
    entry = AuditEntry.objects.get(verb="undo")
    assert entry.data["undone"] == AuditEntry.objects.get(verb="approve").number


def test_a_return_is_taken_back(row: Translation, ayse: Person) -> None:
    row = cast.returned(row, ayse)
    row = reviewing.undo(row, actor=ayse, seen_version=row.version)
    assert Translation.objects.get(pk=row.pk).state == State.SUBMITTED


def test_it_approves_nothing(row: Translation, ayse: Person) -> None:
    """What was approved before a return waits again: an undo is no pair of eyes."""
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    carol = cast.carol()
    row = cast.returned(row, carol)
    row = reviewing.undo(row, actor=carol, seen_version=row.version)
    assert Translation.objects.get(pk=row.pk).state == State.SUBMITTED


def test_an_outdated_text_is_outdated_again(row: Translation, ayse: Person) -> None:
    ingesting.import_article(cast.SHORT.replace("Ships left at once.", "Ships left at dawn.").encode())
    row = Translation.objects.select_related("segment", "current").get(pk=row.pk)
    before = row.previous_source
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    row = reviewing.undo(row, actor=ayse, seen_version=row.version)
    now = Translation.objects.select_related("segment", "current").get(pk=row.pk)
    assert (now.state, now.previous_source) == (State.OUTDATED, before)


def test_anothers_decision_stands(row: Translation, ayse: Person) -> None:
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    with pytest.raises(NothingToUndo):
        reviewing.undo(row, actor=cast.carol(), seen_version=row.version)


def test_what_came_after_stands(row: Translation, ayse: Person, boris: Person) -> None:
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    with pytest.raises(StaleVersion):
        reviewing.undo(row, actor=ayse, seen_version=row.version - 1)
    row = editing.submit(row, text=TEXT + " O", actor=boris, seen_version=row.version)
    with pytest.raises(NothingToUndo):
        reviewing.undo(row, actor=ayse, seen_version=row.version)


def test_twice_is_once(row: Translation, ayse: Person) -> None:
    row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    row = reviewing.undo(row, actor=ayse, seen_version=row.version)
    with pytest.raises(NothingToUndo):
        reviewing.undo(row, actor=ayse, seen_version=row.version)
