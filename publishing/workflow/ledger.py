"""The books of the engines, in the database: what was asked and answered, what may be sent, what it costs.

Everything that decides whether a request may leave is shared by all workers: the answers so far, the account's
health and rate, the month's characters. A batch is admitted in one transaction, before it is sent; what came
back is settled in the transaction that records the drafts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from publishing import engines
from publishing.engines.ledger import Admission, Ask, Call, Settled, characters
from publishing.models import EngineAccount, EngineAnswer, EngineCall, EngineMonth, Job, Run
from publishing.models.engine import database_now

from . import jobs

BATCH: Final = 500
FAILURES: Final = 5
"""Failures in a row after which an engine is left alone for a while."""
FIRST_CLOSURE, LONGEST_CLOSURE = timedelta(seconds=30), timedelta(minutes=30)
SHORT_CLOSURE: Final = 2.5
"""Seconds that a conversation waits for an engine; with a longer closure the work comes back another time."""
TRIAL: Final = timedelta(seconds=60)
"""How long one request may take to show that the engine is well again, before another one tries."""

OUTCOMES: Final[Mapping[type[engines.EngineError], EngineCall.Outcome]] = {
    engines.Retryable: EngineCall.Outcome.RETRYABLE,
    engines.QuotaExceeded: EngineCall.Outcome.QUOTA,
    engines.AuthenticationFailed: EngineCall.Outcome.AUTHENTICATION,
    engines.BadInput: EngineCall.Outcome.INPUT,
    engines.BadOutput: EngineCall.Outcome.OUTPUT,
}


class BudgetUsedUp(engines.QuotaExceeded):
    """The month's characters would be exceeded: nothing was sent."""

    def __init__(self, engine: str, *, limit: int, used: int) -> None:
        super().__init__(f"{engine}: the budget of {limit} characters a month is used up", billed=False)
        self.limit, self.used = limit, used


