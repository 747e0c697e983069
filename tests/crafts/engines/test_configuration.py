"""What the environment has to say about an engine, and what is refused."""

import pytest

from publishing import engines
from publishing.engines import NotConfigured, UnknownEngine, configuration

DEEPL = {"DEEPL_API_KEY": "a-key-of-the-account"}
LIBRE = {"LIBRETRANSLATE_URL": "https://mt.example.org"}


@pytest.fixture
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_URL", "MYMEMORY_URL", "MYMEMORY_EMAIL", "LIBRETRANSLATE_URL", "DEEPL_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("LIBRETRANSLATE_API_KEY", "DEEPL_API_KEY", "MT_TIMEOUT", "DEEPL_CLIENT", "MT_PRIVATE_HOSTS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("engine", "environment", "url"),
    [
        ("google", {}, "https://translate.google.com/m"),
        ("google", {"GOOGLE_URL": "http://127.0.0.1:8001"}, "http://127.0.0.1:8001/m"),
        ("google", {"GOOGLE_URL": "http://[::1]:8001/other"}, "http://[::1]:8001/other"),
        ("mymemory", {}, "https://api.mymemory.translated.net/get"),
        ("mymemory", {"MYMEMORY_URL": "http://localhost:8001/"}, "http://localhost:8001/get"),
        ("libretranslate", LIBRE, "https://mt.example.org/"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "https://a.example/mt/translate"}, "https://a.example/mt/"),
        ("deepl", {"DEEPL_API_KEY": "paid"}, "https://api.deepl.com/v2/"),
        ("deepl", {"DEEPL_API_KEY": "free:fx"}, "https://api-free.deepl.com/v2/"),
        ("deepl", {"DEEPL_API_KEY": " free:fx\n"}, "https://api-free.deepl.com/v2/"),
        ("deepl", {**DEEPL, "DEEPL_URL": "http://127.0.0.1:8001"}, "http://127.0.0.1:8001/v2/"),
        ("deepl", {**DEEPL, "DEEPL_URL": "http://127.0.0.1:8001/v2/translate"}, "http://127.0.0.1:8001/v2/"),
    ],
)
def test_the_address_of_an_engine(engine: str, environment: dict[str, str], url: str) -> None:
    assert configuration.read(engine, environment).url == url


