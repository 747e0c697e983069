"""releasing: what is approved is frozen, and readers get that and nothing else."""

import pytest

from publishing.models import Document, Edition, Page, Person, Release, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import (
    editing,
    exchanging,
    ingesting,
    pretranslating,
    proposing,
    releasing,
    reviewing,
)
from publishing.workflow.errors import (
    HeldUp,
    NotAllowed,
    NothingToRollBack,
    NotReleased,
    SameHands,
    Unknown,
)
from tests import cast

from .edition import timeless

pytestmark = pytest.mark.django_db

TURKISH = (
    "Tahıl Karadeniz’i Geçiyor",
    "Limanlar Temmuz 2023’te açıldı.[1]",
    "Gemiler hemen yola çıktı.",
    "“Ports Reopen”, Reuters, (Erişim Tarihi: 01.08.2023).",
)


@pytest.fixture
def document() -> Document:
    """The short article, all of it written by Boris and approved by Ayşe in Turkish."""
    document = cast.article()
    boris, ayse = cast.boris(), cast.ayse()
    for row, text in zip(cast.opened(document), TURKISH, strict=True):
        written = (
            row if row.text == text else editing.submit(row, text=text, actor=boris, seen_version=row.version)
        )
        reviewing.approve(written, actor=ayse, seen_version=written.version)
    return document


def site() -> dict[str, bytes]:
    """Every public byte, after the worker has done what was due."""
    loop.drain()
    return {page.path: bytes(page.content) for page in Page.objects.all()}


def test_readers_get_what_was_approved(document: Document) -> None:
    made = releasing.release(document, "tr", actor=cast.carol())
    page = site()["/tr/tahil-karadenizi-geciyor/"].decode()
    assert made.title == TURKISH[0]
    for text in TURKISH[:1] + TURKISH[2:3]:
        assert text in page
    assert "Ships left" not in page


def test_the_manifest_names_every_revision_by_its_hash(document: Document) -> None:
    made = releasing.release(document, "tr", actor=cast.carol())
    assert [revision for _, revision, _ in made.manifest] == [row.current_id for row in cast.rows(document)]


def test_the_slug_is_frozen_at_the_first_release(document: Document) -> None:
    carol = cast.carol()
    releasing.release(document, "tr", actor=carol)
    row = cast.rows(document)[0]
    row = editing.submit(row, text="Tahıl Karadeniz’de", actor=carol, seen_version=row.version)
    reviewing.approve(row, actor=cast.person("deniz", "Translators", "tr"), seen_version=row.version)
    made = releasing.release(document, "tr", actor=carol)
    assert (made.number, made.title, made.edition.slug) == (
        2,
        "Tahıl Karadeniz’de",
        "tahil-karadenizi-geciyor",
    )


class TestTheGate:
    def test_a_segment_that_is_not_approved_holds_it_up(self, document: Document) -> None:
        row, carol = cast.rows(document)[2], cast.carol()
        reviewing.return_(row, actor=carol, seen_version=row.version, reason="style")
        with pytest.raises(HeldUp, match="1 segment is not approved"):
            releasing.release(document, "tr", actor=carol)
        assert not Release.objects.exists()

    def test_an_edition_that_was_never_opened_is_unknown(self, document: Document) -> None:
        with pytest.raises(Unknown):
            releasing.release(document, "ru", actor=cast.carol())

    def test_a_source_whose_note_is_gone_is_held_up(self) -> None:
        document = cast.article(
            cast.SHORT.replace("[1] “Ports Reopen”, Reuters, (Date of Accession: 01.08.2023).", "")
        )
        with pytest.raises(HeldUp, match="no counterpart"):
            releasing.release(document, "en", actor=cast.carol())

    def test_a_translator_releases_nothing(self, document: Document) -> None:
        with pytest.raises(NotAllowed):
            releasing.release(document, "tr", actor=cast.person("deniz", "Translators", "tr"))

    def test_a_superuser_releases_nothing_by_rank(self, document: Document) -> None:
        with pytest.raises(NotAllowed):
            releasing.release(document, "tr", actor=cast.dora())

    def test_machine_text_passes_two_people(self, document: Document) -> None:
        """The note was drafted by rule: who alone approved it does not release the edition."""
        carol = cast.carol()
        row = cast.rows(document)[3]
        assert row.current.author is None
        row = reviewing.return_(row, actor=carol, seen_version=row.version, reason="other")
        Translation.objects.filter(pk=row.pk).update(state=State.PRETRANSLATED)
        reviewing.approve(row, actor=carol, seen_version=row.version)
        with pytest.raises(SameHands):
            releasing.release(document, "tr", actor=carol)