class OutOfOrder(engines.Retryable):
    """The engine failed too often: it is left alone for a while, by all workers. `reason` is an outcome."""

    def __init__(self, engine: str, *, wait: float, reason: str) -> None:
        super().__init__(f"{engine}: left alone for {wait:.0f} s after failures", wait, billed=False)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Books:
    """A `Ledger` of one engine for one run, kept by the worker that holds the run's job."""

    job: Job
    run: Run
    engine: engines.Engine
    source: str
    target: str

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        """See `Ledger.known`."""
        wanted, found = sorted(set(keys)), dict[str, str]()
        for start in range(0, len(wanted), BATCH):
            rows = EngineAnswer.objects.given().filter(key__in=wanted[start : start + BATCH])
            found |= dict(rows.values_list("key", "answer"))
        return found

    def admit(self, batches: Sequence[Sequence[Ask]]) -> Admission:
        """See `Ledger.admit`. Raises LeaseLost where the job has passed to another worker."""
        with jobs.recording(self.job):
            account, now = self._account(), database_now()
            most, closed = _by_health(account, now, len(batches))
            if most == 0:
                return self._shut(account, closed)
            allowed, wait = _by_rate(account, now, most, self.engine.capabilities.per_minute)
            asks = [ask for batch in batches[:allowed] for ask in batch]
            known, elsewhere = self._reserve(asks)
            mine = [
                [ask for ask in batch if ask.key not in known and ask.key not in elsewhere]
                for batch in batches[:allowed]
            ]
            affordable, refusal = self._charge([batch for batch in mine if batch], now)
            account.save(update_fields=["free_at", "closed_until"])
            return Admission(self._calls(affordable), known, frozenset(elsewhere), max(wait, closed), refusal)

    def settle(self, settled: Sequence[Settled]) -> None:
        """Writes down how calls ended, in the transaction that records what came of them."""
        answered = {
            ask.key: answer
            for each in settled
            if each.answers is not None
            for ask, answer in zip(each.call.asks, each.answers, strict=True)
        }
        if answered:
            EngineAnswer.objects.answer(answered)
        calls = [_ended(each) for each in settled]
        EngineCall.objects.bulk_update(calls, ["outcome", "milliseconds", "charged"])
        self._judge(settled)
        self._refund(settled)  # after the account, as in `admit`: two workers never lock the two crosswise

    def _shut(self, account: EngineAccount, wait: float) -> Admission:
        """A short closure is waited for; after a long one the work comes back another time."""
        if wait <= SHORT_CLOSURE:
            return Admission(wait=wait)
        return Admission(refusal=OutOfOrder(self.engine.name, wait=wait, reason=account.reason))

    # --- one step each ------------------------------------------------------------------------

    def _account(self) -> EngineAccount:
        """The account's row, locked: those who may send are told one after another."""
        EngineAccount.objects.bulk_create(
            [EngineAccount(engine=self.engine.name, digest=self.engine.account_digest)], ignore_conflicts=True
        )
        return EngineAccount.objects.select_for_update().get(
            engine=self.engine.name, digest=self.engine.account_digest
        )

    def _reserve(self, asks: Sequence[Ask]) -> tuple[dict[str, str], set[str]]:
        """Writes down what is about to be asked; returns what is answered already, and what others are asking."""
        asks = sorted(
            asks, key=lambda ask: ask.key
        )  # in one order, so that two workers cannot lock crosswise
        if asks:
            EngineAnswer.objects.reserve([self._row(ask) for ask in asks])
        known: dict[str, str] = {}
        elsewhere: set[str] = set()
        for start in range(0, len(asks), BATCH):
            rows = EngineAnswer.objects.filter(key__in=[ask.key for ask in asks[start : start + BATCH]])
            for key, answer, job, fence in rows.values_list("key", "answer", "job", "fence"):
                if answer is not None:
                    known[key] = answer
                elif (job, fence) != (self.job.pk, self.job.fence):
                    elsewhere.add(key)
        return known, elsewhere - self._take_over(elsewhere)

    def _row(self, ask: Ask) -> EngineAnswer:
        return EngineAnswer(
            key=ask.key,
            engine=self.engine.name,
            source_language=self.source,
            target_language=self.target,
            sent=ask.text,
            job=self.job.pk,
            fence=self.job.fence,
        )

    def _take_over(self, keys: set[str]) -> set[str]:
        """Takes what a dead worker was asking; returns the keys that are this worker's now."""
        if not keys:
            return set()
        EngineAnswer.objects.abandoned().filter(key__in=keys).update(job=self.job.pk, fence=self.job.fence)
        mine = EngineAnswer.objects.filter(key__in=keys, job=self.job.pk, fence=self.job.fence)
        return set(mine.values_list("key", flat=True))

    def _charge(
        self, batches: Sequence[Sequence[Ask]], now: datetime
    ) -> tuple[list[Sequence[Ask]], BudgetUsedUp | None]:
        """Charges as many texts as the month's budget holds, in their order; the first that does not fit ends it."""
        name = self.engine.name
        row = _month(name, now)
        limit = settings.MT_BUDGET.get(name)
        affordable: list[Sequence[Ask]] = []
        used, refusal = row.characters, None
        for batch in batches:
            fitting = list(batch)
            while limit is not None and fitting and used + characters(fitting) > limit:
                fitting.pop()
                refusal = BudgetUsedUp(name, limit=limit, used=row.characters)
            if fitting:
                affordable.append(fitting)
                used += characters(fitting)
            if refusal:
                break
        EngineMonth.objects.filter(pk=row.pk).update(characters=used)
        return affordable, refusal

    def _calls(self, batches: Sequence[Sequence[Ask]]) -> list[Call]:
        rows = EngineCall.objects.bulk_create(
            EngineCall(run=self.run, engine=self.engine.name, texts=len(batch), characters=characters(batch))
            for batch in batches
        )
        return [Call(row.pk, tuple(batch)) for row, batch in zip(rows, batches, strict=True)]

    def _refund(self, settled: Sequence[Settled]) -> None:
        """What was certainly not translated is not on the engine's bill, and so not on ours."""
        back = sum(characters(each.call.asks) for each in settled if each.error and not each.error.billed)
        if back:
            month = f"{database_now():%Y-%m}"
            EngineMonth.objects.filter(engine=self.engine.name, month=month, characters__gte=back).update(
                characters=F("characters") - back
            )

    def _judge(self, settled: Sequence[Settled]) -> None:
        """The account's health after these calls: a success heals it, failures in a row close it for a while.

        Requests that were under way together fail together: that counts as one failure.
        """
        rows = EngineAccount.objects.filter(engine=self.engine.name, digest=self.engine.account_digest)
        errors = [each.error for each in settled if each.error]
        if len(errors) < len(settled):
            rows.exclude(failures=0, closed_until=None).update(failures=0, closed_until=None, reason="")
        serious = [error for error in errors if not isinstance(error, engines.BadInput)]
        if serious and len(errors) == len(settled):
            self._note_failure(rows.select_for_update().get(), max(serious, key=_gravity))

    def _note_failure(self, account: EngineAccount, error: engines.EngineError) -> None:
        account.failures += 1
        closure = timedelta(0)
        if isinstance(error, engines.QuotaExceeded | engines.AuthenticationFailed):
            closure = LONGEST_CLOSURE
        elif account.failures >= FAILURES:
            closure = min(FIRST_CLOSURE * 2 ** min(account.failures - FAILURES, 10), LONGEST_CLOSURE)
        if isinstance(error, engines.Retryable) and error.retry_after:
            closure = max(closure, timedelta(seconds=error.retry_after))
        if closure:
            account.closed_until = database_now() + closure
            account.reason = outcome(error)
        account.save(update_fields=["failures", "closed_until", "reason"])


