"""proposing: a returned catalog is a set of proposals, never an approval, never over a newer human word."""

from contextlib import suppress
from dataclasses import replace

import pytest

from publishing.catalogs import Unit, po
from publishing.models import AuditEntry, Document, Finding, Person, Proposal, Revision, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import editing, exchanging, ingesting, proposing, reviewing
from publishing.workflow.errors import BadInput, NotAllowed, SameHands, WrongLanguage
from tests import cast, census

pytestmark = pytest.mark.django_db

HERE, THERE, LATER = "Gemiler hemen yola çıktı.", "Gemiler derhal yola çıktı.", "Gemiler anında yola çıktı."
PLACE = 2  # “Ships left at once.”


@pytest.fixture
def document() -> Document:
    """The short article; “Ships left at once.” was translated by Carol and waits."""
    document = cast.article()
    cast.opened(document)
    row = cast.rows(document)[PLACE]
    editing.submit(row, text=HERE, actor=cast.carol(), seen_version=row.version)
    return document


@pytest.fixture
def exported(document: Document) -> bytes:
    return export(document)


def export(document: Document) -> bytes:
    loop.drain()
    return exchanging.path_of(document, "tr").read_bytes()


def changed(data: bytes, target: str = THERE, place: int = PLACE, **values: object) -> bytes:
    """The file with another text for one unit, as an editor of PO files would save it."""
    catalog = po.read(data)
    units = list(catalog.units)
    units[place] = replace(units[place], target=target, fuzzy=False, **values)
    return po.write(replace(catalog, units=tuple(units)))


def now(document: Document) -> Translation:
    return cast.rows(document)[PLACE]


def approve(document: Document, actor: Person) -> None:
    row = now(document)
    reviewing.approve(row, actor=actor, seen_version=row.version)


def test_unchanged_it_changes_nothing(document: Document, exported: bytes) -> None:
    before = [list(model.objects.values()) for model in (Translation, Revision, Proposal)]
    done = proposing.import_catalog(exported, actor=cast.ayse())
    assert {verdict: n for verdict, n in done.counts.items() if n} == {"unchanged": 4}
    assert [list(model.objects.values()) for model in (Translation, Revision, Proposal)] == before


class TestAChangedText:
    def test_becomes_the_importers_submitted_revision(self, document: Document, exported: bytes) -> None:
        ayse = cast.ayse()
        done = proposing.import_catalog(changed(exported), actor=ayse)
        row = now(document)
        assert (done.submitted, row.state, row.text) == (1, State.SUBMITTED, THERE)
        assert (row.current.origin, row.current.author, row.current.number) == ("import", ayse, 2)

    def test_is_approved_by_somebody_else_than_the_importer(
        self, document: Document, exported: bytes
    ) -> None:
        ayse = cast.ayse()
        proposing.import_catalog(changed(exported), actor=ayse)
        with pytest.raises(SameHands):
            approve(document, ayse)
        approve(document, cast.boris())
        assert now(document).state == State.APPROVED

    def test_is_never_an_approval_whatever_the_flags_say(self, document: Document, exported: bytes) -> None:
        data = exported.replace(b"#, fuzzy\n", b"").replace(b"state: submitted", b"state: approved")
        proposing.import_catalog(data, actor=cast.ayse())
        proposing.import_catalog(changed(data), actor=Person.objects.get(username="ayse"))
        assert not Translation.objects.filter(state=State.APPROVED).exists()

    def test_is_checked(self, document: Document, exported: bytes) -> None:
        proposing.import_catalog(changed(exported, "Gemiler 2019’da çıktı."), actor=cast.ayse())
        assert Finding.objects.filter(translation=now(document), severity="block").exists()

    def test_stands_in_the_evidence_and_in_the_next_export(self, document: Document, exported: bytes) -> None:
        ayse = cast.ayse()
        proposing.import_catalog(changed(exported), actor=ayse)
        entry = AuditEntry.objects.get(verb="import_catalog")
        assert (entry.person, entry.data["language"], entry.data["submitted"]) == (ayse, "tr", 1)
        assert THERE.encode() in export(document)

    def test_fills_what_was_missing(self, document: Document, exported: bytes) -> None:
        proposing.import_catalog(changed(exported, "Tahıl Karadeniz’i Geçiyor", 0), actor=cast.ayse())
        row = cast.rows(document)[0]
        assert (row.state, row.text, row.current.number) == (
            State.SUBMITTED, "Tahıl Karadeniz’i Geçiyor", 1,
        )  # fmt: skip

    def test_without_a_person_is_a_proposal(self, document: Document, exported: bytes) -> None:
        done = proposing.import_catalog(changed(exported))
        assert (done.submitted, done.proposed, now(document).text) == (0, 1, HERE)
        assert (Proposal.objects.get().text, Proposal.objects.get().reason) == (THERE, "changed")

    def test_of_an_approved_segment_is_a_proposal(self, document: Document, exported: bytes) -> None:
        ayse = cast.ayse()
        approve(document, ayse)
        done = proposing.import_catalog(changed(export(document)), actor=ayse)
        row = now(document)
        assert (done.submitted, done.proposed) == (0, 1)
        assert (row.state, row.text, row.approved_by) == (State.APPROVED, HERE, ayse)
        assert Proposal.objects.get().reason == "approved"


