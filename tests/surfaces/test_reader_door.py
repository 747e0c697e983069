"""The WSGI door: stored pages answered before Django sees the request, word for word as the middleware does."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from publishing import wsgi
from publishing.models import Page, kept
from publishing.pages.finished import Finished, redirect
from publishing.pages.storing import store
from publishing.reader import answering, door, negotiation
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(autouse=True)
def closings(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """How often a connection that has had its time would be closed: here it holds the test's transaction."""
    made: list[None] = []
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: made.append(None))
    return made


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Headers are kept for a process; here settings change."""
    kept = (door._request, door._headers)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


@pytest.fixture(scope="class")
def site(for_the_class: None) -> None:
    """A live article, a withdrawn one, a redirect, and pages that are no HTML or in no language."""
    carol, live = cast.carol(), cast.article()
    other = cast.article(cast.SHORT.replace(cast.TITLE, "Steel Crosses the Caspian"))
    for document in (live, other):
        releasing.release(document, "en", actor=carol)
    releasing.withdraw(other, "en", actor=carol, note="An error of ours.")
    loop.drain()
    store(
        [
            redirect("/en/grain/", "en", "/en/grain-crosses-the-black-sea/"),
            Finished("/robots.txt", b"User-agent: *\n", content_type="text/plain; charset=utf-8"),
        ]
    )


class Application:
    """A site behind the door; knows how often it was asked."""

    def __init__(self) -> None:
        self.handler, self.asked = WSGIHandler(), 0
        self.door = door.Door(self)

    def __call__(self, environment: dict[str, Any], start: Any) -> Any:
        self.asked += 1
        return self.handler(environment, start)

    def ask(self, path: str, method: str = "GET", *, scheme: str = "http", **headers: str) -> Answer:
        environment = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "SCRIPT_NAME": "",
            "QUERY_STRING": "", "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "HTTP_HOST": "testserver",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }  # fmt: skip
        said: list[Any] = []
        content = b"".join(self.door(environment, lambda *given: said.extend(given)))
        return int(said[0].split()[0]), dict(said[1]), content


@pytest.fixture
def application() -> Application:
    return Application()


def test_is_what_servers_are_given() -> None:
    assert isinstance(wsgi.application, door.Door)


@pytest.mark.usefixtures("site")
class TestEveryPage:
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("accepted", ["", "gzip", "gzip, deflate, br", "identity;q=0"])
    def test_is_answered_as_by_the_middleware(
        self, application: Application, client: Client, method: str, accepted: str
    ) -> None:
        for page in Page.objects.all():
            tag = negotiation.tag(page.etag, negotiation.coding(accepted))
            for known in ("", tag, "*", '"other"'):
                asked = {"accept_encoding": accepted, "if_none_match": known}
                ours = application.ask(page.path, method, **asked)
                theirs = client.generic(method, page.path, headers=asked)
                assert ours == (theirs.status_code, dict(theirs.items()), theirs.content), (page.path, known)
        assert Page.objects.count() >= 7
        assert application.asked == 0

    def test_takes_one_query(self, application: Application) -> None:
        for page in Page.objects.all():
            with CaptureQueriesContext(connection) as queries:
                application.ask(page.path)
            assert len(queries) == 1

    def test_leaves_no_connection_behind_that_has_had_its_time(
        self, application: Application, closings: list[None]
    ) -> None:
        """As Django does it: looked at before and after. With a pool, that gives the connection back."""
        application.ask("/en/")
        assert len(closings) == 2

    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_is_as_secure_as_by_the_middleware(
        self, application: Application, scheme: str, settings: Any
    ) -> None:
        settings.SECURE_HSTS_SECONDS = 3_600
        headers = application.ask("/en/", scheme=scheme)[1]
        theirs = Client().get("/en/", secure=scheme == "https")
        assert headers == dict(theirs.items())
        assert ("Strict-Transport-Security" in headers) is (scheme == "https")


@pytest.mark.usefixtures("site")
class TestHandsOn:
    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
    def test_what_does_not_read(self, application: Application, method: str) -> None:
        assert application.ask("/en/", method)[0] == 405
        assert application.asked == 1

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/", 302),
            ("/en/nothing/", 404),
            ("/en/grain-crosses-the-black-sea", 302),
            ("/tr/çay/", 404),
            ("/admin/login/", 200),
            ("/en/\x00", 404),
            ("/EN/", 404),
            ("", 302),
        ],
    )
    def test_what_has_no_stored_page(self, application: Application, path: str, status: int) -> None:
        assert application.ask(path, host="127.0.0.1")[0] == status
        assert application.asked == 1

    def test_http_where_https_is_wanted(self, application: Application) -> None:
        with override_settings(SECURE_SSL_REDIRECT=True):
            site = Application()
            status, headers, _ = site.ask("/en/")
            assert (status, headers["Location"]) == (301, "https://testserver/en/")
            assert site.ask("/en/", scheme="https")[0] == 200
        assert site.asked == 1

    @pytest.mark.parametrize(
        ("claimed", "status"), [("https", 200), ("http", 301), ("", 301), ("x" * 9, 301)]
    )
    def test_what_a_trusted_proxy_says_came_by_http(self, claimed: str, status: int) -> None:
        with override_settings(
            SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
        ):
            assert Application().ask("/en/", x_forwarded_proto=claimed)[0] == status

    def test_what_no_proxy_was_trusted_to_say(self) -> None:
        with override_settings(SECURE_SSL_REDIRECT=True):
            assert Application().ask("/en/", x_forwarded_proto="https")[0] == 301

    def test_all_while_the_database_is_away(
        self, application: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What then is answered is the application's to say."""

        def away(*_: object) -> None:
            raise DatabaseError

        monkeypatch.setattr(answering, "answered", away)
        application.handler = lambda _, start: start("503 Service Unavailable", []) or []
        assert application.ask("/en/")[0] == 503


@pytest.mark.django_db(transaction=True)
class TestAThreadWithoutAConnection:
    """As between two requests: a page is read without one being opened for it, where the database has a pool."""

    @pytest.fixture
    def stored(self) -> Iterator[None]:
        store([Finished("/en/", b"<!doctype html><title>Front</title>", "en")])
        yield
        kept.close()

    def test_gets_the_page_and_leaves_none_open(self, stored: None) -> None:
        connection.close()
        for _ in range(3):
            assert Application().ask("/en/")[0] == 200
            assert (connection.connection is None) == bool(getattr(connection, "pool", None))
        assert Page.objects.filter(path="/en/").exists()  # and Django goes on with what it finds

    def test_is_told_by_the_application_that_the_database_is_away(
        self, stored: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if connection.vendor == "postgresql":
            connection.close()
            monkeypatch.setattr(connection.Database, "connect", _refused)
        else:
            monkeypatch.setattr(connection, "cursor", _refused)
        application = Application()
        application.handler = lambda _, start: start("503 Service Unavailable", []) or []
        assert application.ask("/en/")[0] == 503


def _refused(**_: object) -> Any:
    """What the driver raises when it cannot connect, before Django has made an error of its own of it."""
    raise connection.Database.OperationalError("away") if connection.vendor == "postgresql" else DatabaseError
