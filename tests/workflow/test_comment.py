"""commenting: who is told of a comment, a question, an answer."""

import pytest

from publishing.models import Comment, Notice, Person, Translation
from publishing.workflow import assigning, commenting
from publishing.workflow.errors import EmptyComment, NotAllowed, WrongLanguage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Translation:
    return cast.opened(cast.article())[2]


@pytest.fixture
def people() -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("person__username", "kind"))


def test_a_comment_tells_whom_it_mentions(row: Translation, people: dict[str, Person]) -> None:
    commenting.comment(row, "@boris, bak. Ayrıca @nobody ve x@carol.org", actor=people["ayse"])
    assert told() == {("boris", "mention")}
    assert Notice.objects.get().params["by"] == "Ayşe"


def test_nobody_is_told_of_their_own_words(row: Translation, people: dict[str, Person]) -> None:
    commenting.comment(row, "@ayse, not to self", actor=people["ayse"])
    assert told() == set()


def test_a_question_reaches_the_editors(row: Translation, people: dict[str, Person]) -> None:
    commenting.comment(row, "Hangi limanlar?", actor=people["ayse"], question=True)
    assert told() == {("carol", "question")}


def test_a_question_reaches_whoever_assigned_the_text(row: Translation, people: dict[str, Person]) -> None:
    chief = cast.person("chief", cast.access.EDITORS)
    assigning.assign(row.segment.document, "tr", people["ayse"], actor=chief)
    Notice.objects.all().delete()
    commenting.comment(row, "Hangi limanlar?", actor=people["ayse"], question=True)
    assert told() == {("chief", "question")}


def test_an_answer_settles_the_question_and_tells_who_asked(
    row: Translation, people: dict[str, Person]
) -> None:
    asked = commenting.comment(row, "Hangi limanlar?", actor=people["ayse"], question=True)
    Notice.objects.all().delete()
    commenting.comment(row, "Odesa.", actor=people["carol"])
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert told() == {("ayse", "answered")}


def test_ones_own_comment_settles_nothing(row: Translation, people: dict[str, Person]) -> None:
    commenting.comment(row, "Hangi limanlar?", actor=people["ayse"], question=True)
    commenting.comment(row, "Acele.", actor=people["ayse"])
    assert Comment.objects.get(is_question=True).answered_at is None


def test_a_person_is_told_once(row: Translation, people: dict[str, Person]) -> None:
    commenting.comment(row, "@carol, hangi limanlar?", actor=people["ayse"], question=True)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_comment_is_none(row: Translation, people: dict[str, Person], text: str) -> None:
    with pytest.raises(EmptyComment):
        commenting.comment(row, text, actor=people["ayse"])


def test_who_may_not_review_says_nothing(row: Translation) -> None:
    with pytest.raises(NotAllowed):
        commenting.comment(row, "x", actor=cast.dora())
    with pytest.raises(WrongLanguage):
        commenting.comment(row, "x", actor=cast.person("elena", "Translators", "ru"))
    assert not Comment.objects.exists()
