"""People: administrators manage them, nobody deletes them, nobody raises themselves."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from publishing.models import Person
from publishing.workflow import access
from tests import cast

LIST, ADD = "/admin/publishing/person/", "/admin/publishing/person/add/"
PASSWORD = "a long and unlikely one"


@pytest.fixture
def dora(db: None) -> Person:
    return cast.person("dora", access.ADMINISTRATORS)


@pytest.fixture
def client(dora: Person, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(dora)


def change(person: Person) -> str:
    return reverse("admin:publishing_person_change", args=[person.pk])


def form(person: Person, **values: object) -> dict[str, object]:
    return {
        "username": person.username,
        "first_name": "",
        "last_name": "",
        "email": "",
        "groups": [group.pk for group in person.groups.all()],
        "working_languages": person.working_languages,
        "is_active": "on" if person.is_active else "",
    } | values


def group(name: str) -> int:
    return Group.objects.get(name=name).pk


def test_an_administrator_adds_a_translator_who_can_log_in(client: Client) -> None:
    given = {
        "username": "elif", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD,
        "groups": [group(access.TRANSLATORS)], "working_languages": ["tr", "ru"],
    }  # fmt: skip
    assert client.post(ADD, given).status_code == 302
    elif_ = Person.objects.get(username="elif")
    assert (elif_.working_languages, access.languages_of(elif_)) == (["tr", "ru"], ("tr", "ru"))
    answer = Client().post(
        "/admin/login/", {"username": "elif", "password": PASSWORD, "next": "/admin/queue/tr/"}
    )
    assert answer.url == "/admin/queue/tr/"


def test_an_unknown_language_is_an_error_of_the_form(client: Client) -> None:
    ayse = cast.ayse()
    answer = client.post(change(ayse), form(ayse, working_languages=["de"]))
    assert answer.context["errors"]


def test_leaving_means_being_deactivated(client: Client) -> None:
    ayse = cast.ayse()
    client.post(change(ayse), form(ayse, is_active=""))
    ayse.refresh_from_db()
    assert not ayse.is_active
    assert client.get(reverse("admin:publishing_person_delete", args=[ayse.pk])).status_code == 403


def test_nobody_gives_rights_to_themselves(client: Client, dora: Person) -> None:
    client.post(
        change(dora), form(dora, groups=[group(access.EDITORS)], working_languages=["tr"], first_name="D")
    )
    dora.refresh_from_db()
    assert [g.name for g in dora.groups.all()] == [access.ADMINISTRATORS]
    assert (dora.working_languages, dora.first_name) == ([], "D")


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "user_permissions"])
def test_rank_cannot_be_given_through_the_form(field: str, client: Client) -> None:
    ayse = cast.ayse()
    client.post(change(ayse), form(ayse, **{field: "1"}))
    ayse.refresh_from_db()
    assert not ayse.is_superuser
    assert not ayse.user_permissions.exists()


def test_an_administrator_does_not_touch_a_superuser(client: Client) -> None:
    root = cast.person("root", None, is_superuser=True)
    assert client.post(change(root), form(root, is_active="")).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.post(password, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403
    root.refresh_from_db()
    assert root.is_active


def test_a_superuser_makes_the_first_administrator(db: None, signed_in: Callable[[Person], Client]) -> None:
    root = cast.person("root", None, is_superuser=True)
    ayse = cast.ayse()
    signed_in(root).post(change(ayse), form(ayse, groups=[group(access.ADMINISTRATORS)]))
    assert access.may(Person.objects.get(pk=ayse.pk), "change_person")


@pytest.mark.parametrize("role", [cast.ayse, cast.carol], ids=["translator", "editor"])
def test_others_do_not_manage_people(
    role: Callable[[], Person], db: None, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(role())
    other = cast.boris()
    assert [client.get(path).status_code for path in (LIST, ADD, change(other))] == [403, 403, 403]


def test_a_group_shows_its_rights_and_its_people(client: Client) -> None:
    cast.carol()
    page = client.get(reverse("admin:auth_group_change", args=[group(access.EDITORS)])).content.decode()
    assert "overrule blocking findings" in page
    assert "Carol" in page