@pytest.mark.parametrize(
    ("engine", "environment", "variable"),
    [
        ("libretranslate", {}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "  "}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "mt.example.org"}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "ftp://mt.example.org"}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "http://mt.example.org"}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "http://10.0.0.7:5000"}, "LIBRETRANSLATE_URL"),
        (
            "libretranslate",
            {"LIBRETRANSLATE_URL": "https://s3cret:s3cret@mt.example.org"},
            "LIBRETRANSLATE_URL",
        ),
        (
            "libretranslate",
            {"LIBRETRANSLATE_URL": "https://mt.example.org/?key=s3cret"},
            "LIBRETRANSLATE_URL",
        ),
        ("libretranslate", {"LIBRETRANSLATE_URL": "https://mt.example.org:s3cret"}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {"LIBRETRANSLATE_URL": "https://[s3cret"}, "LIBRETRANSLATE_URL"),
        ("libretranslate", {**LIBRE, "LIBRETRANSLATE_API_KEY": "s3cret\nX: y"}, "LIBRETRANSLATE_API_KEY"),
        ("deepl", {}, "DEEPL_API_KEY"),
        ("deepl", {"DEEPL_API_KEY": "s3cret key"}, "DEEPL_API_KEY"),
        ("deepl", {"DEEPL_API_KEY": "s3cretключ"}, "DEEPL_API_KEY"),
        ("google", {"MT_TIMEOUT": "soon"}, "MT_TIMEOUT"),
        ("google", {"MT_TIMEOUT": "0"}, "MT_TIMEOUT"),
        ("google", {"MT_TIMEOUT": "-1"}, "MT_TIMEOUT"),
        ("google", {"MT_TIMEOUT": "nan"}, "MT_TIMEOUT"),
        ("google", {"MT_TIMEOUT": "inf"}, "MT_TIMEOUT"),
        ("google", {"MT_CONCURRENCY": "4"}, "MT_CONCURRENCY"),
        ("google", {"MT_CONCURRENCY": "babelfish=4"}, "MT_CONCURRENCY"),
        ("google", {"MT_CONCURRENCY": "deepl=4,deepl=5"}, "MT_CONCURRENCY"),
        ("google", {"MT_CONCURRENCY": "deepl=-4"}, "MT_CONCURRENCY"),
        ("google", {"MT_CONCURRENCY": "deepl=٤"}, "MT_CONCURRENCY"),
        ("google", {"MT_CONCURRENCY": "google=0"}, "MT_CONCURRENCY"),
        ("google", {"MT_CONCURRENCY": "google=65"}, "MT_CONCURRENCY"),
        ("google", {"MT_RATE": "google=s3cret"}, "MT_RATE"),
        ("google", {"MT_RATE": "google=1000000"}, "MT_RATE"),
        ("google", {"MT_BATCH": "google=2"}, "MT_BATCH"),
        ("libretranslate", {**LIBRE, "MT_BATCH": "libretranslate=0"}, "MT_BATCH"),
        ("libretranslate", {**LIBRE, "MT_BATCH": "libretranslate=1001"}, "MT_BATCH"),
        ("deepl", {**DEEPL, "MT_BATCH": "deepl=50"}, "MT_BATCH.*DEEPL_CLIENT=official"),
        ("deepl", {**DEEPL, "MT_BATCH": "deepl=51", "DEEPL_CLIENT": "official"}, "MT_BATCH"),
        ("deepl", {**DEEPL, "DEEPL_CLIENT": "s3cret"}, "DEEPL_CLIENT"),
        ("deepl", {**DEEPL, "DEEPL_FORMALITY": "s3cret"}, "DEEPL_FORMALITY"),
        ("libretranslate", {**LIBRE, "LIBRETRANSLATE_PAIRS": "en-s3cret"}, "LIBRETRANSLATE_PAIRS"),
        ("libretranslate", {**LIBRE, "LIBRETRANSLATE_PAIRS": "en-en"}, "LIBRETRANSLATE_PAIRS"),
        ("libretranslate", {**LIBRE, "LIBRETRANSLATE_PAIRS": "entr"}, "LIBRETRANSLATE_PAIRS"),
    ],
)
def test_an_unusable_setting_is_named_and_not_repeated(
    engine: str, environment: dict[str, str], variable: str
) -> None:
    with pytest.raises(NotConfigured, match=variable) as caught:
        configuration.read(engine, environment)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


class TestHowMuchAtOnce:
    @pytest.mark.parametrize(
        ("engine", "concurrency", "batch"),
        [("google", 4, 1), ("mymemory", 2, 1), ("libretranslate", 8, 50), ("deepl", 4, 1)],
    )
    def test_is_known_for_every_engine(self, engine: str, concurrency: int, batch: int) -> None:
        found = configuration.read(engine, {**LIBRE, **DEEPL})
        assert (found.concurrency, found.per_minute, found.batch) == (concurrency, 0, batch)

    def test_is_said_for_some_and_left_for_the_others(self) -> None:
        environment = {
            **LIBRE,
            "MT_CONCURRENCY": "libretranslate=2, google=16",
            "MT_RATE": "libretranslate=600",
            "MT_BATCH": "libretranslate=20",
        }
        libretranslate = configuration.read("libretranslate", environment)
        google = configuration.read("google", environment)
        assert (libretranslate.concurrency, libretranslate.per_minute, libretranslate.batch) == (2, 600, 20)
        assert (google.concurrency, google.per_minute, google.batch) == (16, 0, 1)


