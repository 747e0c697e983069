"""autosaving: what somebody types is kept, is nobody's revision, and goes when it is saved."""

import pytest

from publishing.models import Claim, Draft, Person, Revision, Translation
from publishing.workflow import autosaving, claiming, editing
from publishing.workflow.errors import NotAllowed
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Translation:
    return cast.opened(cast.article())[2]


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


def test_it_is_one_row_that_follows_the_typing(row: Translation, ayse: Person) -> None:
    for text in ("Gem", "Gemiler", "Gemiler hemen "):
        assert autosaving.keep(row, text, version=row.version, actor=ayse)
    draft = Draft.objects.get()
    assert (draft.text, draft.version, draft.person) == ("Gemiler hemen ", row.version, ayse)


def test_it_is_no_revision_and_changes_no_state(row: Translation, ayse: Person) -> None:
    autosaving.keep(row, "Gemiler", version=row.version, actor=ayse)
    now = Translation.objects.get(pk=row.pk)
    assert (now.version, now.state, now.current_id) == (row.version, row.state, row.current_id)
    assert not Revision.objects.filter(author=ayse).exists()


def test_it_renews_the_claim_and_says_whether_it_is_ones_own(row: Translation, ayse: Person) -> None:
    boris = cast.boris()
    claiming.claim(row, actor=boris)
    assert not autosaving.keep(row, "Gemiler", version=row.version, actor=ayse)
    assert Claim.objects.get().person == boris
    assert Draft.objects.get().person == ayse, "kept all the same"


def test_it_goes_when_it_is_saved(row: Translation, ayse: Person) -> None:
    autosaving.keep(row, "Gemiler çıktı.", version=row.version, actor=ayse)
    editing.submit(row, text="Gemiler çıktı.", actor=ayse, seen_version=row.version)
    assert not Draft.objects.exists()


def test_anothers_stays(row: Translation, ayse: Person) -> None:
    boris = cast.boris()
    autosaving.keep(row, "Gemi", version=row.version, actor=boris)
    editing.submit(row, text="Gemiler çıktı.", actor=ayse, seen_version=row.version)
    assert Draft.objects.get().person == boris


def test_whatever_is_typed_is_kept(row: Translation, ayse: Person) -> None:
    autosaving.keep(row, "a\0\x07" + "x" * 30_000, version=row.version, actor=ayse)
    assert Draft.objects.get().text == ("a\x07" + "x" * 30_000)[: autosaving.LONGEST]


def test_who_may_not_review_keeps_nothing(row: Translation) -> None:
    with pytest.raises(NotAllowed):
        autosaving.keep(row, "x", version=0, actor=cast.dora())
    assert not Draft.objects.exists()
