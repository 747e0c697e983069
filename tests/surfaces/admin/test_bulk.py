"""Many at one look: only what was displayed to whoever approves, as it was displayed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import Document, Effort, Person, Revision, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import claiming, editing
from tests import cast

SIGN_IN = Callable[[Person], Client]
TEXTS = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")


@pytest.fixture
def boris(document: Document) -> Person:
    return cast.boris()


@pytest.fixture
def ayse(document: Document) -> Person:
    return cast.ayse()


@pytest.fixture
def submitted(rows: list[Translation], boris: Person) -> list[Translation]:
    """The first three, submitted by Boris; the note is a draft by rule."""
    return [
        editing.submit(row, text=text, actor=boris, seen_version=row.version)
        for row, text in zip(rows, TEXTS, strict=False)
    ]


class Look:
    """Somebody's look at the page, and the form that they send."""

    def __init__(self, client: Client, document: Document) -> None:
        self.client, self.path = client, f"/admin/documents/{document.pk}/tr/bulk/"
        self.rows = client.get(self.path).context["rows"]

    def listed(self) -> list[str]:
        return [each["row"].key for each in self.rows]

    def form(self, *keys: str) -> dict[str, Any]:
        made: dict[str, Any] = {"pick": list(keys)}
        for each in self.rows:
            key = each["row"].key
            made |= {f"version-{key}": each["row"].translation.version, f"seen-{key}": each["seen"]}
        return made

    def send(self, form: dict[str, Any]) -> str:
        answer = self.client.post(self.path, form, follow=True)
        return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def look(document: Document, submitted: list[Translation], ayse: Person, signed_in: SIGN_IN) -> Look:
    return Look(signed_in(ayse), document)


def states(document: Document) -> list[str]:
    return [row.state for row in cast.rows(document)]


def test_what_is_picked_is_approved_at_its_version(look: Look, document: Document, ayse: Person) -> None:
    said = look.send(look.form(*look.listed()[:2]))
    assert "2 segments are approved" in said
    assert states(document).count(State.APPROVED) == 2
    loop.drain()
    assert Effort.objects.filter(seconds__isnull=False).count() == 2


def test_nothing_is_picked_by_itself_but_the_same_between_the_same(
    document: Document, rows: list[Translation], boris: Person, ayse: Person, signed_in: SIGN_IN
) -> None:
    for row, detail in ((rows[2], {"context": True}), (rows[0], {}), (rows[1], {"repaired": [["1", "2"]]})):
        made = Revision.objects.create(
            translation=row, number=1, text=TEXTS[row.segment.position], source=row.segment.text,
            origin="memory", detail={"from": "m", **detail},
        )  # fmt: skip
        Translation.objects.filter(pk=row.pk).update(current=made, state=State.PRETRANSLATED)
    shown = Look(signed_in(ayse), document).rows
    keys = [rows[2].segment.key, rows[0].segment.key, rows[3].segment.key, rows[1].segment.key]
    assert [each["row"].key for each in shown] == keys
    assert [each["is_safe"] for each in shown] == [True, False, False, False]


def test_what_changed_meanwhile_is_left_out_and_said(
    look: Look, document: Document, submitted: list[Translation], boris: Person
) -> None:
    row = submitted[2]
    editing.submit(row, text="Gemiler yola çıktı.", actor=boris, seen_version=row.version)
    said = look.send(look.form(*look.listed()))
    assert "Somebody changed this segment" in said
    assert states(document) == [State.APPROVED, State.APPROVED, State.SUBMITTED, State.APPROVED]


@pytest.mark.parametrize("without", ["seen", "version"])
def test_what_was_not_displayed_is_not_approved(look: Look, document: Document, without: str) -> None:
    form = {name: value for name, value in look.form(*look.listed()).items() if not name.startswith(without)}
    assert "it was not displayed to you" in look.send(form)
    assert State.APPROVED not in states(document)


def test_what_was_displayed_to_another_is_not(look: Look, document: Document, signed_in: SIGN_IN) -> None:
    carol = signed_in(cast.carol())
    look.client = carol
    assert "it was not displayed to you" in look.send(look.form(*look.listed()))
    assert State.APPROVED not in states(document)


def test_ones_own_words_are_not_there_and_not_approved(
    document: Document, submitted: list[Translation], boris: Person, ayse: Person, signed_in: SIGN_IN
) -> None:
    own = Look(signed_in(boris), document)
    assert own.listed() == [cast.rows(document)[3].segment.key]
    key = submitted[0].segment.key
    theirs = Look(signed_in(ayse), document).form(key)
    own.send(theirs)
    assert State.APPROVED not in states(document)


def test_what_a_finding_holds_is_not_there(
    document: Document, submitted: list[Translation], boris: Person, ayse: Person, signed_in: SIGN_IN
) -> None:
    row = submitted[1]
    editing.submit(row, text="Limanlar Temmuz 2032’de açıldı.[1]", actor=boris, seen_version=row.version)
    assert row.segment.key not in Look(signed_in(ayse), document).listed()


def test_what_a_colleague_has_claimed_is_not_there(
    document: Document, submitted: list[Translation], ayse: Person, signed_in: SIGN_IN
) -> None:
    claiming.claim(submitted[0], actor=cast.carol())
    assert submitted[0].segment.key not in Look(signed_in(ayse), document).listed()


def test_picking_nothing_does_nothing(look: Look, document: Document) -> None:
    assert "Nothing was picked" in look.send({})
    assert State.APPROVED not in states(document)


def test_the_page_takes_few_queries(look: Look) -> None:
    with CaptureQueriesContext(connection) as seen:
        look.client.get(look.path)
    person = ("django_session", "publishing_person", "auth_permission")
    own = [sql for sql in cast.statements(seen) if not any(f'FROM "{table}"' in sql for table in person)]
    assert len(own) <= 8, "\n".join(own)