class TestDeepLsOwnClient:
    OFFICIAL = {**DEEPL, "DEEPL_CLIENT": "official"}

    def test_takes_fifty_texts(self) -> None:
        assert configuration.read("deepl", self.OFFICIAL).batch == 50

    def test_is_an_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(configuration, "find_spec", lambda _name: None)
        with pytest.raises(NotConfigured, match=r"requirements/deepl\.txt"):
            configuration.read("deepl", self.OFFICIAL)
        assert configuration.read("deepl", DEEPL).client == "deep-translator"


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ("", set(configuration.ALL_PAIRS)),
        ("en-tr", {("en", "tr")}),
        ("en-tr, ru-en en-tr", {("en", "tr"), ("ru", "en")}),
    ],
)
def test_the_pairs_of_a_server_are_told(written: str, pairs: set[tuple[str, str]]) -> None:
    found = configuration.read("libretranslate", {**LIBRE, "LIBRETRANSLATE_PAIRS": written})
    assert found.pairs == pairs


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://mt.internal:5000", "mt.internal"),
        ("http://10.0.0.7:5000", "10.0.0.0/8"),
        ("https://10.0.0.7", "10.0.0.7"),
        ("http://[fd00::7]:5000", "fd00::/8"),
    ],
)
def test_a_private_server_is_reached_once_it_is_named(url: str, named: str) -> None:
    environment = {"LIBRETRANSLATE_URL": url}
    with pytest.raises(NotConfigured, match="MT_PRIVATE_HOSTS"):
        configuration.read("libretranslate", environment)
    assert configuration.read("libretranslate", environment | {"MT_PRIVATE_HOSTS": named}).url == f"{url}/"


@pytest.mark.parametrize(
    ("engine", "one", "other"),
    [
        ("libretranslate", {}, {"LIBRETRANSLATE_URL": "https://other.example.org"}),
        ("deepl", {}, {"DEEPL_CLIENT": "official"}),
        ("deepl", {}, {"DEEPL_FORMALITY": "prefer_more"}),
        ("google", {}, {"GOOGLE_URL": "https://other.example.org"}),
    ],
)
def test_what_may_change_an_answer_changes_the_digest(
    monkeypatch: pytest.MonkeyPatch, engine: str, one: dict[str, str], other: dict[str, str]
) -> None:
    digests = set()
    for environment in (one, other):
        for name, value in {**LIBRE, **DEEPL, **environment}.items():
            monkeypatch.setenv(name, value)
        digests.add(engines.get(engine).settings_digest)
    assert len(digests) == 2


@pytest.mark.parametrize("engine", ["libretranslate", "deepl"])
def test_a_key_changes_the_account_and_no_answer(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setenv("LIBRETRANSLATE_URL", LIBRE["LIBRETRANSLATE_URL"])
    monkeypatch.setenv("DEEPL_URL", "https://deepl.example.org")
    found = []
    for key in ("one-key", "another-key"):
        monkeypatch.setenv(f"{engine.upper()}_API_KEY", key)
        found.append(engines.get(engine))
    assert found[0].settings_digest == found[1].settings_digest
    assert found[0].account_digest != found[1].account_digest


def test_a_key_is_not_shown_where_a_configuration_is_printed() -> None:
    assert "a-key-of-the-account" not in repr(configuration.read("deepl", DEEPL))


@pytest.mark.usefixtures("_nothing_set")
def test_without_configuration_only_the_keyless_engines_are_available() -> None:
    assert engines.available() == ["google", "mymemory"]


@pytest.mark.usefixtures("_nothing_set")
def test_an_engine_is_available_as_soon_as_the_environment_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPL_API_KEY", "a-key")
    monkeypatch.setenv("LIBRETRANSLATE_URL", "https://mt.example.org")
    assert engines.available() == engines.names()


@pytest.mark.usefixtures("_nothing_set")
def test_an_engine_that_is_not_configured_cannot_be_had() -> None:
    with pytest.raises(NotConfigured, match="DEEPL_API_KEY"):
        engines.get("deepl")


@pytest.mark.parametrize("name", ["babelfish", "", "Google", "deepl\n"])
def test_an_unknown_engine_is_named_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UnknownEngine, match="google, mymemory, libretranslate, deepl") as caught:
        engines.get(name)
    assert "\n" not in str(caught.value)
