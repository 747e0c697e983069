"""notifying, assigning, mailing: who is told of what, what can be turned off, and the digest."""

import smtplib
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now
from django.utils import translation

from publishing.models import AuditEntry, Document, Job, Notice, Person
from publishing.reports import notices
from publishing.worker import loop
from publishing.workflow import assigning, commenting, editing, jobs, notifying, reviewing
from publishing.workflow.errors import NotAllowed, NotOpened, WrongLanguage
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    made = cast.article()
    cast.opened(made)
    return made


@pytest.fixture
def ayse() -> Person:
    return cast.person("ayse", cast.access.TRANSLATORS, "tr", first_name="Ayşe", email="ayse@example.org")


@pytest.fixture
def carol() -> Person:
    return cast.carol()


def told(person: Person) -> list[str]:
    return list(person.notices.order_by("pk").values_list("kind", flat=True))


class TestAssigning:
    def test_tells_the_person_and_stands_in_the_evidence(
        self, document: Document, ayse: Person, carol: Person
    ) -> None:
        assigning.assign(document, "tr", ayse, actor=carol, due_on=date(2026, 12, 24))
        assert told(ayse) == ["assigned"]
        assert AuditEntry.objects.get(verb="assign").data == {
            "language": "tr",
            "to": "ayse",
            "due": "2026-12-24",
        }

    def test_twice_changes_the_day_and_tells_once(
        self, document: Document, ayse: Person, carol: Person
    ) -> None:
        assigning.assign(document, "tr", ayse, actor=carol)
        made = assigning.assign(document, "tr", ayse, actor=carol, due_on=date(2027, 1, 1))
        assert (made.due_on, told(ayse)) == (date(2027, 1, 1), ["assigned"])

    def test_is_an_editors(self, document: Document, ayse: Person) -> None:
        with pytest.raises(NotAllowed):
            assigning.assign(document, "tr", ayse, actor=ayse)

    def test_is_to_somebody_who_works_in_the_language(self, document: Document, carol: Person) -> None:
        with pytest.raises(WrongLanguage):
            assigning.assign(document, "tr", cast.person("elena", "Translators", "ru"), actor=carol)

    def test_is_of_a_text_that_is_being_translated(self, document: Document, carol: Person) -> None:
        with pytest.raises(NotOpened):
            assigning.assign(document, "ru", cast.boris(), actor=carol)

    def test_can_be_taken_back(self, document: Document, ayse: Person, carol: Person) -> None:
        made = assigning.assign(document, "tr", ayse, actor=carol)
        assigning.withdraw(made, actor=carol)
        assert not document.assignments.exists()


def test_a_return_tells_the_author(document: Document, ayse: Person) -> None:
    boris = cast.boris()
    row = cast.rows(document)[2]
    row = editing.submit(row, text="Gemiler çıktı.", actor=boris, seen_version=row.version)
    cast.returned(row, ayse)
    assert told(boris) == ["returned"]


def test_a_return_of_a_machines_text_tells_nobody(document: Document, ayse: Person) -> None:
    cast.returned(cast.rows(document)[3], ayse)
    assert not Notice.objects.exists()


def test_the_editors_are_told_once_when_a_text_is_complete(
    document: Document, ayse: Person, carol: Person
) -> None:
    texts = ["Tahıl Karadeniz’i geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı."]
    boris = cast.boris()
    for row, text in zip(cast.rows(document), [*texts, None], strict=True):
        made = editing.submit(row, text=text, actor=boris, seen_version=row.version) if text else row
        loop.drain()
        assert told(carol) == []
        made = reviewing.approve(made, actor=ayse, seen_version=made.version)
    loop.drain()
    assert told(carol) == ["ready_to_release"]
    reviewing.undo(made, actor=ayse, seen_version=made.version)
    row = cast.rows(document)[3]
    reviewing.approve(row, actor=ayse, seen_version=row.version)
    loop.drain()
    assert told(carol) == ["ready_to_release"], "she has not looked yet"


