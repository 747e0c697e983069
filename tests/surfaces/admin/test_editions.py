"""The edition's page and the board: what holds up, preview, release, roll back, withdraw."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.models import Document, Edition, Page, Person, Release, Translation
from publishing.worker import loop
from publishing.workflow import editing, ingesting, reviewing
from tests import cast

TEXTS = ["Tahıl Karadeniz'i geçiyor", "Limanlar Temmuz 2023'te açıldı.[1]", "Gemiler hemen yola çıktı."]
LOG_IN = Callable[[Person], Client]


@pytest.fixture
def client(document: Document, signed_in: LOG_IN) -> Client:
    return signed_in(cast.carol())


@pytest.fixture
def edition(document: Document) -> Edition:
    return Edition.objects.get(document=document, language="tr")


def path(edition: Edition) -> str:
    return reverse("admin:edition", args=[edition.pk])


def approve_all(rows: list[Translation], texts: list[str] = TEXTS) -> None:
    boris, ayse = cast.boris(), cast.ayse()
    for row, text in zip(rows, [*texts, rows[3].text], strict=True):
        made = (
            row if text == row.text else editing.submit(row, text=text, actor=boris, seen_version=row.version)
        )
        reviewing.approve(made, actor=ayse, seen_version=made.version)


def test_what_holds_up_is_told_with_links_to_the_segments(
    client: Client, edition: Edition, rows: list[Translation]
) -> None:
    answer = client.get(path(edition))
    reason = answer.context["hold_ups"][0]
    assert reason["message"] == "4 segments are not approved"
    assert [segment["address"] for segment in reason["segments"]] == [
        f"/admin/documents/{edition.document_id}/tr/?segment={row.segment.key}#segment-{row.segment.key}"
        for row in rows
    ]
    assert 'value="release" class="primary" disabled' in answer.content.decode()


def test_a_release_that_the_gate_refuses_is_told_and_changes_nothing(
    client: Client, edition: Edition
) -> None:
    answer = client.post(path(edition), {"action": "release", "note": "kept"})
    assert answer.status_code == 409
    assert "not approved" in answer.context["refusal"]
    assert "kept" in answer.content.decode()
    assert not Release.objects.exists()


def test_an_editor_releases_and_readers_get_it(
    client: Client, edition: Edition, rows: list[Translation]
) -> None:
    approve_all(rows)
    assert client.get(path(edition)).context["hold_ups"] == []
    assert client.post(path(edition), {"action": "release"}).url == path(edition)
    loop.drain()
    assert Client().get(f"/tr/{Release.objects.get().edition.slug}/").status_code == 200


def test_an_editor_rolls_back_and_withdraws(
    client: Client, edition: Edition, rows: list[Translation]
) -> None:
    approve_all(rows)
    client.post(path(edition), {"action": "release"})
    assert client.post(path(edition), {"action": "rollback"}).status_code == 409
    client.post(path(edition), {"action": "release"})
    assert client.get(path(edition)).context["may_roll_back"]
    client.post(path(edition), {"action": "rollback"})
    assert Release.objects.live().get().number == 1
    client.post(path(edition), {"action": "withdraw", "note": "A mistake in the figures."})
    assert not Release.objects.live().exists()
    assert Release.objects.get(number=1).withdrawal == "A mistake in the figures."


def test_two_people_see_machine_text_before_a_release(
    edition: Edition, rows: list[Translation], signed_in: LOG_IN
) -> None:
    carol = cast.carol()
    boris = cast.boris()
    for row, text in zip(rows[:3], TEXTS, strict=True):
        made = editing.submit(row, text=text, actor=boris, seen_version=row.version)
        reviewing.approve(made, actor=carol, seen_version=made.version)
    reviewing.approve(rows[3], actor=carol, seen_version=rows[3].version)
    answer = signed_in(carol).post(path(edition), {"action": "release"})
    assert "somebody else has to release" in answer.context["refusal"]


def test_the_preview_is_the_page_under_the_strict_policy_and_is_stored_nowhere(
    client: Client, edition: Edition, rows: list[Translation]
) -> None:
    editing.submit(rows[0], text=TEXTS[0], actor=cast.boris(), seen_version=rows[0].version)
    answer = client.get(reverse("admin:preview", args=[edition.pk]))
    assert "Tahıl Karadeniz" in answer.content.decode()
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert not Page.objects.filter(path__contains="preview").exists()


def test_a_release_is_compared_with_the_one_before_it(
    client: Client, edition: Edition, rows: list[Translation]
) -> None:
    approve_all(rows)
    client.post(path(edition), {"action": "release"})
    row = Translation.objects.get(pk=rows[2].pk)
    changed = editing.submit(
        row,
        text="Gemiler derhâl yola çıktı.",
        actor=Person.objects.get(username="boris"),
        seen_version=row.version,
    )
    reviewing.approve(changed, actor=Person.objects.get(username="ayse"), seen_version=changed.version)
    client.post(path(edition), {"action": "release"})
    first, second = (reverse("admin:release_difference", args=[edition.pk, number]) for number in (1, 2))
    assert client.get(first).context["old"] == ""
    (line,) = [
        line
        for group in client.get(second).context["groups"]
        if not group["stayed"]
        for line in group["lines"]
    ]
    assert "<del>hemen</del><ins>derhâl</ins>" in line["text"]


def test_a_source_that_changed_shows_on_the_board(
    client: Client, document: Document, edition: Edition, rows: list[Translation]
) -> None:
    approve_all(rows)
    client.post(path(edition), {"action": "release"})
    cell = next(
        c for c in client.get("/admin/board/").context["lines"][0]["cells"] if c["cell"].language == "tr"
    )
    assert not cell["cell"].changed_since_release
    ingesting.import_article(cast.SHORT.replace("at once", "at dawn").encode())
    cell = next(
        c for c in client.get("/admin/board/").context["lines"][0]["cells"] if c["cell"].language == "tr"
    )
    assert cell["cell"].changed_since_release
    assert cell["cell"].states == {"approved": 3, "outdated": 1}


def test_the_board_costs_the_same_for_one_article_and_for_ten(client: Client, document: Document) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/admin/board/").status_code == 200
        return len(captured)

    queries()
    one = queries()
    for number in range(9):
        cast.opened(cast.article(f"Article number {number}\n\nOne sentence only."), "ru")
    assert queries() == one
    assert len(client.get("/admin/board/").context["lines"]) == 10


def test_the_board_is_paged(client: Client, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        cast.article(f"Article number {number}\n\nOne sentence only.")
    first = client.get("/admin/board/").context
    second = client.get(first["next_address"]).context
    assert [len(page["lines"]) for page in (first, second)] == [20, 1]
    assert second["next_address"] == ""
