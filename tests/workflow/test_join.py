"""Joining and separating: in one language two sentences become one text, and nothing that was said is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.catalogs import po
from publishing.models import AuditEntry, Document, Finding, Person, Revision, Segment, Translation
from publishing.models.translation import State
from publishing.pages import body
from publishing.reports import gate, matches, picking, queue, texts
from publishing.worker import loop
from publishing.workflow import (
    editing,
    exchanging,
    indexing,
    ingesting,
    joining,
    omitting,
    proposing,
    remembering,
    reviewing,
)
from publishing.workflow.errors import (
    EmptyOnPurpose,
    NotAllowed,
    NothingBefore,
    NotJoined,
    SameHands,
    StaleVersion,
    WrongLanguage,
)
from tests import cast

pytestmark = pytest.mark.django_db

FIRST, SECOND = "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı."
BOTH = f"{FIRST} {SECOND}"
ONE_SENTENCE = "Temmuz 2023’te limanlar açılınca[1] gemiler hemen yola çıktı."


@pytest.fixture
def document() -> Document:
    document = cast.article()
    cast.opened(document)
    return document


@pytest.fixture
def ayse() -> Person:
    return cast.ayse()


@pytest.fixture
def boris() -> Person:
    return cast.boris()


def write(row: Translation, text: str, actor: Person) -> Translation:
    return editing.submit(row, text=text, actor=actor, seen_version=row.version)


def sentences(document: Document) -> tuple[Translation, Translation]:
    _title, first, second, _note = cast.rows(document)
    return first, second


def joined(document: Document, actor: Person) -> tuple[Translation, Translation]:
    first, second = sentences(document)
    joining.join(second, actor=actor, seen_version=second.version, seen_before=first.version)
    return sentences(document)


@pytest.fixture
def written(document: Document, ayse: Person, boris: Person) -> Document:
    """Two sentences, each in the words of another translator."""
    first, second = sentences(document)
    write(first, FIRST, ayse)
    write(second, SECOND, boris)
    return document


class TestJoining:
    def test_the_first_has_the_words_of_both(self, written: Document, ayse: Person) -> None:
        first, second = joined(written, ayse)
        assert (first.text, first.state, first.source) == (
            BOTH,
            State.SUBMITTED,
            "The ports opened in July 2023.[1] Ships left at once.",
        )
        assert (second.text, second.joined_to, second.state) == ("", first, State.SUBMITTED)
        assert first.previous_source is None

    def test_what_each_said_stays_in_its_history(self, written: Document, ayse: Person) -> None:
        joined(written, ayse)
        assert set(Revision.objects.values_list("text", flat=True)) >= {FIRST, SECOND, BOTH}

    def test_it_is_one_entry_of_evidence(self, written: Document, ayse: Person) -> None:
        first, second = joined(written, ayse)
        entry = AuditEntry.objects.get(verb="join")
        assert (entry.person, entry.translation) == (ayse, first)
        assert entry.data["segments"] == [first.segment.key, second.segment.key]

    def test_one_that_is_missing_has_to_be_mended(self, document: Document, ayse: Person) -> None:
        write(sentences(document)[0], FIRST, ayse)
        first, _second = joined(document, ayse)
        assert (first.text, first.state) == (FIRST, State.NEEDS_EDIT)

    def test_two_that_are_missing_stay_so(self, document: Document, ayse: Person) -> None:
        first, second = joined(document, ayse)
        assert (first.state, second.state, first.current) == (State.MISSING, State.MISSING, None)
        write(first, BOTH, ayse)
        assert [row.state for row in sentences(document)] == [State.SUBMITTED] * 2

    def test_other_languages_know_nothing_of_it(self, written: Document, ayse: Person) -> None:
        cast.opened(written, "ru")
        joined(written, ayse)
        assert [row.joined_to for row in cast.rows(written, "ru")] == [None] * 4

    def test_there_must_be_a_sentence_before_it(self, written: Document, ayse: Person) -> None:
        first, _second = sentences(written)
        with pytest.raises(NothingBefore):
            joining.join(first, actor=ayse, seen_version=first.version, seen_before=0)

    @pytest.mark.parametrize(("behind", "before"), [(1, 0), (0, 1)])
    def test_both_must_be_as_displayed(
        self, written: Document, ayse: Person, behind: int, before: int
    ) -> None:
        first, second = sentences(written)
        with pytest.raises(StaleVersion):
            joining.join(
                second, actor=ayse, seen_version=second.version - behind, seen_before=first.version - before
            )

    def test_only_by_who_reviews_the_language(self, written: Document) -> None:
        with pytest.raises(NotAllowed):
            joined(written, cast.dora())
        with pytest.raises(WrongLanguage):
            joined(written, cast.person("lena", "Translators", "ru"))

    def test_a_third_joins_the_two(self, ayse: Person) -> None:
        document = cast.article("Grain\n\nShips left. Prices fell. Ports closed.")
        cast.opened(document)
        for row, text in zip(
            cast.rows(document)[1:], ("Gemiler gitti.", "Fiyatlar düştü.", "Limanlar kapandı."), strict=True
        ):
            write(row, text, ayse)
        _title, one, two, three = cast.rows(document)
        joining.join(three, actor=ayse, seen_version=three.version, seen_before=two.version)
        _title, one, two, three = cast.rows(document)
        lead = joining.join(two, actor=ayse, seen_version=two.version, seen_before=one.version)
        assert lead.text == "Gemiler gitti. Fiyatlar düştü. Limanlar kapandı."
        assert [row.joined_to_id for row in cast.rows(document)] == [None, None, one.pk, one.pk]
        joining.separate(lead, actor=ayse, seen_version=lead.version)
        assert [row.text for row in cast.rows(document)[1:]] == [
            "Gemiler gitti.",
            "Fiyatlar düştü.",
            "Limanlar kapandı.",
        ]


class TestFourEyes:
    def test_whoever_wrote_a_part_does_not_approve_the_whole(
        self, written: Document, ayse: Person, boris: Person
    ) -> None:
        carol = cast.carol()
        first, _second = joined(written, carol)
        for author in (ayse, boris, carol):
            with pytest.raises(SameHands):
                reviewing.approve(first, actor=author, seen_version=first.version)

    def test_somebody_else_approves_both_at_once(self, written: Document, ayse: Person) -> None:
        first, _second = joined(written, ayse)
        reviewing.approve(first, actor=cast.carol(), seen_version=first.version)
        assert [row.state for row in sentences(written)] == [State.APPROVED] * 2

    def test_in_five_queries(self, written: Document, ayse: Person) -> None:
        first, _second = joined(written, ayse)
        carol = cast.carol()
        with CaptureQueriesContext(connection) as queries:
            reviewing.approve(first, actor=carol, seen_version=first.version)
        assert len(cast.statements(queries)) <= 5

    def test_of_a_new_text_only_its_author_counts(
        self, written: Document, ayse: Person, boris: Person
    ) -> None:
        first, _second = joined(written, cast.carol())
        first = write(first, ONE_SENTENCE, ayse)
        reviewing.approve(first, actor=boris, seen_version=first.version)

    def test_an_approval_of_the_second_from_before_is_not_undone(
        self, written: Document, ayse: Person, boris: Person
    ) -> None:
        carol = cast.carol()
        _first, second = sentences(written)
        reviewing.approve(second, actor=carol, seen_version=second.version)
        lead, _second = joined(written, ayse)
        reviewing.approve(lead, actor=carol, seen_version=lead.version)
        lead, second = sentences(written)
        with pytest.raises(EmptyOnPurpose):
            reviewing.undo(second, actor=carol, seen_version=second.version)
        lead, second = sentences(written)
        assert (second.state, second.approved_by) == (lead.state, lead.approved_by) == (State.APPROVED, carol)

    def test_nobody_decides_on_the_second_alone(self, written: Document, ayse: Person) -> None:
        _first, second = joined(written, ayse)
        with pytest.raises(EmptyOnPurpose):
            write(second, SECOND, ayse)
        with pytest.raises(EmptyOnPurpose):
            reviewing.approve(second, actor=cast.carol(), seen_version=second.version)
        with pytest.raises(EmptyOnPurpose):
            reviewing.return_(second, actor=ayse, seen_version=second.version, reason="style")


class TestEverywhereElse:
    def test_the_queue_has_it_once(self, written: Document, ayse: Person) -> None:
        first, second = joined(written, ayse)
        waiting = [row.pk for row in queue.page(queue.Wanted("tr")).rows]
        assert first.pk in waiting
        assert second.pk not in waiting

    def test_next_for_me_leads_nobody_to_what_they_wrote_a_part_of(
        self, written: Document, ayse: Person, boris: Person
    ) -> None:
        dana = cast.person("dana", "Translators", "tr")
        lead, _second = joined(written, dana)
        assert lead.current.author == dana
        for part_author in (ayse, boris):
            assert lead.pk not in {row.pk for row in picking.candidates(part_author, "tr")}
            following = queue.next_for(part_author, "tr")
            assert following is None or following.pk != lead.pk
        assert lead.pk in {row.pk for row in picking.candidates(cast.carol(), "tr")}

    def test_the_checks_compare_the_whole(self, written: Document, ayse: Person) -> None:
        joined(written, ayse)
        assert not Finding.objects.filter(translation__in=sentences(written)).exists()

    def test_readers_get_one_text_and_one_blank(self, written: Document, ayse: Person) -> None:
        joined(written, ayse)
        paragraph = next(b for b in texts.of_document(written, "tr") if b.block.kind == "paragraph")
        assert paragraph.text == BOTH
        assert "</a> Gemiler hemen yola çıktı.</p>" in body(texts.of_document(written, "tr"), "tr")

    def test_the_gate_lets_it_pass_when_approved(self, written: Document, ayse: Person) -> None:
        first, _second = joined(written, ayse)
        reviewing.approve(first, actor=cast.carol(), seen_version=first.version)
        (hold_up,) = [each for each in gate.hold_ups(written, "tr") if each.code == "not_approved"]
        assert first.segment.key not in hold_up.segments

    def test_the_catalog_has_the_whole_as_one_unit(self, written: Document, ayse: Person) -> None:
        first, second = joined(written, ayse)
        units = {unit.key: unit for unit in exchanging.snapshot(written, "tr").units}
        assert (units[first.segment.key].source, units[first.segment.key].target) == (first.source, BOTH)
        assert second.segment.key not in units

    def test_a_file_from_before_proposes_and_changes_nothing(self, written: Document, ayse: Person) -> None:
        data = po.write(exchanging.snapshot(written, "tr")).replace(SECOND.encode(), b"Ba\xc5\x9fka.")
        before = [(row.text, row.version) for row in joined(written, ayse)]
        proposing.import_catalog(data, actor=ayse)
        assert [(row.text, row.version) for row in sentences(written)] == before

    def test_memory_offers_no_text_of_two_for_one(self, written: Document, ayse: Person) -> None:
        first, _second = joined(written, ayse)
        reviewing.approve(first, actor=cast.carol(), seen_version=first.version)
        segments = list(Segment.objects.filter(document=written))
        assert first.segment_id not in remembering.remembered(written, segments, "tr")
        matches.forget()
        assert BOTH not in [match.target for match in matches.matches(first.segment, "tr")]

    def test_a_run_leaves_it_alone(self, document: Document, ayse: Person) -> None:
        joined(document, ayse)
        cast.opened(document)
        assert [row.current for row in sentences(document)] == [None, None]


class TestSeparating:
    def test_gives_each_back_what_it_said(self, written: Document, ayse: Person, boris: Person) -> None:
        first, second = joined(written, ayse)
        joining.separate(second, actor=boris, seen_version=second.version)
        first, second = sentences(written)
        assert (first.text, first.current.author, first.state) == (FIRST, ayse, State.SUBMITTED)
        assert (second.text, second.current.author, second.state) == (SECOND, boris, State.SUBMITTED)
        assert (first.joined_source, second.joined_to) == ("", None)

    def test_leaves_a_text_that_was_written_since_with_the_first(
        self, written: Document, ayse: Person
    ) -> None:
        first, _second = joined(written, ayse)
        write(first, ONE_SENTENCE, ayse)
        first, second = sentences(written)
        joining.separate(first, actor=ayse, seen_version=first.version)
        first, second = sentences(written)
        assert (first.text, first.state) == (ONE_SENTENCE, State.NEEDS_EDIT)
        assert first.previous_source == "The ports opened in July 2023.[1] Ships left at once."
        assert (second.text, second.state) == ("", State.MISSING)

    def test_of_what_was_never_joined(self, written: Document, ayse: Person) -> None:
        first, _second = sentences(written)
        with pytest.raises(NotJoined):
            joining.separate(first, actor=ayse, seen_version=first.version)

    def test_an_approval_does_not_outlive_it(self, written: Document, ayse: Person) -> None:
        first, _second = joined(written, ayse)
        first = reviewing.approve(first, actor=cast.carol(), seen_version=first.version)
        joining.separate(first, actor=ayse, seen_version=first.version)
        assert {row.state for row in sentences(written)} == {State.SUBMITTED}


class TestAnotherSource:
    """The desk corrects what is joined."""

    @pytest.fixture
    def approved(self, written: Document, ayse: Person) -> Document:
        first, _second = joined(written, ayse)
        reviewing.approve(first, actor=cast.carol(), seen_version=first.version)
        return written

    @pytest.mark.parametrize(
        ("old", "new"), [("Ships left at once.", "Ships left later."), ("July 2023", "August 2023")]
    )
    def test_of_either_outdates_the_whole(self, approved: Document, old: str, new: str) -> None:
        ingesting.import_article(cast.SHORT.replace(old, new).encode())
        first, second = sentences(approved)
        assert (first.state, second.state, second.joined_to) == (State.OUTDATED, State.OUTDATED, first)
        assert first.source == "The ports opened in July 2023.[1] Ships left at once.".replace(old, new)
        assert first.previous_source == "The ports opened in July 2023.[1] Ships left at once."

    def test_that_lacks_the_second_takes_them_apart(self, approved: Document) -> None:
        ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
        _title, first, _note = cast.rows(approved)
        assert (first.state, first.joined_source, first.text) == (State.OUTDATED, "", BOTH)

    def test_with_a_sentence_between_takes_them_apart(self, approved: Document) -> None:
        ingesting.import_article(
            cast.SHORT.replace("Ships left", "Nobody had hoped for it. Ships left").encode()
        )
        _title, first, between, second, _note = cast.rows(approved)
        assert [row.state for row in (first, between, second)] == [
            State.OUTDATED,
            State.MISSING,
            State.MISSING,
        ]
        assert (first.joined_source, second.joined_to) == ("", None)

    def test_elsewhere_changes_nothing(self, approved: Document) -> None:
        ingesting.import_article(cast.SHORT.replace("Ports Reopen", "Ports Open").encode())
        assert {row.state for row in sentences(approved)} == {State.APPROVED}


class TestAnotherSourceOfWhatIsMissing:
    """Whoever read the source before is told that it is another one now."""

    @pytest.fixture
    def lead(self, document: Document, ayse: Person) -> Translation:
        return joined(document, ayse)[0]

    def read(self, lead: Translation) -> indexing.Row:
        return indexing.Row(lead.pk, lead.version, lead.source, lead.text, lead.changed_at)

    def test_after_a_correction_of_the_second_sentence(self, lead: Translation, ayse: Person) -> None:
        read = self.read(lead)
        ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode())
        assert "Vessels" in Translation.objects.get(pk=lead.pk).source
        self.is_another(lead, read, ayse)

    def test_after_they_were_taken_apart(self, lead: Translation, ayse: Person) -> None:
        read = self.read(lead)
        joining.separate(lead, actor=ayse, seen_version=lead.version)
        self.is_another(lead, read, ayse)

    def is_another(self, lead: Translation, read: indexing.Row, ayse: Person) -> None:
        assert indexing.store([read]) == 0
        assert not Translation.objects.get(pk=lead.pk).is_indexed
        with pytest.raises(StaleVersion):
            editing.submit(lead, text=BOTH, actor=ayse, seen_version=read.version)


def test_what_is_left_out_is_joined_to_nothing(written: Document, ayse: Person) -> None:
    carol = cast.carol()
    first, second = sentences(written)
    omitting.omit(second, actor=carol, seen_version=second.version, reason="Said above.")
    first, second = sentences(written)
    with pytest.raises(EmptyOnPurpose):
        joining.join(second, actor=ayse, seen_version=second.version, seen_before=first.version)
    loop.drain()
