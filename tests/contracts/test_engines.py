"""What every engine must do, held against each of them over a loopback server."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import deep_translator
import deepl
import pytest

from publishing import engines
from publishing.engines import AuthenticationFailed, BadInput, BadOutput, Engine, Retryable
from tests.engines_fake import DEEPL_KEY, LIBRETRANSLATE_KEY, FakeEngines, pseudo

SECRETS = (DEEPL_KEY, LIBRETRANSLATE_KEY)
TEXT = "Russia invaded Ukraine in 2014."
LADDERS = {
    "google": ("literal", "corner", "email", "split"),
    "mymemory": ("literal", "corner", "email", "split"),
    "libretranslate": ("html", "literal", "corner", "email", "split"),
    "deepl": ("xml", "literal", "corner", "split"),
    "deepl official": ("xml", "literal", "corner", "split"),
}
MARKUPS = {"libretranslate": "html", "deepl": "xml", "deepl official": "xml"}
IN_MARKUP = {
    "html": 'Give <span id="m1">fresh</span> milk <span id="m2" translate="no">[7]</span> &amp; bread.',
    "xml": 'Give <g id="1">fresh</g> milk <x id="2"/> &amp; bread.',
}

each_pair = pytest.mark.parametrize(
    ("source", "target"), [("en", "tr"), ("en", "ru"), ("tr", "en"), ("tr", "ru"), ("ru", "en"), ("ru", "tr")]
)


def test_there_are_four_engines() -> None:
    assert engines.names() == ["google", "mymemory", "libretranslate", "deepl"]


@each_pair
def test_translates_in_order(engine: Engine, source: str, target: str) -> None:
    texts = ["İlk cümle burada.", "Второе предложение здесь.", "A third, with 14% and <b1>marks</b1>.[7]"]
    assert engine.translate(texts, source, target) == [pseudo(text, source, target) for text in texts]


def test_answers_nothing_for_nothing(engine: Engine, fake: FakeEngines) -> None:
    assert engine.translate([], "en", "tr") == []
    assert fake.seen == []


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0\n", "—", "…", "* * *", "[7]", " [7][8] ", "<br1/>", "https://example.org/a?b=1"]
)
def test_a_text_without_words_comes_back_without_a_request(
    engine: Engine, fake: FakeEngines, text: str
) -> None:
    assert engine.translate([text], "en", "ru") == [text]
    assert fake.seen == []


def test_texts_without_words_keep_their_places_among_others(engine: Engine, fake: FakeEngines) -> None:
    texts = ["[1]", "First.", "—", "", "Second.", "[2]"]
    assert engine.translate(texts, "en", "tr") == [
        "[1]", pseudo("First.", "en", "tr"), "—", "", pseudo("Second.", "en", "tr"), "[2]"
    ]  # fmt: skip
    assert fake.counts.texts == 2


@pytest.mark.parametrize(
    ("before", "after"), [(" ", "  "), ("\u00a0", "\u00a0\n"), ("\t", ""), ("", "\u2003")]
)
def test_whitespace_at_the_edges_is_kept(engine: Engine, before: str, after: str) -> None:
    translation = engine.translate([f"{before}{TEXT}{after}"], "en", "tr")
    assert translation == [f"{before}{pseudo(TEXT, 'en', 'tr')}{after}"]


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
        ([TEXT, "NUL\x00"], "en", "tr"),
    ],
)
def test_refuses_what_no_engine_should_be_sent(
    engine: Engine, fake: FakeEngines, texts: list[str], source: str, target: str
) -> None:
    with pytest.raises(BadInput, match=f"^{engine.name}: ") as caught:
        engine.translate(texts, source, target)
    assert not caught.value.billed
    assert fake.seen == []


@pytest.mark.parametrize("source", ["en", "ru"])
def test_a_long_text_is_cut_at_sentence_ends(engine: Engine, fake: FakeEngines, source: str) -> None:
    sentence = {"en": "This sentence is of a usual length. ", "ru": "Это предложение обычной длины. "}[source]
    text = sentence * (engine.capabilities.size_limit // len(sentence) + 2)
    assert engine.translate([text], source, "tr") == [pseudo(text, source, "tr")]
    assert len(fake.seen) > 1


def test_a_sentence_beyond_the_limit_is_refused(engine: Engine, fake: FakeEngines) -> None:
    can = engine.capabilities
    letter = "я" if can.size_unit == "bytes" else "z"
    with pytest.raises(BadInput, match="limit") as caught:
        engine.translate([letter * (can.size_limit // len(letter.encode()) + 1)], "ru", "en")
    assert not caught.value.billed
    assert fake.seen == []


class TestABatch:
    def test_is_one_request(self, engine: Engine, fake: FakeEngines) -> None:
        texts = [f"Sentence number {number}." for number in range(120)]
        assert engine.translate(texts, "en", "tr") == [pseudo(text, "en", "tr") for text in texts]
        batch = engine.capabilities.batch_size
        assert len(fake.seen) == -(-120 // batch)
        assert fake.counts.texts == 120

    def test_is_within_what_a_request_may_hold(self, engine: Engine, fake: FakeEngines) -> None:
        can = engine.capabilities
        text = "я" * (can.size_limit // 5)
        assert engine.translate([text] * 3, "ru", "en") == [pseudo(text, "ru", "en")] * 3
        assert fake.counts.texts == 3

    def test_is_billed_once_a_part_of_it_was_answered(self, engine: Engine, fake: FakeEngines) -> None:
        """A refusal costs nothing; the texts before it, which are lost with it, did."""
        texts = [f"Sentence number {number}." for number in range(engine.capabilities.batch_size + 1)]

        def translate(text: str, source: str, target: str) -> str:
            if text == texts[-2]:
                fake.misbehave("429")
            return pseudo(text, source, target)

        fake.translate = translate
        try:
            with pytest.raises(Retryable) as caught:
                engine.translate(texts, "en", "tr")
        finally:
            fake.translate = pseudo
        assert caught.value.billed


class TestMarkup:
    def test_is_translated_around_its_elements(self, way: str, engine: Engine) -> None:
        for markup in engine.capabilities.markups - {"plain"}:
            assert markup == MARKUPS[way]
            text = IN_MARKUP[markup]
            (received,) = engine.translate([text], "en", "tr", markup=markup)
            assert received == text.replace("Give", "Govi").replace("fresh", "frish").replace(
                " milk ", " molk "
            ).replace("bread", "bried")

    def test_without_words_is_not_sent(self, engine: Engine, fake: FakeEngines) -> None:
        for markup in engine.capabilities.markups - {"plain"}:
            text = '<x id="1"/> <span id="m2" translate="no">[7]</span> &amp;'
            assert engine.translate([text], "en", "tr", markup=markup) == [text]
        assert fake.seen == []

    def test_that_an_engine_does_not_take_is_refused(self, engine: Engine, fake: FakeEngines) -> None:
        for markup in {"plain", "html", "xml"} - engine.capabilities.markups:
            with pytest.raises(BadInput, match=markup) as caught:
                engine.translate(["<b>A</b>"], "en", "tr", markup=markup)
            assert not caught.value.billed
        assert fake.seen == []

    def test_is_never_cut(self, engine: Engine, fake: FakeEngines) -> None:
        for markup in engine.capabilities.markups - {"plain"}:
            with pytest.raises(BadInput, match="limit"):
                engine.translate(["A sentence. " * 20_000], "en", "tr", markup=markup)
        assert fake.seen == []


def test_an_article_may_quote_an_error_message(engine: Engine) -> None:
    text = "The page said “MYMEMORY WARNING: nothing left”."
    assert engine.translate([text], "en", "tr") == [pseudo(text, "en", "tr")]


def test_no_key_stands_in_an_address_or_a_log(
    engine: Engine, fake: FakeEngines, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engine.translate([TEXT], "en", "tr")
    addresses = " ".join(seen.address for seen in fake.seen)
    digests = f"{engine.settings_digest}{engine.account_digest}"
    assert not any(secret in f"{addresses}{caplog.text}{engine!r}{digests}" for secret in SECRETS)


@pytest.mark.parametrize("client", ["deep-translator", "official"])
@pytest.mark.parametrize("name", ["libretranslate", "deepl"])
def test_a_refused_key_is_not_repeated(
    fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, name: str, client: str
) -> None:
    monkeypatch.setenv("DEEPL_CLIENT", client)
    monkeypatch.setenv(f"{name.upper()}_API_KEY", "not-the-key")
    with pytest.raises(AuthenticationFailed) as caught:
        engines.get(name).translate([TEXT], "en", "tr")
    assert "not-the-key" not in str(caught.value)


@pytest.mark.parametrize("threads", [8, 16])
def test_threads_swap_nothing(engine: Engine, fake: FakeEngines, threads: int) -> None:
    each = 480 // threads

    def translated(thread: int) -> bool:
        texts = [f"Sentence {thread * 1_000 + number} of a thread." for number in range(each)]
        return engine.translate(texts, "en", "tr") == [pseudo(text, "en", "tr") for text in texts]

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # change threads at every chance, inside of the library too
    try:
        with ThreadPoolExecutor(threads) as pool:
            assert all(pool.map(translated, range(threads)))
    finally:
        sys.setswitchinterval(usual)
    assert fake.counts.texts == 480


def test_one_connection_serves_many_requests_and_names_itself(engine: Engine, fake: FakeEngines) -> None:
    for text in ("First text.", "Second text.", "Third text."):
        engine.translate([text], "en", "ru")
    assert len(fake.seen) == 3
    assert len({seen.connection for seen in fake.seen}) == 1
    assert all(seen.headers["User-Agent"].startswith("Dragoman/") for seen in fake.seen)


def test_a_redirect_is_not_followed(engine: Engine, fake: FakeEngines) -> None:
    fake.misbehave("redirect")
    with pytest.raises(BadOutput, match="redirect"):
        engine.translate([TEXT], "en", "tr")
    assert not any("elsewhere" in seen.address for seen in fake.seen)


def test_the_real_client_does_the_work(way: str, engine: Engine) -> None:
    """LibreTranslate's is our own."""
    real: dict[str, tuple[type, str]] = {
        "google": (deep_translator.GoogleTranslator, "translate"),
        "mymemory": (deep_translator.MyMemoryTranslator, "translate"),
        "deepl": (deep_translator.DeeplTranslator, "translate"),
        "deepl official": (deepl.Translator, "translate_text"),
    }
    if way not in real:
        assert way == "libretranslate"
        return
    kind, method = real[way]
    translate: Callable[..., str] = getattr(kind, method)
    with mock.patch.object(kind, method, autospec=True, side_effect=translate) as watched:
        engine.translate([TEXT], "en", "tr")
    assert watched.call_count == 1


