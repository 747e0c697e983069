"""Every fault of every engine, with what has to become of it: one table, one test per cell.

What an engine does wrong on the wire, by its status or in the form of its answer is an error of the family, and
says whether the request may be on the bill. What it does wrong inside of a text comes back, and the guard names it.
"""

import logging
import traceback
from dataclasses import dataclass, replace

import pytest

from publishing.engines import (
    AuthenticationFailed,
    BadInput,
    BadOutput,
    Engine,
    EngineError,
    QuotaExceeded,
    Retryable,
    guard,
)
from tests.contracts.conftest import WAYS
from tests.engines_fake import CONTENTS, DEEPL_KEY, FAULTS, LIBRETRANSLATE_KEY, FakeEngines, pseudo

SECRETS = (DEEPL_KEY, LIBRETRANSLATE_KEY)
TEXT = "Russia invaded Ukraine in 2014."
TEXTS = [
    "In 2014 the <b1>army</b1> went [3] to the south of the country.",
    "The page https://example.org/a_page says that &lt;script&gt; is 7 letters long.",
    "A third sentence counts 1991 ships and has [8] a reference, too.",
]


@dataclass(frozen=True)
class Error:
    """An error of the family, and whether the engine may bill the request."""

    kind: type[EngineError]
    billed: bool


@dataclass(frozen=True)
class Named:
    """An answer that comes back, and what the guard says of one of its texts at least."""

    fault: str


@dataclass(frozen=True)
class Sound:
    """An answer in which nothing is wrong: the fault is none, or the engine's protocol cannot commit it."""


Outcome = Error | Named | Sound
LATER, LATER_UNBILLED = Error(Retryable, billed=True), Error(Retryable, billed=False)
QUOTA, AUTH, INPUT = (Error(kind, billed=False) for kind in (QuotaExceeded, AuthenticationFailed, BadInput))
OUTPUT = Error(BadOutput, billed=True)

EVERYWHERE: dict[str, Outcome] = {
    "400": INPUT,
    "401": AUTH,
    "403": AUTH,
    "404": AUTH,
    "413": INPUT,
    "429": LATER_UNBILLED,
    "429 with a delay": LATER_UNBILLED,
    "429 with a date": LATER_UNBILLED,
    "456": QUOTA,
    "500": LATER,
    "502 html": LATER,
    "503": LATER,
    "hang": LATER,
    "drip": LATER,
    "drip in the headers": LATER,
    "reset": LATER,
    "short body": LATER,
    "truncated": OUTPUT,
    "wrong shape": OUTPUT,
    "error page": LATER,
    "error text": LATER,
    "other page": OUTPUT,
    "quota text": QUOTA,
    "language text": INPUT,
    "empty": OUTPUT,
    "empty body": OUTPUT,
    "null": OUTPUT,
    "no word": OUTPUT,
    "half a character": OUTPUT,
    "not utf-8": OUTPUT,
    "huge": OUTPUT,
    "compressed": OUTPUT,
    "redirect": Error(BadOutput, billed=False),
    "source echoed": Named("echoed"),
    "wrong language": Named("wrong_language"),
    "markers lost": Named("reference_lost"),
    "markers doubled": Named("reference_invented"),
    "markers moved": Sound(),
    "underscores eaten": Named("address_changed"),
    "entities unescaped": Named("live_markup"),
    "array too short": OUTPUT,
    "array too long": OUTPUT,
    "array swapped": Named("number_changed"),
}
# One text a request: there is no array to shorten, lengthen or swap.
WITHOUT_ARRAYS: dict[str, Outcome] = {
    "array too short": Sound(),
    "array too long": Sound(),
    "array swapped": Sound(),
}
EXCEPTIONS: dict[str, dict[str, Outcome]] = {
    "google": WITHOUT_ARRAYS,
    # Its answers are escaped once more, so an entity that it unescaped is still one.
    "mymemory": {**WITHOUT_ARRAYS, "entities unescaped": Sound()},
    "deepl": {"array swapped": Sound()},
}
SLOW = ("hang", "drip", "drip in the headers")


def expected(way: str, fault: str) -> Outcome:
    return EXCEPTIONS.get(way, {}).get(fault, EVERYWHERE[fault])


