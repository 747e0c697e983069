"""What every engine must do, held against each of them over a loopback server that can misbehave."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import deep_translator
import pytest

from publishing import engines
from publishing.engines import (
    AuthenticationFailed,
    BadInput,
    BadOutput,
    EngineError,
    QuotaExceeded,
    Retryable,
    connections,
)
from tests.engines_fake import DEEPL_KEY, FAULTS, LIBRETRANSLATE_KEY, FakeEngines, loopback_only, pseudo

ENGINES = ("google", "mymemory", "libretranslate", "deepl")
SECRETS = (DEEPL_KEY, LIBRETRANSLATE_KEY)
TEXT = "Russia invaded Ukraine in 2014."

EXPECTED: dict[str, type[EngineError]] = {
    "400": BadInput,
    "401": AuthenticationFailed,
    "403": AuthenticationFailed,
    "404": AuthenticationFailed,
    "413": BadInput,
    "429": Retryable,
    "429 with a delay": Retryable,
    "429 with a date": Retryable,
    "456": QuotaExceeded,
    "500": Retryable,
    "502 html": Retryable,
    "503": Retryable,
    "hang": Retryable,
    "drip": Retryable,
    "drip in the headers": Retryable,
    "reset": Retryable,
    "short body": Retryable,
    "truncated": BadOutput,
    "wrong shape": BadOutput,
    "error page": Retryable,
    "error text": Retryable,
    "other page": BadOutput,
    "quota text": QuotaExceeded,
    "language text": BadInput,
    "empty": BadOutput,
    "empty body": BadOutput,
    "null": BadOutput,
    "no word": BadOutput,
    "half a character": BadOutput,
    "not utf-8": BadOutput,
    "huge": BadOutput,
    "compressed": BadOutput,
    "redirect": BadOutput,
}
SLOW = ("hang", "drip", "drip in the headers")


@pytest.fixture(scope="module")
def server() -> Iterator[FakeEngines]:
    with FakeEngines() as running:
        yield running
    connections.close()


@pytest.fixture
def fake(server: FakeEngines, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    server.reset()
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    server.libretranslate_key = LIBRETRANSLATE_KEY
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", LIBRETRANSLATE_KEY)
    monkeypatch.setenv("MT_TIMEOUT", "10")
    with loopback_only():
        yield server


each_engine = pytest.mark.parametrize("name", ENGINES)
each_pair = pytest.mark.parametrize(
    ("source", "target"), [("en", "tr"), ("en", "ru"), ("tr", "en"), ("tr", "ru"), ("ru", "en"), ("ru", "tr")]
)


def test_there_are_four_engines() -> None:
    assert tuple(engines.names()) == ENGINES


@each_engine
@each_pair
def test_translates_in_order(fake: FakeEngines, name: str, source: str, target: str) -> None:
    texts = ["İlk cümle burada.", "Второе предложение здесь.", "A third, with 14% and <b1>marks</b1>.[7]"]
    assert engines.get(name).translate(texts, source, target) == [
        pseudo(text, source, target) for text in texts
    ]


@each_engine
def test_answers_nothing_for_nothing(fake: FakeEngines, name: str) -> None:
    assert engines.get(name).translate([], "en", "tr") == []
    assert fake.seen == []


@each_engine
@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0\n", "—", "…", "* * *", "[7]", " [7][8] ", "<br1/>", "https://example.org/a?b=1"]
)
def test_a_text_without_words_comes_back_without_a_request(fake: FakeEngines, name: str, text: str) -> None:
    assert engines.get(name).translate([text], "en", "ru") == [text]
    assert fake.seen == []


@each_engine
@pytest.mark.parametrize(
    ("before", "after"), [(" ", "  "), ("\u00a0", "\u00a0\n"), ("\t", ""), ("", "\u2003")]
)
def test_whitespace_at_the_edges_is_kept(fake: FakeEngines, name: str, before: str, after: str) -> None:
    translation = engines.get(name).translate([f"{before}{TEXT}{after}"], "en", "tr")
    assert translation == [f"{before}{pseudo(TEXT, 'en', 'tr')}{after}"]


@each_engine
@pytest.mark.parametrize(
    ("texts", "source", "target"),
    [
        (["a text\x00with NUL"], "en", "tr"),
        (["half a character \ud83d"], "en", "tr"),
        ([b"bytes"], "en", "tr"),
        ([None], "en", "tr"),
        ("one string", "en", "tr"),
        ([TEXT], "tr", "tr"),
        ([TEXT], "auto", "tr"),
        ([TEXT], "en", "de"),
    ],
)
def test_refuses_what_no_engine_should_be_sent(
    fake: FakeEngines, name: str, texts: list[str], source: str, target: str
) -> None:
    with pytest.raises(BadInput, match=f"^{name}: "):
        engines.get(name).translate(texts, source, target)
    assert fake.seen == []


@each_engine
def test_nothing_is_sent_where_a_later_text_is_refused(fake: FakeEngines, name: str) -> None:
    with pytest.raises(BadInput):
        engines.get(name).translate([TEXT, "NUL\x00"], "en", "tr")
    assert fake.seen == []


@each_engine
@pytest.mark.parametrize("source", ["en", "ru"])
def test_a_long_text_is_cut_at_sentence_ends(fake: FakeEngines, name: str, source: str) -> None:
    sentence = {"en": "This sentence is of a usual length. ", "ru": "Это предложение обычной длины. "}[source]
    limit = engines.get(name).capabilities.size_limit
    text = sentence * (limit // len(sentence) + 2)
    assert engines.get(name).translate([text], source, "tr") == [pseudo(text, source, "tr")]
    assert len(fake.seen) > 1


@each_engine
def test_a_sentence_beyond_the_limit_is_refused(fake: FakeEngines, name: str) -> None:
    capabilities = engines.get(name).capabilities
    letter = "я" if capabilities.size_unit == "bytes" else "z"
    with pytest.raises(BadInput, match="limit"):
        engines.get(name).translate(
            [letter * (capabilities.size_limit // len(letter.encode()) + 1)], "ru", "en"
        )
    assert fake.seen == []


def test_every_fault_has_an_expectation() -> None:
    assert set(EXPECTED) == set(FAULTS)


@each_engine
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_the_expected_error(
    fake: FakeEngines,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    fault: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    if fault in SLOW:
        monkeypatch.setenv("MT_TIMEOUT", "0.1")
    fake.misbehave(fault)
    with pytest.raises(EngineError) as caught:
        engines.get(name).translate([TEXT], "en", "tr")
    assert type(caught.value) is EXPECTED[fault]
    _is_one_clear_line(caught.value, name)
    assert len(fake.seen) == 1
    assert not any(secret in caplog.text for secret in SECRETS)


def _is_one_clear_line(error: EngineError, name: str) -> None:
    message = str(error)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    assert TEXT not in message
    assert not any(secret in f"{message}{error!r}" for secret in SECRETS)
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


@each_engine
def test_works_again_after_a_fault(fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for fault in ("reset", "short body", "huge", "500", "wrong shape"):
        fake.misbehave(fault)
        with pytest.raises(EngineError):
            engines.get(name).translate([TEXT], "en", "tr")
    fake.misbehave("")
    assert engines.get(name).translate([TEXT], "en", "tr") == [pseudo(TEXT, "en", "tr")]


@each_engine
@pytest.mark.parametrize(
    ("fault", "seconds"), [("429", None), ("429 with a delay", 7.0), ("429 with a date", 86_400.0)]
)
def test_a_wait_that_the_engine_asks_for_is_reported_up_to_a_day(
    fake: FakeEngines, name: str, fault: str, seconds: float | None
) -> None:
    fake.misbehave(fault)
    with pytest.raises(Retryable) as caught:
        engines.get(name).translate([TEXT], "en", "tr")
    assert caught.value.retry_after == seconds


@each_engine
def test_an_article_may_quote_an_error_message(fake: FakeEngines, name: str) -> None:
    text = "The page said “MYMEMORY WARNING: nothing left”."
    assert engines.get(name).translate([text], "en", "tr") == [pseudo(text, "en", "tr")]


@each_engine
def test_no_key_stands_in_an_address_or_a_log(
    fake: FakeEngines, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    engine = engines.get(name)
    engine.translate([TEXT], "en", "tr")
    addresses = " ".join(seen.address for seen in fake.seen)
    assert not any(secret in f"{addresses}{caplog.text}{engine!r}" for secret in SECRETS)


@pytest.mark.parametrize("name", ["libretranslate", "deepl"])
def test_a_refused_key_is_not_repeated(fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"{name.upper()}_API_KEY", "not-the-key")
    with pytest.raises(AuthenticationFailed) as caught:
        engines.get(name).translate([TEXT], "en", "tr")
    assert "not-the-key" not in str(caught.value)


@each_engine
def test_eight_threads_swap_nothing(fake: FakeEngines, name: str) -> None:
    engine = engines.get(name)

    def translated(thread: int) -> bool:
        texts = [f"Sentence {thread * 100 + number} of a thread." for number in range(8)]
        return engine.translate(texts, "en", "tr") == [pseudo(text, "en", "tr") for text in texts]

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # change threads at every chance, inside of the library too
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(translated, range(8)))
    finally:
        sys.setswitchinterval(usual)
    assert len(fake.seen) == 64


@each_engine
def test_one_connection_serves_many_requests_and_names_itself(fake: FakeEngines, name: str) -> None:
    engines.get(name).translate(["First text.", "Second text.", "Third text."], "en", "ru")
    assert len({seen.connection for seen in fake.seen}) == 1
    assert all(seen.headers["User-Agent"].startswith("Dragoman/") for seen in fake.seen)


@each_engine
def test_a_redirect_is_not_followed(fake: FakeEngines, name: str) -> None:
    fake.misbehave("redirect")
    with pytest.raises(BadOutput, match="redirect"):
        engines.get(name).translate([TEXT], "en", "tr")
    assert not any("elsewhere" in seen.address for seen in fake.seen)


@each_engine
def test_the_real_class_of_deep_translator_does_the_work(fake: FakeEngines, name: str) -> None:
    real: type = {
        "google": deep_translator.GoogleTranslator,
        "mymemory": deep_translator.MyMemoryTranslator,
        "libretranslate": deep_translator.LibreTranslator,
        "deepl": deep_translator.DeeplTranslator,
    }[name]
    translate: Callable[..., str] = real.translate
    with mock.patch.object(real, "translate", autospec=True, side_effect=translate) as watched:
        engines.get(name).translate([TEXT], "en", "tr")
    assert watched.call_count == 1


def test_the_environment_alone_is_enough(fake: FakeEngines) -> None:
    program = (
        "import sys; from publishing import engines\n"
        f"for name in engines.names(): print(ascii(engines.get(name).translate([{TEXT!r}], 'en', 'ru')[0]))\n"
        "print('django' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
    )
    assert ran.stdout.split("\n") == [ascii(pseudo(TEXT, "en", "ru"))] * 4 + ["False", ""]


@each_engine
def test_capabilities_are_those_of_our_languages(fake: FakeEngines, name: str) -> None:
    engine = engines.get(name)
    assert engine.name == name
    assert len(engine.capabilities.pairs) == 6
    assert engine.capabilities.batch_size == 1
