"""The first page: for a translator the queues of their languages, for an editor the board, and so on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.languages import CODES
from publishing.models import Job, Person, Translation
from publishing.reports import board as boards
from publishing.reports import queue as waiting
from publishing.reports.notices import Told, unseen
from publishing.workflow import access

from . import board, notices
from .addresses import segment_address
from .naming import language_name, own_name

ARTICLES = 5  # on the first page
NOTICES = 6


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the navigation."""

    label: str
    address: str
    is_current: bool
    language: str = ""
    opens_queues: bool = False


def manages_people(person: Person) -> bool:
    """Administrators; and superusers, who make the first administrator of a new site."""
    return access.may(person, "view_person") or bool(person.is_active and person.is_superuser)


def rooms(request: HttpRequest) -> list[Room]:
    """Where whoever asks may go, in the order of the navigation."""
    person: Any = request.user
    if not (person.is_authenticated and person.is_staff):
        return []
    found = [(_("Newsroom"), reverse("admin:index"), "")]
    if access.may(person, access.TRANSLATE):
        found += [
            (own_name(code), reverse("admin:queue", args=[code]), code)
            for code in access.languages_of(person)
        ]
    if access.may(person, access.RELEASE):
        # Translators: the editors' overview of articles and languages.
        found.append((_("Board"), reverse("admin:board"), ""))
    if access.may(person, access.TRANSLATE):
        found.append((_("Terms"), reverse("admin:terms"), ""))
    if access.rights_of(person):
        found.append((_("Notices"), reverse("admin:notices"), ""))
    if manages_people(person):
        found.append((_("People"), reverse("admin:publishing_person_changelist"), ""))
    if access.rights_of(person):
        # Translators: the tables of everything that is stored, to look things up in.
        found.append((_("Records"), reverse("admin:app_list", args=["publishing"]), ""))
    here = _room_of(request)
    first = next((address for _, address, language in found if language), "")
    return [
        Room(label, address, address == here, language, opens_queues=address == first)
        for label, address, language in found
    ]


def _room_of(request: HttpRequest) -> str:
    """The address of the room that a page belongs to, for the navigation."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    if name in {"queue", "workbench", "segment_history", "matches", "segment_terms", "bulk"} and match:
        return reverse("admin:queue", args=[match.kwargs["language"]])
    if name in {
        "assign",
        "board",
        "compare_releases",
        "document",
        "edition",
        "release_difference",
        "reported",
        "import_article",
        "topics",
        "economics",
        "run",
        "work",
    }:
        return reverse("admin:board")
    if name in {"terms", "term", "add_term"}:
        return reverse("admin:terms")
    if name.startswith("publishing_person_"):
        return reverse("admin:publishing_person_changelist")
    if name == "app_list" or name.startswith("publishing_"):
        return reverse("admin:app_list", args=["publishing"])
    return reverse(f"admin:{name}") if name in {"index", "notices"} else ""


def newsroom(request: HttpRequest, extra_context: dict[str, Any]) -> HttpResponse:
    """The page itself; each part is there for those who have the right to it."""
    person: Any = request.user
    reviews = access.may(person, access.TRANSLATE)
    context = {
        **admin.site.each_context(request),
        "title": admin.site.index_title,
        "subtitle": None,
        "queues": [_queue(person, code) for code in access.languages_of(person)] if reviews else [],
        "told": [(each, notices.address(each, person)) for each in notices_of(person)],
        "may_release": access.may(person, access.RELEASE),
        **(_board() if access.may(person, access.RELEASE) else {}),
        "may_ingest": access.may(person, access.INGEST),
        "may_manage": manages_people(person),
        "people": _people() if manages_people(person) else None,
        "jobs": _jobs() if access.may(person, "view_job") else None,
        "has_role": bool(access.rights_of(person)) or manages_people(person),
        "has_languages": bool(access.languages_of(person)),
        "site_languages": [own_name(code) for code in CODES],
        **extra_context,
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/index.html", context)


def notices_of(person: Person) -> list[Told]:
    """What the person was told and has not seen."""
    return unseen(person, limit=NOTICES)


def _board() -> dict[str, Any]:
    """The newest articles, as the board shows them."""
    lines, following = boards.articles(size=ARTICLES)
    return {**board.table(lines), "more_articles": following is not None}


def _queue(person: Person, language: str) -> dict[str, Any]:
    following, tally = waiting.next_for(person, language), waiting.tally(language)
    return {
        "code": language,
        "name": language_name(language),
        "own_name": own_name(language),
        "tally": tally,
        "states": _counted(tally),
        "address": reverse("admin:queue", args=[language]),
        "next": following,
        "next_address": _address(following) if following else "",
    }


def _address(translation: Translation) -> str:
    segment = translation.segment
    return segment_address(segment.document_id, translation.language, segment.key)


def _counted(tally: waiting.Tally) -> list[tuple[str, str, int]]:
    """Code, label and count of each state that something waits in."""
    if tally.more:
        return []
    return [(state, state.label, tally.states[state]) for state in Translation.State if tally.states[state]]


def _people() -> dict[str, int]:
    active = Person.objects.filter(is_active=True)
    return {"active": active.count(), "without_role": active.filter(groups=None).count()}


def _jobs() -> dict[str, Any]:
    due = Job.objects.due().first()
    return {
        "waiting": Job.objects.filter(state__in=(Job.State.READY, Job.State.RUNNING)).count(),
        "dead": Job.objects.filter(state__in=(Job.State.FAILED, Job.State.DEAD)).count(),
        "oldest": due.not_before if due else None,
        "address": reverse("admin:publishing_job_changelist"),
    }
