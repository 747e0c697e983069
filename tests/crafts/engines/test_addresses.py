"""An engine's address leads to the public internet and to what the operator names, and nowhere else."""

import socket
import ssl
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from unittest import mock

import pytest

from publishing import engines
from publishing.engines import AuthenticationFailed, NotConfigured, Retryable, addresses, connections
from publishing.engines.addresses import NOTHING_PRIVATE, private, unwrapped
from tests.engines_fake import FakeEngines, pseudo

TEXT = "Anahtar cümle."

PUBLIC = [
    "8.8.8.8",
    "185.199.108.153",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]
NEVER_PUBLIC = {
    "this machine": ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"],
    "nowhere": ["0.0.0.0", "::", "::ffff:0.0.0.0"],  # noqa: S104
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1"],
    "shared by customers": ["100.64.0.1", "100.127.255.254"],
    "link-local": ["169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%1", "::ffff:169.254.169.254"],
    "site-local once": ["fec0::1"],
    "multicast": ["224.0.0.1", "239.255.255.250", "ff02::1"],
    "reserved": ["240.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "192.88.99.1", "100::1"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.9", "2001:db8::1", "3fff::1"],
    "through NAT64": ["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::10.0.0.1"],
    "through 6to4": ["2002:7f00:1::", "2002:0a00:0001::1", "2002:a9fe:a9fe::1", "2002:c0a8:101::"],
    "through Teredo": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "compatible with IPv4 once": ["::10.0.0.1", "::8.8.8.8"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_for_everyone_who_encrypts(address: str) -> None:
    assert NOTHING_PRIVATE.permit("mt.example.org", ip_address(address), encrypted=True)
    assert not private(["mt.example.org"]).permit("mt.example.org", ip_address(address), encrypted=False)


@pytest.mark.parametrize(
    ("kind", "address"), [(kind, address) for kind, listed in NEVER_PUBLIC.items() for address in listed]
)
def test_a_name_leads_to_no_other_address(kind: str, address: str) -> None:
    for encrypted in (True, False):
        assert not NOTHING_PRIVATE.permit("mt.example.org", ip_address(address), encrypted=encrypted)


@pytest.mark.parametrize(
    ("host", "address", "permitted"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]", "::1", True),
        ("localhost", "127.0.0.1", True),
        ("LOCALHOST.", "::1", True),
        ("localhost", "10.0.0.1", False),
        ("localhost", "169.254.169.254", False),
        ("localhost.example.org", "127.0.0.1", False),
        ("2130706433", "127.0.0.1", False),
        ("0x7f000001", "127.0.0.1", False),
        ("0177.0.0.1", "127.0.0.1", False),
        ("127.1", "127.0.0.1", False),
        ("0.0.0.0", "0.0.0.0", False),  # noqa: S104
        ("10.0.0.1", "10.0.0.1", False),
    ],
)
def test_only_a_literal_loopback_names_itself(host: str, address: str, permitted: bool) -> None:
    assert NOTHING_PRIVATE.permit(host, ip_address(address), encrypted=False) is permitted


@pytest.mark.parametrize(
    ("named", "host", "address", "permitted"),
    [
        ("mt.internal", "mt.internal", "10.0.0.7", True),
        ("MT.Internal.", "mt.internal", "10.0.0.7", True),
        ("mt.internal", "MT.INTERNAL.", "fd00::7", True),
        ("mt.internal", "mt.internal", "127.0.0.1", True),
        ("mt.internal", "other.internal", "10.0.0.7", False),
        ("mt.internal", "evil.mt.internal", "10.0.0.7", False),
        ("mt.internal", "mt.internal", "169.254.169.254", False),
        ("mt.internal", "mt.internal", "fe80::1", False),
        ("mt.internal", "mt.internal", "240.0.0.1", False),
        ("mt.internal", "mt.internal", "0.0.0.0", False),  # noqa: S104
        ("mt.internal", "mt.internal", "224.0.0.1", False),
        ("10.1.0.0/16", "any.example", "10.1.2.3", True),
        ("10.1.0.0/16", "any.example", "::ffff:10.1.2.3", True),
        ("10.1.0.0/16", "any.example", "64:ff9b::a01:203", True),
        ("10.1.0.0/16", "10.1.2.3", "10.1.2.3", True),
        ("10.1.0.0/16", "any.example", "10.2.0.1", False),
        ("10.1.2.3", "any.example", "10.1.2.3", True),
        ("[fd00::7]", "any.example", "fd00::7", True),
        ("fd00::/8", "any.example", "fd12::1", True),
        ("169.254.10.1", "any.example", "169.254.10.1", True),
        ("0.0.0.0/0", "any.example", "0.0.0.0", False),  # noqa: S104
    ],
)
def test_what_is_named_is_permitted_and_nothing_beside_it(
    named: str, host: str, address: str, permitted: bool
) -> None:
    assert private([named]).permit(host, ip_address(address), encrypted=False) is permitted


def test_a_public_address_inside_of_an_ipv6_one_is_that_address() -> None:
    assert unwrapped(ip_address("64:ff9b::808:808")) == ip_address("8.8.8.8")


@pytest.mark.parametrize(
    "entry", ["10.0.0.1/8", "10.0.0.0/33", "https://mt.internal", "mt..internal", "mt:5000"]
)
def test_an_entry_that_names_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    monkeypatch.setenv("MT_PRIVATE_HOSTS", f"mt.internal,{entry}")
    with pytest.raises(NotConfigured, match="MT_PRIVATE_HOSTS"):
        engines.get("google")


# --- at connection time --------------------------------------------------------------------------


@pytest.fixture
def fake() -> Iterator[FakeEngines]:
    with FakeEngines() as running:
        yield running
    connections.close()


class Resolver:
    """Answers look-ups as a hostile name server would: with the next of its answers each time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), list[str]()

    def __call__(self, host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


def _at(fake: FakeEngines, host: str, scheme: str = "http") -> dict[str, str]:
    port = fake.url.rpartition(":")[2]
    return {"LIBRETRANSLATE_URL": f"{scheme}://{host}:{port}"}


def _translated(environment: dict[str, str], resolver: Any) -> list[str]:
    with (
        mock.patch.dict("os.environ", environment),
        mock.patch.object(socket, "getaddrinfo", resolver),
    ):
        return engines.get("libretranslate").translate([TEXT], "tr", "en")


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["192.168.0.1", "127.0.0.1"]]
)
def test_a_name_that_was_rebound_is_not_connected_to(fake: FakeEngines, answer: list[str]) -> None:
    with pytest.raises(AuthenticationFailed, match="MT_PRIVATE_HOSTS") as caught:
        _translated(_at(fake, "mt.example.org", "https"), Resolver(answer))
    assert not caught.value.billed
    assert "127.0.0.1" not in str(caught.value)
    assert fake.seen == []


def test_the_address_that_was_judged_is_connected_to(fake: FakeEngines) -> None:
    """A second look-up would give another address; there is none."""
    resolver = Resolver(["127.0.0.1"], ["10.0.0.1"])
    environment = _at(fake, "mt.internal") | {"MT_PRIVATE_HOSTS": "mt.internal"}
    assert _translated(environment, resolver) == [pseudo(TEXT, "tr", "en")]
    assert resolver.asked == ["mt.internal"]
    assert fake.seen[0].headers["Host"].startswith("mt.internal:")


def test_of_several_addresses_only_a_permitted_one_is_used(fake: FakeEngines) -> None:
    environment = _at(fake, "mt.internal") | {"MT_PRIVATE_HOSTS": "127.0.0.0/8,mt.internal"}
    resolver = Resolver(["169.254.169.254", "127.0.0.1"])
    assert _translated(environment, resolver) == [pseudo(TEXT, "tr", "en")]


def test_an_open_connection_serves_nobody_who_might_not_have_opened_it(fake: FakeEngines) -> None:
    named = {"MT_PRIVATE_HOSTS": "127.0.0.0/8,mt.internal"}
    _translated(_at(fake, "mt.internal") | named, Resolver(["127.0.0.1"]))
    with pytest.raises(NotConfigured):
        _translated(_at(fake, "mt.internal"), Resolver(["127.0.0.1"]))
    with pytest.raises(AuthenticationFailed):
        _translated(
            _at(fake, "mt.internal") | {"MT_PRIVATE_HOSTS": "mt.internal"}, Resolver(["169.254.169.254"])
        )
    assert len(fake.seen) == 1


def test_plain_http_to_a_named_host_stays_inside(fake: FakeEngines) -> None:
    """A named host that turns out to be public would get texts and keys in the open."""
    with pytest.raises(AuthenticationFailed):
        _translated(_at(fake, "mt.internal") | {"MT_PRIVATE_HOSTS": "mt.internal"}, Resolver(["8.8.8.8"]))


@pytest.mark.parametrize(
    "url", ["http://2130706433/", "http://0x7f.1/", "http://0.0.0.0/", "http://mt.example.org/", "https://10.0.0.7/",
            "https://169.254.169.254/", "https://[::ffff:10.0.0.7]/", "https://[fe80::1]/", "https://[64:ff9b::a00:7]/"]
)  # fmt: skip
def test_an_address_that_cannot_be_right_is_refused_before(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LIBRETRANSLATE_URL", url)
    with pytest.raises(NotConfigured, match="LIBRETRANSLATE_URL"):
        engines.get("libretranslate")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.1", "127.1"])
def test_another_way_to_write_loopback_is_refused(fake: FakeEngines, host: str) -> None:
    """As the system's own look-up reads it."""
    real = socket.gethostbyname(host)
    assert real == "127.0.0.1"
    with pytest.raises(AuthenticationFailed):
        _translated(_at(fake, host, "https"), Resolver([real]))
    assert fake.seen == []


def test_a_look_up_that_hangs_is_bounded_by_the_deadline(fake: FakeEngines) -> None:
    released, began = threading.Event(), threading.Event()

    def hanging(*_: object, **__: object) -> list[tuple[Any, ...]]:
        began.set()
        released.wait(30)
        return []

    environment = _at(fake, "mt.internal") | {"MT_PRIVATE_HOSTS": "mt.internal", "MT_TIMEOUT": "0.1"}
    try:
        for _ in range(2):
            with pytest.raises(Retryable, match=r"reached|within") as caught:
                _translated(environment, hanging)
            assert not caught.value.billed
        assert began.is_set()
        assert not released.is_set()
        assert len(addresses._under_way) == 1, "calls wait for the same look-up"
    finally:
        released.set()


@pytest.mark.parametrize(
    "failure", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")]
)
def test_a_name_that_nobody_knows_is_worth_another_try(fake: FakeEngines, failure: Exception) -> None:
    def failing(*_: object, **__: object) -> list[tuple[Any, ...]]:
        raise failure

    with pytest.raises(Retryable, match="cannot be reached") as caught:
        _translated(_at(fake, "mt.example.org", "https"), failing)
    assert not caught.value.billed
    assert addresses._under_way == {}


def test_a_pinned_connection_still_asks_for_the_name_and_its_certificate() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard: list[bytes] = []

        def listen() -> None:
            client, _ = server.accept()
            with client:
                heard.append(client.recv(4096))

        listening = threading.Thread(target=listen)
        listening.start()
        environment = {
            "LIBRETRANSLATE_URL": f"https://mt.internal:{server.getsockname()[1]}",
            "MT_PRIVATE_HOSTS": "mt.internal",
        }
        with pytest.raises((AuthenticationFailed, Retryable)) as caught:
            _translated(environment, Resolver(["127.0.0.1"]))
        listening.join()
    assert not caught.value.billed
    assert b"mt.internal" in heard[0], "the name is in the greeting (SNI)"
    connections.begin(1, NOTHING_PRIVATE)
    context = connections.pools().connection_pool_kw["ssl_context"]
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED
    connections.close()
