"""A run's conversation with its engines: which text goes to whom in which scheme, and what of the answers is kept.

Each distinct text climbs the engine's ladder of schemes until a draft passes the guard; then the next engine is
asked. What no engine could give with its marks is at last asked without them, and the draft lists what a
reviewer has to put back in place.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from publishing import engines
from publishing.engines import guard, ledger, markers
from publishing.engines.asking import Asking, Progress
from publishing.markup import notes
from publishing.models import Block, Job, Revision, Translation

from . import drafting
from .drafting import Draft, Waiting, Work
from .ledger import Books, BudgetUsedUp, OutOfOrder, outcome
from .revising import Text

PIVOT = "en"
MARK_FAULTS = frozenset(
    {
        "reference_lost",
        "reference_invented",
        "placeholder_lost",
        "placeholder_invented",
        "placeholder_order",
    }
)
SCHEME_FAULTS = MARK_FAULTS | {"escaped", "live_markup", "token_left"}
"""What a scheme's own notation may have brought into a draft: the next scheme is worth a try."""


@dataclass(slots=True)
class Candidate:
    """One distinct source text and the translations that wait for it; `text` is what is translated.

    That is the source itself, or its English where an engine has no direct pair. `tail` is what ends the draft
    without having travelled.
    """

    source: str
    text: str
    rows: list[int]
    tail: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    rungs: deque[str] = field(default_factory=deque)
    protected: markers.Protected | None = None
    missing: set[str] = field(default_factory=set)
    failure: engines.EngineError | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft that passed the guard."""

    candidate: Candidate
    draft: str
    detail: Mapping[str, Any]


Keep = Callable[[Progress, Sequence[Accepted], Books], None]


def perform(job: Job) -> None:
    """Does a run, its engines included. Raises TryAgain, LeaseLost."""
    drafting.perform(job, ask_engines)


def ask_engines(work: Work) -> None:
    """Asks the run's engines in order for what is still waiting, then once more without marks."""
    for name in work.run.engines:
        _ask(work, name, bare=False)
    for name in work.run.engines:
        _ask(work, name, bare=True)


def _ask(work: Work, name: str, *, bare: bool) -> None:
    if work.must_stop() or (bare and not any(map(lost_its_marks, work.refused.values()))):
        return
    sources = drafting.distinct_sources(work.run)
    if bare:
        sources = {text: rows for text, rows in sources.items() if lost_its_marks(work.refused.get(text, ()))}
    if not sources:
        return
    converse(work, name, sources, _writing(work, name), bare=bare)


def converse(
    work: Work, name: str, sources: Mapping[str, list[Waiting]], keep: Keep, *, bare: bool = False
) -> None:
    """Asks one engine for these source texts; `keep` is handed what passes the guard, as it comes."""
    engine = engines.get(name)
    source, target = work.languages
    candidates = [_candidate(text, rows, source, target) for text, rows in sources.items()]
    pairs = engine.capabilities.pairs
    if (source, target) in pairs:
        _Conversation(work, engine, source, target, keep, bare=bare).hold(candidates)
    elif {(source, PIVOT), (PIVOT, target)} <= pairs and PIVOT not in {source, target}:
        _through_english(work, engine, candidates, sources, keep, bare=bare)
    else:
        work.troubles.note(name, "pair", texts=len(candidates))


def _candidate(text: str, rows: Sequence[Waiting], source: str, target: str) -> Candidate:
    """What a note says of its date of access need not travel."""
    is_note = all(row.kind == Block.Kind.NOTE for row in rows)
    head, tail = notes.without_boilerplate(text, source, target) if is_note else (text, "")
    return Candidate(text, head, [row.pk for row in rows], tail)


