"""What readers report, as the newsroom meets it: beside the segment, in the queue, on a page of its own."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.admin.addresses import segment_address
from publishing.models import Document, Person, ReaderReport, Release, Translation
from publishing.reports import queue, reported
from publishing.workflow import releasing, reporting
from publishing.workflow.reporting import Said
from tests import cast
from tests.workflow import edition

LOG_IN = Callable[[Person], Client]


@pytest.fixture
def carol(db: None) -> Person:
    return cast.carol()


@pytest.fixture
def ayse(db: None) -> Person:
    return cast.ayse()


@pytest.fixture
def row(document: Document, ayse: Person, carol: Person) -> Translation:
    """The Turkish sentence that a reader has reported; English and Turkish are released and approved."""
    edition.approved(document, "tr", cast.boris(), ayse)
    for language in ("en", "tr"):
        releasing.release(document, language, actor=carol)
    made = Release.objects.live().get(edition__language="tr")
    reporting.report(made, Said("hemen yola çıktı", "<b>Hangi</b> gemiler?"), sender="192.0.2.1")
    return cast.rows(document)[2]


def report_of_the_source(document: Document) -> ReaderReport:
    made = Release.objects.live().get(edition__language="en")
    return reporting.report(made, Said("Ships left at once", "Which?"), sender="192.0.2.1")


def test_stands_beside_its_segment_in_the_workbench(
    row: Translation, ayse: Person, signed_in: LOG_IN
) -> None:
    client, address = signed_in(ayse), segment_address(row.segment.document_id, "tr", row.segment.key)
    html = client.get(address.partition("#")[0]).content.decode()
    assert "&lt;b&gt;Hangi&lt;/b&gt; gemiler?" in html
    other = cast.rows(row.segment.document)[1]
    closed = client.get(segment_address(row.segment.document_id, "tr", other.segment.key).partition("#")[0])
    assert "reported by readers" in closed.content.decode()
    assert "Hangi" not in closed.content.decode()


@pytest.mark.parametrize("outcome", ["mended", "no_mistake"])
def test_is_decided_beside_its_segment(
    row: Translation, ayse: Person, signed_in: LOG_IN, outcome: str
) -> None:
    number = ReaderReport.objects.get().pk
    given = {
        "segment": row.segment.key,
        "version": row.version,
        "text": row.text,
        "action": f"resolve:{number}:{outcome}",
    }
    answer = signed_in(ayse).post(f"/admin/documents/{row.segment.document_id}/tr/", given)
    assert answer.status_code == 302
    assert ReaderReport.objects.get().outcome == outcome
    row.refresh_from_db()
    assert (row.state, row.version) == ("approved", given["version"])


def test_of_another_segment_cannot_be_decided_here(row: Translation, ayse: Person, signed_in: LOG_IN) -> None:
    other = cast.rows(row.segment.document)[1]
    action = f"resolve:{ReaderReport.objects.get().pk}:mended"
    answer = signed_in(ayse).post(
        f"/admin/documents/{row.segment.document_id}/tr/",
        {"segment": other.segment.key, "version": other.version, "text": other.text, "action": action},
    )
    assert answer.status_code == 409
    assert ReaderReport.objects.get().outcome == ""


def test_is_found_in_the_queue_though_it_is_approved(
    row: Translation, ayse: Person, signed_in: LOG_IN
) -> None:
    client = signed_in(ayse)
    assert row.segment.key not in client.get("/admin/queue/tr/").content.decode()
    assert row.segment.key in client.get("/admin/queue/tr/?reported=1").content.decode()
    assert row.segment.key in client.get("/admin/queue/tr/?reported=1&q=yola").content.decode()
    assert row.segment.key not in client.get("/admin/queue/tr/?reported=1&q=xyzzy").content.decode()
    reporting.resolve(ReaderReport.objects.get().pk, "mended", actor=ayse)
    assert row.segment.key not in client.get("/admin/queue/tr/?reported=1").content.decode()


def test_the_queue_is_of_one_language(row: Translation) -> None:
    assert [found.pk for found in queue.page(queue.Wanted("tr", reported=True)).rows] == [row.pk]
    assert queue.page(queue.Wanted("ru", reported=True)).rows == []


class TestTheListOfThem:
    def test_shows_a_translator_their_languages(
        self, row: Translation, ayse: Person, signed_in: LOG_IN
    ) -> None:
        report_of_the_source(row.segment.document)
        html = signed_in(ayse).get("/admin/reported/").content.decode()
        assert "&lt;b&gt;Hangi&lt;/b&gt; gemiler?" in html
        assert "Which?" not in html

    def test_shows_an_editor_those_of_the_source_and_decides_on_them(
        self, row: Translation, carol: Person, signed_in: LOG_IN
    ) -> None:
        made, client = report_of_the_source(row.segment.document), signed_in(carol)
        assert "Which?" in client.get("/admin/reported/").content.decode()
        client.post("/admin/reported/", {"decision": f"{made.pk}:mended"})
        made.refresh_from_db()
        assert made.outcome == "mended"
        assert "Which?" not in client.get("/admin/reported/").content.decode()

    @pytest.mark.parametrize("decision", ["", "x", "1", "9999:mended", "9" * 30 + ":mended", "-1:mended"])
    def test_decides_nothing_where_the_form_makes_no_sense(
        self, row: Translation, carol: Person, signed_in: LOG_IN, decision: str
    ) -> None:
        answer = signed_in(carol).post("/admin/reported/", {"decision": decision}, follow=True)
        assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
        assert ReaderReport.objects.get().outcome == ""

    def test_takes_three_queries_at_any_length(self, row: Translation) -> None:
        with CaptureQueriesContext(connection) as one:
            reported.waiting(["tr"], source=True)
        report_of_the_source(row.segment.document)
        with CaptureQueriesContext(connection) as two:
            assert len(reported.waiting(["tr"], source=True)) == 2
        assert len(one) == len(two) == 3

    def test_is_led_to_from_the_board(self, row: Translation, carol: Person, signed_in: LOG_IN) -> None:
        html = signed_in(carol).get("/admin/board/").content.decode()
        assert 'href="/admin/reported/"' in html
