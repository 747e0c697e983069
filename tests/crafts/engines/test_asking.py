"""Asking an engine many texts: batches, several at once, again after a failure, never past the ledger."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.engines import asking
from publishing.engines.base import (
    AuthenticationFailed,
    BadInput,
    BadOutput,
    Capabilities,
    EngineError,
    Markup,
    QuotaExceeded,
    Retryable,
)
from publishing.engines.ledger import Admission, Ask, Call


@dataclass
class Engine:
    """An engine in this process: answers in capitals, fails as `answer` says, and knows what it was asked."""

    batch: int = 1
    concurrency: int = 1
    size_limit: int = 1_000
    answer: Callable[[list[str]], list[str]] = lambda texts: [text.upper() for text in texts]
    name: str = "fake"
    settings_digest: str = "settings"
    account_digest: str = "account"
    requests: list[list[str]] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            batch_size=self.batch,
            size_limit=self.size_limit,
            size_unit="characters",
            pairs=frozenset(permutations(("en", "tr", "ru"), 2)),
            concurrency=self.concurrency,
        )

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        with self._lock:
            self.requests.append(list(texts))
            self.under_way += 1
            self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            return self.answer(list(texts))
        finally:
            with self._lock:
                self.under_way -= 1


@dataclass
class Books:
    """A ledger in memory that lets everything pass, but for what a test says."""

    answers: dict[str, str] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    refusal: EngineError | None = None
    admitted: list[list[str]] = field(default_factory=list)

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        return {key: self.answers[key] for key in keys if key in self.answers}

    def admit(self, batches: Sequence[Sequence[Ask]]) -> Admission:
        if self.refusal:
            return Admission(refusal=self.refusal)
        if self.waits:
            return Admission(wait=self.waits.pop())
        known, calls = self.known(ask.key for batch in batches for ask in batch), []
        for batch in batches:
            mine = tuple(ask for ask in batch if ask.key not in known and ask.key not in self.elsewhere)
            if mine:
                self.admitted.append([ask.text for ask in mine])
                calls.append(Call(len(self.admitted), mine))
        return Admission(calls, known, frozenset(self.elsewhere))


def ask(text: str, markup: Markup = "plain") -> Ask:
    return Ask(f"key of {text}", text, markup)


def conversation(engine: Engine, books: Books, texts: Iterable[str]) -> asking.Asking:
    made = asking.Asking(engine, "en", "tr", books, stop=lambda: False)
    made.add(ask(text) for text in texts)
    return made


def outcome(
    engine: Engine, books: Books, texts: Iterable[str]
) -> tuple[dict[str, str], dict[str, EngineError]]:
    answers: dict[str, str] = {}
    failures: dict[str, EngineError] = {}
    for progress in conversation(engine, books, texts):
        answers |= {key.removeprefix("key of "): answer for key, answer in progress.answers.items()}
        failures |= {key.removeprefix("key of "): error for key, error in progress.failures.items()}
    return answers, failures


class TestBatches:
    def test_are_as_large_as_the_engine_takes(self) -> None:
        engine = Engine(batch=50, concurrency=8)
        answers, _ = outcome(engine, Books(), [f"text {number}" for number in range(700)])
        assert len(answers) == 700
        assert sorted(len(request) for request in engine.requests) == [50] * 14

    def test_hold_no_more_than_the_size_limit(self) -> None:
        engine = Engine(batch=50, size_limit=25)
        outcome(engine, Books(), ["x" * 10 + str(number) for number in range(7)])
        assert sorted(len(request) for request in engine.requests) == [1, 2, 2, 2]

    def test_are_of_one_notation(self) -> None:
        engine = Engine(batch=50)
        made = asking.Asking(engine, "en", "tr", Books(), stop=lambda: False)
        made.add([ask("a"), ask("b", "html"), ask("c", "html"), ask("d")])
        list(made)
        assert engine.requests == [["a"], ["b", "c"], ["d"]]

    def test_a_text_is_asked_once(self) -> None:
        engine = Engine()
        outcome(engine, Books(), ["same", "same", "other"])
        assert engine.requests == [["same"], ["other"]]

    def test_go_out_several_at_once(self) -> None:
        together = threading.Barrier(4, timeout=10)

        def answer(texts: list[str]) -> list[str]:
            together.wait()
            return texts

        engine = Engine(concurrency=4, answer=answer)
        answers, _ = outcome(engine, Books(), [str(number) for number in range(12)])
        assert (len(answers), engine.most_at_once) == (12, 4)

    def test_can_be_added_to_in_between(self) -> None:
        engine = Engine()
        made = conversation(engine, Books(), ["first"])
        seen = []
        for progress in made:
            seen += progress.answers.values()
            if "FIRST" in progress.answers.values():
                made.add([ask("second")])
        assert seen == ["FIRST", "SECOND"]


class TestTheLedger:
    def test_what_it_knows_is_not_asked(self) -> None:
        engine = Engine()
        answers, _ = outcome(engine, Books(answers={"key of a": "from the books"}), ["a", "b"])
        assert answers == {"a": "from the books", "b": "B"}
        assert engine.requests == [["b"]]

    def test_nothing_leaves_that_it_did_not_admit(self) -> None:
        engine, books = Engine(batch=3, concurrency=2), Books()
        outcome(engine, books, [str(number) for number in range(20)])
        assert sorted(engine.requests) == sorted(books.admitted)

    def test_what_it_refuses_is_given_up(self) -> None:
        engine = Engine()
        answers, failures = outcome(engine, Books(refusal=QuotaExceeded("used up")), ["a", "b"])
        assert (answers, set(failures), engine.requests) == ({}, {"a", "b"}, [])

    def test_what_another_worker_asks_is_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(asking, "LOOK_AGAIN", 0.01)
        engine, books = Engine(), Books(elsewhere={"key of a"})
        made = conversation(engine, books, ["a", "b"])
        answers: dict[str, str] = {}
        for progress in made:
            answers |= progress.answers
            books.answers["key of a"], books.elsewhere = "theirs", set()
        assert answers == {"key of a": "theirs", "key of b": "B"}
        assert engine.requests == [["b"]]

    def test_is_asked_again_after_the_time_it_names(self) -> None:
        engine = Engine()
        answers, _ = outcome(engine, Books(waits=[0.02, 0.02]), ["a"])
        assert answers == {"a": "A"}


class TestAFailure:
    def failing(self, times: int, error: EngineError, batch: int = 1) -> Engine:
        left = iter([error] * times)

        def answer(texts: list[str]) -> list[str]:
            for each in left:
                raise each
            return [text.upper() for text in texts]

        return Engine(batch=batch, answer=answer)

    def test_that_may_pass_is_tried_again(self) -> None:
        engine = self.failing(2, Retryable("not now"))
        assert outcome(engine, Books(), ["a"]) == ({"a": "A"}, {})
        assert engine.requests == [["a"]] * 3

    def test_is_not_tried_for_ever(self) -> None:
        engine = self.failing(99, Retryable("not now"))
        answers, failures = outcome(engine, Books(), ["a"])
        assert (answers, set(failures)) == ({}, {"a"})
        assert len(engine.requests) == asking.ATTEMPTS

    def test_with_a_long_retry_after_ends_the_conversation(self) -> None:
        engine = self.failing(99, Retryable("not now", 3_600.0))
        _, failures = outcome(engine, Books(), ["a", "b", "c"])
        assert set(failures) == {"a", "b", "c"}
        assert engine.requests[0] == ["a"]
        assert len(engine.requests) <= asking.AHEAD

    @pytest.mark.parametrize("error", [QuotaExceeded("used up"), AuthenticationFailed("wrong key")])
    def test_that_will_not_pass_ends_the_conversation(self, error: EngineError) -> None:
        engine = self.failing(99, error)
        _, failures = outcome(engine, Books(), [str(number) for number in range(40)])
        assert len(failures) == 40
        assert len(engine.requests) <= asking.AHEAD

    @pytest.mark.parametrize("kind", [BadInput, BadOutput])
    def test_of_one_text_costs_the_others_nothing(self, kind: type[EngineError]) -> None:
        def answer(texts: list[str]) -> list[str]:
            if "poison" in texts:
                raise kind("not this one")
            return [text.upper() for text in texts]

        engine = Engine(batch=16, answer=answer)
        texts = [str(number) for number in range(40)]
        answers, failures = outcome(engine, Books(), [*texts[:7], "poison", *texts[7:]])
        assert set(answers) == set(texts)
        assert set(failures) == {"poison"}

    def test_an_answer_of_another_length_is_none(self) -> None:
        engine = Engine(batch=2, answer=lambda texts: ["only one"] if len(texts) > 1 else ["two"])
        answers, _ = outcome(engine, Books(), ["a", "b"])
        assert answers == {"a": "two", "b": "two"}

    def test_of_the_program_is_not_swallowed(self) -> None:
        def answer(texts: list[str]) -> list[str]:
            raise KeyError("a mistake of ours")

        with pytest.raises(KeyError):
            outcome(Engine(answer=answer), Books(), ["a"])


class TestStopping:
    def test_sends_nothing_more_and_hands_over_what_is_paid(self) -> None:
        stopped = threading.Event()

        def answer(texts: list[str]) -> list[str]:
            stopped.set()
            time.sleep(0.05)
            return texts

        engine = Engine(answer=answer)
        made = asking.Asking(engine, "en", "tr", Books(), stop=stopped.is_set)
        made.add(ask(str(number)) for number in range(50))
        answers = [key for progress in made for key in progress.answers]
        assert len(answers) == len(engine.requests)
        assert len(engine.requests) <= asking.AHEAD

    def test_leaves_no_thread_behind(self) -> None:
        before = threading.active_count()
        for progress in conversation(Engine(concurrency=4), Books(), [str(number) for number in range(9)]):
            if progress.answers:
                break
        assert threading.active_count() <= before


@given(
    texts=st.lists(st.text(min_size=1, max_size=5), max_size=30, unique=True),
    batch=st.integers(1, 7),
    concurrency=st.integers(1, 4),
    faults=st.lists(st.sampled_from(["", "", "retry", "output", "input"]), max_size=20),
)
def test_whatever_fails_every_text_is_answered_or_given_up_once(
    texts: list[str], batch: int, concurrency: int, faults: list[str]
) -> None:
    left = iter(faults)
    lock = threading.Lock()

    def answer(asked: list[str]) -> list[str]:
        with lock:
            fault = next(left, "")
        if fault:
            raise {"retry": Retryable, "output": BadOutput, "input": BadInput}[fault]("no")
        return [f"<{text}>" for text in asked]

    answers, failures = outcome(Engine(batch, concurrency, answer=answer), Books(), texts)
    assert set(answers) | set(failures) == set(texts)
    assert not set(answers) & set(failures)
    assert all(answer == f"<{text}>" for text, answer in answers.items())