def charge(engine: str, characters: int) -> None:
    """Charges what is about to be sent outside of any run, or gives it back. Raises BudgetUsedUp: send nothing."""
    with transaction.atomic():
        row = _month(engine, database_now())
        limit = settings.MT_BUDGET.get(engine)
        if limit is not None and characters > 0 and row.characters + characters > limit:
            raise BudgetUsedUp(engine, limit=limit, used=row.characters)
        EngineMonth.objects.filter(pk=row.pk).update(characters=F("characters") + characters)


def _month(engine: str, now: datetime) -> EngineMonth:
    """The engine's month, locked: those who charge do so one after another."""
    month = f"{now:%Y-%m}"
    EngineMonth.objects.bulk_create([EngineMonth(engine=engine, month=month)], ignore_conflicts=True)
    return EngineMonth.objects.select_for_update().get(engine=engine, month=month)


def outcome(error: engines.EngineError) -> EngineCall.Outcome:
    """The word for an engine's error."""
    return next(word for kind, word in OUTCOMES.items() if isinstance(error, kind))


def _gravity(error: engines.EngineError) -> tuple[bool, float]:
    """Of several errors at once the one to act on: a refusal before a fault, a long wait before a short one."""
    wait = error.retry_after or 0.0 if isinstance(error, engines.Retryable) else 0.0
    return isinstance(error, engines.QuotaExceeded | engines.AuthenticationFailed), wait


def _by_health(account: EngineAccount, now: datetime, wanted: int) -> tuple[int, float]:
    """How many batches the account's health lets pass (all, one to try it again, or none), and for how long."""
    if account.closed_until is None:
        return wanted, 0.0
    if account.closed_until > now:
        return 0, (account.closed_until - now).total_seconds()
    account.closed_until = now + TRIAL
    return 1, TRIAL.total_seconds()


def _by_rate(account: EngineAccount, now: datetime, wanted: int, per_minute: int) -> tuple[int, float]:
    """How many requests the rate allows now, and the seconds until the next; a burst of a second's worth passes."""
    if not per_minute:
        return wanted, 0.0
    interval = timedelta(minutes=1) / per_minute
    tolerance = max(timedelta(seconds=1) - interval, timedelta(0))
    free_at = max(account.free_at or now, now)
    allowed = 0
    while allowed < wanted and free_at - now <= tolerance:
        free_at += interval
        allowed += 1
    account.free_at = free_at
    return allowed, 0.0 if allowed == wanted else max(0.0, (free_at - now - tolerance).total_seconds())


def _ended(settled: Settled) -> EngineCall:
    error = settled.error
    return EngineCall(
        pk=settled.call.id,
        outcome=outcome(error) if error else EngineCall.Outcome.ANSWERED,
        milliseconds=settled.milliseconds,
        charged=error is None or error.billed,
    )
