"""Asking an engine many texts: in batches, several requests at once, again after a failure, never past the ledger.

Only the requests themselves run in threads. The ledger is asked, and what came back is handed over, by the
thread that iterates, so that whoever keeps the ledger in a database has one connection and one order of things.
"""

from __future__ import annotations

import heapq
import itertools
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from .base import BadInput, BadOutput, Engine, EngineError, Retryable
from .ledger import Ask, Call, Ledger, Settled

ATTEMPTS = 4
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
PATIENCE = 2.0
"""The longest Retry-After, in seconds, that is waited for here; after a longer one the work comes back later."""
LOOK_AGAIN = 0.5
"""Seconds after which a text that another worker was asking is looked for again."""
GATHER, MOMENT = 0.1, 0.01
"""Answers that come within a moment of each other are handed over together (a commit each would cost more), up to
so many seconds after the first."""
AHEAD = 3
"""Requests on the books for each that can be under way, so that none waits for the ledger."""


@dataclass(slots=True)
class Progress:
    """What is handed over at once: how calls ended, and what is known or given up of the texts that were asked."""

    settled: list[Settled] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    failures: dict[str, EngineError] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.settled or self.answers or self.failures)


@dataclass(slots=True)
class _Wish:
    """An ask that has no answer yet: how often it failed, and with how many others it may still share a request."""

    ask: Ask
    company: int
    attempts: int = 0


