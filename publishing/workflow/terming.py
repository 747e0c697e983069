"""The termbase: adding a concept with its forms, changing it, retiring it. Editors' work.

Audit chains are a document's, and a term belongs to none. Its rows are the evidence instead: forms are retired,
never changed, and each says who brought it in, who took it out, and when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from publishing import languages
from publishing.matching.words import words
from publishing.models import Person, Term, TermForm

from . import access, revising
from .errors import BothApprovedAndForbidden, NothingApproved, StaleTerm, UnusableForm

LONGEST: Final = 200
LONGEST_NOTE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A form as it is given: in which language, which words, and whether they are the ones not to be used."""

    language: str
    text: str
    forbidden: bool = False

    @property
    def status(self) -> str:
        return TermForm.Status.FORBIDDEN if self.forbidden else TermForm.Status.APPROVED


def add_term(
    forms: Iterable[Wording], *, actor: Person, note: str = "", do_not_translate: bool = False
) -> Term:
    """Adds a concept; of a language's approved forms the first is the preferred one.

    Raises NotAllowed, NothingApproved, BothApprovedAndForbidden, UnusableForm, UnusableText, UnknownLanguage.
    """
    access.require(actor, access.RELEASE)
    wanted = _checked(forms)
    note = revising.clean(note)[:LONGEST_NOTE]
    with transaction.atomic():
        made = Term.objects.create(
            note=note, do_not_translate=do_not_translate, created_by=actor, changed_by=actor
        )
        _add(made, enumerate(wanted), actor)
    return made


def change_term(
    term: Term,
    forms: Iterable[Wording],
    *,
    actor: Person,
    seen_version: int,
    note: str = "",
    do_not_translate: bool = False,
) -> Term:
    """Makes the term what is given: forms that are not among it are retired. Raises StaleTerm, and as add_term."""
    access.require(actor, access.RELEASE)
    wanted = _checked(forms)
    note = revising.clean(note)[:LONGEST_NOTE]
    with transaction.atomic():
        current = _seen(term, seen_version)
        forms_changed = _exchange(current, wanted, actor)
        if forms_changed or (current.note, current.do_not_translate) != (note, do_not_translate):
            current.note, current.do_not_translate = note, do_not_translate
            _move(current, actor)
    return current


def retire_term(term: Term, *, actor: Person, seen_version: int) -> Term:
    """Takes the term out of the termbase; it stays stored. Raises NotAllowed, StaleTerm."""
    access.require(actor, access.RELEASE)
    with transaction.atomic():
        current = _seen(term, seen_version)
        current.retired_at = timezone.now()
        _move(current, actor)
    return current


def _seen(term: Term, seen_version: int) -> Term:
    """The term as it is now, locked; raises StaleTerm where it is not what was displayed."""
    current = Term.objects.select_for_update().in_use().filter(pk=term.pk, version=seen_version).first()
    if current is None:
        raise StaleTerm
    return current


def _move(current: Term, actor: Person) -> None:
    current.version += 1
    current.changed_by = actor
    current.save()


def _checked(forms: Iterable[Wording]) -> list[Wording]:
    """The forms as they are stored, each once, in the order given."""
    wanted = list(dict.fromkeys(_clean(form) for form in forms))
    if all(form.forbidden for form in wanted):
        raise NothingApproved
    approved = {(form.language, form.text) for form in wanted if not form.forbidden}
    for form in wanted:
        if form.forbidden and (form.language, form.text) in approved:
            raise BothApprovedAndForbidden(text=form.text)
    return wanted


def _clean(form: Wording) -> Wording:
    text = " ".join(revising.clean(form.text).split())
    if not words(text) or len(text) > LONGEST:
        raise UnusableForm(text=text[:LONGEST], limit=LONGEST)
    return Wording(languages.require(form.language), text, form.forbidden)


def _exchange(term: Term, wanted: Sequence[Wording], actor: Person) -> bool:
    """Retires the forms that are not wanted and adds those that are not there; whether anything changed."""
    there = {(form.language, form.text, form.status): form for form in term.forms.filter(retired_at=None)}
    places = {(form.language, form.text, form.status): place for place, form in enumerate(wanted)}
    gone = [form.pk for key, form in there.items() if key not in places]
    if gone:
        TermForm.objects.filter(pk__in=gone).update(retired_at=timezone.now(), retired_by=actor)
    moved = [form for key, form in there.items() if key in places and form.place != places[key]]
    for form in moved:
        form.place = places[form.language, form.text, form.status]
    TermForm.objects.bulk_update(moved, ["place"])
    new = [
        (place, form)
        for place, form in enumerate(wanted)
        if (form.language, form.text, form.status) not in there
    ]
    _add(term, new, actor)
    return bool(gone or moved or new)


def _add(term: Term, placed: Iterable[tuple[int, Wording]], actor: Person) -> None:
    TermForm.objects.bulk_create(
        TermForm(
            term=term,
            language=form.language,
            text=form.text,
            status=form.status,
            place=place,
            added_by=actor,
        )
        for place, form in placed
    )