def _carol() -> Person:
    return Person.objects.get(username="carol")


class TestNothingElseChangesAPublicByte:
    @pytest.fixture
    def before(self, document: Document) -> dict[str, bytes]:
        carol = cast.carol()
        releasing.release(document, "en", actor=carol)
        releasing.release(document, "tr", actor=carol)
        return site()

    def test_a_corrected_source(self, document: Document, before: dict[str, bytes]) -> None:
        ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode())
        assert site() == before

    def test_an_edit(self, document: Document, before: dict[str, bytes]) -> None:
        row = cast.rows(document)[2]
        editing.submit(row, text="Gemiler yola çıktı.", actor=_carol(), seen_version=row.version)
        assert site() == before

    def test_a_second_run(self, document: Document, before: dict[str, bytes]) -> None:
        pretranslating.request(document, "tr")
        assert site() == before

    def test_an_imported_catalog(self, document: Document, before: dict[str, bytes]) -> None:
        data = exchanging.path_of(document, "tr").read_bytes().replace(b"hemen yola", b"derhal yola")
        done = proposing.import_catalog(data, actor=_carol())
        assert done.counts["changed"] == 1
        assert site() == before


class TestRollback:
    def test_it_restores_the_exact_bytes(self, document: Document) -> None:
        carol = cast.carol()
        releasing.release(document, "tr", actor=carol)
        first = site()
        row = cast.rows(document)[2]
        row = editing.submit(row, text="Gemiler yola çıktı.", actor=carol, seen_version=row.version)
        reviewing.approve(row, actor=cast.person("deniz", "Translators", "tr"), seen_version=row.version)
        releasing.release(document, "tr", actor=carol)
        assert site() != first
        releasing.rollback(document, "tr", actor=carol)
        assert timeless(site()) == timeless(first)

    def test_it_does_not_go_back_to_what_was_taken_back_itself(self, document: Document) -> None:
        """1, then 2, back to 1, then 3: before 3 readers had 1; 2 was a mistake."""
        carol = cast.carol()
        for expected in (1, 2):
            assert releasing.release(document, "tr", actor=carol).number == expected
        assert releasing.rollback(document, "tr", actor=carol).number == 1
        releasing.release(document, "en", actor=carol)
        assert releasing.release(document, "tr", actor=carol).number == 3
        assert releasing.rollback(document, "tr", actor=carol).number == 1
        with pytest.raises(NothingToRollBack):
            releasing.rollback(document, "tr", actor=carol)

    def test_nor_to_what_was_withdrawn(self, document: Document) -> None:
        carol = cast.carol()
        for _ in range(2):
            releasing.release(document, "tr", actor=carol)
        releasing.withdraw(document, "tr", actor=carol)
        releasing.release(document, "tr", actor=carol)
        assert releasing.rollback(document, "tr", actor=carol).number == 1

    def test_the_first_release_has_nothing_before_it(self, document: Document) -> None:
        carol = cast.carol()
        releasing.release(document, "tr", actor=carol)
        with pytest.raises(NothingToRollBack):
            releasing.rollback(document, "tr", actor=carol)

    def test_nothing_released_nothing_rolled_back(self, document: Document) -> None:
        with pytest.raises(NotReleased):
            releasing.rollback(document, "tr", actor=cast.carol())


class TestWithdraw:
    def test_its_address_says_so(self, document: Document) -> None:
        carol = cast.carol()
        releasing.release(document, "en", actor=carol)
        releasing.release(document, "tr", actor=carol)
        releasing.withdraw(document, "tr", actor=carol, note="Kaynak düzeltiliyor.")
        pages = site()
        assert Page.objects.get(path="/tr/tahil-karadenizi-geciyor/").status == 410
        assert "Kaynak düzeltiliyor." in pages["/tr/tahil-karadenizi-geciyor/"].decode()
        assert "tahil-karadenizi-geciyor" not in pages["/en/grain-crosses-the-black-sea/"].decode()
        assert "Tahıl" not in pages["/tr/"].decode()

    def test_what_is_not_live_cannot_be_withdrawn(self, document: Document) -> None:
        with pytest.raises(NotReleased):
            releasing.withdraw(document, "tr", actor=cast.carol())


def test_one_release_is_live_at_most(document: Document) -> None:
    carol = cast.carol()
    releasing.release(document, "tr", actor=carol)
    releasing.release(document, "tr", actor=carol)
    assert [made.state for made in Release.objects.order_by("number")] == ["superseded", "live"]
    assert Edition.objects.get(language="tr").releases.live().count() == 1
