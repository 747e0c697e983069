"""The books of the engines: asked once, charged before, left alone after failures, by all workers together."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from publishing import engines
from publishing.engines.ledger import Ask, Call, Settled
from publishing.models import EngineAccount, EngineAnswer, EngineCall, EngineMonth, Job, Run
from publishing.models.engine import database_now
from publishing.workflow import jobs, ledger, pretranslating
from publishing.workflow.errors import LeaseLost
from publishing.workflow.ledger import Books
from tests import cast
from tests.crafts.engines.test_asking import Engine

pytestmark = pytest.mark.django_db


def asks(*texts: str) -> list[Ask]:
    return [Ask(f"{text:0>64}"[-64:], text, "plain") for text in texts]


def claimed() -> Job:
    job = jobs.claim()
    assert job is not None
    return job


@pytest.fixture
def run() -> Run:
    return pretranslating.request(cast.article(), "tr")


@pytest.fixture
def books(run: Run) -> Books:
    Job.objects.exclude(kind=pretranslating.KIND).delete()
    return Books(claimed(), run, Engine(), "en", "tr")


def another_worker(run: Run) -> Books:
    pretranslating.request(run.document, "tr")
    return Books(claimed(), run, Engine(), "en", "tr")


def ended(call: Call, error: engines.EngineError | None = None) -> Settled:
    answers = None if error else tuple(ask.text.upper() for ask in call.asks)
    return Settled(call, 150, answers, error)


def settle(books: Books, *settled: Settled) -> None:
    with jobs.recording(books.job):
        books.settle(settled)


class TestAnAnswer:
    def test_is_remembered(self, books: Books) -> None:
        (call,) = books.admit([asks("a", "b")]).calls
        settle(books, ended(call))
        assert dict(books.known(ask.key for ask in asks("a", "b", "c"))) == {
            asks("a")[0].key: "A",
            asks("b")[0].key: "B",
        }

    def test_is_not_asked_for_twice(self, books: Books) -> None:
        (call,) = books.admit([asks("a")]).calls
        settle(books, ended(call))
        again = books.admit([asks("a", "b")])
        assert again.known == {asks("a")[0].key: "A"}
        assert [call.asks for call in again.calls] == [tuple(asks("b"))]

    def test_that_another_worker_waits_for_is_left_to_it(self, books: Books, run: Run) -> None:
        books.admit([asks("a")])
        theirs = another_worker(run).admit([asks("a", "b")])
        assert theirs.elsewhere == {asks("a")[0].key}
        assert [call.asks for call in theirs.calls] == [tuple(asks("b"))]

    def test_that_a_dead_worker_waited_for_is_asked_again(self, books: Books, run: Run) -> None:
        books.admit([asks("a")])
        Job.objects.filter(pk=books.job.pk).update(lease_until=database_now() - timedelta(seconds=1))
        other = claimed()
        assert other.pk == books.job.pk
        theirs = Books(other, run, Engine(), "en", "tr").admit([asks("a")])
        assert [call.asks for call in theirs.calls] == [tuple(asks("a"))]

    def test_of_a_zombie_is_refused(self, books: Books) -> None:
        (call,) = books.admit([asks("a")]).calls
        Job.objects.filter(pk=books.job.pk).update(fence=99)
        with pytest.raises(LeaseLost):
            settle(books, ended(call))
        with pytest.raises(LeaseLost):
            books.admit([asks("b")])
        assert not EngineAnswer.objects.given().exists()


class TestTheBudget:
    @pytest.fixture(autouse=True)
    def _limit(self, settings: Any) -> None:
        settings.MT_BUDGET = {"fake": 10}

    def used(self) -> int:
        return EngineMonth.objects.get().characters

    def test_is_charged_before_the_call(self, books: Books) -> None:
        books.admit([asks("12345")])
        assert self.used() == 5

    def test_is_never_exceeded(self, books: Books) -> None:
        first = books.admit([asks("12345"), asks("123", "1234")])
        assert [[ask.text for ask in call.asks] for call in first.calls] == [["12345"], ["123"]]
        assert isinstance(first.refusal, ledger.BudgetUsedUp)
        assert self.used() == 8

    def test_of_nothing_means_never(self, books: Books, settings: Any) -> None:
        settings.MT_BUDGET = {"fake": 0}
        admission = books.admit([asks("1")])
        assert (admission.calls, type(admission.refusal)) == ([], ledger.BudgetUsedUp)

    def test_does_not_bind_an_engine_that_it_does_not_name(self, books: Books, settings: Any) -> None:
        settings.MT_BUDGET = {"deepl": 0}
        assert books.admit([asks("x" * 1_000)]).calls

    @pytest.mark.parametrize(("billed", "left"), [(True, 5), (False, 0)])
    def test_gets_back_what_nobody_bills(self, books: Books, billed: bool, left: int) -> None:
        (call,) = books.admit([asks("12345")]).calls
        settle(books, ended(call, engines.Retryable("not now", billed=billed)))
        assert self.used() == left
        assert EngineCall.objects.get().charged is billed

    def test_is_one_for_all_workers(self, books: Books, run: Run) -> None:
        books.admit([asks("1234567")])
        theirs = another_worker(run).admit([asks("abcdefg")])
        assert isinstance(theirs.refusal, ledger.BudgetUsedUp)
        assert self.used() == 7


class TestTheBreaker:
    def fail(self, books: Books, error: engines.EngineError, times: int = 1) -> None:
        for number in range(times):
            EngineAccount.objects.update(closed_until=None)
            (call,) = books.admit([asks(f"failing {number} {error}")]).calls
            settle(books, ended(call, error))

    def test_stays_closed_after_a_few_failures(self, books: Books) -> None:
        self.fail(books, engines.Retryable("not now"), ledger.FAILURES - 1)
        assert books.admit([asks("a")]).calls

    def test_opens_for_all_workers_after_many(self, books: Books, run: Run) -> None:
        self.fail(books, engines.Retryable("not now"), ledger.FAILURES)
        for each in (books, another_worker(run)):
            admission = each.admit([asks("a")])
            assert isinstance(admission.refusal, ledger.OutOfOrder)
            assert admission.refusal.reason == "retryable"

    @pytest.mark.parametrize("error", [engines.QuotaExceeded("used up"), engines.AuthenticationFailed("no")])
    def test_opens_at_once_where_asking_again_is_of_no_use(
        self, books: Books, error: engines.EngineError
    ) -> None:
        self.fail(books, error)
        refusal = books.admit([asks("a")]).refusal
        assert isinstance(refusal, ledger.OutOfOrder)
        assert (refusal.retry_after or 0) > 1_700

    def test_keeps_a_retry_after(self, books: Books) -> None:
        self.fail(books, engines.Retryable("not now", 600.0))
        refusal = books.admit([asks("a")]).refusal
        assert isinstance(refusal, ledger.OutOfOrder)
        assert 590 < (refusal.retry_after or 0) <= 600

    def test_does_not_count_what_is_the_texts_fault(self, books: Books) -> None:
        self.fail(books, engines.BadInput("too long"), 20)
        assert books.admit([asks("a")]).calls

    def test_lets_one_request_try_when_its_time_is_over(self, books: Books, run: Run) -> None:
        self.fail(books, engines.Retryable("not now"), ledger.FAILURES)
        EngineAccount.objects.update(closed_until=database_now() - timedelta(seconds=1))
        trial = books.admit([asks("a"), asks("b")])
        assert len(trial.calls) == 1
        assert not another_worker(run).admit([asks("c")]).calls
        settle(books, ended(trial.calls[0]))
        assert len(books.admit([asks("b"), asks("c")]).calls) == 2

    def test_is_of_one_account(self, books: Books, run: Run) -> None:
        self.fail(books, engines.AuthenticationFailed("no"))
        other = Books(books.job, run, Engine(account_digest="another key"), "en", "tr")
        assert other.admit([asks("a")]).calls


class TestTheRate:
    @pytest.fixture
    def slow(self, books: Books) -> Iterator[Books]:
        class Slow(Engine):
            @property
            def capabilities(self) -> engines.Capabilities:
                return engines.Capabilities(1, 1_000, "characters", frozenset(), per_minute=30)

        return Books(books.job, books.run, Slow(), "en", "tr")

    def test_lets_one_pass_and_says_when_the_next_may(self, slow: Books) -> None:
        first = slow.admit([asks("a"), asks("b")])
        assert len(first.calls) == 1
        assert 1.5 < first.wait <= 2.1

    def test_is_one_for_all_workers(self, slow: Books) -> None:
        slow.admit([asks("a")])
        second = slow.admit([asks("b")])
        assert not second.calls
        assert second.wait > 0

    def test_lets_the_next_pass_in_time(self, slow: Books) -> None:
        slow.admit([asks("a")])
        EngineAccount.objects.update(free_at=database_now() - timedelta(seconds=3))
        assert slow.admit([asks("b")]).calls


def test_a_call_is_on_the_books_before_it_is_sent(books: Books) -> None:
    books.admit([asks("abc", "de")])
    call = EngineCall.objects.get()
    assert (call.texts, call.characters, call.outcome, call.milliseconds) == (2, 5, "", None)


def test_how_a_call_ended_is_written_down(books: Books) -> None:
    first, second = books.admit([asks("a"), asks("b")]).calls
    settle(books, ended(first), ended(second, engines.BadOutput("garbage")))
    rows = EngineCall.objects.order_by("pk").values_list("outcome", "milliseconds")
    assert list(rows) == [("answered", 150), ("output", 150)]


def test_admitting_takes_as_many_queries_for_many_texts(
    books: Books, django_assert_max_num_queries: Any
) -> None:
    batches = [asks(*(f"{batch} {number}" for number in range(50))) for batch in range(8)]
    with django_assert_max_num_queries(18):
        assert len(books.admit(batches).calls) == 8