@pytest.mark.parametrize("client", ["deep-translator", "official"])
def test_the_environment_alone_is_enough(fake: FakeEngines, client: str) -> None:
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
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "", "DEEPL_CLIENT": client},
    )
    assert ran.stdout.split("\n") == [ascii(pseudo(TEXT, "en", "ru"))] * 4 + ["False", ""]


def test_says_what_it_can_without_asking(way: str, engine: Engine, fake: FakeEngines) -> None:
    can = engine.capabilities
    assert engine.name == way.partition(" ")[0]
    assert len(can.pairs) == 6
    assert can.batch_size == {"libretranslate": 50, "deepl official": 50}.get(way, 1)
    assert can.schemes == LADDERS[way]
    assert can.markups == {"plain", MARKUPS.get(way, "plain")}
    assert can.concurrency == {"libretranslate": 8, "mymemory": 2}.get(way, 4)
    assert can.per_minute == 0
    assert fake.seen == []


def test_more_texts_than_a_server_takes_are_refused_for_nothing(engine: Engine, fake: FakeEngines) -> None:
    fake.max_batch = 1
    if engine.capabilities.batch_size == 1:
        assert len(engine.translate([TEXT, "Another."], "en", "tr")) == 2
        return
    with pytest.raises(BadInput) as caught:
        engine.translate([TEXT, "Another."], "en", "tr")
    assert not caught.value.billed


def test_one_call_has_one_request_under_way(engine: Engine, fake: FakeEngines) -> None:
    """How many calls are made at once is the caller's choice, by `capabilities.concurrency`."""
    fake.max_inflight = 1
    assert len(engine.translate([f"Sentence {number}." for number in range(120)], "en", "tr")) == 120
    assert fake.counts.most_in_flight == 1
