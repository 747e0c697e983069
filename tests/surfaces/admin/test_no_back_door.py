"""No back door: Django's own add, change and delete are closed for everything of ours, for everybody."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from publishing.models import Document, Person, Translation
from publishing.workflow import access
from tests import cast

OURS = {
    model: model_admin
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label == "publishing" or model is Group
}
LOCKED = {model: model_admin for model, model_admin in OURS.items() if model is not Person}


def everything() -> Person:
    made = cast.person("omni", None, "en", "tr", "ru", is_superuser=True)
    made.groups.set(Group.objects.all())
    return made


ROLES: dict[str, Callable[[], Person]] = {
    "translator": cast.ayse,
    "editor": cast.carol,
    "administrator": lambda: cast.person("edip", access.ADMINISTRATORS),
    "superuser": lambda: cast.person("root", None, is_superuser=True),
    "superuser in every group": everything,
}


def name_of(model: type[models.Model]) -> str:
    return model._meta.model_name or ""


def asked_by(person: Person) -> object:
    request = RequestFactory().get("/admin/")
    request.user = person
    return request


def test_only_these_of_ours_are_registered() -> None:
    registered = {name_of(model) for model in OURS}
    assert registered == {
        "article", "author", "edition", "translation", "revision", "proposal", "release", "auditentry",
        "job", "run", "memoryentry", "person", "group",
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", LOCKED, ids=name_of)
def test_nobody_may_add_change_or_delete(model: type[models.Model], role: str, db: None) -> None:
    locked: ModelAdmin = LOCKED[model]
    request = asked_by(ROLES[role]())
    assert not locked.has_add_permission(request)
    assert not locked.has_change_permission(request)
    assert not locked.has_delete_permission(request)
    assert locked.get_actions(request) == {}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_may_delete_a_person(role: str, db: None) -> None:
    request = asked_by(ROLES[role]())
    people = OURS[Person]
    assert not people.has_delete_permission(request)
    assert people.get_actions(request) == {}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_posted_to_those_addresses_is_refused(
    role: str, document: Document, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(ROLES[role]())
    cast.dora()
    before = {model: list(model.objects.order_by("pk").values()) for model in LOCKED}
    for model in OURS:
        path = f"admin:{model._meta.app_label}_{name_of(model)}"
        some = model.objects.first()
        targets = [reverse(f"{path}_delete", args=[some.pk])] if some else []
        if model is not Person:
            targets.append(reverse(f"{path}_add"))
            targets += [reverse(f"{path}_change", args=[some.pk])] if some else []
        for target in targets:
            assert client.post(target, {"post": "yes", "state": "approved"}).status_code in {302, 403}, target
        bulk = {"action": "delete_selected", "_selected_action": [some.pk] if some else [1], "post": "yes"}
        client.post(reverse(f"{path}_changelist"), bulk)
    assert {model: list(model.objects.order_by("pk").values()) for model in LOCKED} == before
    assert Person.objects.filter(username="dora").exists()


def test_lists_and_rows_open_for_those_who_may_look(
    document: Document, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(everything())
    for model in OURS:
        path = f"admin:{model._meta.app_label}_{name_of(model)}"
        assert client.get(reverse(f"{path}_changelist")).status_code == 200
        if some := model.objects.first():
            assert client.get(reverse(f"{path}_change", args=[some.pk])).status_code == 200


def test_a_translator_looks_into_their_own_languages_only(
    document: Document, signed_in: Callable[[Person], Client]
) -> None:
    vera = signed_in(cast.person("vera", access.TRANSLATORS, "ru"))
    row = Translation.objects.first()
    assert vera.get(reverse("admin:publishing_translation_change", args=[row.pk])).status_code == 302
    ayse = signed_in(cast.ayse())
    assert ayse.get(reverse("admin:publishing_translation_change", args=[row.pk])).status_code == 200


def test_keys_to_people_and_texts_are_protected() -> None:
    """Whatever else might delete, the database refuses. Findings are a projection: they can be computed again."""
    for model in apps.get_app_config("publishing").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and name_of(model) != "finding":
                assert field.remote_field.on_delete is models.PROTECT, field
