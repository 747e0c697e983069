"""What may leave this process, and in which form."""

import json
import pickle
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import deep_translator.google
import pytest
import urllib3

from publishing import engines
from publishing.engines import BadInput, BadOutput, EngineError, Markup, Retryable, connections, transport
from publishing.engines.transport import Call, Requests, calling
from tests.engines_fake import DEEPL_KEY, LIBRETRANSLATE_KEY, FakeEngines, pseudo

TEXT = "Anahtar cümle."


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running
    connections.close()


def test_the_library_past_the_adapter_sends_nothing(fake: FakeEngines) -> None:
    transport.install(deep_translator.google)
    with pytest.raises(RuntimeError, match=r"publishing\.engines"):
        deep_translator.google.GoogleTranslator(source="en", target="tr").translate("Hello")


def test_a_host_that_is_not_configured_gets_nothing(fake: FakeEngines) -> None:
    call = Call(engine="google", origin="https://translate.google.com", timeout=1)
    with calling(call), pytest.raises(BadOutput, match="not configured"):
        Requests().get(f"{fake.url}/m")
    assert fake.seen == []


def test_a_server_that_is_not_there_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_URL", "http://127.0.0.1:9/m")
    with pytest.raises(Retryable, match="cannot be reached"):
        engines.get("google").translate([TEXT], "tr", "en")


def test_libretranslate_finds_text_and_key_in_the_body(
    fake: FakeEngines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", LIBRETRANSLATE_KEY)
    engines.get("libretranslate").translate([TEXT], "tr", "en")
    (seen,) = fake.seen
    assert (seen.method, seen.address) == ("POST", "/translate")
    assert LIBRETRANSLATE_KEY.encode() in seen.body
    assert TEXT.encode() in seen.body


@pytest.mark.parametrize(("markup", "format_"), [("plain", "text"), ("html", "html")])
def test_libretranslate_is_sent_an_array(fake: FakeEngines, markup: Markup, format_: str) -> None:
    texts = ["Birinci.", "İkinci."]
    engines.get("libretranslate").translate(texts, "tr", "en", markup=markup)
    (seen,) = fake.seen
    assert json.loads(seen.body) == {"q": texts, "source": "tr", "target": "en", "format": format_}
    assert parse_qs(urlsplit(seen.address).query) == {}


@pytest.mark.parametrize("text", ["Unknown target", "bad JSON", "GET"])
def test_libretranslate_refuses_as_it_was_recorded(fake: FakeEngines, text: str) -> None:
    """The fake's own behaviour, so that what the contract holds against is what was seen."""
    pool = urllib3.PoolManager()
    asked = {"Unknown target": b'{"q":["a"],"source":"en","target":"xx"}', "bad JSON": b"{", "GET": None}[
        text
    ]
    answer = pool.request(
        "GET" if asked is None else "POST", f"{fake.url}/translate", body=asked, retries=False
    )
    if asked is None:
        assert (answer.status, answer.headers["Content-Type"]) == (405, "text/html")
    else:
        assert answer.status == 400
        assert answer.json()["error"]
    pool.clear()


@pytest.mark.parametrize("client", ["deep-translator", "official"])
class TestDeepL:
    @pytest.fixture(autouse=True)
    def _client(self, monkeypatch: pytest.MonkeyPatch, client: str) -> None:
        monkeypatch.setenv("DEEPL_CLIENT", client)

    def _sent(self, fake: FakeEngines, target: str, markup: Markup = "plain") -> dict[str, object]:
        engines.get("deepl").translate([TEXT], "tr", target, markup=markup)
        seen = fake.seen.pop()
        assert (seen.method, seen.address) == ("POST", "/v2/translate")
        assert seen.headers["Authorization"] == f"DeepL-Auth-Key {DEEPL_KEY}"
        assert DEEPL_KEY.encode() not in seen.body
        sent: dict[str, object] = json.loads(seen.body)
        sent.pop("show_billed_characters", None)
        return sent

    def test_is_asked_by_post_with_the_key_in_the_header(self, fake: FakeEngines, client: str) -> None:
        assert self._sent(fake, "en") == {"text": [TEXT], "source_lang": "TR", "target_lang": "EN-US"}

    def test_is_told_that_our_elements_part_no_sentence(self, fake: FakeEngines, client: str) -> None:
        sent = self._sent(fake, "ru", "xml")
        assert sent.items() >= {"tag_handling": "xml", "outline_detection": False}.items()
        assert sent["ignore_tags"] == ["x"]

    @pytest.mark.parametrize("formality", ["more", "prefer_more"])
    def test_is_formal_where_it_can_be(
        self, fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, client: str, formality: str
    ) -> None:
        monkeypatch.setenv("DEEPL_FORMALITY", formality)
        assert self._sent(fake, "ru")["formality"] == formality
        assert "formality" not in self._sent(fake, "en")

    def test_is_sent_letters_and_not_escapes(self, fake: FakeEngines, client: str) -> None:
        """Escaped, Cyrillic would take three times its size, and the service's limit with it."""
        engines.get("deepl").translate(["Ключевое предложение."], "ru", "en")
        assert "Ключевое".encode() in fake.seen[0].body

    def test_takes_a_folder_of_any_name(
        self, fake: FakeEngines, monkeypatch: pytest.MonkeyPatch, client: str
    ) -> None:
        monkeypatch.setenv("DEEPL_URL", f"{fake.url}/elsewhere/v2")
        with pytest.raises(engines.AuthenticationFailed):
            engines.get("deepl").translate([TEXT], "tr", "en")
        assert fake.seen[0].address == "/elsewhere/v2/translate"


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
