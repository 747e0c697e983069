"""Omitting: an editor leaves a sentence out in one language, with a reason; a second person releases."""

import pytest

from publishing.models import AuditEntry, Document, Finding, Person, Translation
from publishing.models.translation import State
from publishing.reports import gate, texts
from publishing.worker import loop
from publishing.workflow import editing, exchanging, ingesting, omitting, releasing, reviewing
from publishing.workflow.errors import (
    CannotBeOmitted,
    EmptyOnPurpose,
    NotAllowed,
    NotOmitted,
    ReasonMissing,
    ReferencesWouldBeLost,
    SameHands,
    StaleVersion,
)
from tests import cast

pytestmark = pytest.mark.django_db

TEXTS = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")
REASON = "Turkish readers know."


@pytest.fixture
def document() -> Document:
    document = cast.article()
    ayse = cast.ayse()
    for row, text in zip(cast.opened(document), TEXTS, strict=False):
        editing.submit(row, text=text, actor=ayse, seen_version=row.version)
    return document


@pytest.fixture
def carol() -> Person:
    return cast.carol()


def last(document: Document) -> Translation:
    return cast.rows(document)[2]


def omit(row: Translation, actor: Person, reason: str = REASON) -> Translation:
    return omitting.omit(row, actor=actor, seen_version=row.version, reason=reason)


class TestOmitting:
    def test_it_is_empty_on_purpose(self, document: Document, carol: Person) -> None:
        omit(last(document), carol)
        row = last(document)
        assert (row.text, row.omitted, row.state, row.approved_by) == ("", True, State.APPROVED, carol)
        assert row.revisions.get(author__username="ayse").text == TEXTS[2]

    def test_the_reason_is_on_record(self, document: Document, carol: Person) -> None:
        omit(last(document), carol)
        entry = AuditEntry.objects.get(verb="omit")
        assert (entry.person, entry.data["reason"], entry.data["revision"]) == (carol, REASON, 1)

    def test_a_reason_is_needed(self, document: Document, carol: Person) -> None:
        with pytest.raises(ReasonMissing):
            omit(last(document), carol, "  ")

    def test_only_by_editors(self, document: Document) -> None:
        with pytest.raises(NotAllowed):
            omit(last(document), Person.objects.get(username="ayse"))

    def test_only_what_was_displayed(self, document: Document, carol: Person) -> None:
        row = last(document)
        with pytest.raises(StaleVersion):
            omitting.omit(row, actor=carol, seen_version=row.version - 1, reason=REASON)

    @pytest.mark.parametrize("place", [0, 3])
    def test_not_a_title_and_not_a_note(self, document: Document, carol: Person, place: int) -> None:
        with pytest.raises(CannotBeOmitted):
            omit(cast.rows(document)[place], carol)

    def test_not_with_its_references(self, document: Document, carol: Person) -> None:
        with pytest.raises(ReferencesWouldBeLost, match=r"\[1\]"):
            omit(cast.rows(document)[1], carol)

    def test_once_another_has_them_it_may(self, document: Document, carol: Person) -> None:
        row = last(document)
        editing.submit(row, text="Gemiler hemen yola çıktı.[1]", actor=carol, seen_version=row.version)
        omit(cast.rows(document)[1], carol)
        assert not Finding.objects.filter(severity="block").exists()

    def test_a_run_leaves_it_alone(self, document: Document, carol: Person) -> None:
        omit(last(document), carol)
        cast.opened(document)
        assert last(document).omitted

    def test_nobody_writes_into_it(self, document: Document, carol: Person) -> None:
        row = omit(last(document), carol)
        with pytest.raises(EmptyOnPurpose):
            editing.submit(row, text="Evet.", actor=carol, seen_version=row.version)

    def test_neither_page_nor_catalog_has_it(self, document: Document, carol: Person) -> None:
        row = omit(last(document), carol)
        paragraph = next(b for b in texts.of_document(document, "tr") if b.block.kind == "paragraph")
        assert paragraph.text == TEXTS[1]
        assert row.segment.key not in {unit.key for unit in exchanging.snapshot(document, "tr").units}


class TestFourEyes:
    @pytest.fixture
    def ready(self, document: Document, carol: Person) -> Document:
        """Everything approved by a translator, one sentence left out by the editor."""
        omit(last(document), carol)
        boris = cast.boris()
        note = cast.rows(document)[3]
        text = "“Ports Reopen”, Reuters, (Erişim Tarihi: 01.08.2023)."
        if note.state == State.MISSING:
            note = editing.submit(note, text=text, actor=carol, seen_version=note.version)
        for row in cast.rows(document):
            if row.state != State.APPROVED:
                reviewing.approve(row, actor=boris, seen_version=row.version)
        releasing.release(document, "en", actor=carol)
        return document

    def test_whoever_left_it_out_does_not_release_alone(self, ready: Document, carol: Person) -> None:
        with pytest.raises(SameHands):
            releasing.release(ready, "tr", actor=carol)
        (hold_up,) = gate.alone(ready, "tr", carol)
        assert last(ready).segment.key in hold_up.segments

    def test_another_editor_releases_it(self, ready: Document) -> None:
        other = cast.person("erik", "Editors")
        release = releasing.release(ready, "tr", actor=other)
        assert TEXTS[2] not in release.body
        assert [text for *_rest, text in release.manifest]
        loop.drain()


class TestBringingBack:
    def test_the_last_text_waits_to_be_mended(self, document: Document, carol: Person) -> None:
        row = omit(last(document), carol)
        omitting.bring_back(row, actor=carol, seen_version=row.version)
        row = last(document)
        assert (row.text, row.state, row.omitted) == (TEXTS[2], State.NEEDS_EDIT, False)

    def test_or_it_is_missing(self, carol: Person) -> None:
        document = cast.article()
        cast.opened(document)
        row = omit(last(document), carol)
        omitting.bring_back(row, actor=carol, seen_version=row.version)
        assert last(document).state == State.MISSING

    def test_of_what_is_there(self, document: Document, carol: Person) -> None:
        row = last(document)
        with pytest.raises(NotOmitted):
            omitting.bring_back(row, actor=carol, seen_version=row.version)


def test_another_source_asks_the_editor_again(document: Document, carol: Person) -> None:
    omit(last(document), carol)
    ingesting.import_article(cast.SHORT.replace("at once", "much later").encode())
    row = last(document)
    assert (row.state, row.omitted) == (State.OUTDATED, True)
    omit(row, carol, "Still so.")
    assert last(document).state == State.APPROVED
