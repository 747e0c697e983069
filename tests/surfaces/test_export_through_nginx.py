"""The exported rules for nginx, believed by a real one: it answers what the site answers."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client

from publishing.models import Document, Page
from tests import nginx
from tests.surfaces import exported
from tests.surfaces.exported import path_of
from tests.surfaces.reading import ask

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
    pytest.mark.skipif(not nginx.BINARY, reason=nginx.ABSENT),
]


@pytest.fixture(scope="module")
def _site(for_the_file: None) -> None:
    exported.whole_site()


@pytest.fixture
def document(_site: None, db: None) -> Document:
    return Document.objects.earliest("pk")


@pytest.fixture(scope="module")
def address(_site: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    root = folder / "out"
    exported.export(root)
    rules = root / ".nginx"
    with nginx.serving(
        folder / "nginx",
        root=root,
        http=f"include {rules}/http.conf;",
        server=f"include {rules}/server.conf;",
    ) as (address, _pid):
        yield address


def test_every_page_is_answered_as_by_the_site(client: Client, address: str) -> None:
    for page in Page.objects.all():
        for coding in ("", "gzip"):
            ours = client.get(page.path, headers={"accept-encoding": coding})
            status, headers, content = ask(address, page.path, accept_encoding=coding)
            assert status == ours.status_code, page.path
            if status == 301:
                assert urlsplit(headers["location"]).path == ours["Location"]
                continue
            if status == 200 or not coding:
                assert content == ours.content, page.path
                assert headers.get("content-encoding", "") == ours.get("Content-Encoding", "")
            for name in ("Content-Type", "Content-Language", "Cache-Control", "Content-Security-Policy",
                         "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):  # fmt: skip
                assert headers.get(name.lower()) == ours.get(name), (page.path, name)
            assert "set-cookie" not in headers
            if status == 200:
                assert headers["vary"] == "Accept-Encoding"
                known = ask(address, page.path, accept_encoding=coding, if_none_match=headers["etag"])
                assert (known[0], known[2]) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("", "/en/"), ("tr", "/tr/"), ("ru-RU,ru;q=0.9,en;q=0.8", "/ru/"), ("de-DE, tr;q=0.3", "/tr/"),
     ("de, ru-RU, en", "/ru/"),
     ("zz", "/en/"), ("*", "/en/"), ("x" * 2_000, "/en/"), ("TR", "/tr/"), ("enx, ru", "/ru/"),
     (",".join(["de;q=0.1"] * 100), "/en/")],
)  # fmt: skip
def test_the_door_leads_by_language(address: str, accepted: str, home: str) -> None:
    status, headers, _ = ask(address, "/", accept_language=accepted)
    assert (status, urlsplit(headers["location"]).path, headers["vary"]) == (302, home, "Accept-Language")
    assert "set-cookie" not in headers


def test_what_is_not_there_is_told_in_the_addresss_language(address: str) -> None:
    for path, code in (
        ("/tr/nothing/", "tr"),
        ("/ru/nothing", "ru"),
        ("/nothing", "en"),
        ("/en/gone.html", "en"),
    ):
        status, headers, content = ask(address, path)
        assert status == 404, path
        assert f'<html lang="{code}">' in content.decode(), path
        assert "default-src 'self'" in headers["content-security-policy"]


def test_a_missing_slash_is_mended(address: str, document: Document) -> None:
    status, headers, _ = ask(address, path_of(document).rstrip("/"))
    assert (status, urlsplit(headers["location"]).path) == (302, path_of(document))


@pytest.mark.parametrize("path", ["/.dragoman.json", "/.nginx/http.conf", "/.htaccess", "/en/.htaccess"])
def test_what_is_for_servers_is_shown_to_nobody(address: str, path: str) -> None:
    assert ask(address, path)[0] == 404


@pytest.mark.parametrize(
    "path", ["/en/%0d%0aSet-Cookie:%20a=b", "/en/%0d%0aX:%20y/", "/%2e%2e/%2e%2e/etc/passwd"]
)
def test_an_address_puts_nothing_into_the_headers(address: str, path: str) -> None:
    status, headers, _ = ask(address, path)
    assert status in {400, 404}
    assert not {"set-cookie", "x"} & headers.keys()
