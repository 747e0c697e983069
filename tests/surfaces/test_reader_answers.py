"""How a page is answered: in the coding that the browser takes, without its bytes where the reader has them."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from publishing.models import Page
from publishing.pages.finished import Finished, redirect
from publishing.pages.storing import remove, store
from publishing.reader import negotiation
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

PATH = "/tr/tahil/"
TEXT = ("<!doctype html><p>" + "Tahıl Karadeniz’i geçiyor. " * 300).encode()
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.fixture
def page() -> Page:
    store([Finished(PATH, TEXT, "tr")])
    return Page.objects.get(path=PATH)


class TestTheCoding:
    @pytest.mark.parametrize(
        ("accepted", "coding"),
        [
            ("", ""),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("GZIP", "gzip"),
            ("x-gzip", "gzip"),
            ("br;q=0.5, gzip;q=0.8", "gzip"),
            ("br;q=0.8, gzip;q=0.8", "br"),
            ("br;q=0, gzip", "gzip"),
            ("br; q = 0.1 , gzip ; q=0.05", "br"),
            ("*", "br"),
            ("*;q=0.1", "br"),
            ("br;q=0, *;q=0.5", "gzip"),
            ("gzip;q=0, *;q=0", ""),
            ("identity", ""),
            ("identity, gzip;q=0.5", ""),
            ("identity;q=0.5, gzip;q=0.5", "gzip"),
            ("identity;q=0", ""),
            ("identity;q=0, gzip;q=0.2", "gzip"),
            ("deflate, zstd", ""),
            ("gzip;q=2", ""),
            ("gzip;q=-1", ""),
            ("gzip;q=nan", ""),
            ("gzip;q=", ""),
            ("gzip;level=9", "gzip"),
            (";;,,q=1,;q", ""),
            ("bröt", ""),
            ("br\x00", ""),
            ("gzip," * 100_000, "gzip"),
        ],
    )
    def test_is_what_the_header_weighs_most(self, accepted: str, coding: str) -> None:
        assert negotiation.coding(accepted) == coding

    @pytest.mark.parametrize("coding", ["br", "gzip", ""])
    def test_changes_no_byte_of_the_page(self, client: Client, page: Page, coding: str) -> None:
        response = client.get(PATH, headers={"accept-encoding": coding})
        assert response.get("Content-Encoding", "") == coding
        assert DECODE[coding](response.content) == TEXT
        assert response["Content-Length"] == str(len(response.content))
        assert response["Vary"] == "Accept-Encoding"

    def test_of_brotli_is_smaller_than_gzip_and_that_much_smaller_than_none(self, page: Page) -> None:
        assert len(page.brotli) < len(page.gzip) < len(page.content) / 4

    def test_makes_another_tag_for_other_bytes(self, client: Client, page: Page) -> None:
        tags = {client.get(PATH, headers={"accept-encoding": each})["ETag"] for each in DECODE}
        assert tags == {f'"{page.etag}"', f'"{page.etag}-br"', f'"{page.etag}-gz"'}


class TestWhoHasThePage:
    @pytest.fixture
    def _unreadable(self, page: Page) -> Iterator[None]:
        """The page's bytes cannot be read any more: whoever touches them gets an error of the database."""
        boom = {
            "sqlite": "CAST(abs(-9223372036854775807 - length(path) / length(path)) AS BLOB)",
            "postgresql": "convert_to((1 / (length(path) - length(path)))::text, 'UTF8')",
        }[connection.vendor]
        bare = "id, path, content_type, language, etag, status, location, written_at"
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE publishing_page RENAME TO kept")
            cursor.execute(
                f"CREATE VIEW publishing_page AS "  # noqa: S608 -- ours
                f"SELECT {bare}, {boom} AS brotli, {boom} AS gzip, {boom} AS content FROM kept"
            )
        return

    @pytest.mark.usefixtures("_unreadable")
    @pytest.mark.parametrize("coding", ["br", "gzip", ""])
    def test_is_told_so_without_a_byte_of_it_being_read(
        self, client: Client, page: Page, coding: str
    ) -> None:
        tag = negotiation.tag(page.etag, coding)
        for known in (tag, f"W/{tag}", f'"0", {tag}', "*"):
            asked = {"accept-encoding": coding, "if-none-match": known}
            with CaptureQueriesContext(connection) as queries:
                response = client.get(PATH, headers=asked)
            assert (response.status_code, response.content, len(queries)) == (304, b"", 1)
            assert (response["ETag"], response["Vary"]) == (tag, "Accept-Encoding")
            assert "s-maxage" in response["Cache-Control"]
            assert "Content-Encoding" not in response

    @pytest.mark.usefixtures("_unreadable")
    def test_and_without_a_tag_the_bytes_are_read(self, client: Client) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            client.get(PATH)

    @pytest.mark.parametrize("known", ['"0"', '"', "garbage", "W/", '"\x00"', '"' + "a" * 5_000 + '"', ",,,"])
    def test_in_another_version_gets_this_one(self, client: Client, page: Page, known: str) -> None:
        response = client.get(PATH, headers={"if-none-match": known})
        assert (response.status_code, response.content) == (200, TEXT)

    def test_in_another_coding_gets_this_one(self, client: Client, page: Page) -> None:
        for coding, other in (("br", ""), ("", "br"), ("gzip", "br")):
            asked = {"accept-encoding": coding, "if-none-match": negotiation.tag(page.etag, other)}
            assert client.get(PATH, headers=asked).status_code == 200

    def test_with_ever_so_many_tags_costs_one_query_of_bounded_length(
        self, client: Client, page: Page
    ) -> None:
        many = ", ".join(f'"{number:032x}"' for number in range(2_000))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PATH, headers={"if-none-match": many}).status_code == 200
        assert len(queries) == 1
        assert len(queries[0]["sql"]) < 2_000


