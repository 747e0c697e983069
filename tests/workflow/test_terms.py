"""terming: who may change the termbase, what a change leaves behind, and what is refused."""

import pytest

from publishing.languages import UnknownLanguage
from publishing.models import Person, Term, TermForm
from publishing.workflow import terming
from publishing.workflow.errors import (
    BothApprovedAndForbidden,
    NotAllowed,
    NothingApproved,
    StaleTerm,
    UnusableForm,
    UnusableText,
)
from publishing.workflow.terming import Wording
from tests import cast

pytestmark = pytest.mark.django_db

CARRIER = [
    Wording("en", "aircraft carrier"),
    Wording("tr", "uçak gemisi"),
    Wording("tr", "uçak taşıyıcısı", forbidden=True),
]


@pytest.fixture
def carol() -> Person:
    return cast.carol()


@pytest.fixture
def term(carol: Person) -> Term:
    return terming.add_term(CARRIER, actor=carol, note="A warship.")


def forms(term: Term) -> list[tuple[str, str, str]]:
    return list(TermForm.objects.in_use().filter(term=term).values_list("language", "text", "status"))


def test_a_term_has_its_forms_in_the_order_given(term: Term) -> None:
    assert forms(term) == [
        ("en", "aircraft carrier", "approved"),
        ("tr", "uçak gemisi", "approved"),
        ("tr", "uçak taşıyıcısı", "forbidden"),
    ]
    assert (term.note, term.do_not_translate, term.version) == ("A warship.", False, 1)
    assert term.created_by.username == term.changed_by.username == "carol"


def test_blanks_and_what_is_given_twice_do_not_count(carol: Person) -> None:
    made = terming.add_term([Wording("en", " trade \n war "), Wording("en", "trade war")], actor=carol)
    assert forms(made) == [("en", "trade war", "approved")]


def test_a_change_retires_forms_and_adds_others(term: Term, carol: Person) -> None:
    chief = cast.person("chief", cast.access.EDITORS)
    wanted = [CARRIER[0], Wording("tr", "uçak gemisi"), Wording("ru", "авианосец")]
    changed = terming.change_term(term, wanted, actor=chief, seen_version=1)
    assert forms(term) == [
        ("en", "aircraft carrier", "approved"),
        ("tr", "uçak gemisi", "approved"),
        ("ru", "авианосец", "approved"),
    ]
    assert (changed.version, changed.note, changed.changed_by) == (2, "", chief)
    gone = TermForm.objects.get(text="uçak taşıyıcısı")
    assert (gone.added_by, gone.retired_by) == (carol, chief)
    assert gone.retired_at is not None


def test_a_form_can_be_forbidden_later_and_approved_again(term: Term, carol: Person) -> None:
    other = [CARRIER[0], Wording("tr", "uçak gemisi", forbidden=True)]
    terming.change_term(term, other, actor=carol, seen_version=1)
    terming.change_term(term, CARRIER, actor=carol, seen_version=2)
    assert forms(term)[1] == ("tr", "uçak gemisi", "approved")
    assert TermForm.objects.filter(text="uçak gemisi").count() == 3


def test_another_order_prefers_another_form(term: Term, carol: Person) -> None:
    two = [Wording("en", "flat-top"), CARRIER[0]]
    terming.change_term(term, two, actor=carol, seen_version=1)
    terming.change_term(term, reversed(two), actor=carol, seen_version=2)
    assert [text for _, text, _ in forms(term)] == ["aircraft carrier", "flat-top"]


def test_a_change_that_changes_nothing_is_none(term: Term, carol: Person) -> None:
    assert terming.change_term(term, CARRIER, actor=carol, seen_version=1, note="A warship.").version == 1


def test_nobody_overwrites_what_they_have_not_seen(term: Term, carol: Person) -> None:
    terming.change_term(term, CARRIER, actor=carol, seen_version=1, note="new")
    with pytest.raises(StaleTerm):
        terming.change_term(term, CARRIER[:1], actor=carol, seen_version=1)
    with pytest.raises(StaleTerm):
        terming.retire_term(term, actor=carol, seen_version=1)
    assert len(forms(term)) == 3


def test_a_retired_term_is_out_of_use_and_stays_stored(term: Term, carol: Person) -> None:
    terming.retire_term(term, actor=carol, seen_version=1)
    assert not Term.objects.in_use().exists()
    assert not TermForm.objects.in_use().exists()
    assert TermForm.objects.count() == 3
    with pytest.raises(StaleTerm):
        terming.change_term(term, CARRIER, actor=carol, seen_version=2)


@pytest.mark.parametrize("who", [cast.ayse, cast.dora])
def test_only_editors_change_the_termbase(who: object, term: Term) -> None:
    actor = who()  # type: ignore[operator]
    with pytest.raises(NotAllowed):
        terming.add_term(CARRIER, actor=actor)
    with pytest.raises(NotAllowed):
        terming.change_term(term, CARRIER[:1], actor=actor, seen_version=1)
    with pytest.raises(NotAllowed):
        terming.retire_term(term, actor=actor, seen_version=1)
    assert (Term.objects.count(), len(forms(term))) == (1, 3)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ([], NothingApproved),
        ([Wording("en", "x", forbidden=True)], NothingApproved),
        ([Wording("en", "x"), Wording("en", "x", forbidden=True)], BothApprovedAndForbidden),
        ([Wording("en", "  ")], UnusableForm),
        ([Wording("en", "…")], UnusableForm),
        ([Wording("en", "x" * 201)], UnusableForm),
        ([Wording("en", "a\0b")], UnusableText),
        ([Wording("de", "x")], UnknownLanguage),
    ],
)
def test_what_is_no_term_is_refused(given: list[Wording], error: type[Exception], carol: Person) -> None:
    with pytest.raises(error):
        terming.add_term(given, actor=carol)
    assert not Term.objects.exists()


def test_one_form_may_be_approved_in_one_case_and_forbidden_in_another(carol: Person) -> None:
    made = terming.add_term([Wording("en", "NATO"), Wording("en", "Nato", forbidden=True)], actor=carol)
    assert len(forms(made)) == 2
