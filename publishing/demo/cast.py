"""The demo's people: a Turkish translator, a Russian one, and an editor."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from publishing.models import Person
from publishing.workflow import access

PASSWORD = "dragoman"  # noqa: S105 -- printed on the screen; the demo listens on this machine alone


@dataclass(frozen=True, slots=True)
class Role:
    """Who somebody in the demo is."""

    username: str
    first_name: str
    last_name: str
    group: str
    languages: tuple[str, ...]


AYSE = Role("ayse", "Ayşe", "Demir", access.TRANSLATORS, ("tr", "en"))
BORIS = Role("boris", "Борис", "Орлов", access.TRANSLATORS, ("ru",))
CAROL = Role("carol", "Carol", "Hughes", access.EDITORS, ("en", "tr", "ru"))
CAST = (AYSE, BORIS, CAROL)


def hire(role: Role) -> Person:
    """The person of a role, made if they are not there yet."""
    person = Person.objects.filter(username=role.username).first()
    if person is None:
        person = Person.objects.create_user(
            role.username,
            password=PASSWORD,
            first_name=role.first_name,
            last_name=role.last_name,
            working_languages=list(role.languages),
            is_staff=True,
        )
        person.groups.add(Group.objects.get(name=role.group))
    return person