class TestAnAnswer:
    def test_looks_at_no_session_and_no_person(self, client: Client, page: Page) -> None:
        client.force_login(cast.carol())
        with CaptureQueriesContext(connection) as queries:
            response = client.get(PATH)
        assert len(queries) == 1
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"

    def test_may_be_kept_by_browsers_and_by_caches_between(self, client: Client, page: Page) -> None:
        kept = client.get(PATH)["Cache-Control"]
        for directive in ("public", "max-age=", "s-maxage=", "stale-while-revalidate="):
            assert directive in kept

    def test_of_head_has_the_length_and_no_bytes(self, client: Client, page: Page) -> None:
        for coding in DECODE:
            asked = {"accept-encoding": coding}
            whole, head = client.get(PATH, headers=asked), client.head(PATH, headers=asked)
            assert head.content == b""
            assert dict(head.items()) == dict(whole.items())

    @pytest.mark.parametrize("secure", [False, True])
    def test_is_as_secure_as_every_other(self, client: Client, page: Page, secure: bool) -> None:
        """The headers that other surfaces get from their middleware stand here, too, for http and for https."""
        names = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
                 "Cross-Origin-Opener-Policy", "Strict-Transport-Security")  # fmt: skip
        with override_settings(SECURE_HSTS_SECONDS=3_600):
            client = Client()
            ours = [client.get(path, secure=secure) for path in (PATH, PATH, "/tr/nothing/")]
            other = client.get("/admin/login/", secure=secure)
        for response in ours:
            for name in names:
                # django-csp gives its directives in any order
                assert sorted(response.get(name, "").split("; ")) == sorted(other.get(name, "").split("; "))
        assert ("Strict-Transport-Security" in other) is secure

    def test_over_http_leads_to_https_where_that_is_wanted(self, page: Page) -> None:
        with override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["testserver"]):
            response = Client().get(PATH)
            assert (response.status_code, response["Location"]) == (301, f"https://testserver{PATH}")
            assert Client().get(PATH, secure=True).status_code == 200

    def test_may_be_a_redirect_for_ever(self, client: Client) -> None:
        store([redirect("/tr/eski/", "tr", PATH)])
        response = client.get("/tr/eski/")
        assert (response.status_code, response["Location"], response.content) == (301, PATH, b"")
        assert client.get("/tr/eski/", headers={"if-none-match": "*"}).status_code == 301

    def test_may_be_of_any_type_and_stand_at_the_root(self, client: Client) -> None:
        store([Finished("/robots.txt", b"User-agent: *\n", content_type="text/plain; charset=utf-8")])
        response = client.get("/robots.txt")
        assert (response.status_code, response.content) == (200, b"User-agent: *\n")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "Content-Language" not in response

    def test_at_the_root_that_is_not_there_is_told_in_a_page_of_ours(self, client: Client) -> None:
        response = client.get("/sitemap-9.xml")
        assert response.status_code == 404
        assert b"<html" in response.content

    def test_is_the_same_whatever_host_is_claimed(self, page: Page) -> None:
        with override_settings(ALLOWED_HOSTS=["example.org"]):
            assert Client().get(PATH, headers={"host": "evil.example"}).content == TEXT


class TestStoring:
    def test_touches_no_row_whose_answer_is_the_same(self, page: Page) -> None:
        assert store([Finished(PATH, TEXT, "tr")]) == []
        assert Page.objects.get(path=PATH).written_at == page.written_at

    @pytest.mark.parametrize(
        "other",
        [
            Finished(PATH, TEXT + b"!", "tr"),
            Finished(PATH, TEXT, "tr", status=410),
            Finished(PATH, TEXT, "tr", content_type="text/plain"),
            redirect(PATH, "tr", "/tr/"),
        ],
    )
    def test_replaces_every_answer_that_differs(self, page: Page, other: Finished) -> None:
        assert store([other]) == [PATH]
        now = Page.objects.get(path=PATH)
        assert (now.etag, now.status, now.location) == (other.etag, other.status, other.location)
        assert (
            brotli.decompress(now.brotli) == gzip.decompress(now.gzip) == bytes(now.content) == other.content
        )
        assert now.written_at > page.written_at

    def test_takes_few_queries_for_many_pages(self) -> None:
        many = [Finished(f"/en/{number}/", b"x", "en") for number in range(100)]
        with CaptureQueriesContext(connection) as queries:
            assert len(store(many)) == 100
        assert len(cast.statements(queries)) == 4
        with CaptureQueriesContext(connection) as queries:
            assert store(many) == []
        assert len(cast.statements(queries)) == 2

    def test_removes_what_is_there(self, page: Page) -> None:
        assert remove([PATH, "/tr/nothing/"]) == [PATH]
        assert not Page.objects.filter(path=PATH).exists()