class Asking:
    """One conversation with one engine. `add` texts, also in between, and iterate until all are answered or given up.

    `stop` is looked at all the time: once it says so nothing more is sent, what is under way is waited for and
    handed over (it is paid), and the rest is left without a word.
    """

    def __init__(
        self, engine: Engine, source: str, target: str, ledger: Ledger, *, stop: Callable[[], bool]
    ) -> None:
        self.engine, self.source, self.target = engine, source, target
        self._ledger, self._stop = ledger, stop
        can = engine.capabilities
        self._batch, self._ahead = can.batch_size, can.concurrency * AHEAD
        self._limit = (can.size_limit, can.size_unit == "bytes")
        self._threads = ThreadPoolExecutor(can.concurrency, thread_name_prefix=f"engine {engine.name}")
        self._asked: set[str] = set()
        self._pending: deque[_Wish] = deque()
        self._delayed: list[tuple[float, int, _Wish]] = []
        self._under_way: dict[Future[Settled], list[_Wish]] = {}
        self._order = itertools.count()
        self._not_before = 0.0
        self._refusal: EngineError | None = None

    def add(self, asks: Iterable[Ask]) -> None:
        """Ask these as well; a key that was added before is asked once."""
        for ask in asks:
            if ask.key not in self._asked:
                self._asked.add(ask.key)
                self._pending.append(_Wish(ask, self._batch))

    def __iter__(self) -> Iterator[Progress]:
        try:
            yield from self._handed_over()
        finally:
            self._threads.shutdown(wait=True, cancel_futures=True)

    def _handed_over(self) -> Iterator[Progress]:
        if known := self._known():
            yield Progress(answers=known)
        while self._under_way or self._goes_on():
            progress = Progress()
            if self._goes_on():
                self._admit(progress)
            self._collect(progress)
            if progress:
                yield progress

    def _known(self) -> dict[str, str]:
        """What the books hold of everything that was added so far, before anything is admitted."""
        known = dict(self._ledger.known(wish.ask.key for wish in self._pending))
        self._pending = deque(wish for wish in self._pending if wish.ask.key not in known)
        return known

    def _goes_on(self) -> bool:
        return bool(self._pending or self._delayed) and not self._stop()

    # --- sending ------------------------------------------------------------------------------

    def _admit(self, progress: Progress) -> None:
        """Sends what the ledger lets pass; gives up what it refuses."""
        now = time.monotonic()
        while self._delayed and self._delayed[0][0] <= now:
            self._pending.append(heapq.heappop(self._delayed)[2])
        if self._refusal:
            self._give_up_all(progress, self._refusal)
            return
        free = self._ahead - len(self._under_way)
        if not self._pending or free <= 0 or now < self._not_before:
            return
        batches = [self._next_batch() for _ in range(free) if self._pending]
        admission = self._ledger.admit([[wish.ask for wish in batch] for batch in batches])
        wishes = {wish.ask.key: wish for batch in batches for wish in batch}
        for call in admission.calls:
            self._under_way[self._threads.submit(self._send, call)] = [
                wishes.pop(ask.key) for ask in call.asks
            ]
        for key in [key for key in wishes if key in admission.known]:
            progress.answers[key] = admission.known[key]
            del wishes[key]
        for key in [key for key in wishes if key in admission.elsewhere]:
            self._later(wishes.pop(key), LOOK_AGAIN)
        self._pending.extendleft(reversed(wishes.values()))
        self._not_before = now + admission.wait
        self._refusal = admission.refusal

    def _next_batch(self) -> list[_Wish]:
        """The next texts that fit into one request: of one notation, not too many, not too long together."""
        batch = [self._pending.popleft()]
        size = self._size(batch[0])
        while self._pending and len(batch) < min(self._batch, *(wish.company for wish in batch)):
            following = self._pending[0]
            size += self._size(following)
            alike = following.ask.markup == batch[0].ask.markup and following.company > len(batch)
            if not alike or size > self._limit[0]:
                break
            batch.append(self._pending.popleft())
        return batch

    def _size(self, wish: _Wish) -> int:
        return len(wish.ask.text.encode("utf-8", "surrogatepass") if self._limit[1] else wish.ask.text)

    def _send(self, call: Call) -> Settled:
        """One request, in a thread of its own."""
        started = time.monotonic()
        answers: tuple[str, ...] | None = None
        error: EngineError | None = None
        try:
            texts = [ask.text for ask in call.asks]
            answers = tuple(
                self.engine.translate(texts, self.source, self.target, markup=call.asks[0].markup)
            )
            if len(answers) != len(texts):
                answers, error = None, BadOutput(f"{self.engine.name}: answered another number of texts")
        except EngineError as failure:
            error = failure
        return Settled(call, round((time.monotonic() - started) * 1000), answers, error)

    # --- receiving ----------------------------------------------------------------------------

    def _collect(self, progress: Progress) -> None:
        """Waits a moment for requests that are under way, and sorts what came back."""
        if not self._under_way:
            if not progress:
                time.sleep(self._idle())
            return
        done, _ = wait(self._under_way, timeout=0 if progress else self._idle(), return_when=FIRST_COMPLETED)
        for future in self._gathered(done):
            self._sort(future.result(), self._under_way.pop(future), progress)

    def _gathered(self, done: set[Future[Settled]]) -> set[Future[Settled]]:
        """These, and what else comes back as long as something does every moment."""
        until, more = time.monotonic() + GATHER, bool(done)
        while more and time.monotonic() < until and (left := self._under_way.keys() - done):
            came, _ = wait(left, timeout=MOMENT, return_when=FIRST_COMPLETED)
            done, more = done | came, bool(came)
        return done

    def _idle(self) -> float:
        """How long nothing has to be looked at but requests under way."""
        times = [self._delayed[0][0]] if self._delayed else []
        has_room = len(self._under_way) < self._ahead
        times += [self._not_before] if self._pending and has_room else []
        until = min(times, default=0.0) - time.monotonic()
        return min(max(until, 0.01), LOOK_AGAIN) if times else LOOK_AGAIN

    def _sort(self, settled: Settled, wishes: Sequence[_Wish], progress: Progress) -> None:
        progress.settled.append(settled)
        if settled.answers is not None:
            self._not_before = 0.0  # an engine that was being tried is well again
            progress.answers |= dict(
                zip((ask.key for ask in settled.call.asks), settled.answers, strict=True)
            )
        elif isinstance(settled.error, Retryable):
            self._try_again(wishes, settled.error, progress)
        elif isinstance(settled.error, BadInput | BadOutput):
            self._try_apart(wishes, settled.error, progress)
        elif settled.error is not None:
            self._refusal = settled.error
            self._give_up(wishes, settled.error, progress)

    def _try_again(self, wishes: Sequence[_Wish], error: Retryable, progress: Progress) -> None:
        """After a pause with full jitter; where the engine asks for more time than that, not in this conversation."""
        for wish in wishes:
            wish.attempts += 1
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** wishes[0].attempts)
        pause = random.uniform(0, longest)  # noqa: S311 -- jitter, not a secret
        if error.retry_after is not None and error.retry_after > PATIENCE:
            self._refusal = error
            self._give_up(wishes, error, progress)
            return
        pause += error.retry_after or 0.0
        for wish in wishes:
            if wish.attempts < ATTEMPTS:
                self._later(wish, pause)
            else:
                self._give_up([wish], error, progress)

    def _try_apart(self, wishes: Sequence[_Wish], error: EngineError, progress: Progress) -> None:
        """One text can spoil a request: the others are asked in halves until it stands alone."""
        if len(wishes) == 1:
            self._give_up(wishes, error, progress)
            return
        for wish in wishes:
            wish.company = max(1, len(wishes) // 2)
        self._pending.extendleft(reversed(wishes))

    def _later(self, wish: _Wish, seconds: float) -> None:
        heapq.heappush(self._delayed, (time.monotonic() + seconds, next(self._order), wish))

    def _give_up(self, wishes: Iterable[_Wish], error: EngineError, progress: Progress) -> None:
        progress.failures |= {wish.ask.key: error for wish in wishes}

    def _give_up_all(self, progress: Progress, error: EngineError) -> None:
        self._give_up(self._pending, error, progress)
        self._give_up((wish for _, _, wish in self._delayed), error, progress)
        self._pending.clear()
        self._delayed.clear()
