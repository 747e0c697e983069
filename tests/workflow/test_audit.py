"""auditing: evidence is bound together, so that whoever changes or removes an entry is found out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.db.utils import IntegrityError

from publishing.models import AuditEntry, Document, Person, Translation
from publishing.worker import loop
from publishing.workflow import auditing, editing, exchanging, ingesting, proposing, releasing, reviewing
from tests import cast

pytestmark = pytest.mark.django_db


def flaws(document: Document) -> list[str]:
    """What an auditor finds who has nothing but the entries and the rule."""
    entries = list(AuditEntry.objects.filter(document=document).order_by("number"))
    found = [f"{e.number}: hash" for e in entries if auditing.digest(e, document.key) != e.hash]
    found += [f"{b.number}: previous" for a, b in pairwise(entries) if b.previous_hash != a.hash]
    found += [f"{n}: number" for n, e in enumerate(entries, 1) if e.number != n]
    return found + [f"{e.number}: beginning" for e in entries[:1] if e.previous_hash]


@pytest.fixture
def document() -> Document:
    """Some decisions of three people about the short article."""
    document = cast.article()
    cast.opened(document)
    boris, ayse = cast.boris(), cast.ayse()
    row = cast.rows(document)[2]
    row = editing.submit(row, text="Gemiler hemen yola çıktı.", actor=boris, seen_version=row.version)
    row = reviewing.return_(row, actor=ayse, seen_version=row.version, reason="style", note="“Derhal”?")
    row = editing.submit(row, text="Gemiler derhal yola çıktı.", actor=boris, seen_version=row.version)
    reviewing.approve(row, actor=ayse, seen_version=row.version)
    return document


def test_every_decision_is_one_entry(document: Document) -> None:
    carol = cast.carol()
    releasing.release(document, "en", actor=carol)
    releasing.release(document, "en", actor=carol)
    releasing.rollback(document, "en", actor=carol)
    releasing.withdraw(document, "en", actor=carol)
    ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode(), actor=carol)
    loop.drain()
    proposing.import_catalog(exchanging.path_of(document, "tr").read_bytes(), actor=carol)
    said = (
        AuditEntry.objects.filter(document=document)
        .order_by("number")
        .values_list("verb", "person__username")
    )
    assert list(said) == [
        ("ingest", None), ("request_run", None), ("pretranslate", None), ("submit", "boris"),
        ("return", "ayse"), ("submit", "boris"), ("approve", "ayse"), ("release", "carol"),
        ("release", "carol"), ("rollback", "carol"), ("withdraw", "carol"), ("change_source", "carol"),
        ("import_catalog", "carol"),
    ]  # fmt: skip
    assert flaws(document) == []


def test_each_document_has_its_own_chain(document: Document) -> None:
    other = cast.article("Another Title\n\nIt rained.\n")
    assert [entry.number for entry in AuditEntry.objects.filter(document=other)] == [1]
    assert flaws(other) == flaws(document) == []


TAMPERING: dict[str, str] = {
    "another verb": "UPDATE publishing_auditentry SET verb = 'submit' WHERE number = 5",
    "another person": "UPDATE publishing_auditentry SET person_id = person_id - 1 WHERE number = 7",
    "nobody": "UPDATE publishing_auditentry SET person_id = NULL WHERE number = 7",
    "another translation": "UPDATE publishing_auditentry SET translation_id = translation_id - 1 WHERE number = 7",
    "another reason": "UPDATE publishing_auditentry SET data = '{\"reason\": \"other\"}' WHERE number = 5",
    "another time": "UPDATE publishing_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE number = 5",
    "another number": "UPDATE publishing_auditentry SET number = 99 WHERE number = 7",
    "another hash": "UPDATE publishing_auditentry SET hash = 'f' WHERE number = 5",
    "another beginning": "UPDATE publishing_auditentry SET previous_hash = 'f' WHERE number = 1",
    "one removed": "DELETE FROM publishing_auditentry WHERE number = 5",
    "the first removed": "DELETE FROM publishing_auditentry WHERE number = 1",
}  # fmt: skip


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_who_changes_the_database_itself_is_found_out(document: Document, statement: str) -> None:
    assert flaws(document) == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1
    assert flaws(document)


def test_who_counts_anew_after_changing_one_entry_has_to_change_all_that_follow(document: Document) -> None:
    entry = AuditEntry.objects.get(document=document, number=5)
    entry.data |= {"note": ""}
    entry.hash = auditing.digest(entry, document.key)
    entry.save()
    assert flaws(document) == ["6: previous"]


def test_the_last_entry_removed_leaves_no_trace_in_the_chain_alone(document: Document) -> None:
    """That is what anchors are for: here the translation's own state still tells of the approval."""
    AuditEntry.objects.filter(document=document).order_by("-number").first().delete()
    assert flaws(document) == []
    assert Translation.objects.filter(state="approved").exists()


class TestTheDigest:
    def made(self, document: Document, **values: object) -> AuditEntry:
        entry = auditing.entry(document, "note", data={"ç": "“x”"})
        entry.at = datetime(2024, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
        for name, value in values.items():
            setattr(entry, name, value)
        return entry

    def test_is_the_same_whatever_zone_the_time_is_told_in(self, document: Document) -> None:
        here = self.made(document)
        there = self.made(document, at=here.at.astimezone(timezone(timedelta(hours=3))))
        assert auditing.digest(here, "k") == auditing.digest(there, "k")

    def test_is_the_same_whatever_order_the_data_come_back_in(self, document: Document) -> None:
        one = self.made(document, data={"a": 1, "b": [1, 2]})
        other = self.made(document, data={"b": [1, 2], "a": 1})
        assert auditing.digest(one, "k") == auditing.digest(other, "k")

    @pytest.mark.parametrize(
        "change",
        [
            lambda e: setattr(e, "number", 2),
            lambda e: setattr(e, "verb", "other"),
            lambda e: setattr(e, "person_id", 1),
            lambda e: setattr(e, "translation_id", 1),
            lambda e: setattr(e, "data", {"c": "“x”"}),
            lambda e: setattr(e, "at", e.at + timedelta(microseconds=1)),
            lambda e: setattr(e, "previous_hash", "0"),
        ],
    )
    def test_differs_with_whatever_the_entry_says(
        self, document: Document, change: Callable[[AuditEntry], None]
    ) -> None:
        entry = self.made(document)
        before = auditing.digest(entry, "k")
        change(entry)
        assert auditing.digest(entry, "k") != before

    def test_differs_between_documents(self, document: Document) -> None:
        assert auditing.digest(self.made(document), "k") != auditing.digest(self.made(document), "l")


def test_a_number_is_given_once(document: Document) -> None:
    entry = AuditEntry.objects.filter(document=document).latest("number")
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize("username", ["ayse", "boris"])
def test_who_decided_cannot_be_deleted(document: Document, username: str) -> None:
    with pytest.raises(ProtectedError):
        Person.objects.get(username=username).delete()


def test_what_was_decided_on_cannot_be_deleted(document: Document) -> None:
    for thing in (document, cast.rows(document)[2], cast.rows(document)[2].current):
        with pytest.raises(ProtectedError):
            thing.delete()