class TestANewerWordHere:
    def test_makes_it_a_conflict(self, document: Document, exported: bytes) -> None:
        row = now(document)
        editing.submit(row, text=LATER, actor=cast.boris(), seen_version=row.version)
        done = proposing.import_catalog(changed(exported), actor=cast.ayse())
        assert (done.counts["conflict"], done.submitted, now(document).text) == (1, 0, LATER)
        proposal = Proposal.objects.get()
        assert (proposal.text, proposal.reason, proposal.segment) == (THERE, "conflict", row.segment)

    def test_stays_where_the_file_is_as_exported(self, document: Document, exported: bytes) -> None:
        row = now(document)
        editing.submit(row, text=LATER, actor=cast.boris(), seen_version=row.version)
        done = proposing.import_catalog(exported, actor=cast.ayse())
        assert (done.counts["kept"], now(document).text) == (1, LATER)
        assert not Proposal.objects.exists()

    def test_that_says_the_same_is_no_conflict(self, document: Document, exported: bytes) -> None:
        row = now(document)
        editing.submit(row, text=THERE, actor=cast.boris(), seen_version=row.version)
        done = proposing.import_catalog(changed(exported), actor=cast.ayse())
        assert done.counts["unchanged"] == 4

    def test_wins_over_a_file_whose_comments_were_stripped(self, document: Document, exported: bytes) -> None:
        """Some tools drop `#.` lines: then nobody knows what the file began from."""
        bare = b"\n".join(line for line in exported.split(b"\n") if not line.startswith(b"#."))
        done = proposing.import_catalog(changed(bare), actor=cast.ayse())
        assert (done.counts["conflict"], now(document).text) == (1, HERE)

    @pytest.mark.parametrize("number", ["2", "999999999", "-1", "x", "٣", "1" * 5_000])
    def test_wins_over_a_file_that_claims_another_revision(
        self, document: Document, exported: bytes, number: str
    ) -> None:
        told = f"origin: human\n#. revision: {number}"
        lying = exported.replace(b"origin: human\n#. revision: 1", told.encode())
        assert lying != exported
        done = proposing.import_catalog(changed(lying), actor=cast.ayse())
        assert (done.counts["conflict"], now(document).text) == (1, HERE)


class TestAnotherSource:
    CORRECTED = cast.SHORT.replace("Ships left", "Vessels left").encode()

    def test_that_changed_here_makes_it_stale(self, document: Document, exported: bytes) -> None:
        ingesting.import_article(self.CORRECTED)
        done = proposing.import_catalog(changed(exported), actor=cast.ayse())
        assert (done.counts["stale_source"], now(document).text) == (1, HERE)
        proposal = Proposal.objects.get()
        assert (proposal.reason, proposal.source) == ("stale_source", "Ships left at once.")

    def test_that_was_edited_in_the_file_is_a_proposal(self, document: Document, exported: bytes) -> None:
        done = proposing.import_catalog(changed(exported, source="Boats left."), actor=cast.ayse())
        assert (done.counts["edited_source"], done.proposed, now(document).text) == (1, 1, HERE)

    def test_of_a_fresh_export_is_none(self, document: Document) -> None:
        ingesting.import_article(self.CORRECTED)
        done = proposing.import_catalog(changed(export(document)), actor=cast.ayse())
        assert (done.counts["changed"], now(document).text, now(document).state) == (
            1, THERE, State.SUBMITTED,
        )  # fmt: skip

    def test_of_a_retired_segment_is_an_unknown_key(self, document: Document, exported: bytes) -> None:
        ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
        done = proposing.import_catalog(changed(exported), actor=cast.ayse())
        assert done.counts["unknown_key"] == 1
        assert (done.submitted, done.proposed) == (0, 0)


