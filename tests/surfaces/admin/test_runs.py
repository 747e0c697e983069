"""Runs in the newsroom: what one would do, how far it is, and deciding about it."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import Document, EngineCall, Person, Run
from publishing.worker import loop
from publishing.workflow import pretranslating
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
def document() -> Document:
    return cast.article()


@pytest.fixture
def carol(signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.carol())


def asked(document: Document) -> Run:
    return pretranslating.request(document, "tr", engine_names=["google"])


def page_of(run: Run) -> str:
    return reverse("admin:run", args=[run.pk])


def test_an_estimate_asks_for_nothing(carol: Client, document: Document, fake: FakeEngines) -> None:
    address = reverse("admin:document", args=[document.pk])
    answer = carol.post(address, {"languages": ["tr"], "engines": ["google"], "estimate": "1"})
    assert (
        "google: at most 3 texts, 0 of them answered before; 76 characters to send."
        in answer.content.decode()
    )
    assert not Run.objects.exists()


def test_an_estimate_says_that_the_budget_is_short(
    carol: Client, document: Document, fake: FakeEngines, settings: object
) -> None:
    settings.MT_BUDGET = {"google": 50}  # type: ignore[attr-defined]
    address = reverse("admin:document", args=[document.pk])
    shown = carol.post(
        address, {"languages": ["tr"], "engines": ["google"], "estimate": "1"}
    ).content.decode()
    assert "Left of this month&#x27;s budget: 50." in shown or "Left of this month's budget: 50." in shown
    assert "stop asking this engine" in shown


def test_a_run_shows_how_far_it_is_and_what_its_engines_did(
    carol: Client, document: Document, fake: FakeEngines
) -> None:
    run = asked(document)
    assert "planned" in carol.get(page_of(run)).content.decode()
    loop.drain()
    shown = carol.get(page_of(run)).content.decode()
    assert "finished" in shown
    assert "by rule 1, by engines 3, left for people 0" in shown
    assert '<th scope="row">google</th><td class="number">3</td>' in shown


def test_a_budget_that_is_used_up_is_said_to_the_editor(
    carol: Client, document: Document, fake: FakeEngines, settings: object
) -> None:
    settings.MT_BUDGET = {"google": 40}  # type: ignore[attr-defined]
    run = asked(document)
    loop.drain()
    shown = carol.get(page_of(run)).content.decode()
    assert "google: the month&#x27;s budget of 40 characters is used up" in shown
    assert sum(EngineCall.objects.values_list("characters", flat=True)) <= 40


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        (["pause"], "paused"),
        (["pause", "resume"], "planned"),
        (["cancel"], "cancelled"),
        (["nonsense"], "planned"),
    ],
)
def test_a_run_is_paused_resumed_and_cancelled(
    carol: Client, document: Document, fake: FakeEngines, decisions: list[str], state: str
) -> None:
    run = asked(document)
    for decision in decisions:
        assert carol.post(page_of(run), {"decision": decision}).status_code == 302
    run.refresh_from_db()
    assert run.state == state


def test_a_run_that_is_over_says_so(carol: Client, document: Document, fake: FakeEngines) -> None:
    run = asked(document)
    loop.drain()
    answer = carol.post(page_of(run), {"decision": "cancel"}, follow=True)
    assert "This run is over" in answer.content.decode()


def test_the_page_costs_as_many_queries_for_many_runs(
    carol: Client, document: Document, fake: FakeEngines, django_assert_max_num_queries: object
) -> None:
    for _ in range(5):
        asked(document)
        loop.drain()
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        carol.get(reverse("admin:document", args=[document.pk]))


def test_a_draft_tells_how_it_was_made(carol: Client, fake: FakeEngines) -> None:
    document = cast.article(
        "The Gas of the North\n\nThe price[1] rose at once.\n\n[1] “Gas”, Reuters, (Date of Accession: 01.08.2023).\n"
    )
    fake.misbehave("markers lost")
    asked(document)
    loop.drain()
    row = cast.rows(document)[1]
    shown = carol.get(
        reverse("admin:workbench", args=[document.pk, "tr"]) + f"?segment={row.segment.key}"
    ).content.decode()
    assert "machine translation by google" in shown
    assert "Marks without a place, to be put in: [1]" in shown or "split" in shown
    assert "Thrown away before: a draft by google (literal): a reference was lost." in shown
