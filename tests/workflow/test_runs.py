"""A run in people's hands: paused, resumed, cancelled, estimated, and what is seen of it meanwhile."""

from collections.abc import Iterator

import pytest

from publishing.models import AuditEntry, Document, EngineCall, Job, Person, Run
from publishing.reports import runs as reports
from publishing.worker import loop
from publishing.workflow import editing, estimating, pretranslating, reviewing
from publishing.workflow.errors import NotAllowed, RunIsOver
from tests import cast
from tests.engines_fake import FakeEngines

pytestmark = pytest.mark.django_db

VERBS = (pretranslating.pause, pretranslating.resume, pretranslating.cancel)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


@pytest.fixture
def carol() -> Person:
    return cast.carol()


@pytest.fixture
def document() -> Document:
    return cast.article()


@pytest.fixture
def run(document: Document, carol: Person, fake: FakeEngines) -> Run:
    return pretranslating.request(document, "tr", engine_names=["google"], actor=carol)


class TestPause:
    def test_leaves_the_rest_for_later(self, run: Run, carol: Person, fake: FakeEngines) -> None:
        pretranslating.pause(run, actor=carol)
        loop.drain()
        run.refresh_from_db()
        assert (run.state, run.finished_at, fake.seen) == (Run.State.PAUSED, None, [])

    def test_and_resume_go_on_where_it_stopped(self, run: Run, carol: Person) -> None:
        pretranslating.pause(run, actor=carol)
        loop.drain()
        pretranslating.resume(run, actor=carol)
        loop.drain()
        run.refresh_from_db()
        assert (run.state, run.counts) == (Run.State.FINISHED, {"rule": 1, "machine": 3, "left": 0})


class TestCancel:
    def test_ends_the_run_and_says_what_it_left(self, run: Run, carol: Person, fake: FakeEngines) -> None:
        run = pretranslating.cancel(run, actor=carol)
        assert (run.state, run.counts["left"]) == (Run.State.CANCELLED, 4)
        loop.drain()
        run.refresh_from_db()
        assert (run.state, fake.seen) == (Run.State.CANCELLED, [])

    def test_stands_in_the_evidence(self, run: Run, carol: Person) -> None:
        pretranslating.cancel(run, actor=carol)
        assert AuditEntry.objects.filter(verb="cancel_run", person=carol).exists()


@pytest.mark.parametrize("verb", VERBS)
def test_a_run_that_is_over_is_left_alone(run: Run, carol: Person, verb: object) -> None:
    loop.drain()
    with pytest.raises(RunIsOver):
        verb(run, actor=carol)  # type: ignore[operator]


@pytest.mark.parametrize("verb", VERBS)
def test_a_translator_decides_about_no_run(run: Run, verb: object) -> None:
    with pytest.raises(NotAllowed):
        verb(run, actor=cast.ayse())  # type: ignore[operator]


class TestTheReport:
    def test_tells_drafts_and_calls(self, run: Run, fake: FakeEngines) -> None:
        loop.drain()
        run.refresh_from_db()
        report = reports.report(run)
        (google,) = report.engines
        assert (report.drafted, report.total) == (4, 4)
        assert (google.calls, google.failures, google.texts) == (3, 0, 3)
        assert google.characters == google.charged == sum(len(call) for call in sent(fake))
        assert google.mean_latency is not None

    def test_counts_failures(self, run: Run, fake: FakeEngines) -> None:
        fake.misbehave("403")
        loop.drain()
        run.refresh_from_db()
        (google,) = reports.report(run).engines
        assert google.failures == google.calls > 0
        assert google.charged == 0
        assert run.troubles[0]["code"] in {"auth", "closed"}

    def test_costs_two_queries_for_any_number(self, run: Run, django_assert_num_queries: object) -> None:
        pretranslating.request(run.document, "ru")
        runs = list(Run.objects.all()) * 3
        with django_assert_num_queries(2):  # type: ignore[operator]
            reports.reports(runs)


def sent(fake: FakeEngines) -> list[str]:
    return ["Grain Crosses the Black Sea", "The ports opened in July 2023.", "Ships left at once."][
        : len(fake.seen)
    ]


class TestTheEstimate:
    def test_says_who_would_draft_what(self, document: Document, fake: FakeEngines) -> None:
        made = estimating.estimate(document, "tr", ["google", "mymemory"])
        assert (made.waiting, made.by_memory, made.by_rule) == (4, 0, 1)
        google = made.engines[0]
        assert (google.texts, google.known, google.budget_left, google.fits) == (3, 0, None, True)
        assert google.characters == len("Grain Crosses the Black Sea") + 30 + 19

    def test_is_what_the_run_then_sends(self, document: Document, carol: Person, fake: FakeEngines) -> None:
        made = estimating.estimate(document, "tr", ["google"])
        run = pretranslating.request(document, "tr", engine_names=["google"], actor=carol)
        loop.drain()
        assert reports.report(run).engines[0].characters == made.engines[0].characters

    def test_knows_the_budget(self, document: Document, settings: object, fake: FakeEngines) -> None:
        settings.MT_BUDGET = {"google": 50}  # type: ignore[attr-defined]
        google = estimating.estimate(document, "tr", ["google"]).engines[0]
        assert (google.budget_left, google.fits) == (50, False)

    def test_of_what_was_asked_before_is_nothing(self, document: Document, carol: Person, run: Run) -> None:
        loop.drain()
        other = cast.article("Another Title\n\nShips left at once.\n")
        google = estimating.estimate(other, "tr", ["google"]).engines[0]
        assert (google.texts, google.known, google.characters) == (2, 1, len("Another Title"))

    def test_writes_and_sends_nothing(self, document: Document, fake: FakeEngines) -> None:
        estimating.estimate(document, "ru", ["google"])
        assert not Run.objects.exists()
        assert not EngineCall.objects.exists()
        assert not Job.objects.filter(kind=pretranslating.KIND).exists()
        assert fake.seen == []

    def test_is_of_one_language(self, document: Document, fake: FakeEngines) -> None:
        """The Turkish note has its draft: that the Russian one was returned changes nothing for it."""
        cast.opened(document)
        note = cast.opened(document, "ru")[3]
        reviewing.return_(note, actor=cast.boris(), seen_version=note.version, reason="style")
        assert estimating.estimate(document, "tr", ["google"]).waiting == 3
        assert estimating.estimate(document, "ru", ["google"]).waiting == 4

    def test_leaves_human_words_out(self, document: Document, fake: FakeEngines) -> None:
        row = cast.opened(document)[0]
        editing.submit(row, text="Tahıl yolda", actor=cast.ayse(), seen_version=row.version)
        assert estimating.estimate(document, "tr", []).waiting == 2