class TestUnits:
    def test_an_unknown_key_is_reported(self, document: Document, exported: bytes) -> None:
        catalog = po.read(exported)
        more = replace(catalog, units=(*catalog.units, Unit("f" * 16, "Made up.", "Uydurma.")))
        done = proposing.import_catalog(po.write(more), actor=cast.ayse())
        assert (done.counts["unknown_key"], done.counts["unchanged"]) == (1, 4)

    def test_a_key_of_another_document_is_unknown(self, document: Document, exported: bytes) -> None:
        other = cast.opened(cast.article("Another Title\n\nIt rained.\n"))
        catalog = po.read(exported)
        more = replace(catalog, units=(*catalog.units, Unit(other[0].segment.key, "Another Title", "Başka")))
        done = proposing.import_catalog(po.write(more), actor=cast.ayse())
        assert done.counts["unknown_key"] == 1
        assert not other[0].revisions.exists()

    @pytest.mark.parametrize("target", ["", " ", "\u00a0\\n"])
    def test_an_emptied_one_never_deletes(self, document: Document, exported: bytes, target: str) -> None:
        data = exported.replace(f'msgstr "{HERE}"'.encode(), f'msgstr "{target}"'.encode())
        assert data != exported
        done = proposing.import_catalog(data, actor=cast.ayse())
        assert (done.counts["kept"], now(document).text) == (1, HERE)

    def test_one_that_is_not_in_the_file_stays(self, document: Document, exported: bytes) -> None:
        catalog = po.read(exported)
        fewer = po.write(replace(catalog, units=catalog.units[:1]))
        done = proposing.import_catalog(fewer, actor=cast.ayse())
        assert (done.counts["kept"], now(document).text) == (3, HERE)

    def test_an_obsolete_one_is_not_taken(self, document: Document, exported: bytes) -> None:
        head, _, unit = exported.decode().partition('msgid "Ships left at once."\n')
        lines = f'msgid "Ships left at once."\n{unit}'.split("\n\n")[0].replace(HERE, THERE)
        start = head.rindex("msgctxt")
        old = "\n".join(f"#~ {line}" for line in f"{head[start:]}{lines}".splitlines())
        proposing.import_catalog(f"{exported.decode()}\n{old}\n".encode(), actor=cast.ayse())
        assert now(document).text == HERE


class TestTwice:
    def test_the_same_file_is_as_good_as_once(self, document: Document, exported: bytes) -> None:
        ayse = cast.ayse()
        proposing.import_catalog(changed(exported), actor=ayse)
        before = list(Translation.objects.values()), Revision.objects.count()
        done = proposing.import_catalog(changed(exported), actor=ayse)
        assert (done.submitted, done.proposed) == (0, 0)
        assert (list(Translation.objects.values()), Revision.objects.count()) == before

    def test_a_proposal_is_made_once(self, document: Document, exported: bytes) -> None:
        for _ in range(2):
            proposing.import_catalog(changed(exported))
        assert Proposal.objects.count() == 1

    @pytest.mark.parametrize("text", ["Gemiler\\r\\nçıktı.", "  Gemiler çıktı. ", "Gemiler\u00a0çıktı."])
    def test_whatever_its_blanks_and_line_ends(self, document: Document, exported: bytes, text: str) -> None:
        data = exported.replace(HERE.encode(), text.encode())
        ayse = cast.ayse()
        with suppress(BadInput):
            proposing.import_catalog(data, actor=ayse)
        before = list(Revision.objects.values())
        with suppress(BadInput):
            proposing.import_catalog(data, actor=ayse)
        assert list(Revision.objects.values()) == before


def test_a_dry_run_says_the_same_and_writes_nothing(document: Document, exported: bytes) -> None:
    ayse = cast.ayse()
    before = census.rows()
    dry = proposing.import_catalog(changed(exported), actor=ayse, dry_run=True)
    assert census.rows() == before
    assert (dry.submitted, dry.proposed) == (0, 0)
    assert proposing.import_catalog(changed(exported), actor=ayse).counts == dry.counts


class TestWho:
    def test_a_translator_of_another_language_returns_nothing(
        self, document: Document, exported: bytes
    ) -> None:
        with pytest.raises(WrongLanguage):
            proposing.import_catalog(changed(exported), actor=cast.person("elena", "Translators", "ru"))
        assert now(document).text == HERE

    def test_an_administrator_returns_nothing_by_rank(self, document: Document, exported: bytes) -> None:
        with pytest.raises(NotAllowed):
            proposing.import_catalog(changed(exported), actor=cast.dora())

    def test_a_catalog_of_another_document_is_refused_where_the_page_knows_it(
        self, document: Document, exported: bytes
    ) -> None:
        other = ingesting.import_article(b"Another Title\n\nIt rained.\n").article.document
        before = census.rows()
        with pytest.raises(BadInput, match="another document"):
            proposing.import_catalog(changed(exported), document=other)
        assert census.rows() == before
