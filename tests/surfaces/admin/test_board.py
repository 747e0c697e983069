"""The editors' board: what holds a text up, since when and who, each with the way to its segments."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Document, Edition, Person, Translation
from publishing.workflow import assigning, claiming, editing, reviewing, scheduling
from tests import cast

BOARD = "/admin/board/"


@pytest.fixture
def people(document: Document) -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


@pytest.fixture
def carol(people: dict[str, Person], signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(people["carol"])


def turkish(client: Client) -> dict[str, Any]:
    cells = client.get(BOARD).context["lines"][0]["cells"]
    return next(cell for cell in cells if cell["cell"].language == "tr")


def keys(client: Client, address: str) -> list[str]:
    return [row["translation"].segment.key for row in client.get(address).context["rows"]]


def test_each_hold_up_leads_to_its_segments(
    carol: Client, document: Document, people: dict[str, Person], rows: list[Translation]
) -> None:
    editing.submit(rows[0], text="Tahıl", actor=people["boris"], seen_version=rows[0].version)
    editing.submit(rows[1], text="Limanlar 2032.", actor=people["boris"], seen_version=rows[1].version)
    cast.returned(cast.rows(document)[0], people["ayse"])
    other = cast.article("Another One\n\nOne sentence.")
    cast.opened(other, "tr")
    waits = {wait["wait"].code: wait for wait in carol.get(BOARD).context["lines"][1]["cells"][1]["waits"]}
    found = {code: keys(carol, wait["address"]) for code, wait in waits.items()}
    key = [row.segment.key for row in rows]
    assert found == {
        "needs_edit": [key[0]], "submitted": [key[1]], "findings": [key[1]], "missing": [key[2]],
        "pretranslated": [key[3]],
    }  # fmt: skip


def test_it_says_since_when(carol: Client, document: Document) -> None:
    Translation.objects.filter(state="missing").update(changed_at=datetime(2020, 3, 5, 12, tzinfo=UTC))
    page = carol.get(BOARD).content.decode()
    assert "not translated yet <b>3</b>" in page
    assert "since March 5, 2020" in page


class TestWho:
    def test_is_the_team_by_default_and_the_board_names_it(self, carol: Client) -> None:
        page = carol.get(BOARD).content.decode()
        assert "with the team" in page
        assert "The team: Ayşe, Carol, Борис" in page

    def test_is_whom_it_is_assigned_to(
        self, carol: Client, document: Document, people: dict[str, Person]
    ) -> None:
        assigning.assign(document, "tr", people["ayse"], actor=people["carol"])
        page = carol.get(BOARD).content.decode()
        assert 'Assigned to: <span class="assigned">Ayşe' in page
        assert "with the team" not in page

    def test_is_whoever_has_it_open(
        self, carol: Client, rows: list[Translation], people: dict[str, Person]
    ) -> None:
        for row in rows[:2]:
            claiming.claim(row, actor=people["boris"])
        assert "Open at the workbench: Борис<" in carol.get(BOARD).content.decode()

    def test_is_the_editors_once_it_waits_for_them(
        self, carol: Client, document: Document, people: dict[str, Person], rows: list[Translation]
    ) -> None:
        approve_all(rows, people)
        (wait,) = turkish(carol)["waits"]
        edition = Edition.objects.get(document=document, language="tr")
        assert (wait["label"], wait["address"]) == ("waits for release", f"/admin/editions/{edition.pk}/")
        assert turkish(carol)["waits_for_editors"]


def approve_all(rows: list[Translation], people: dict[str, Person]) -> None:
    texts = ["Tahıl", "Limanlar Temmuz 2023'te açıldı.[1]", "Gemiler hemen yola çıktı.", rows[3].text]
    for row, text in zip(rows, texts, strict=True):
        made = row
        if text != row.text:
            made = editing.submit(row, text=text, actor=people["boris"], seen_version=row.version)
        reviewing.approve(made, actor=people["ayse"], seen_version=made.version)


def test_a_release_that_has_its_hour_says_it(
    carol: Client, document: Document, people: dict[str, Person], rows: list[Translation]
) -> None:
    approve_all(rows, people)
    scheduling.schedule(document, "tr", actor=people["carol"], at=timezone.now() + timedelta(days=1))
    assert turkish(carol)["waits"] == []
    assert "scheduled for" in carol.get(BOARD).content.decode()


def test_a_held_text_that_is_approved_leads_to_its_edition(
    carol: Client, document: Document, people: dict[str, Person], rows: list[Translation]
) -> None:
    """A check that is new finds something in what was approved before it: the queue does not hold that."""
    approve_all(rows, people)
    rows[2].findings.create(code="numbers", severity="block", start=0, end=1)
    (wait,) = turkish(carol)["waits"]
    edition = Edition.objects.get(document=document, language="tr")
    assert (wait["wait"].number, wait["address"]) == (1, f"/admin/editions/{edition.pk}/")


@pytest.mark.parametrize("where", [BOARD, "/admin/"])
def test_it_costs_the_same_for_one_article_and_for_many(
    where: str, carol: Client, document: Document, people: dict[str, Person]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert carol.get(where).status_code == 200
        return len(captured)

    def busy(text: Document) -> None:
        rows = cast.rows(text)
        claiming.claim(rows[0], actor=people["boris"])
        editing.submit(rows[1], text="Limanlar 2032.", actor=people["boris"], seen_version=rows[1].version)
        for person in people.values():
            assigning.assign(text, "tr", person, actor=people["carol"])

    busy(document)
    people["carol"].notices.all().delete()
    queries()
    one = queries()
    for number in range(4):
        made = cast.article(cast.SHORT.replace("Grain", f"Grain {number}"))
        cast.opened(made)
        busy(made)
    assert queries() == one
