"""anchoring: now and then the ends of all chains are written down, each anchor bound to the one before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import Anchor, AuditEntry, Document
from publishing.worker import loop
from publishing.workflow import anchoring, releasing
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents() -> list[Document]:
    return [cast.article(), cast.article("Another Title\n\nIt rained.\n")]


def ends(made: Anchor | None) -> list[tuple[str, int]]:
    assert made is not None
    return [(key, number) for key, number, _hash in made.heads]


def test_an_anchor_names_the_end_of_each_chain(documents: list[Document]) -> None:
    assert sorted(ends(anchoring.anchor())) == sorted((document.key, 1) for document in documents)


def test_the_next_one_names_the_chains_that_grew_and_is_bound_to_it(documents: list[Document]) -> None:
    first = anchoring.anchor()
    assert anchoring.anchor() is None
    releasing.release(documents[1], "en", actor=cast.carol())
    second = anchoring.anchor()
    assert ends(second) == [(documents[1].key, 2)]
    assert first
    assert second
    assert (second.number, second.previous_hash) == (2, first.hash)


def test_a_chain_that_was_cut_is_not_anchored_anew(documents: list[Document]) -> None:
    releasing.release(documents[0], "en", actor=cast.carol())
    anchoring.anchor()
    AuditEntry.objects.filter(document=documents[0], number=2).delete()
    assert anchoring.anchor() is None


def test_the_worker_anchors_once_a_day(documents: list[Document]) -> None:
    loop.tidy(float("-inf"))
    releasing.release(documents[0], "en", actor=cast.carol())
    loop.tidy(float("-inf"))
    assert Anchor.objects.count() == 1
    Anchor.objects.update(at=timezone.now() - timedelta(hours=anchoring.HOURS, minutes=1))
    loop.tidy(float("-inf"))
    assert Anchor.objects.count() == 2
