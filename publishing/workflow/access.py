"""What a person may touch: the one place that answers it.

Rights come from groups alone. A superuser's blanket permissions do not count here: whoever manages
people and settings approves nothing by rank.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.models import Person

from .errors import NotAllowed, Unknown, WrongLanguage

TRANSLATE, RELEASE, OVERRULE, INGEST = "translate", "release", "overrule", "ingest"
OVERRIDE = "override"

RIGHTS: Mapping[str, str | Promise] = {
    TRANSLATE: _("submit, approve and return translations"),
    OVERRULE: _("overrule blocking findings"),
    INGEST: _("import articles and ask for runs"),
    RELEASE: _("review every language; release, roll back and withdraw editions"),
    OVERRIDE: _("release machine text that they alone approved, with a written reason"),
    "view_auditentry": _("look into the audit entries"),
    "add_person": _("add people"),
    "change_person": _("change people, their groups and passwords"),
    "view_job": _("look into the jobs"),
}
"""What each right is for, in words."""

_OF_REVIEWERS = (TRANSLATE, RELEASE)

TRANSLATORS, EDITORS, ADMINISTRATORS = "Translators", "Editors", "Administrators"
EDITORS_IN_CHIEF = "Editors in chief"

_SEE_THE_WORK = (
    "view_article", "view_author", "view_document", "view_translation", "view_revision", "view_edition",
    "view_release", "view_run", "view_memoryentry", "view_proposal",
)  # fmt: skip

GROUPS: Mapping[str, tuple[str, ...]] = {
    TRANSLATORS: (TRANSLATE, *_SEE_THE_WORK),
    EDITORS: (TRANSLATE, RELEASE, OVERRULE, INGEST, *_SEE_THE_WORK, "view_auditentry"),
    EDITORS_IN_CHIEF: (OVERRIDE,),  # beside Editors; empty until an administrator puts somebody in
    ADMINISTRATORS: ("view_person", "add_person", "change_person", "view_job", "view_run", "view_auditentry"),
}


def establish_groups() -> None:
    """Gives each group exactly its rights. Safe to run again; called by the migration that makes them."""
    for name, codenames in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="publishing", codename__in=codenames)
        )


def rights_of(person: Person) -> frozenset[str]:
    """The person's rights through their groups, asked once per request; none for somebody deactivated."""
    if not person.is_active or person.pk is None:
        return frozenset()
    known: frozenset[str] | None = getattr(person, "_rights", None)
    if known is None:
        known = frozenset(
            Permission.objects.filter(group__user=person, content_type__app_label="publishing").values_list(
                "codename", flat=True
            )
        )
        person._rights = known
    return known


def brought_along(person: int | OuterRef) -> dict[str, Exists]:
    """Annotations with which a query that is needed anyway tells the rights of whoever reviews, too, by their id."""
    held = Permission.objects.filter(group__user=person, content_type__app_label="publishing")
    return {f"may_{right}": Exists(held.filter(codename=right)) for right in _OF_REVIEWERS}


def brought_by(answers: Iterable[object], person: Person) -> frozenset[str]:
    """Those rights, of the values of these annotations; none for somebody deactivated."""
    if not person.is_active:
        return frozenset()
    return frozenset(right for right, is_held in zip(_OF_REVIEWERS, answers, strict=True) if is_held)


def may(person: Person, right: str) -> bool:
    return right in rights_of(person)


def require(person: Person, right: str) -> None:
    """Raises NotAllowed where the person lacks the right."""
    if not may(person, right):
        raise NotAllowed(person=person.display_name, right=RIGHTS.get(right, right))


def may_review(person: Person, language: str, *, rights: frozenset[str] | None = None) -> bool:
    """Editors review every language, translators those that they work in; `rights`, where they are known."""
    held = rights_of(person) if rights is None else rights
    return RELEASE in held or (TRANSLATE in held and person.works_in(language))


def require_review(person: Person, language: str, *, rights: frozenset[str] | None = None) -> None:
    """Raises NotAllowed or WrongLanguage where the person may not review this language."""
    held = rights_of(person) if rights is None else rights
    if TRANSLATE not in held:
        raise NotAllowed(person=person.display_name, right=RIGHTS[TRANSLATE])
    if not may_review(person, language, rights=held):
        raise WrongLanguage(person=person.display_name)


def languages_of(person: Person) -> tuple[str, ...]:
    """The languages whose queues the person sees."""
    return tuple(code for code in CODES if may_review(person, code))


def teams() -> dict[str, list[Person]]:
    """Each language's team, the active people who may review it, by name; one query for all of them."""
    rights = brought_along(OuterRef("pk"))
    people = sorted(
        Person.objects.filter(is_active=True).annotate(**rights),
        key=lambda person: (person.display_name.casefold(), person.pk),
    )
    known = [(person, brought_by([getattr(person, name) for name in rights], person)) for person in people]
    return {code: [each for each, held in known if may_review(each, code, rights=held)] for code in CODES}


def people_with(right: str) -> list[Person]:
    """The active people who hold the right through a group."""
    return list(
        Person.objects.filter(
            is_active=True,
            groups__permissions__codename=right,
            groups__permissions__content_type__app_label="publishing",
        )
        .distinct()
        .order_by("pk")
    )


def person_named(username: str) -> Person:
    """An active person by user name; raises Unknown otherwise."""
    try:
        return Person.objects.get(username=username, is_active=True)
    except Person.DoesNotExist:
        raise Unknown(what=_("person"), name=username) from None