def test_the_table_is_whole() -> None:
    assert set(EVERYWHERE) == set(FAULTS)
    assert set(EXCEPTIONS) <= set(WAYS)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in CONTENTS])
def test_a_fault_is_the_expected_error(
    engine: Engine,
    way: str,
    fake: FakeEngines,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    outcome = expected(way, fault)
    assert isinstance(outcome, Error)
    fake.misbehave(fault)
    with pytest.raises(EngineError) as caught:
        _hurried(engine, fault).translate([TEXT], "en", "tr")
    assert (type(caught.value), caught.value.billed) == (outcome.kind, outcome.billed)
    _is_one_clear_line(caught.value, engine.name)
    assert len(fake.seen) == 1, "nothing is asked again by itself"
    assert not any(secret in caplog.text for secret in SECRETS)


def _hurried(engine: Engine, fault: str) -> Engine:
    """The engine with little patience where the fault would exhaust it."""
    if fault not in SLOW:
        return engine
    hurried: Engine = replace(engine, configuration=replace(engine.configuration, timeout=0.2))
    return hurried


def _is_one_clear_line(error: EngineError, name: str) -> None:
    message = str(error)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    assert TEXT not in message
    frames = traceback.TracebackException.from_exception(error, capture_locals=True)
    told = f"{error!r}{''.join(frames.format())}"
    assert not any(secret in told for secret in SECRETS)
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


@pytest.mark.parametrize("fault", ["array too short", "array too long"])
def test_an_array_of_another_length_is_no_answer(
    engine: Engine, way: str, fake: FakeEngines, fault: str
) -> None:
    fake.misbehave(fault)
    outcome = expected(way, fault)
    if isinstance(outcome, Sound):
        assert _faults(engine) == []
        return
    assert isinstance(outcome, Error)
    with pytest.raises(outcome.kind, match=r"number of texts|texts for|form of its protocol") as caught:
        engine.translate(TEXTS, "en", "tr")
    assert caught.value.billed


@pytest.mark.parametrize("target", ["tr", "ru"])
@pytest.mark.parametrize("fault", [fault for fault in CONTENTS if not isinstance(EVERYWHERE[fault], Error)])
def test_a_fault_inside_of_a_text_is_named_by_the_guard(
    engine: Engine, way: str, fake: FakeEngines, fault: str, target: str
) -> None:
    fake.misbehave(fault)
    outcome = expected(way, fault)
    if isinstance(outcome, Sound):
        assert _faults(engine, target) == []
        return
    assert isinstance(outcome, Named)
    in_russian = {"wrong_language": "wrong_script"} if target == "ru" else {}
    assert in_russian.get(outcome.fault, outcome.fault) in _faults(engine, target)


def _faults(engine: Engine, target: str = "tr") -> list[str]:
    answers = engine.translate(TEXTS, "en", target)
    assert len(answers) == len(TEXTS)
    return [
        fault.code
        for text, answer in zip(TEXTS, answers, strict=True)
        for fault in guard.inspect(text, answer, "en", target)
    ]


@pytest.mark.parametrize("target", ["tr", "ru"])
def test_without_a_fault_nothing_is_named(engine: Engine, target: str) -> None:
    assert _faults(engine, target) == []


def test_works_again_after_a_fault(engine: Engine, fake: FakeEngines) -> None:
    for fault in ("reset", "short body", "huge", "500", "wrong shape"):
        fake.misbehave(fault)
        with pytest.raises(EngineError):
            engine.translate([TEXT], "en", "tr")
    fake.misbehave("")
    assert engine.translate([TEXT], "en", "tr") == [pseudo(TEXT, "en", "tr")]


@pytest.mark.parametrize(
    ("fault", "seconds"), [("429", None), ("429 with a delay", 7.0), ("429 with a date", 86_400.0)]
)
def test_a_wait_that_the_engine_asks_for_is_reported_up_to_a_day(
    engine: Engine, fake: FakeEngines, fault: str, seconds: float | None
) -> None:
    fake.misbehave(fault)
    with pytest.raises(Retryable) as caught:
        engine.translate([TEXT], "en", "tr")
    assert caught.value.retry_after == seconds
