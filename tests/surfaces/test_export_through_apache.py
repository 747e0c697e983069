"""The exported rules of `.htaccess`, believed by a real Apache."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from django.test import Client

from publishing.models import Document, Page
from tests import apache
from tests.surfaces import exported
from tests.surfaces.exported import OLD
from tests.surfaces.reading import ask

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
    pytest.mark.skipif(not apache.BINARY, reason=apache.ABSENT),
]

HEADERS = ("Content-Type", "Content-Language", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options",
           "X-Frame-Options", "Referrer-Policy")  # fmt: skip
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def document() -> Document:
    """An article with an address that it had before; another was withdrawn."""
    return exported.whole_site()


@pytest.fixture
def address(document: Document, tmp_path: Path) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        # Apache gives up its rights, and pytest's folders are for their owner alone.
        Path(folder).chmod(0o755)
        root = Path(folder, "out")
        exported.export(root)
        with apache.serving(tmp_path / "apache", root=root) as address:
            yield address


def test_every_page_is_answered_as_by_the_site(client: Client, address: str) -> None:
    for page in Page.objects.order_by("path"):
        ours = client.get(page.path)
        status, headers, content = ask(address, page.path)
        assert status == ours.status_code, page.path
        if status == 301:
            assert urlsplit(headers["location"]).path == ours["Location"]
            continue
        assert content == ours.content, page.path
        for name in HEADERS:
            assert headers.get(name.lower()) == ours.get(name), (page.path, name)
        assert "set-cookie" not in headers
        if status == 200:
            known = ask(address, page.path, if_none_match=headers["etag"])
            assert (known[0], known[2]) == (304, b""), page.path


@pytest.mark.parametrize(
    ("path", "language"), [("/en/nothing/", "en"), ("/tr/yok/", "tr"), ("/ru/nichego/", "ru"), ("/x", "en")]
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(
    client: Client, address: str, path: str, language: str
) -> None:
    status, headers, content = ask(address, path)
    assert status == 404
    assert f'<html lang="{language}"'.encode() in content
    if path != "/x":
        assert headers["content-language"] == language


def test_every_form_is_sent_to_who_takes_it(client: Client, address: str) -> None:
    for page in Page.objects.filter(status=200, location=""):
        etags = set()
        for coding in ("gzip", "br"):
            ours = client.get(page.path, headers={"accept-encoding": coding})
            _status, headers, content = ask(address, page.path, accept_encoding=coding)
            assert headers.get("content-encoding") == coding, page.path
            assert content == ours.content
            assert headers["content-type"] == ours["Content-Type"]
            etags.add(headers["etag"])
        assert len(etags) == 2
        assert ask(address, page.path)[1]["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "home"), [("tr,en;q=0.5", "/tr/"), ("de, ru-RU, en", "/ru/"), ("de", "/en/"), ("", "/en/")]
)
def test_the_door_leads_to_the_readers_language(address: str, accepted: str, home: str) -> None:
    status, headers, _content = ask(address, "/", accept_language=accepted)
    assert (status, urlsplit(headers["location"]).path) == (302, home)
    assert "Accept-Language" in headers["vary"]


def test_an_old_address_of_what_stands_beside_leads_on(address: str) -> None:
    status, headers, _content = ask(address, f"{OLD}provenance.json")
    assert (status, urlsplit(headers["location"]).path) == (301, "/en/grain-at-sea/provenance.json")


@pytest.mark.parametrize("path", ["/.dragoman.json", "/.nginx/http.conf", "/.htaccess", "/en/.htaccess"])
def test_what_is_for_servers_is_shown_to_nobody(address: str, path: str) -> None:
    assert ask(address, path)[0] in {403, 404}


@pytest.mark.parametrize("path", ["/en/%0d%0aSet-Cookie:%20a=b", "/%2e%2e/%2e%2e/etc/passwd"])
def test_an_address_puts_nothing_into_the_headers(address: str, path: str) -> None:
    status, headers, _content = ask(address, path)
    assert status in {400, 403, 404}
    assert "set-cookie" not in headers
