"""Who gets into which room: every address of ours × every role."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse

from publishing.models import Document, Edition, Person, Term, Translation
from publishing.workflow import editing, releasing, reviewing, terming
from publishing.workflow.terming import Wording
from tests import cast

SEEN, LOGIN, CLOSED = 200, 302, 403
ROLES: Mapping[str, Callable[[], Person]] = {
    "translator": cast.ayse,
    "translator of another language": lambda: cast.person("vera", cast.access.TRANSLATORS, "ru"),
    "editor": cast.carol,
    "administrator": lambda: cast.person("edip", cast.access.ADMINISTRATORS),
    "superuser without a group": lambda: cast.person("root", None, "tr", is_superuser=True),
    "somebody without a role": lambda: cast.person("zoe", None, "tr"),
}
REVIEWERS = {"translator", "editor"}
EVERYBODY = set(ROLES)
WHO_ENTERS: Mapping[str, set[str]] = {
    "index": EVERYBODY,
    "queue": REVIEWERS,
    "workbench": REVIEWERS,
    "notices": EVERYBODY,
    "segment_history": REVIEWERS,
    "matches": REVIEWERS,
    "segment_terms": REVIEWERS,
    "terms": {"translator", "translator of another language", "editor"},
    "term": {"translator", "translator of another language", "editor"},
    "add_term": {"editor"},
    "bulk": REVIEWERS,
    "document_preview": REVIEWERS,
    "preview": REVIEWERS,
    "reported": {"translator", "translator of another language", "editor"},
    "board": {"editor"},
    "economics": {"editor"},
    "work": {"editor"},
    "document": {"editor"},
    "run": {"editor"},
    "edition": {"editor"},
    "release_difference": {"editor"},
    "compare_releases": {"editor"},
    "import_article": {"editor"},
    "topics": {"editor"},
    "import_catalog": {"translator", "translator of another language", "editor"},
}


@pytest.fixture
def released(document: Document, rows: list[Translation]) -> Edition:
    """The Turkish edition, released once."""
    boris, carol = cast.boris(), cast.person("chief", cast.access.EDITORS)
    ayse = cast.person("aylin", cast.access.TRANSLATORS, "tr")
    texts = [
        "Tahıl Karadeniz'i geçiyor",
        "Limanlar Temmuz 2023'te açıldı.[1]",
        "Gemiler hemen yola çıktı.",
        rows[3].text,
    ]
    for row, text in zip(rows, texts, strict=True):
        made = (
            editing.submit(row, text=text, actor=boris, seen_version=row.version) if text != row.text else row
        )
        reviewing.approve(made, actor=ayse, seen_version=made.version)
    releasing.release(document, "tr", actor=carol)
    terming.add_term([Wording("en", "grain"), Wording("tr", "tahıl")], actor=carol)
    return Edition.objects.get(document=document, language="tr")


def address(name: str, edition: Edition, row: Translation) -> str:
    arguments = {
        "queue": ["tr"],
        "workbench": [edition.document_id, "tr"],
        "segment_history": [row.segment.key, "tr"],
        "matches": [row.segment.key, "tr"],
        "segment_terms": [row.segment.key, "tr"],
        "term": [Term.objects.get().pk] if name == "term" else [],
        "bulk": [edition.document_id, "tr"],
        "document_preview": [edition.document_id, "tr"],
        "document": [edition.document_id],
        "run": [edition.document.runs.latest("pk").pk],
        "edition": [edition.pk],
        "preview": [edition.pk],
        "release_difference": [edition.pk, 1],
        "compare_releases": [edition.pk],
    }
    return reverse(f"admin:{name}", args=arguments.get(name, []))


POSTED: Mapping[str, set[str]] = {
    "draft": REVIEWERS,
    "take_next": REVIEWERS,
    "assign": {"editor"},
    "assign_topics": {"editor"},
    "withdraw_assignment": {"editor"},
    "release_record": {"editor"},
}
"""Addresses that take a posted form and are no page."""


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", POSTED)
def test_a_form_is_taken_from_its_roles_alone(
    name: str, role: str, document: Document, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    person = ROLES[role]()
    client = signed_in(person)
    arguments = {
        "draft": [rows[1].segment.key, "tr"],
        "take_next": ["tr"],
        "assign": [document.pk, "tr"],
        "assign_topics": [document.pk],
        "withdraw_assignment": [document.pk, "tr", person.pk],
        "release_record": [Edition.objects.get(document=document, language="tr").pk, 1],
    }
    where = reverse(f"admin:{name}", args=arguments[name])
    assert client.get(where).status_code in {405, CLOSED, LOGIN}
    answer = client.post(where, {"text": "x", "version": rows[1].version, "person": person.pk})
    assert (answer.status_code in {200, LOGIN}) == (role in POSTED[name])


def test_every_address_of_ours_is_in_the_table() -> None:
    ours = {
        pattern.name
        for pattern in admin.site.get_urls()
        if isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("publishing.")
    }
    assert ours == set(WHO_ENTERS) | set(POSTED)


@pytest.mark.parametrize("name", WHO_ENTERS)
def test_nobody_enters_without_logging_in(name: str, released: Edition, rows: list[Translation]) -> None:
    answer = Client().get(address(name, released, rows[0]))
    assert (answer.status_code, answer.url.partition("?")[0]) == (LOGIN, "/admin/login/")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_enters_its_rooms_and_no_other(
    role: str, released: Edition, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(ROLES[role]())
    found = {name: client.get(address(name, released, rows[0])).status_code for name in WHO_ENTERS}
    assert found == {name: SEEN if role in who else CLOSED for name, who in WHO_ENTERS.items()}


@pytest.mark.parametrize("role", [role for role in ROLES if role not in REVIEWERS])
def test_a_closed_room_takes_no_orders_either(
    role: str, released: Edition, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(ROLES[role]())
    before = list(Translation.objects.order_by("pk").values_list("version", "state"))
    for name in ("workbench", "edition", "document", "run", "import_article"):
        form = {"segment": rows[0].segment.key, "version": "2", "action": "withdraw", "text": "x"}
        assert client.post(address(name, released, rows[0]), form).status_code == CLOSED
    assert list(Translation.objects.order_by("pk").values_list("version", "state")) == before
    assert released.releases.get().state == "live"


@pytest.mark.parametrize("role", ROLES)
def test_the_navigation_offers_only_open_rooms(
    role: str, released: Edition, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(ROLES[role]())
    for room in client.get("/admin/").context["rooms"]:
        assert client.get(room.address).status_code == SEEN, room.address


@pytest.mark.parametrize(
    "path",
    ["/admin/queue/de/", "/admin/documents/1/de/", "/admin/documents/99999/tr/", "/admin/editions/99999/"],
)
def test_what_is_not_there_is_not_found(
    path: str, released: Edition, signed_in: Callable[[Person], Client]
) -> None:
    assert signed_in(cast.carol()).get(path).status_code == 404


def test_the_source_language_has_no_workbench(
    document: Document, signed_in: Callable[[Person], Client]
) -> None:
    assert signed_in(cast.carol()).get(f"/admin/documents/{document.pk}/en/").status_code == 404


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_the_interface_speaks_the_language_that_was_chosen(
    language: str, db: None, signed_in: Callable[[Person], Client]
) -> None:
    for client in (Client(), signed_in(cast.carol())):
        answer = client.post("/i18n/setlang/", {"language": language, "next": "/admin/"}, follow=True)
        assert f'<html lang="{language}"' in answer.content.decode()


def test_a_strict_policy_stands_on_every_page(
    released: Edition, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(cast.carol())
    for name in WHO_ENTERS:
        answer = client.get(address(name, released, rows[0]))
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        page = answer.content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert all("src=" in tag for tag in page.split("<script")[1:])


def test_our_scripts_stay_small() -> None:
    folder = Path(finders.find("publishing/admin/workbench.js")).parent
    assert 0 < sum(script.stat().st_size for script in folder.glob("*.js")) < 40_000


def test_the_frame_is_given_everything_that_django_gives_it(rf: RequestFactory, db: None) -> None:
    request = rf.get("/admin/")
    request.user = cast.carol()
    assert AdminSite.each_context(admin.site, request).keys() <= admin.site.each_context(request).keys()