def lost_its_marks(refused: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a draft was thrown away for its marks: without them it may pass."""
    return any(MARK_FAULTS & set(each["faults"]) for each in refused)


def _writing(work: Work, name: str) -> Keep:
    """Keeps what passed the guard as drafts of the run."""

    def keep(progress: Progress, accepted: Sequence[Accepted], books: Books) -> None:
        by_row = {pk: each for each in accepted for pk in each.candidate.rows}

        def drafts(rows: Sequence[Translation]) -> Iterable[Draft]:
            for row in rows:
                each = by_row.get(row.pk)
                if each and row.segment.text == each.candidate.source:
                    detail = {"engine": name, **each.candidate.detail, **each.detail}
                    yield (
                        row,
                        Text(
                            each.draft + each.candidate.tail,
                            Revision.Origin.MACHINE,
                            detail=detail,
                            run=work.run,
                        ),
                    )

        work.record(drafts, only=by_row, before=lambda: books.settle(progress.settled))

    return keep


def _through_english(
    work: Work,
    engine: engines.Engine,
    candidates: list[Candidate],
    sources: Mapping[str, list[Waiting]],
    last: Keep,
    *,
    bare: bool,
) -> None:
    """Two steps where the engine has no direct pair; English that people approved spares the first.

    What lost its marks on one of them goes bare on both: the first would lose them again.
    """
    source, target = work.languages
    approved = _approved_english(work, sources)
    ready: list[Candidate] = []
    for candidate in candidates:
        if candidate.source in approved:
            english = approved[candidate.source]
            candidate.text = (
                notes.without_boilerplate(english, PIVOT, target)[0] if candidate.tail else english
            )
            candidate.detail = {"pivot": {"language": PIVOT, "by": "approved"}}
            ready.append(candidate)

    def keep(progress: Progress, accepted: Sequence[Accepted], books: Books) -> None:
        work.record(lambda _rows: (), only=(), before=lambda: books.settle(progress.settled))
        for each in accepted:
            each.candidate.text = each.draft
            each.candidate.detail = {"pivot": {"language": PIVOT, "by": "engine", "text": each.draft}}
            ready.append(each.candidate)

    first = [candidate for candidate in candidates if candidate.source not in approved]
    _Conversation(work, engine, source, PIVOT, keep, bare=bare).hold(first)
    _Conversation(work, engine, PIVOT, target, last, bare=bare).hold(ready)


def _approved_english(work: Work, sources: Mapping[str, list[Waiting]]) -> dict[str, str]:
    """What people approved in English for today's text of these segments, where it has the same marks.

    Within a block they may have moved a mark to another sentence. That is right in English, but a draft made
    from it would lack a mark here, and have one there that the checks of its own source know nothing of.
    """
    segments = {row.segment_id: text for text, rows in sources.items() for row in rows}
    approved = (
        Translation.objects.remembered()
        .filter(segment__document=work.run.document_id, language=PIVOT)
        .values_list("segment", "current__text")
    )
    return {
        segments[segment]: text
        for segment, text in approved
        if segment in segments and text and markers.compared(segments[segment], text).is_whole
    }


class _Conversation:
    """Texts through one engine from one language into another."""

    def __init__(
        self, work: Work, engine: engines.Engine, source: str, target: str, keep: Keep, *, bare: bool
    ) -> None:
        self.work, self.engine, self.source, self.target = work, engine, source, target
        self.keep, self.bare = keep, bare
        self.books = Books(work.job, work.run, engine, source, target)
        self.asking = Asking(engine, source, target, self.books, stop=work.must_stop)
        self.answers: dict[str, str] = {}
        self.failures: dict[str, engines.EngineError] = {}
        self.waiting: dict[str, list[Candidate]] = {}
        self.whole: deque[Candidate] = deque()

    def hold(self, candidates: Sequence[Candidate]) -> None:
        """Asks for all of them, and keeps what comes back as it comes."""
        for candidate in candidates:
            rungs = (
                ("bare",) if self.bare else markers.ladder(candidate.text, self.engine.capabilities.schemes)
            )
            candidate.rungs = deque(rungs)
            self._climb(candidate)
        if accepted := self._judged_so_far():
            self.keep(Progress(), accepted, self.books)
        for progress in self.asking:
            self._sort(progress)
            self.keep(progress, self._judged_so_far(), self.books)

    def _climb(self, candidate: Candidate) -> None:
        """Asks for the candidate in its next scheme, if it has one left."""
        if not candidate.rungs:
            return
        candidate.protected = markers.protect(candidate.text, candidate.rungs.popleft())
        asks = [self._ask(candidate.protected.markup, piece) for piece in candidate.protected.pieces]
        if failed := next((ask.key for ask in asks if ask.key in self.failures), ""):
            self._failed(candidate, self.failures[failed])  # nothing is asked twice in a conversation
            return
        candidate.missing = {ask.key for ask in asks if ask.key not in self.answers}
        for key in candidate.missing:
            self.waiting.setdefault(key, []).append(candidate)
        if not candidate.missing:
            self.whole.append(candidate)
        self.asking.add(asks)

    def _ask(self, markup: engines.Markup, piece: str) -> ledger.Ask:
        return ledger.Ask(ledger.key(self.engine, self.source, self.target, markup, piece), piece, markup)

    def _sort(self, progress: Progress) -> None:
        """Hands each answer and each failure to the candidates that wait for it."""
        self.answers |= progress.answers
        for key in progress.answers:
            for candidate in self.waiting.pop(key, ()):
                candidate.missing.discard(key)
                if not candidate.missing and candidate.failure is None:
                    self.whole.append(candidate)
        self.failures |= progress.failures
        for key, error in progress.failures.items():
            for candidate in self.waiting.pop(key, ()):
                self._failed(candidate, error)

    def _judged_so_far(self) -> list[Accepted]:
        """What passed the guard; what did not climbs one rung further, and may be there at once from the books."""
        accepted = []
        while self.whole:
            if each := self._judged(self.whole.popleft()):
                accepted.append(each)
        return accepted

    def _judged(self, candidate: Candidate) -> Accepted | None:
        protected = candidate.protected
        assert protected is not None  # noqa: S101 -- it was asked for
        keys = [self._ask(protected.markup, piece).key for piece in protected.pieces]
        restored = markers.restore(protected, [self.answers[key] for key in keys])
        expected = markers.restore(protected, protected.pieces).text if self.bare else candidate.text
        faults = [fault.code for fault in guard.inspect(expected, restored.text, self.source, self.target)]
        if faults:
            self._refused(candidate, protected.scheme, sorted(set(faults)))
            return None
        detail: dict[str, Any] = {"scheme": protected.scheme}
        marks = markers.compared(candidate.source, restored.text + candidate.tail)
        if marks.moved:
            detail["moved"] = True
        if marks.unplaced:
            detail["unplaced"] = list(marks.unplaced)
        if refused := self.work.refused.get(candidate.source):
            detail["refused"] = refused
        return Accepted(candidate, restored.text, detail)

    def _refused(self, candidate: Candidate, scheme: str, faults: list[str]) -> None:
        told = self.work.refused.setdefault(candidate.source, [])
        told.append({"engine": self.engine.name, "scheme": scheme, "faults": faults})
        if candidate.rungs and SCHEME_FAULTS & set(faults):
            self._climb(candidate)
            return
        for code in faults:
            self.work.troubles.note(self.engine.name, f"guard:{code}")

    def _failed(self, candidate: Candidate, error: engines.EngineError) -> None:
        """The engine gave nothing for a piece of this text in this scheme; noted once for each text.

        What it cannot take or answer in one notation it may in the next.
        """
        if candidate.failure is not None:
            return
        if candidate.rungs and isinstance(error, engines.BadInput | engines.BadOutput):
            self._climb(candidate)
            return
        candidate.failure = error
        name, troubles = self.engine.name, self.work.troubles
        if isinstance(error, BudgetUsedUp):
            troubles.note(name, "budget", limit=error.limit, used=error.used)
        elif isinstance(error, OutOfOrder):
            troubles.note(name, "closed", reason=error.reason)
        else:
            troubles.note(name, str(outcome(error)))
        if isinstance(error, engines.Retryable):
            troubles.come_back(error)
