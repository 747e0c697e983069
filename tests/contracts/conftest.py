"""The ways to each engine, and the server behind all of them."""

from collections.abc import Iterator

import pytest

from publishing import engines
from publishing.engines import connections
from tests.engines_fake import LIBRETRANSLATE_KEY, FakeEngines, loopback_only

WAYS = ("google", "mymemory", "libretranslate", "deepl", "deepl official")


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


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """One of WAYS: an engine's name, and perhaps which client speaks to it."""
    return str(request.param)


@pytest.fixture
def engine(fake: FakeEngines, way: str, monkeypatch: pytest.MonkeyPatch) -> engines.Engine:
    """The engine at the end of that way."""
    if way == "deepl official":
        monkeypatch.setenv("DEEPL_CLIENT", "official")
    return engines.get(way.partition(" ")[0])
