"""purging: the cache in front of the site hears of every address that answers otherwise, and of no other."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from publishing import env
from publishing.models import Document, Job, Person
from publishing.worker import loop
from publishing.workflow import purging, releasing, rewriting
from tests import cast

pytestmark = pytest.mark.django_db

SITE = "https://magazine.example"


@dataclass
class Cache:
    """A cache on loopback that takes purges, or answers as it is told to."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def urls(self) -> set[str]:
        return {url for urls in self.told for url in urls}


@pytest.fixture
def cache(settings: Any) -> Iterator[Cache]:
    made = Cache()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made.headers.append(dict(self.headers.items()))
            status = made.answers.pop(0) if made.answers else 200
            if status == 200:
                made.told.append(body["urls"])
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(b"x" * 100_000)

        def log_message(self, *_: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}/purge?secret=s3cret"
    settings.PURGE_URL, settings.PURGE_TOKEN, settings.SITE_URL = made.address, "t0ken", SITE
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def carol() -> Person:
    return cast.carol()


@pytest.fixture
def document() -> Document:
    return cast.article()


def url(document: Document) -> str:
    return f"{SITE}/en/{document.editions.get(language='en').slug}/"


class TestARelease:
    def test_names_what_answers_otherwise_absolutely(
        self, cache: Cache, document: Document, carol: Person
    ) -> None:
        releasing.release(document, "en", actor=carol)
        loop.drain()
        year = f"{SITE}/en/archive/{document.created_at.year}/"
        lists = {
            f"{SITE}/{code}/{name}" for code in ("en", "tr", "ru") for name in ("", "archive/", "search/")
        }
        assert cache.urls() == {url(document), year, *lists}
        cache.told.clear()
        releasing.withdraw(document, "en", actor=carol)
        loop.drain()
        assert cache.urls() == {url(document), f"{SITE}/en/", f"{SITE}/en/archive/", year}

    def test_that_changes_no_byte_tells_nothing(
        self, cache: Cache, document: Document, carol: Person
    ) -> None:
        releasing.release(document, "en", actor=carol)
        loop.drain()
        cache.told.clear()
        rewriting.plan(document)
        loop.drain()
        assert cache.told == []

    def test_without_a_cache_plans_nothing(self, document: Document, carol: Person, settings: Any) -> None:
        settings.PURGE_URL = ""
        releasing.release(document, "en", actor=carol)
        loop.drain()
        assert not Job.objects.filter(kind=purging.KIND).exists()

    def test_tells_it_with_the_token_and_in_portions(self, cache: Cache) -> None:
        purging.plan(f"/en/{number}/" for number in range(250))
        loop.drain()
        assert [len(urls) for urls in cache.told] == [100, 100, 50]
        assert {headers["Authorization"] for headers in cache.headers} == {"Bearer t0ken"}
        assert {headers["Content-Type"] for headers in cache.headers} == {"application/json"}

    def test_names_an_address_once(self, cache: Cache) -> None:
        purging.plan(["/en/", "/en/", "/tr/"])
        loop.drain()
        assert cache.told == [[f"{SITE}/en/", f"{SITE}/tr/"]]


class TestACacheThatDoesNotUnderstand:
    @pytest.mark.parametrize("status", [302, 400, 401, 404, 429, 500, 503])
    def test_is_told_again(self, cache: Cache, status: int) -> None:
        cache.answers = [status]
        purging.plan(["/en/"])
        loop.drain()
        job = Job.objects.get(kind=purging.KIND)
        assert (job.state, cache.told) == (Job.State.READY, [])
        assert str(status) in job.error
        Job.objects.update(not_before=job.created_at)
        loop.drain()
        assert cache.told == [[f"{SITE}/en/"]]

    def test_is_not_there_and_the_reason_gives_no_secret_away(self, cache: Cache, settings: Any) -> None:
        settings.PURGE_URL = "http://127.0.0.1:9/purge?secret=s3cret"
        purging.plan(["/en/"])
        loop.drain()
        job = Job.objects.get(kind=purging.KIND)
        assert job.state == Job.State.READY
        assert "cannot be reached" in job.error
        assert "s3cret" not in job.error

    def test_holds_no_release_up(self, cache: Cache, document: Document, carol: Person) -> None:
        cache.answers = [500] * 10
        releasing.release(document, "en", actor=carol)
        loop.drain()
        assert Job.objects.get(kind=rewriting.KIND).state == Job.State.SUCCESSFUL

    def test_and_was_taken_away_meanwhile_is_let_be(self, cache: Cache, settings: Any) -> None:
        purging.plan(["/en/"])
        settings.PURGE_URL = ""
        loop.drain()
        assert Job.objects.get(kind=purging.KIND).state == Job.State.SUCCESSFUL


class TestTheSetting:
    @pytest.mark.parametrize(
        "given",
        ["https://cache.example/purge", "http://127.0.0.1:8080/", "http://[::1]/x", "http://localhost/"],
    )
    def test_is_an_address(self, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
        monkeypatch.setenv("PURGE_URL", given)
        assert env.address("PURGE_URL") == given

    @pytest.mark.parametrize(
        "given",
        ["cache.example", "ftp://cache.example/", "http://cache.example/", "https:///x", "https://a b/",
         "https://cache.example:port/", "http://[::1", "https://cache.example/\x07", "javascript:alert(1)"],
    )  # fmt: skip
    def test_that_is_none_stops_the_start(self, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
        monkeypatch.setenv("PURGE_URL", given)
        with pytest.raises(env.BadSetting, match="PURGE_URL") as refused:
            env.address("PURGE_URL")
        assert given not in str(refused.value)

    def test_that_is_absent_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PURGE_URL", raising=False)
        assert env.address("PURGE_URL") == ""
