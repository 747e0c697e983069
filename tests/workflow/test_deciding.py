"""deciding.lock: what a reviewer decides on is what the rows say, however it was read."""

import pytest
from django.db import transaction

from publishing.models import AuditEntry, Document, Person, Segment, Translation
from publishing.reports.texts import compared
from publishing.workflow import access, deciding, editing, joining, omitting, reviewing, revising
from publishing.workflow.errors import NotAllowed, ReasonMissing, StaleVersion, WrongLanguage
from tests import cast

pytestmark = pytest.mark.django_db

FIRST, SECOND = "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı."


@pytest.fixture
def rows() -> list[Translation]:
    return cast.opened(cast.article())


@pytest.fixture
def boris(rows: list[Translation]) -> Person:
    """Who has written both sentences of the paragraph."""
    boris = cast.boris()
    for row, text in zip(rows[1:3], (FIRST, SECOND), strict=True):
        editing.submit(row, text=text, actor=boris, seen_version=row.version)
    return boris


@transaction.atomic
def ground(row: Translation, reviewer: Person) -> deciding.Ground:
    return deciding.lock(row, reviewer=reviewer)


def assert_it_is_as_stored(row: Translation, reviewer: Person) -> None:
    found = ground(row, reviewer)
    block = list(Translation.objects.in_the_block_of(row.pk).select_related("segment__document"))
    (stored,) = (each for each in block if each.pk == row.pk)
    assert [(each.pk, each.joined_to_id) for each in found.block] == [
        (each.pk, each.joined_to_id) for each in block
    ]
    assert compared(found.block) == compared(block)
    last = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    assert found.end == (last or (0, ""))
    for made, there in (
        (found.document, stored.segment.document),
        (found.translation, stored),
        (found.translation.segment, stored.segment),
        (found.translation.current, stored.current),
    ):
        assert made == there
        if made is not None:
            loaded = set(made.__dict__) - {"_state"}
            assert {name: getattr(made, name) for name in loaded} == {
                name: getattr(there, name) for name in loaded
            }
            assert not made._state.adding
    assert found.translation.source == stored.source
    assert found.translation.text == stored.text


def test_a_text_and_its_block_are_as_stored(rows: list[Translation], boris: Person) -> None:
    for row in rows:
        assert_it_is_as_stored(row, boris)


def test_there_may_be_neither_text_nor_chain(rows: list[Translation]) -> None:
    ayse = cast.ayse()
    assert_it_is_as_stored(rows[1], ayse)
    AuditEntry.objects.all().delete()
    assert_it_is_as_stored(rows[1], ayse)


def test_so_are_approved_and_omitted_ones(rows: list[Translation], boris: Person) -> None:
    first, second = again(rows)
    reviewing.approve(first, actor=cast.ayse(), seen_version=first.version)
    assert_it_is_as_stored(first, boris)
    omitting.omit(second, actor=cast.carol(), seen_version=second.version, reason="The first one says it.")
    assert_it_is_as_stored(second, boris)


def test_so_are_joined_ones(rows: list[Translation], boris: Person) -> None:
    first, second = again(rows)
    joining.join(second, actor=boris, seen_version=second.version, seen_before=first.version)
    for row in again(rows):
        assert_it_is_as_stored(row, boris)


def again(rows: list[Translation]) -> list[Translation]:
    """The two sentences as they are now."""
    return cast.rows(rows[0].segment.document)[1:3]


def test_what_was_not_loaded_can_be_asked_for(rows: list[Translation], boris: Person) -> None:
    found = ground(rows[1], boris)
    stored = Translation.objects.get(pk=rows[1].pk)
    assert found.translation
    assert found.translation.risk_reasons == stored.risk_reasons
    assert found.translation.segment.block_id == stored.segment.block_id
    assert found.document.kind == Document.Kind.ARTICLE


def test_another_version_than_the_displayed_one_is_refused(rows: list[Translation], boris: Person) -> None:
    found = ground(rows[1], boris)
    assert found.seen(found.translation.version) == rows[1]
    with pytest.raises(StaleVersion):
        found.seen(found.translation.version - 1)


@pytest.fixture
def lost(rows: list[Translation], boris: Person) -> Translation:
    """One whose sentence is no more in the source."""
    segment = rows[1].segment
    segment.retired_at = segment.document.created_at
    segment.save(update_fields=["retired_at"])
    return Translation.objects.get(pk=rows[1].pk)


def test_a_sentence_that_its_source_has_lost_is_refused(lost: Translation) -> None:
    with pytest.raises(StaleVersion):
        ground(lost, cast.ayse()).seen(lost.version)


@pytest.mark.parametrize("whole_block", [False, True])
def test_who_may_not_decide_is_told_that_first(
    lost: Translation, rows: list[Translation], whole_block: bool
) -> None:
    """Whatever became of the text, be it the only one of its block."""
    if whole_block:
        Segment.objects.filter(block=lost.segment.block).update(retired_at=lost.segment.retired_at)
    dora, elena = cast.dora(), cast.person("elena", access.TRANSLATORS, "ru")
    for actor, refusal in ((dora, NotAllowed), (elena, WrongLanguage), (cast.ayse(), StaleVersion)):
        seen = {"actor": actor, "seen_version": lost.version}
        with pytest.raises(refusal):
            reviewing.approve(lost, **seen)
        with pytest.raises(refusal):
            reviewing.return_(lost, reason="meaning", **seen)
        with pytest.raises(refusal):
            reviewing.undo(lost, **seen)
    with pytest.raises(ReasonMissing):
        reviewing.return_(lost, reason="", **seen)


def test_a_translation_that_was_never_there_has_no_document(rows: list[Translation]) -> None:
    with pytest.raises(Document.DoesNotExist):
        ground(Translation(pk=max(row.pk for row in rows) + 1), cast.ayse())


def test_the_rights_are_those_of_the_groups(rows: list[Translation]) -> None:
    ayse, carol, dora = cast.ayse(), cast.carol(), cast.dora()
    assert ground(rows[1], ayse).rights == {access.TRANSLATE}
    assert ground(rows[1], carol).rights == {access.TRANSLATE, access.RELEASE}
    assert ground(rows[1], dora).rights == frozenset()
    carol.is_active = False
    assert ground(rows[1], carol).rights == frozenset()
    assert ground(rows[1], Person(username="nobody")).rights == frozenset()


def test_what_goes_along_is_taken_back_with_a_refusal(rows: list[Translation], boris: Person) -> None:
    """The version is checked once more by the statement that writes: evidence of a decision that was none is gone."""
    row = Translation.objects.get(pk=rows[1].pk)
    row.version += 7
    before = AuditEntry.objects.count()
    entry = AuditEntry(
        document=row.segment.document, number=99, verb="approve", person=boris, at=row.changed_at, hash="0"
    )
    with pytest.raises(StaleVersion), transaction.atomic():
        revising.move(row, state=Translation.State.SUBMITTED, along=[entry.appending()])
    assert AuditEntry.objects.count() == before