class TestAChoice:
    def test_turns_a_kind_off(self, document: Document, ayse: Person) -> None:
        notifying.choose(ayse, muted=["mention", "nonsense", "release_held_up"], wants_mail=True)
        ayse.refresh_from_db()
        assert ayse.muted_notices == ["mention"]
        commenting.comment(cast.rows(document)[2], "@ayse", actor=cast.boris())
        assert told(ayse) == []

    def test_does_not_turn_off_that_a_release_was_held_up(self, ayse: Person) -> None:
        Person.objects.filter(pk=ayse.pk).update(muted_notices=["release_held_up"])
        ayse.refresh_from_db()
        assert notifying.tell(ayse, "release_held_up") is not None


@pytest.mark.parametrize("kind", notifying.KINDS)
@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_every_kind_has_its_words(document: Document, ayse: Person, kind: str, language: str) -> None:
    notifying.tell(ayse, kind, document=document, by="Boris", language="tr")
    with translation.override(language):
        (read,) = notices.unseen(ayse)
        assert "Grain Crosses the Black Sea" in read.line
        assert read.line != kind
        assert "%" not in read.line


class TestTheDigest:
    @pytest.fixture(autouse=True)
    def _server(self, settings: Any) -> None:
        settings.EMAIL_HOST = "mail.example.org"
        mail.outbox.clear()

    def due(self) -> None:
        Job.objects.filter(kind="digest").update(not_before=Now())
        loop.drain()

    def test_waits_for_what_else_comes_in(self, document: Document, ayse: Person, carol: Person) -> None:
        assigning.assign(document, "tr", ayse, actor=carol)
        commenting.comment(cast.rows(document)[2], "@ayse, bak", actor=carol)
        loop.drain()
        assert mail.outbox == []
        self.due()
        (message,) = mail.outbox
        assert message.to == ["ayse@example.org"]
        assert message.subject.startswith("Dragoman")
        assert "“@ayse, bak”" in message.body
        assert message.body.count("–") == 2

    def test_is_in_the_language_that_the_person_works_in(
        self, document: Document, ayse: Person, carol: Person
    ) -> None:
        assigning.assign(document, "tr", ayse, actor=carol)
        self.due()
        assert "Merhaba Ayşe" in mail.outbox[0].body

    def test_tells_nothing_twice(self, document: Document, ayse: Person, carol: Person) -> None:
        assigning.assign(document, "tr", ayse, actor=carol)
        self.due()
        commenting.comment(cast.rows(document)[2], "@ayse", actor=carol)
        self.due()
        assert [message.body.count("–") for message in mail.outbox] == [1, 1]

    def test_leaves_out_what_was_seen(self, document: Document, ayse: Person, carol: Person) -> None:
        assigning.assign(document, "tr", ayse, actor=carol)
        notifying.see_all(actor=ayse)
        self.due()
        assert mail.outbox == []

    def test_is_not_for_those_who_do_not_want_it(
        self, document: Document, ayse: Person, carol: Person
    ) -> None:
        notifying.choose(ayse, muted=[], wants_mail=False)
        ayse.refresh_from_db()
        assigning.assign(document, "tr", ayse, actor=carol)
        assert not Job.objects.filter(kind="digest").exists()

    def test_comes_later_where_the_server_is_away(
        self, document: Document, ayse: Person, carol: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assigning.assign(document, "tr", ayse, actor=carol)

        def away(*_: Any) -> None:
            raise smtplib.SMTPConnectError(421, "away")

        monkeypatch.setattr(mail.EmailMessage, "send", away)
        self.due()
        assert Job.objects.get(kind="digest").state == Job.State.READY
        monkeypatch.undo()
        self.due()
        assert len(mail.outbox) == 1

    def test_is_one_job_a_person(self, ayse: Person) -> None:
        for _ in range(3):
            notifying.tell(ayse, "mention", by="x")
        assert Job.objects.filter(kind="digest").count() == 1
        assert jobs.claim() is None, "not due yet"
