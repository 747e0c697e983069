"""The engines' room: figures that can be read without the plots, and names that lead to the segment."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from publishing.models import AuditEntry, Document, Effort, EngineMonth, Person, Translation
from publishing.models.engine import database_now
from tests import cast

ADDRESS = "/admin/engines/"


@pytest.fixture
def editor(document: Document, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.carol())


def measured(row: Translation, number: int, **values: object) -> Effort:
    entry = AuditEntry.objects.create(
        document=row.segment.document, number=1_000 + number, verb="approve", at=timezone.now(), hash="x",
        translation=row, person=cast.person(f"p{number}", None, first_name=f"Reviewer {number}"),
    )  # fmt: skip
    given = {
        "engine": "google", "source_language": "en", "language": "tr", "words": 20, "edit_ratio": number / 100,
        "ter": number, "chrf": 100 - number, "at": timezone.now(),
    }  # fmt: skip
    return Effort.objects.create(approval=entry, **given | values)


def test_a_room_without_approvals_says_so(editor: Client) -> None:
    assert "Nobody has approved a draft of an engine yet." in editor.get(ADDRESS).content.decode()


def test_the_figures_stand_there_in_words(editor: Client, rows: list[Translation]) -> None:
    for number in range(10):
        measured(rows[2], number)
    page = editor.get(ADDRESS).content.decode()
    (shown,) = editor.get(ADDRESS).context["worth"]
    assert "English → Turkish" in page
    assert "<b>4.5</b>" in page
    assert "1.0–8.0" in page
    assert shown["worth"].n == 10


def test_who_was_too_fast_stands_there_with_the_segment(editor: Client, rows: list[Translation]) -> None:
    measured(rows[2], 1, untouched=True, too_fast=True, seconds=1.0)
    page = editor.get(ADDRESS).content.decode()
    assert "Reviewer 1" in page
    assert f"segment={rows[2].segment.key}" in page
    assert "20 words to read" in page


def test_a_budget_says_what_is_left(editor: Client, settings: object) -> None:
    settings.MT_BUDGET = {"google": 1_000}  # type: ignore[attr-defined]
    EngineMonth.objects.create(engine="google", month=f"{database_now():%Y-%m}", characters=950)
    page = editor.get(ADDRESS).content.decode()
    assert ">1,000<" in page
    assert ">50<" in page
