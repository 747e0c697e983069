"""pretranslating: memory, then rules, then engines; what none of them knows is left for people."""

import re
from collections.abc import Iterator

import pytest

from publishing.catalogs import tmx
from publishing.models import AuditEntry, Document, EngineAccount, Job, Page, Revision, Run, Translation
from publishing.models.translation import State
from publishing.reports import progress, wording
from publishing.worker import loop
from publishing.workflow import (
    conversing,
    editing,
    exchanging,
    ingesting,
    jobs,
    pretranslating,
    releasing,
    reviewing,
)
from publishing.workflow.errors import BadInput, LeaseLost, NotAllowed
from tests import cast
from tests.engines_fake import FakeEngines

pytestmark = pytest.mark.django_db

ENGINES = ("google", "mymemory", "libretranslate", "deepl")


class TestWithoutEngines:
    def test_the_memory_gives_every_sentence_of_the_sample(self) -> None:
        for document in progress.with_biographies(cast.sample()):
            for language in {"en", "tr", "ru"} - {document.source_language}:
                rows = cast.opened(document, language)
                assert {row.state for row in rows} == {State.PRETRANSLATED}
                assert {row.current.origin for row in rows} == {Revision.Origin.MEMORY}
                assert {row.current.detail["from"] for row in rows} == {"demonstration memory"}

    def test_no_draft_of_the_sample_has_a_finding(self) -> None:
        for document in progress.with_biographies(cast.sample()):
            for language in {"en", "tr", "ru"} - {document.source_language}:
                cast.opened(document, language)
        assert list(Translation.objects.filter(findings__isnull=False)) == []

    def test_what_was_approved_here_is_memory_too(self) -> None:
        row = cast.opened(cast.article())[2]
        row = editing.submit(
            row, text="Gemiler hemen yola çıktı.", actor=cast.boris(), seen_version=row.version
        )
        reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
        other = cast.article("Another Article\n\nShips left at once.\n")
        assert [each.text for each in cast.opened(other)] == ["", "Gemiler hemen yola çıktı."]

    def test_what_only_waits_is_no_memory(self) -> None:
        row = cast.opened(cast.article())[2]
        editing.submit(row, text="Gemiler hemen yola çıktı.", actor=cast.boris(), seen_version=row.version)
        other = cast.article("Another Article\n\nShips left at once.\n")
        assert [each.text for each in cast.opened(other)] == ["", ""]

    def test_a_note_is_drafted_by_rule(self) -> None:
        note = cast.opened(cast.article())[3]
        assert (note.state, note.current.origin) == (State.PRETRANSLATED, Revision.Origin.RULE)
        assert note.text == "“Ports Reopen”, Reuters, (Erişim Tarihi: 01.08.2023)."

    def test_the_run_says_how_many_are_left_for_people(self) -> None:
        cast.opened(cast.article())
        run = Run.objects.get()
        assert run.finished_at is not None
        assert run.counts == {"rule": 1, "left": 3}

    def test_a_run_is_one_entry_of_evidence(self) -> None:
        cast.opened(cast.article())
        entry = AuditEntry.objects.get(verb="pretranslate")
        assert len(entry.data["revisions"]) == 64


class TestAHumanWord:
    @pytest.mark.parametrize("state", [State.SUBMITTED, State.NEEDS_EDIT, State.APPROVED, State.OUTDATED])
    def test_is_never_overwritten_by_a_run(self, state: State) -> None:
        document = cast.article()
        row = cast.opened(document)[3]
        row = editing.submit(
            row, text="Not: Reuters, 01.08.2023", actor=cast.boris(), seen_version=row.version
        )
        approver = cast.ayse() if state == State.APPROVED else None
        Translation.objects.filter(pk=row.pk).update(state=state, approved_by=approver)
        assert cast.opened(document)[3].text == "Not: Reuters, 01.08.2023"


def bare(text: str) -> str:
    """The text as it travels: references at the very end stay here."""
    return re.sub(r"(?:\s*\[\d+\])+\Z", "", text)


