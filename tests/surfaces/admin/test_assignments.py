"""Assignments in the newsroom: who does a language until when, given and taken back on the document's page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import Assignment, Document, Person, Translation
from publishing.workflow import assigning, editing, reviewing
from tests import cast

TODAY = timezone.localdate()


@pytest.fixture
def people(document: Document) -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


@pytest.fixture
def carol(people: dict[str, Person], signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(people["carol"])


def page_of(document: Document) -> str:
    return reverse("admin:document", args=[document.pk])


def assign(client: Client, document: Document, language: str = "tr", **form: object) -> object:
    return client.post(reverse("admin:assign", args=[document.pk, language]), form)


def take_back(client: Client, document: Document, person: Person, language: str = "tr") -> object:
    return client.post(
        reverse("admin:withdraw_assignment", args=[document.pk, language, person.pk]), follow=True
    )


def shown(client: Client, document: Document) -> str:
    return client.get(page_of(document)).content.decode()


def test_without_an_assignment_it_is_the_teams(carol: Client, document: Document) -> None:
    assert "The team: Ayşe, Carol, Борис" in shown(carol, document)


def test_the_choice_is_among_those_who_may_review(carol: Client, document: Document) -> None:
    cast.person("vera", cast.access.TRANSLATORS, "ru", first_name="Vera")
    (turkish,) = carol.get(page_of(document)).context["assignable"]
    assert [label for _, label in turkish["form"].fields["person"].choices][1:] == ["Ayşe", "Carol", "Борис"]


def test_an_editor_assigns_with_a_day_and_changes_it(
    carol: Client, document: Document, people: dict[str, Person]
) -> None:
    answer = assign(carol, document, person=people["ayse"].pk, due_on="2999-12-24")
    assert (answer.status_code, answer.url) == (302, f"{page_of(document)}#assignments-tr")
    assert "Ayşe, until Dec. 24, 2999" in shown(carol, document)
    assign(carol, document, person=people["ayse"].pk)
    assert Assignment.objects.get().due_on is None
    assert people["ayse"].notices.get().kind == "assigned"


def test_an_editor_takes_it_back(carol: Client, document: Document, people: dict[str, Person]) -> None:
    assigning.assign(document, "tr", people["ayse"], actor=people["carol"])
    answer = take_back(carol, document, people["ayse"])
    assert "No longer assigned to Ayşe: Turkish." in answer.content.decode()
    assert not Assignment.objects.exists()


def test_what_a_colleague_took_back_before_is_said(
    carol: Client, document: Document, people: dict[str, Person]
) -> None:
    answer = take_back(carol, document, people["ayse"])
    assert "not assigned to this person any more" in answer.content.decode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "This field is required."),
        ({"person": "x"}, "Select a valid choice."),
        ({"person": "{boris}", "due_on": "soon"}, "Enter a valid date."),
        ({"person": "{zoe}"}, "Select a valid choice."),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_with_its_error(
    form: dict[str, str], said: str, carol: Client, document: Document, people: dict[str, Person]
) -> None:
    zoe = cast.person("zoe", None, "tr")
    given = {name: value.format(boris=people["boris"].pk, zoe=zoe.pk) for name, value in form.items()}
    answer = assign(carol, document, **given)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_refusal_of_the_verb_is_the_forms_error(
    carol: Client, document: Document, people: dict[str, Person]
) -> None:
    answer = assign(carol, document, "ru", person=people["boris"].pk)
    assert answer.status_code == 409
    assert "not being translated into this language yet" in answer.content.decode()


def test_a_translator_assigns_nothing(
    document: Document, people: dict[str, Person], signed_in: Callable[[Person], Client]
) -> None:
    ayse = signed_in(people["ayse"])
    assigning.assign(document, "tr", people["boris"], actor=people["carol"])
    assert assign(ayse, document, person=people["ayse"].pk).status_code == 403
    assert take_back(ayse, document, people["boris"]).status_code == 403
    assert Assignment.objects.get().person == people["boris"]


class TestOverdue:
    @pytest.fixture
    def overdue(self, document: Document, people: dict[str, Person]) -> Assignment:
        return assigning.assign(
            document, "tr", people["ayse"], actor=people["carol"], due_on=TODAY - timedelta(days=1)
        )

    @pytest.mark.parametrize("where", ["/admin/queue/tr/", "/admin/board/", "/admin/", "document"])
    def test_is_said_in_a_word_wherever_it_waits(
        self, where: str, overdue: Assignment, carol: Client, document: Document
    ) -> None:
        page = carol.get(page_of(document) if where == "document" else where).content.decode()
        assert "Ayşe, until" in page
        assert ">overdue<" in page

    def test_is_over_once_everything_is_approved(
        self, overdue: Assignment, carol: Client, document: Document, rows: list[Translation]
    ) -> None:
        texts = ["Tahıl", "Limanlar Temmuz 2023'te açıldı.[1]", "Gemiler hemen yola çıktı.", rows[3].text]
        for row, text in zip(rows, texts, strict=True):
            if text != row.text:
                row = editing.submit(  # noqa: PLW2901
                    row, text=text, actor=overdue.person, seen_version=row.version
                )
            reviewing.approve(row, actor=overdue.assigned_by, seen_version=row.version)
        page = shown(carol, document)
        assert "Ayşe, until" in page
        assert ">overdue<" not in page


def test_the_queue_shows_everybody_whom_a_text_is_assigned_to(
    carol: Client, document: Document, people: dict[str, Person]
) -> None:
    other = cast.article("Another One\n\nOne sentence.")
    cast.opened(other, "tr")
    assigning.assign(document, "tr", people["boris"], actor=people["carol"])
    assigning.assign(document, "tr", people["ayse"], actor=people["carol"], due_on=TODAY)
    rows = carol.get("/admin/queue/tr/").context["rows"]
    found = {
        row["translation"].segment.document_id: [each.person.username for each in row["assigned"]]
        for row in rows
    }
    assert found == {document.pk: ["ayse", "boris"], other.pk: []}
