"""An edition's page: scheduled, together or alone, cancelled, corrected, excepted; and what readers are told of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import Document, Edition, Job, Page, Person, Release, Translation
from publishing.worker import loop
from publishing.workflow import access, editing, releasing, reviewing, scheduling
from tests import cast

LOG_IN = Callable[[Person], Client]
TEXTS = {
    "tr": ["Tahıl Karadeniz'i geçiyor", "Limanlar Temmuz 2023'te açıldı.[1]", "Gemiler hemen yola çıktı."],
    "ru": [
        "Зерно идёт через Чёрное море",
        "Порты открылись в июле 2023 года.[1]",
        "Суда сразу вышли в море.",
    ],
}


@pytest.fixture
def carol(document: Document) -> Person:
    return cast.carol()


@pytest.fixture
def client(carol: Person, signed_in: LOG_IN) -> Client:
    return signed_in(carol)


@pytest.fixture
def boris(document: Document) -> Person:
    return cast.boris()


def approved(document: Document, language: str, boris: Person) -> Edition:
    """Written by Boris, approved by another translator."""
    other = cast.person(f"other-{language}", access.TRANSLATORS, language)
    for row, text in zip(cast.rows(document, language), [*TEXTS[language], ""], strict=True):
        made = editing.submit(row, text=text, actor=boris, seen_version=row.version) if text else row
        reviewing.approve(made, actor=other, seen_version=made.version)
    return edition_of(document, language)


def edition_of(document: Document, language: str) -> Edition:
    return Edition.objects.get(document=document, language=language)


@pytest.fixture
def turkish(document: Document, boris: Person) -> Edition:
    return approved(document, "tr", boris)


def path(edition: Edition) -> str:
    return reverse("admin:edition", args=[edition.pk])


def in_an_hour() -> str:
    return timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")


def its_hour_comes() -> None:
    Release.objects.filter(state="scheduled").update(scheduled_for=Now())
    Job.objects.filter(kind=scheduling.KIND).update(not_before=Now())
    loop.drain()


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")


class TestSchedule:
    def test_is_told_and_kept_until_the_hour(self, client: Client, turkish: Edition) -> None:
        assert client.post(path(turkish), {"action": "schedule", "at": in_an_hour(), "note": "At noon"}).url
        made = Release.objects.get(edition=turkish)
        assert (made.state, made.note) == ("scheduled", "At noon")
        page = client.get(path(turkish))
        assert page.context["planned"] == made
        assert "Scheduled for" in page.content.decode()

    def test_goes_out_at_the_hour(self, client: Client, turkish: Edition) -> None:
        client.post(path(turkish), {"action": "schedule", "at": in_an_hour()})
        its_hour_comes()
        assert Release.objects.get(edition=turkish).state == "live"

    def test_that_the_gate_refuses_says_why_on_the_page(
        self, client: Client, turkish: Edition, document: Document, boris: Person
    ) -> None:
        client.post(path(turkish), {"action": "schedule", "at": in_an_hour()})
        row = cast.rows(document)[2]
        editing.submit(row, text="Gemiler yine yola çıktı.", actor=boris, seen_version=row.version)
        its_hour_comes()
        page = client.get(path(turkish)).content.decode()
        assert Release.objects.get(edition=turkish).state == "draft"
        assert "It was to go out on" in page
        assert "1 segment is not approved" in page

    @pytest.mark.parametrize("at", ["", "soon", "2026-13-45T99:99", "2001-01-01T09:00"])
    def test_needs_an_hour_to_come(self, client: Client, turkish: Edition, at: str) -> None:
        answer = client.post(path(turkish), {"action": "schedule", "at": at, "note": "kept"})
        assert answer.status_code == 409
        assert answer.context["refusal"]
        assert "kept" in answer.content.decode()
        assert not Release.objects.exists()

    def test_is_cancelled(self, client: Client, turkish: Edition) -> None:
        client.post(path(turkish), {"action": "schedule", "at": in_an_hour()})
        client.post(path(turkish), {"action": "cancel"})
        assert Release.objects.get(edition=turkish).state == "draft"
        assert "taken back" in client.get(path(turkish)).content.decode()
        its_hour_comes()
        assert Release.objects.get(edition=turkish).state == "draft"


class TestTogether:
    @pytest.fixture
    def russian(self, document: Document, boris: Person) -> Edition:
        cast.opened(document, "ru")
        return edition_of(document, "ru")

    def test_or_not_at_all(self, client: Client, turkish: Edition, russian: Edition) -> None:
        answer = client.post(path(turkish), {"action": "release", "with": [russian.pk]})
        assert answer.status_code == 409
        assert not Release.objects.exists()

    def test_at_one_moment(
        self, client: Client, turkish: Edition, russian: Edition, document: Document, boris: Person
    ) -> None:
        approved(document, "ru", boris)
        client.post(path(turkish), {"action": "release", "with": [russian.pk]})
        assert len(set(Release.objects.values_list("released_at", flat=True))) == 1
        assert Release.objects.live().count() == 2

    def test_scheduled(self, client: Client, turkish: Edition, russian: Edition) -> None:
        client.post(path(turkish), {"action": "schedule", "at": in_an_hour(), "with": [russian.pk]})
        assert client.get(path(turkish)).context["planned_with"] == ["Russian"]
        its_hour_comes()
        assert not Release.objects.live().exists()

    def test_a_correction_belongs_to_one(self, client: Client, turkish: Edition, russian: Edition) -> None:
        form = {"action": "release", "with": [russian.pk], "correction": "Rakam düzeltildi."}
        assert client.post(path(turkish), form).status_code == 409

    def test_only_with_editions_of_the_same_document(self, client: Client, turkish: Edition) -> None:
        other = cast.article("Another\n\nA sentence.")
        foreign = Edition.objects.get(document=other)
        client.post(path(turkish), {"action": "release", "with": [foreign.pk, "x"]})
        assert [made.edition for made in Release.objects.live()] == [turkish]


class TestCorrections:
    @pytest.fixture
    def live(self, turkish: Edition, carol: Person) -> Edition:
        releasing.release(turkish.document, "en", actor=carol)
        releasing.release(turkish.document, "tr", actor=carol)
        return turkish

    def read(self, edition: Edition) -> str:
        loop.drain()
        edition.refresh_from_db()
        return bytes(Page.objects.get(path=f"/tr/{edition.slug}/").content).decode()

    def test_are_offered_once_readers_have_had_something(self, client: Client, turkish: Edition) -> None:
        assert not client.get(path(turkish)).context["may_correct"]
        form = {"action": "release", "correction": "Rakam düzeltildi."}
        assert client.post(path(turkish), form).status_code == 409

    def test_are_told_to_readers_with_their_day(self, client: Client, live: Edition) -> None:
        client.post(path(live), {"action": "release", "correction": "Rakam <düzeltildi>."})
        page = self.read(live)
        assert "Rakam &lt;düzeltildi&gt;." in page
        assert f'<time datetime="{timezone.localdate():%Y-%m-%d}">' in page
        client.post(path(live), {"action": "release", "correction": "Tarih düzeltildi."})
        page = self.read(live)
        assert page.index("Tarih düzeltildi.") < page.index("Rakam &lt;düzeltildi&gt;.")

    def test_a_note_for_colleagues_is_not(self, client: Client, live: Edition) -> None:
        client.post(path(live), {"action": "release", "note": "Aramızda kalsın."})
        assert "Aramızda" not in self.read(live)

    def test_of_the_original_are_told_until_somebody_settles_it(self, client: Client, live: Edition) -> None:
        before = self.read(live)
        client.post(path(live), {"action": "original_corrected"})
        assert 'class="corrections"' in self.read(live)
        client.post(path(live), {"action": "original_settled"})
        # That it changed is said to machines; when is not the same any more.
        assert MOMENT.sub("", self.read(live)) == MOMENT.sub("", before)

    def test_translators_are_named(self, live: Edition) -> None:
        assert "Борис" in self.read(live)


class TestException:
    WHY = "Only one editor is on duty tonight."

    @pytest.fixture
    def alone(self, document: Document, carol: Person, boris: Person) -> Edition:
        """Everything approved by Carol alone, the note that a rule drafted among it."""
        for row, text in zip(cast.rows(document), [*TEXTS["tr"], ""], strict=True):
            made = editing.submit(row, text=text, actor=boris, seen_version=row.version) if text else row
            reviewing.approve(made, actor=carol, seen_version=made.version)
        return edition_of(document, "tr")

    def test_is_not_offered_to_every_editor(self, client: Client, alone: Edition) -> None:
        assert 'name="override"' not in client.get(path(alone)).content.decode()
        assert client.post(path(alone), {"action": "release", "override": self.WHY}).status_code == 403

    def test_stands_in_the_report(self, client: Client, alone: Edition, carol: Person) -> None:
        carol.groups.add(Group.objects.get(name=access.EDITORS_IN_CHIEF))
        client.post(path(alone), {"action": "release", "override": self.WHY})
        made = Release.objects.get(edition=alone)
        assert (made.state, made.override) == ("live", self.WHY)
        assert self.WHY in client.get(path(alone)).content.decode()


def test_an_unknown_decision_is_refused(client: Client, turkish: Edition) -> None:
    assert client.post(path(turkish), {"action": "burn"}).status_code == 409


def test_translations_of_a_source_say_nothing_of_an_original(client: Client, document: Document) -> None:
    source = edition_of(document, "en")
    assert "original_corrected" not in client.get(path(source)).content.decode()
    assert Translation.objects.exists()


class TestInPreparation:
    def test_is_said_and_taken_back(self, client: Client, document: Document) -> None:
        turkish = edition_of(document, "tr")
        assert 'value="in_preparation"' in client.get(path(turkish)).content.decode()
        assert client.post(path(turkish), {"action": "in_preparation"}).status_code == 302
        page = client.get(path(turkish)).content.decode()
        assert 'value="not_in_preparation"' in page
        assert "are told that this one is in preparation" in page
        client.post(path(turkish), {"action": "not_in_preparation"})
        turkish.refresh_from_db()
        assert not turkish.in_preparation

    def test_is_not_offered_of_what_readers_have_had(
        self, client: Client, turkish: Edition, carol: Person
    ) -> None:
        releasing.release(turkish.document, "tr", actor=carol)
        assert "in_preparation" not in client.get(path(turkish)).content.decode()
        answer = client.post(path(turkish), {"action": "in_preparation"})
        assert answer.status_code == 409
        assert "cannot be in preparation" in answer.context["refusal"]


class TestTheSlug:
    def test_is_changed_and_the_old_one_shown(self, client: Client, turkish: Edition, carol: Person) -> None:
        assert 'value="give_slug"' not in client.get(path(turkish)).content.decode()
        releasing.release(turkish.document, "tr", actor=carol)
        turkish.refresh_from_db()
        old = turkish.slug
        assert client.post(path(turkish), {"action": "give_slug", "slug": " tahil "}).status_code == 302
        turkish.refresh_from_db()
        assert turkish.slug == "tahil"
        assert client.get(path(turkish)).context["former_slugs"] == [old]

    def test_that_cannot_be_is_refused_and_kept_in_the_field(
        self, client: Client, turkish: Edition, carol: Person
    ) -> None:
        releasing.release(turkish.document, "tr", actor=carol)
        answer = client.post(path(turkish), {"action": "give_slug", "slug": "Tahıl & <b>"})
        assert answer.status_code == 409
        assert 'value="Tahıl &amp; &lt;b&gt;"' in answer.content.decode()
        assert "cannot be a slug" in answer.context["refusal"]
