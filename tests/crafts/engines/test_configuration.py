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
    for name in ("LIBRETRANSLATE_API_KEY", "DEEPL_API_KEY", "MT_TIMEOUT"):
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
    ],
)
def test_an_unusable_setting_is_named_and_not_repeated(
    engine: str, environment: dict[str, str], variable: str
) -> None:
    with pytest.raises(NotConfigured, match=variable) as caught:
        configuration.read(engine, environment)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


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
