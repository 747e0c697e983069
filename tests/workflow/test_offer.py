"""offering: what another engine would make of one segment: beside the text, and never the text by itself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from publishing.models import (
    AuditEntry,
    Document,
    EngineCall,
    EngineMonth,
    Person,
    Proposal,
    Run,
    Translation,
)
from publishing.models.translation import State
from publishing.reports.offers import offers
from publishing.worker import loop
from publishing.workflow import editing, exchanging, joining, offering
from publishing.workflow.errors import EmptyOnPurpose, NotAllowed, Unknown, WrongLanguage
from tests import cast
from tests.engines_fake import FakeEngines, pseudo

pytestmark = pytest.mark.django_db

OURS = "Limanlar Temmuz 2023’te açıldı.[1]"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[FakeEngines]:
    settings.MT_ENGINES = ["deepl", "libretranslate"]  # type: ignore[attr-defined]
    with FakeEngines() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


@pytest.fixture
def document(fake: FakeEngines) -> Document:
    document = cast.article()
    cast.opened(document)
    return document


@pytest.fixture
def row(document: Document) -> Translation:
    """A sentence in the words of a person."""
    first = cast.rows(document)[1]
    return editing.submit(first, text=OURS, actor=cast.boris(), seen_version=first.version)


def again(row: Translation) -> Translation:
    return Translation.objects.select_related("current", "segment").get(pk=row.pk)


def asked(row: Translation, actor: Person, engine: str = "deepl") -> Run:
    run = offering.request(row, engine, actor=actor)
    loop.drain()
    run.refresh_from_db()
    return run


def test_the_draft_stands_beside_the_text(row: Translation, ayse: Person) -> None:
    assert asked(row, ayse).state == Run.State.FINISHED
    (proposal,) = Proposal.objects.all()
    assert (proposal.engine, proposal.reason, proposal.proposed_by) == ("deepl", "engine", ayse)
    assert proposal.text == pseudo(row.segment.text, "en", "tr")
    assert "[1]" in proposal.text


def test_the_text_stays_as_it_is(row: Translation, ayse: Person) -> None:
    asked(row, ayse)
    now = again(row)
    assert (now.text, now.version, now.state) == (OURS, row.version, State.SUBMITTED)
    assert now.revisions.count() == 1


def test_an_engine_whose_answer_never_came_can_be_asked_again(row: Translation, ayse: Person) -> None:
    lost = offering.request(row, "deepl", actor=ayse)
    assert offering.request(row, "deepl", actor=ayse) == lost
    assert offers(again(row)).asked == ["deepl"]
    hours = timedelta(hours=settings.MT_RUN_HOURS, minutes=1)
    Run.objects.filter(pk=lost.pk).update(asked_at=timezone.now() - hours)
    assert offers(again(row)).asked == []
    assert offering.request(row, "deepl", actor=ayse) != lost


def test_it_goes_through_the_books(row: Translation, ayse: Person, fake: FakeEngines) -> None:
    asked(row, ayse)
    assert EngineCall.objects.count() == 1
    assert EngineMonth.objects.get(engine="deepl").characters > 0
    entry = AuditEntry.objects.get(verb="ask_engine")
    assert (entry.person, entry.data["engine"]) == (ayse, "deepl")
    before = len(fake.seen)
    asked(row, ayse)  # the answer is known by now
    assert len(fake.seen) == before
    assert Proposal.objects.count() == 1


def test_what_is_being_asked_is_not_asked_twice(row: Translation, ayse: Person) -> None:
    first = offering.request(row, "deepl", actor=ayse)
    assert offering.request(row, "deepl", actor=ayse) == first
    assert offers(row).asked == ["deepl"]
    assert offering.request(row, "libretranslate", actor=ayse) != first


def test_what_an_engine_could_not_do_is_told(row: Translation, ayse: Person, fake: FakeEngines) -> None:
    fake.misbehave("456")
    run = asked(row, ayse)
    assert run.is_over
    assert [trouble["code"] for trouble in offers(row).troubles] == ["quota"]
    assert not Proposal.objects.exists()


def test_of_a_joined_text_the_whole_is_asked(document: Document, row: Translation, ayse: Person) -> None:
    second = cast.rows(document)[2]
    lead = joining.join(second, actor=ayse, seen_version=second.version, seen_before=row.version)
    asked(lead, ayse)
    assert Proposal.objects.get().source == "The ports opened in July 2023.[1] Ships left at once."
    with pytest.raises(EmptyOnPurpose):
        offering.request(second, "deepl", actor=ayse)


def test_the_catalog_knows_nothing_of_it(document: Document, row: Translation, ayse: Person) -> None:
    before = exchanging.snapshot(document, "tr")
    asked(row, ayse)
    assert exchanging.snapshot(document, "tr") == before


def test_only_engines_that_the_operator_chose(row: Translation, ayse: Person) -> None:
    with pytest.raises(Unknown):
        offering.request(row, "google", actor=ayse)


def test_only_by_who_reviews_the_language(row: Translation) -> None:
    with pytest.raises(NotAllowed):
        offering.request(row, "deepl", actor=cast.dora())
    with pytest.raises(WrongLanguage):
        offering.request(row, "deepl", actor=cast.person("lena", "Translators", "ru"))
