"""The door for readers' reports: POST only, from our own pages, bounded, without a cookie, in the page's language."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from publishing.models import Page, ReaderReport, Release
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast
from tests.workflow import edition

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

QUOTES = {"en": "Ships left at once.", "tr": "Gemiler hemen yola çıktı.", "ru": "Суда сразу вышли в море."}
THANKS = {"en": "Thank you", "tr": "Teşekkürler", "ru": "Спасибо"}
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def _live(for_the_file: None) -> None:
    """The short article, live in three languages."""
    document, boris, carol = cast.article(), cast.boris(), cast.carol()
    for language in ("tr", "ru"):
        edition.approved(document, language, boris, carol)
    chief = cast.person("chief", cast.access.EDITORS)
    for language in ("en", "tr", "ru"):
        releasing.release(document, language, actor=chief)
    loop.drain()


@pytest.fixture(autouse=True)
def live(_live: None, db: None) -> dict[str, str]:
    """Language → address."""
    return {
        made.edition.language: f"/{made.edition.language}/{made.edition.slug}/"
        for made in Release.objects.live().select_related("edition")
    }


def fields(live: dict[str, str], language: str = "tr", **other: str) -> dict[str, str]:
    """A form as the page's form posts it."""
    given = {
        "page": live[language],
        "release": "1",
        "before": "",
        "quote": QUOTES[language],
        "remark": "?!",
        "email": "",
        "website": "",
    }
    return given | other


def post(data: dict[str, str], headers: dict[str, str] = OURS, **more: Any) -> HttpResponse:
    return Client().post("/feedback/", data, headers=headers, **more)


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_a_report_is_answered_in_the_pages_language(live: dict[str, str], language: str) -> None:
    answer = post(fields(live, language), OURS | {"Accept-Language": "en"})
    assert answer.status_code == 200
    assert THANKS[language] in answer.content.decode()
    assert answer["Content-Language"] == language
    assert f'href="{live[language]}"' in answer.content.decode()
    assert ReaderReport.objects.get().language == language


def test_the_pages_own_form_is_what_is_posted(live: dict[str, str]) -> None:
    html = Client().get(live["tr"]).content.decode()
    form = html[html.index('<section class="report"') :]
    names = set(re.findall(r'name="(\w+)"', form))
    assert names | {"email"} == set(fields(live))
    assert re.search(r'action="([^"]+)"', form)[1] == "/feedback/"  # type: ignore[index]
    assert f'name="page" value="{live["tr"]}"' in form
    assert 'name="release" value="1"' in form


def test_the_form_posts_to_another_host_where_that_is_set(live: dict[str, str], settings: Any) -> None:
    settings.SITE_URL, settings.FEEDBACK_URL = "https://example.org", "https://app.example.org/feedback/"
    html = post(fields(live, remark=""), {"Origin": "https://example.org"}).content.decode()
    assert 'action="https://app.example.org/feedback/"' in html


def test_the_form_asks_for_an_address_where_e_mail_can_be_sent(live: dict[str, str], settings: Any) -> None:
    assert "report-email" not in Client().get(live["en"]).content.decode()
    settings.EMAIL_HOST = "mail.example.org"
    answer = post(fields(live, remark=""))
    assert 'name="email"' in answer.content.decode()


