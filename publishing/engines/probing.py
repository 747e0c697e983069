"""What really survives an engine, measured with a few sentences of our own.

Engines change without notice, and what one kept last year it may eat today. `probes` has what is sent; `measure`
sends it, judges each answer and counts what that took.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .base import BadInput, BadOutput, Engine, EngineError, Markup, Retryable
from .probes import Outcome, Probe, plain_sentence, probes


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one probe."""

    group: str
    name: str
    outcome: Outcome
    sent: str
    answer: str


@dataclass(slots=True)
class Report:
    """What was measured for a pair: a row per probe, limits where they were asked for, and what it took.

    `failure` says why it ended early, if it did: what was sent until then is paid, and so is told.
    """

    engine: str
    source: str
    target: str
    rows: list[Row] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    characters: int = 0
    milliseconds: list[int] = field(default_factory=list)
    failure: str = ""

    @property
    def median(self) -> int:
        """The median time of a request, in milliseconds."""
        return round(statistics.median(self.milliseconds)) if self.milliseconds else 0


def measure(
    engine: Engine, source: str, target: str, *, charge: Callable[[int], None], limits: bool = False
) -> Report:
    """What becomes of each probe; with `limits` also how many texts and characters a request really may hold.

    `charge` is told before each call how many characters it sends, and raises where they may not be sent; what
    the engine does not bill is given back, as a negative number. A text that is refused or gets no answer is a
    row like any other; what no other text would avoid, a refused key or a used-up budget, ends the measurement.
    """
    report = Report(engine.name, source, target)
    ask = _Asking(engine, report, charge)
    try:
        for probe in probes(engine, source, target):
            outcome, answer = ask.outcome(probe)
            report.rows.append(Row(probe.group, probe.name, outcome, "\n".join(probe.texts), answer))
    except EngineError as error:
        report.failure = str(error)
        return report
    if limits:
        for name, search in (("texts", _most_texts), ("size", _largest)):
            try:
                report.limits[name] = search(ask, source)
            except EngineError as error:
                report.rows.append(Row("limits", name, "unanswered", "", str(error)))
    return report


class _Asking:
    """Asks one engine, within its rate, and counts what that takes."""

    def __init__(self, engine: Engine, report: Report, charge: Callable[[int], None]) -> None:
        self.engine, self._report, self._charge = engine, report, charge

    def outcome(self, probe: Probe) -> tuple[Outcome, str]:
        """What became of a probe, and the answers; or why there are none."""
        try:
            answers = self.answers(list(probe.texts), probe.markup)
        except BadInput as error:
            return "refused", str(error)
        except (BadOutput, Retryable) as error:
            return "unanswered", str(error)
        return probe.judge(answers), "\n".join(answers)

    def answers(self, texts: list[str], markup: Markup = "plain") -> list[str]:
        """One call of the engine."""
        report, can = self._report, self.engine.capabilities
        if report.requests and can.per_minute:
            time.sleep(60 / can.per_minute)
        size = sum(map(len, texts))
        self._charge(size)
        report.requests += -(-len(texts) // can.batch_size)
        report.characters += size
        began = time.monotonic()
        try:
            return self.engine.translate(texts, report.source, report.target, markup=markup)
        except EngineError as error:
            if not error.billed:
                self._charge(-size)
            raise
        finally:
            report.milliseconds.append(round((time.monotonic() - began) * 1000))

    def takes(self, texts: list[str]) -> bool:
        """Whether the engine takes these texts in a request."""
        try:
            self.answers(texts)
        except BadInput:
            return False
        return True


def _most_texts(ask: _Asking, source: str) -> int:
    text = plain_sentence(source)
    return _highest(lambda number: ask.takes([text] * number), ask.engine.capabilities.batch_size)


def _largest(ask: _Asking, source: str) -> int:
    """In the unit of `capabilities.size_unit`; sentences are repeated up to the size, so within one of them."""
    can = ask.engine.capabilities
    sentence = plain_sentence(source) + " "
    unit = len(sentence.encode() if can.size_unit == "bytes" else sentence)
    return unit * _highest(lambda number: ask.takes([(sentence * number).strip()]), can.size_limit // unit)


def _highest(takes: Callable[[int], bool], most: int) -> int:
    """The highest number up to `most` that is taken, by halves; 0 where none is."""
    if takes(most):
        return most
    taken, refused = 0, most
    while refused - taken > 1:
        middle = (taken + refused) // 2
        if takes(middle):
            taken = middle
        else:
            refused = middle
    return taken
