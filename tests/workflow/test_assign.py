"""assigning: a text and language to people, with a due date; whose it is without: the language's team."""

from datetime import date

import pytest
from django.utils import timezone

from publishing.models import Assignment, AuditEntry, Document, Person
from publishing.workflow import access, assigning
from publishing.workflow.errors import NotAllowed, NotAssigned, NotOpened, WrongLanguage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    made = cast.article()
    cast.opened(made)
    return made


@pytest.fixture
def people() -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


def assigned(document: Document) -> list[tuple[str, str]]:
    return list(document.assignments.order_by("pk").values_list("language", "person__username"))


class TestAssigning:
    def test_gives_a_text_to_several_people(self, document: Document, people: dict[str, Person]) -> None:
        for name in ("ayse", "boris"):
            assigning.assign(document, "tr", people[name], actor=people["carol"])
        assert assigned(document) == [("tr", "ayse"), ("tr", "boris")]

    def test_again_changes_the_day_or_takes_it_off(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        for due_on in (date(2026, 12, 24), date(2027, 1, 7), None):
            assigning.assign(document, "tr", people["ayse"], actor=people["carol"], due_on=due_on)
            assert Assignment.objects.get().due_on == due_on
        assert AuditEntry.objects.filter(document=document, verb="assign").count() == 3

    def test_may_be_to_an_editor(self, document: Document, people: dict[str, Person]) -> None:
        assigning.assign(document, "tr", people["carol"], actor=people["carol"])
        assert assigned(document) == [("tr", "carol")]

    def test_is_an_editors_alone(self, document: Document, people: dict[str, Person]) -> None:
        for actor in (people["ayse"], cast.dora()):
            with pytest.raises(NotAllowed):
                assigning.assign(document, "tr", people["boris"], actor=actor)
        assert assigned(document) == []

    def test_is_not_to_somebody_who_left(self, document: Document, people: dict[str, Person]) -> None:
        people["ayse"].is_active = False
        people["ayse"].save()
        with pytest.raises(WrongLanguage):
            assigning.assign(document, "tr", people["ayse"], actor=people["carol"])

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_is_into_languages_that_were_opened(
        self, language: str, document: Document, people: dict[str, Person]
    ) -> None:
        """Russian was not opened, and English is the source."""
        with pytest.raises(NotOpened):
            assigning.assign(document, language, people["carol"], actor=people["carol"])
        assert not AuditEntry.objects.filter(verb="assign").exists()


class TestTakingBack:
    def test_leaves_the_evidence(self, document: Document, people: dict[str, Person]) -> None:
        made = assigning.assign(
            document, "tr", people["ayse"], actor=people["carol"], due_on=date(2026, 12, 24)
        )
        assigning.withdraw(made, actor=people["carol"])
        assert assigned(document) == []
        entry = AuditEntry.objects.get(verb="withdraw_assignment")
        assert (entry.person, entry.data["to"], entry.data["due"]) == (people["carol"], "ayse", "2026-12-24")

    def test_is_an_editors_alone(self, document: Document, people: dict[str, Person]) -> None:
        made = assigning.assign(document, "tr", people["ayse"], actor=people["carol"])
        with pytest.raises(NotAllowed):
            assigning.withdraw(made, actor=people["ayse"])
        assert assigned(document) == [("tr", "ayse")]

    def test_happens_once(self, document: Document, people: dict[str, Person]) -> None:
        made = assigning.assign(document, "tr", people["ayse"], actor=people["carol"])
        seen_by_a_colleague = Assignment.objects.get(pk=made.pk)
        assigning.withdraw(made, actor=people["carol"])
        with pytest.raises(NotAssigned):
            assigning.withdraw(seen_by_a_colleague, actor=people["carol"])
        assert AuditEntry.objects.filter(verb="withdraw_assignment").count() == 1


class TestATeam:
    def test_is_whoever_may_review_the_language(self, people: dict[str, Person]) -> None:
        cast.dora()
        cast.person("zoe", None, "tr")
        teams = access.teams()
        assert teams["tr"] == [people["ayse"], people["carol"], people["boris"]]
        assert teams["ru"] == [people["carol"], people["boris"]]
        assert teams["en"] == [people["carol"]]

    def test_has_nobody_who_left(self, people: dict[str, Person]) -> None:
        Person.objects.filter(username="boris").update(is_active=False)
        assert access.teams()["ru"] == [people["carol"]]

    def test_is_asked_in_one_query(
        self, people: dict[str, Person], django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            access.teams()

    def test_agrees_with_what_a_person_may(self, people: dict[str, Person]) -> None:
        everybody = [*people.values(), cast.dora(), cast.person("root", None, "tr", is_superuser=True)]
        for language, team in access.teams().items():
            assert {each.pk for each in team} == {
                each.pk for each in everybody if access.may_review(each, language)
            }


def test_a_text_is_overdue_from_the_day_after() -> None:
    today = timezone.localdate()
    for days, overdue in ((1, False), (0, False), (-1, True)):
        assert Assignment(due_on=today + timezone.timedelta(days=days)).is_overdue is overdue
    assert not Assignment().is_overdue