def test_no_cookie_is_set_and_nothing_is_kept(live: dict[str, str]) -> None:
    answer = post(fields(live))
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_a_report_is_answered_under_the_sites_policy(live: dict[str, str]) -> None:
    policy = post(fields(live))["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_other_methods_are_not_allowed(method: str) -> None:
    assert getattr(Client(), method)("/feedback/", headers=OURS).status_code == 405


class TestWhatCannotBeAccepted:
    @pytest.mark.parametrize(
        "changed",
        [
            {"quote": "Kumar oynayın, hemen kazanın"},
            {"remark": ""},
            {"remark": "bak: https://spam.example"},
            {"remark": "ş" * 1_501},
            {"remark": "a\x00b"},
            {"email": "no address"},
            {"email": "a@example.org\nBcc: b@example.org"},
        ],
    )
    def test_comes_back_with_everything_typed(
        self, live: dict[str, str], settings: Any, changed: dict[str, str]
    ) -> None:
        settings.EMAIL_HOST = "mail.example.org"
        given = fields(live, quote="hemen yola", remark="Uzun uzun anlattım") | changed
        answer = post(given)
        html = answer.content.decode()
        assert answer.status_code == 400
        assert 'class="wrong"' in html
        for name in {"quote", "remark"} - set(changed):
            assert given[name] in html
        assert not ReaderReport.objects.exists()

    def test_is_escaped(self, live: dict[str, str]) -> None:
        html = post(
            fields(live, quote='"><script>alert(1)</script>', remark="</textarea><b>")
        ).content.decode()
        assert "<script>alert" not in html
        assert "</textarea><b>" not in html

    @pytest.mark.parametrize(
        "changed",
        [
            {"page": "/tr/nowhere/"},
            {"page": "/de/x/"},
            {"page": "/tr/\x00/"},
            {"page": ""},
            {"release": "2"},
            {"release": "١"},
            {"release": "9" * 40},
        ],
    )
    def test_is_of_a_page_that_there_is_not(self, live: dict[str, str], changed: dict[str, str]) -> None:
        assert post(fields(live) | changed).status_code == 404

    def test_is_of_a_page_that_was_withdrawn(self, live: dict[str, str]) -> None:
        made = Release.objects.live().get(edition__language="tr")
        releasing.withdraw(made.edition.document, "tr", actor=made.released_by, note="Yanlış.")
        assert post(fields(live)).status_code == 404

    def test_is_too_long(self, live: dict[str, str]) -> None:
        answer = post(fields(live, remark="x" * 40_000))
        assert answer.status_code == 413
        assert not ReaderReport.objects.exists()

    def test_is_one_too_many(self, live: dict[str, str], settings: Any) -> None:
        settings.FEEDBACK_PER_SENDER = 1
        assert post(fields(live)).status_code == 200
        answer = post(fields(live, remark="Yine"))
        assert answer.status_code == 429
        assert "Yine" in answer.content.decode()
        assert post(fields(live), REMOTE_ADDR="192.0.2.9").status_code == 200

    def test_is_a_programs_and_it_learns_nothing(self, live: dict[str, str]) -> None:
        answer = post(fields(live, website="https://spam.example"))
        assert (answer.status_code, ReaderReport.objects.count()) == (200, 0)
        assert THANKS["tr"] in answer.content.decode()


class TestWhereItComesFrom:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://testserver"},
            {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"},  # SITE_URL's own
            {"Sec-Fetch-Site": "same-origin"},
        ],
    )
    def test_is_a_page_of_ours(self, live: dict[str, str], headers: dict[str, str]) -> None:
        assert post(fields(live), headers).status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "https://evil.example"},
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
            {"Origin": "http://testserver.evil.example"},
            {"Origin": "null"},
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "null", "Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "none"},
        ],
    )
    def test_is_no_other(self, live: dict[str, str], headers: dict[str, str]) -> None:
        answer = post(fields(live), headers)
        assert (answer.status_code, ReaderReport.objects.count()) == (403, 0)

    def test_may_be_another_host_of_the_site_where_that_is_set(
        self, live: dict[str, str], settings: Any
    ) -> None:
        settings.SITE_URL, settings.FEEDBACK_URL = "https://example.org", "https://app.example.org/feedback/"
        assert post(fields(live), {"Origin": "null", "Sec-Fetch-Site": "same-site"}).status_code == 200
        assert post(fields(live), {"Origin": "null", "Sec-Fetch-Site": "cross-site"}).status_code == 403

    def test_is_counted_by_network_and_not_by_what_a_sender_says(
        self, live: dict[str, str], settings: Any
    ) -> None:
        settings.FEEDBACK_PER_SENDER = 1
        forged = OURS | {"X-Forwarded-For": "203.0.113.5"}
        assert post(fields(live), forged, REMOTE_ADDR="2001:db8::1").status_code == 200
        other = OURS | {"X-Forwarded-For": "203.0.113.6"}
        assert post(fields(live), other, REMOTE_ADDR="2001:db8::2").status_code == 429

    def test_is_what_the_proxy_wrote_down_behind_one(self, live: dict[str, str], settings: Any) -> None:
        settings.FEEDBACK_PER_SENDER = 1
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        first = OURS | {"X-Forwarded-For": "203.0.113.5, 198.51.100.1"}
        assert post(fields(live), first).status_code == 200
        again = OURS | {"X-Forwarded-For": "203.0.113.99, 198.51.100.1"}
        assert post(fields(live), again).status_code == 429


def test_a_report_leaves_every_page_as_it_was(live: dict[str, str]) -> None:
    before = {page.path: bytes(page.content) for page in Page.objects.all()}
    post(fields(live))
    assert edition.site() == before
