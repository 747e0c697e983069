"""What may leave this process, and in which form."""

import pickle
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import deep_translator.google
import pytest

from publishing import engines
from publishing.engines import BadInput, BadOutput, EngineError, Retryable, connections, transport
from publishing.engines.transport import Call, Outgoing, Requests, calling
from tests.engines_fake import DEEPL_KEY, LIBRETRANSLATE_KEY, FakeEngines, pseudo

TEXT = "Anahtar cümle."


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running
    connections.close()


def _as_it_is(request: Outgoing) -> Outgoing:
    return request


def test_the_library_past_the_adapter_sends_nothing(fake: FakeEngines) -> None:
    transport.install(deep_translator.google)
    with pytest.raises(RuntimeError, match=r"publishing\.engines"):
        deep_translator.google.GoogleTranslator(source="en", target="tr").translate("Hello")


def test_a_host_that_is_not_configured_gets_nothing(fake: FakeEngines) -> None:
    call = Call(engine="google", origin="https://translate.google.com", timeout=1, dress=_as_it_is)
    with calling(call), pytest.raises(BadOutput, match="not configured"):
        Requests().get(f"{fake.url}/m")
    assert fake.seen == []


def test_a_server_that_is_not_there_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_URL", "http://127.0.0.1:9/m")
    with pytest.raises(Retryable, match="cannot be reached"):
        engines.get("google").translate([TEXT], "tr", "en")


def test_deepl_is_asked_by_post_with_the_key_in_the_header(fake: FakeEngines) -> None:
    engines.get("deepl").translate([TEXT], "tr", "en")
    (seen,) = fake.seen
    assert (seen.method, seen.address) == ("POST", "/v2/translate")
    assert seen.headers["Authorization"] == f"DeepL-Auth-Key {DEEPL_KEY}"
    assert DEEPL_KEY.encode() not in seen.body


def test_libretranslate_finds_text_and_key_in_the_body(
    fake: FakeEngines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", LIBRETRANSLATE_KEY)
    engines.get("libretranslate").translate([TEXT], "tr", "en")
    (seen,) = fake.seen
    assert (seen.method, seen.address) == ("POST", "/translate")
    assert LIBRETRANSLATE_KEY.encode() in seen.body
    assert TEXT.encode() in seen.body


def test_libretranslate_without_a_key_is_sent_none(fake: FakeEngines) -> None:
    engines.get("libretranslate").translate([TEXT], "tr", "en")
    assert b"api_key" not in fake.seen[0].body


@pytest.mark.parametrize(("email", "sent"), [("", None), ("desk@example.org", ["desk@example.org"])])
def test_mymemory_is_told_the_address_that_raises_its_allowance(
    fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, email: str, sent: list[str] | None
) -> None:
    monkeypatch.setenv("MYMEMORY_EMAIL", email)
    engines.get("mymemory").translate([TEXT], "tr", "ru")
    query = parse_qs(urlsplit(fake.seen[0].address).query)
    assert query["langpair"] == ["tr-TR|ru-RU"]
    assert query.get("de") == sent


def test_a_missing_key_is_a_matter_of_the_configuration(fake: FakeEngines) -> None:
    fake.libretranslate_key = LIBRETRANSLATE_KEY
    with pytest.raises(engines.AuthenticationFailed):
        engines.get("libretranslate").translate([TEXT], "tr", "en")


@pytest.mark.parametrize("name", ["google", "mymemory", "libretranslate", "deepl"])
@pytest.mark.parametrize(
    "translation", ["AT&T ve \"Ar-Ge\" 'burada'", "1 < 2 > 0", "ilk satır\nikinci satır", "çift  boşluk"]
)
def test_what_the_engine_wrote_is_what_we_get(fake: FakeEngines, name: str, translation: str) -> None:
    fake.translate = lambda _text, _source, _target: translation
    assert engines.get(name).translate(["Anything."], "en", "tr") == [translation]


@pytest.mark.parametrize("name", ["google", "mymemory", "libretranslate", "deepl"])
def test_an_entity_that_the_article_speaks_of_stays_one(fake: FakeEngines, name: str) -> None:
    assert engines.get(name).translate(["Write &lt; here"], "en", "tr") == [
        pseudo("Write &lt; here", "en", "tr")
    ]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("", None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("99999999999999", 86_400.0),
        ("-5", None),
        ("1e9", None),
        ("١٢", None),
        ("soon", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 99999 07:28:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(written: str, seconds: float | None) -> None:
    assert transport._seconds(written) == seconds


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("", "utf-8"),
        ("text/html", "utf-8"),
        ('text/html; charset="Windows-1254"', "windows-1254"),
        ("text/html; charset=rot13", "utf-8"),
    ],
)
def test_only_charsets_that_text_comes_in_are_believed(content_type: str, charset: str) -> None:
    assert transport._charset(content_type) == charset


@pytest.mark.parametrize("error", [Retryable("google: not now", 7.0), BadInput("google: too long")])
def test_an_error_survives_the_way_between_processes(error: EngineError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
