"""claiming: a lease that tells, shares out, and ends by itself; a takeover tells whom it takes from."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from publishing.models import Claim, Notice, Person, Translation
from publishing.reports import picking
from publishing.workflow import claiming, editing
from publishing.workflow.errors import NotAllowed, WrongLanguage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> list[Translation]:
    return cast.opened(cast.article())


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


@pytest.fixture
def boris() -> Person:
    return cast.boris()


def run_out() -> None:
    Claim.objects.update(until=Now() - timedelta(seconds=1))


def test_it_is_one_persons(rows: list[Translation], ayse: Person, boris: Person) -> None:
    assert claiming.claim(rows[1], actor=ayse)
    assert not claiming.claim(rows[1], actor=boris)
    assert Claim.objects.get().person == ayse


def test_it_is_renewed_by_whoever_holds_it(rows: list[Translation], ayse: Person) -> None:
    claiming.claim(rows[1], actor=ayse)
    Claim.objects.update(until=Now() + timedelta(seconds=1))
    before = Claim.objects.get()
    assert claiming.claim(rows[1], actor=ayse)
    after = Claim.objects.get()
    assert after.until > before.until
    assert after.since == before.since


def test_it_ends_by_itself(rows: list[Translation], ayse: Person, boris: Person) -> None:
    claiming.claim(rows[1], actor=ayse)
    run_out()
    assert claiming.claim(rows[1], actor=boris)


def test_a_takeover_tells_whom_it_takes_from(rows: list[Translation], ayse: Person, boris: Person) -> None:
    claiming.claim(rows[1], actor=ayse)
    assert claiming.take_over(rows[1], actor=boris) == ayse
    assert Claim.objects.get().person == boris
    told = Notice.objects.get()
    assert (told.person, told.kind, told.translation_id) == (ayse, "taken_over", rows[1].pk)


def test_a_takeover_of_what_is_free_tells_nobody(rows: list[Translation], boris: Person) -> None:
    assert claiming.take_over(rows[1], actor=boris) is None
    assert not Notice.objects.exists()


def test_it_keeps_nobody_from_deciding(rows: list[Translation], ayse: Person, boris: Person) -> None:
    """Versions do that: a claim is a word among colleagues."""
    claiming.claim(rows[2], actor=ayse)
    editing.submit(rows[2], text="Gemiler çıktı.", actor=boris, seen_version=rows[2].version)


def test_who_may_not_review_claims_nothing(rows: list[Translation]) -> None:
    with pytest.raises(NotAllowed):
        claiming.claim(rows[1], actor=cast.dora())
    with pytest.raises(WrongLanguage):
        claiming.take_over(rows[1], actor=cast.person("elena", "Translators", "ru"))
    assert not Claim.objects.exists()


class TestNextForMe:
    def taken(self, person: Person) -> Translation | None:
        return claiming.next_for(person, picking.candidates(person, "tr"))

    def test_goes_to_one_person_each(self, rows: list[Translation], ayse: Person, boris: Person) -> None:
        first, second = self.taken(ayse), self.taken(boris)
        assert first is not None
        assert second is not None
        assert first.pk != second.pk

    def test_is_nothing_where_others_have_all(
        self, rows: list[Translation], ayse: Person, boris: Person
    ) -> None:
        for row in rows:
            claiming.claim(row, actor=ayse)
        assert self.taken(boris) is None
        run_out()
        assert self.taken(boris) is not None

    def test_begins_with_what_was_returned_to_the_person(
        self, rows: list[Translation], boris: Person
    ) -> None:
        row = editing.submit(rows[2], text="Gemiler çıktı.", actor=boris, seen_version=rows[2].version)
        from_ayse = cast.ayse()
        cast.returned(row, from_ayse)
        taken = self.taken(boris)
        assert taken is not None
        assert taken.pk == row.pk

    def test_goes_on_past_ones_own_text_that_a_finding_holds(
        self, rows: list[Translation], boris: Person
    ) -> None:
        """It comes up again once nothing else is left."""
        held = editing.submit(
            rows[1], text="Limanlar 2032’de açıldı.", actor=boris, seen_version=rows[1].version
        )
        taken = [row.pk for row in picking.candidates(boris, "tr")]
        assert taken[0] == rows[0].pk
        assert taken.index(held.pk) > taken.index(rows[3].pk)

    def test_leaves_ones_own_words_to_others(self, rows: list[Translation], boris: Person) -> None:
        row = editing.submit(rows[0], text="Tahıl", actor=boris, seen_version=rows[0].version)
        taken = self.taken(boris)
        assert taken is not None
        assert taken.pk != row.pk