class TestAnEngine:
    """The second article, Turkish with a Russian biography, through deep-translator's own classes."""

    @pytest.fixture
    def fake(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
        answers = {
            (pair.source, pair.source_language, pair.target_language): pair.target
            for pair in tmx.read((cast.DATA / "second_article.tr-ru-en.tmx").read_bytes())
        }
        table = answers | {
            (bare(text), a, b): re.sub(r"\s*\[\d+\]", "", answer)
            for (text, a, b), answer in answers.items()
            if bare(text) != text
        }
        with FakeEngines(lambda text, source, target: table[text, source, target]) as fake:
            for name, value in fake.environment().items():
                monkeypatch.setenv(name, value)
            yield fake

    @pytest.fixture
    def documents(self) -> list[Document]:
        done = ingesting.import_article((cast.DATA / "second_article.txt").read_bytes())
        return progress.with_biographies(done.article.document)

    @pytest.mark.parametrize("engine", ENGINES)
    def test_from_import_to_the_readers_page(
        self, fake: FakeEngines, documents: list[Document], engine: str
    ) -> None:
        article, biography = documents
        assert (article.source_language, biography.source_language) == ("tr", "ru")
        for document in documents:
            for language in {"en", "tr", "ru"} - {document.source_language}:
                pretranslating.request(document, language, engine_names=[engine])
        loop.drain()
        assert {row.state for row in Translation.objects.all()} == {State.PRETRANSLATED}
        assert {revision.detail["engine"] for revision in Revision.objects.filter(origin="machine")} == {
            engine
        }
        self._approve_everything()
        carol = cast.carol()
        for document in documents:
            for language in ("en", "tr", "ru"):
                releasing.release(document, language, actor=carol)
        loop.drain()
        titles = Translation.objects.filter(segment__block__kind="title").select_related("segment__document")
        assert {row.language for row in titles} == {"en", "ru"}
        for row in titles:
            edition = row.segment.document.editions.get(language=row.language)
            page = Page.objects.get(path=f"/{row.language}/{edition.slug}/")
            assert row.text in bytes(page.content).decode()

    def _approve_everything(self) -> None:
        people = {"tr": cast.ayse(), "ru": cast.boris(), "en": cast.person("elena", "Translators", "en")}
        for row in Translation.objects.order_by("pk"):
            reviewing.approve(row, actor=people[row.language], seen_version=row.version)

    def test_nothing_is_asked_into_its_own_language(self, documents: list[Document]) -> None:
        with pytest.raises(BadInput, match="own language"):
            pretranslating.request(documents[0], "tr", engine_names=[])

    def test_a_second_run_asks_nothing(self, fake: FakeEngines, documents: list[Document]) -> None:
        for _ in range(2):
            pretranslating.request(documents[0], "en", engine_names=["deepl"])
            loop.drain()
            asked = len(fake.seen)
        assert asked == len(fake.seen)
        assert Run.objects.order_by("pk").last().counts == {"left": 0}

    def test_a_broken_engine_leaves_the_segments_empty_and_says_why(
        self, fake: FakeEngines, documents: list[Document]
    ) -> None:
        fake.misbehave("403")
        pretranslating.request(documents[1], "en", engine_names=["deepl"])
        loop.drain()
        run = Run.objects.get()
        assert run.counts == {"left": 4}
        assert "deepl" in wording.troubles(run)
        assert {row.state for row in cast.rows(documents[1], "en")} == {State.MISSING}

    def test_a_throttled_engine_is_asked_again_later(
        self, fake: FakeEngines, documents: list[Document]
    ) -> None:
        fake.misbehave("429 with a delay")
        pretranslating.request(documents[1], "en", engine_names=["deepl"])
        loop.drain()
        job = Job.objects.get(kind="pretranslate")
        assert (job.state, job.attempts) == (Job.State.READY, 1)
        fake.reset()
        Job.objects.update(not_before=job.created_at)
        EngineAccount.objects.update(closed_until=None)
        loop.drain()
        assert Run.objects.get().counts == {"machine": 4, "left": 0}

    def test_the_next_engine_is_asked_for_what_the_first_could_not(
        self, fake: FakeEngines, documents: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DEEPL_URL", "http://127.0.0.1:9/")
        monkeypatch.setattr(jobs, "ATTEMPTS", 1)
        pretranslating.request(documents[1], "en", engine_names=["deepl", "libretranslate"])
        loop.drain()
        assert {row.current.detail["engine"] for row in cast.rows(documents[1], "en")} == {"libretranslate"}


class TestAZombie:
    def test_what_it_writes_is_refused(self) -> None:
        pretranslating.request(cast.article(), "tr")
        first = jobs.claim()
        assert first is not None
        Job.objects.filter(pk=first.pk).update(lease_until="2020-01-01T00:00:00Z")
        second = jobs.claim()
        assert second is not None
        assert second.fence == first.fence + 1
        with pytest.raises(LeaseLost):
            conversing.perform(first)
        assert Revision.objects.count() == 0
        conversing.perform(second)
        assert Revision.objects.count() == 1


def test_an_unknown_engine_is_refused_before_anything_is_written() -> None:
    with pytest.raises(BadInput, match="babelfish"):
        pretranslating.request(cast.article(), "tr", engine_names=["babelfish"])
    assert not Run.objects.exists()


def test_an_engine_without_its_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEEPL_API_KEY", raising=False)
    with pytest.raises(BadInput, match="DEEPL_API_KEY"):
        pretranslating.request(cast.article(), "tr", engine_names=["deepl"])


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(BadInput, match="“de”"):
        pretranslating.request(cast.article(), "de")


def test_a_translator_asks_for_no_runs() -> None:
    with pytest.raises(NotAllowed):
        pretranslating.request(cast.article(), "tr", actor=cast.ayse())


def test_the_catalog_is_on_disk_after_the_run() -> None:
    document = cast.article()
    cast.opened(document)
    assert b"#, fuzzy" in exchanging.path_of(document, "tr").read_bytes()
