"""Rule 2 through the browser's eyes: one person, with every right there is, presses everything that can be pressed.

Every page that can be reached is opened, every form in it is posted with each of its buttons, and every decision
of the workbench is posted for every segment, offered or not. Nothing that they wrote is approved by it, and
nothing that they alone have seen goes out.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models.functions import Now
from django.test import Client
from django.urls import URLPattern, resolve, reverse
from lxml import html

from publishing.admin import decisions
from publishing.models import Document, Edition, Job, Person, Release, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import access, assigning, editing, scheduling, terming, topics
from tests import cast

MINE = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")
ELSEWHERE = ("/admin/logout", "/admin/password_change", "/admin/jsi18n", "/admin/login", "/i18n/")
"""Leaving, one's own password, the language: no decision. People are an administrator's, see the decision on ranks."""
UNREACHED = {
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "jsi18n",
    "autocomplete",
    "view_on_site",
}


WHEN = {"date": "2031-01-01", "datetime-local": "2031-01-01T09:00"}


@pytest.fixture
def alone() -> Person:
    person = cast.person("alone", access.EDITORS, "en", "tr", "ru", is_superuser=True)
    person.groups.add(
        *Group.objects.exclude(name=access.EDITORS_IN_CHIEF)
    )  # whose override is the one exception
    return person


@pytest.fixture
def document(alone: Person) -> Document:
    """An article whose Turkish text is theirs, but for the note that a rule has drafted."""
    document = cast.article()
    for row, text in zip(cast.opened(document), MINE, strict=False):
        editing.submit(row, text=text, actor=alone, seen_version=row.version)
    assigning.assign(document, "tr", alone, actor=alone)
    terming.add_term([terming.Wording("en", "port"), terming.Wording("tr", "liman")], actor=alone)
    topics.add_topic("Sea routes", "en", actor=alone)
    return document


@dataclass
class Crawl:
    """A browser without a conscience: follows every link, posts every form."""

    client: Client
    many: int
    """Pages of one address that are opened: the same room with other parameters."""
    seen: set[str] = field(default_factory=set)
    often: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    posted: int = 0

    def all(self, start: str) -> None:
        waiting = deque([start])
        while waiting:
            address = waiting.popleft()
            path = urlsplit(address).path
            if address in self.seen or self.often.get(path, 0) >= self.many or path.startswith(ELSEWHERE):
                continue
            self.seen.add(address)
            self.often[path] = self.often.get(path, 0) + 1
            self.names.add(resolve(path).url_name or "")
            answer = self.client.get(address)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            tree = html.fromstring(answer.content)
            links = [urljoin(address, link.get("href").split("#")[0]) for link in tree.xpath("//a[@href]")]
            waiting.extend(link for link in links if link.startswith("/admin/"))
            for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
                self.press_all(address, form)

    def press_all(self, address: str, form: html.FormElement) -> None:
        target = urljoin(address, form.get("action") or address)
        if urlsplit(target).path.startswith(ELSEWHERE) or "/person/" in target:
            return
        for values in filled(form):
            self.client.post(target, values)
            self.posted += 1
            self.names.add(resolve(urlsplit(target).path).url_name or "")


def filled(form: html.FormElement) -> Iterator[dict[str, list[str]]]:
    """The form's values for each of its buttons and each choice of a list of actions: everything ticked, all filled."""
    values: dict[str, list[str]] = {}
    for field_ in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        kind = field_.get("type", "")
        if kind in {"submit", "file"}:
            continue
        if field_.tag == "select":
            options = [option.get("value") or "" for option in field_.xpath(".//option")]
            values[field_.get("name")] = [next(iter(reversed(options)), "")]
        elif kind in {"checkbox", "radio"}:
            values.setdefault(field_.get("name"), []).append(field_.get("value") or "on")
            values[field_.get("name")] = (
                values[field_.get("name")][-1:] if kind == "radio" else values[field_.get("name")]
            )
        elif kind in WHEN:
            values[field_.get("name")] = [WHEN[kind]]
        else:
            said = field_.text if field_.tag == "textarea" else field_.get("value")
            values[field_.get("name")] = [said or "Because."]
    buttons = form.xpath(".//button[@name] | .//input[@type='submit'][@name]")
    for button in buttons or [None]:
        yield values | ({button.get("name"): [button.get("value") or ""]} if button is not None else {})
    for actions in form.xpath(".//select[@name='action']"):
        for option in actions.xpath(".//option[@value!='']"):
            yield values | {"action": [option.get("value")]}


def what_they_may_not(alone: Person) -> list[str]:
    """Everything that would have broken the rule."""
    approved = Translation.objects.filter(state=State.APPROVED).select_related("current")
    broken = [f"{row.pk} approved" for row in approved if row.current and row.current.is_by(alone.pk)]
    live = Release.objects.frozen().filter(edition__language="tr")
    return broken + [f"{release.pk} {release.state}" for release in live]


@pytest.mark.django_db
@pytest.mark.parametrize(("rounds", "many"), [(1, 1), pytest.param(3, 6, marks=pytest.mark.long)])
def test_presses_everything_and_gets_nothing_past_four_eyes(
    document: Document, alone: Person, rounds: int, many: int
) -> None:
    client = Client()
    client.force_login(alone)
    crawl = Crawl(client, many)
    for _round in range(rounds):  # what the first round's forms have made can be pressed in the second
        crawl.seen.clear()
        crawl.often.clear()
        crawl.all("/admin/")
        loop.drain()
        Release.objects.filter(state="scheduled").update(scheduled_for=Now())
        Job.objects.filter(kind=scheduling.KIND).update(not_before=Now())
        loop.drain()  # the hour of what they scheduled
        assert what_they_may_not(alone) == []
    assert crawl.posted > 30
    ours = {
        pattern.name
        for pattern in admin.site.get_urls()
        if isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("publishing.")
    }
    releases = {"release_difference", "compare_releases", "release_record"}  # no release of theirs
    beyond = releases | {"draft", "take_next", "matches"}  # scripts; no page
    assert ours - crawl.names - beyond - UNREACHED == set()


@pytest.mark.django_db
def test_posts_every_decision_for_every_segment_offered_or_not(document: Document, alone: Person) -> None:
    client = Client()
    client.force_login(alone)
    path = reverse("admin:workbench", args=[document.pk, "tr"])
    for action in ["approve", *decisions.VERBS, "overrule:0", "dismiss:0", "approve"]:
        for row in cast.rows(document):
            form = {
                "segment": row.segment.key,
                "version": row.version,
                "revision": row.current_id or "",
                "text": row.text,
                "action": action,
                "before": row.version,
                "omission": "Because.",
                "reason": "style",
            }
            client.post(path, form)
        assert what_they_may_not(alone) == []
    loop.drain()
    edition = Edition.objects.get(document=document, language="tr")
    client.post(reverse("admin:edition", args=[edition.pk]), {"action": "release"})
    assert what_they_may_not(alone) == []


@pytest.mark.django_db
def test_approves_none_of_it_at_one_look(document: Document, alone: Person) -> None:
    client = Client()
    client.force_login(alone)
    path = reverse("admin:bulk", args=[document.pk, "tr"])
    rows = cast.rows(document)
    form: dict[str, object] = {"pick": [row.segment.key for row in rows]}
    for row in rows:
        form[f"version-{row.segment.key}"] = row.version
        form[f"seen-{row.segment.key}"] = "forged"
    client.post(path, form)
    assert not Translation.objects.filter(state=State.APPROVED).exists()
