"""At the workbench: sentences joined and separated, left out and brought back, warnings dismissed, texts compared."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from publishing.models import Document, Edition, Overrule, Person, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import editing, reviewing
from tests import cast
from tests.engines_fake import FakeEngines, pseudo
from tests.surfaces.admin.test_workbench import Bench

LOG_IN = Callable[[Person], Client]
FIRST, SECOND = "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı."


@pytest.fixture
def boris(document: Document) -> Person:
    return cast.boris()


@pytest.fixture
def bench(document: Document, boris: Person, signed_in: LOG_IN) -> Bench:
    first, second = cast.rows(document)[1:3]
    editing.submit(first, text=FIRST, actor=boris, seen_version=first.version)
    editing.submit(second, text=SECOND, actor=boris, seen_version=second.version)
    return Bench(document, signed_in(cast.ayse()))


@pytest.fixture
def editor(document: Document, bench: Bench, signed_in: LOG_IN) -> Bench:
    return Bench(document, signed_in(cast.carol()))


def sentences(document: Document) -> tuple[Translation, Translation]:
    first, second = cast.rows(document)[1:3]
    return first, second


def join(bench: Bench, document: Document) -> tuple[Translation, Translation]:
    first, second = sentences(document)
    bench.press(second, "join", before=first.version)
    return sentences(document)


class TestJoining:
    def test_opens_the_whole(self, bench: Bench, document: Document) -> None:
        first, second = sentences(document)
        answer = bench.press(second, "join", before=first.version)
        assert f"segment={first.segment.key}" in answer.url
        assert sentences(document)[0].text == f"{FIRST} {SECOND}"

    def test_of_a_neighbour_that_changed_meanwhile_is_refused_in_place(
        self, bench: Bench, document: Document
    ) -> None:
        first, second = sentences(document)
        assert bench.press(second, "join", before=first.version - 1).status_code == 409
        assert sentences(document)[1].text == SECOND

    def test_with_something_typed_is_refused(self, bench: Bench, document: Document) -> None:
        first, second = sentences(document)
        answer = bench.press(second, "join", text="Başka.", before=first.version)
        assert answer.status_code == 409
        assert "Başka." in answer.content.decode()

    def test_the_second_says_where_its_words_are_and_can_be_separated(
        self, bench: Bench, document: Document
    ) -> None:
        _first, second = join(bench, document)
        page = bench.client.get(bench.path, {"segment": second.segment.key}).content.decode()
        assert "joined to the one before it" in page
        assert 'name="text"' not in page
        bench.press(second, "separate", text="")
        assert [row.text for row in sentences(document)] == [FIRST, SECOND]

    def test_the_first_of_a_paragraph_offers_no_joining(self, bench: Bench, document: Document) -> None:
        assert bench.open(sentences(document)[0])["desk"]["before"] is None

    def test_costs_the_page_no_query(self, bench: Bench, document: Document) -> None:
        first, _second = join(bench, document)
        with CaptureQueriesContext(connection) as queries:
            bench.open(first)
        assert len(queries) <= 12  # the session, the person and their rights included


class TestLeavingOut:
    def test_is_offered_to_editors_alone(self, bench: Bench, editor: Bench, document: Document) -> None:
        row = sentences(document)[1]
        assert not bench.open(row)["desk"]["may_omit"]
        assert editor.open(row)["desk"]["may_omit"]

    def test_and_back(self, editor: Bench, document: Document) -> None:
        editor.press(sentences(document)[1], "omit", omission="Readers know.")
        row = sentences(document)[1]
        assert (row.omitted, row.state) == (True, State.APPROVED)
        assert (
            "Readers know." in editor.client.get(editor.path, {"segment": row.segment.key}).content.decode()
        )
        editor.press(row, "bring_back", text="")
        assert sentences(document)[1].text == SECOND

    def test_without_a_reason_is_refused_in_place(self, editor: Bench, document: Document) -> None:
        assert editor.press(sentences(document)[1], "omit", omission="").status_code == 409


def test_a_warning_is_dismissed_with_a_reason(bench: Bench, document: Document, boris: Person) -> None:
    row = sentences(document)[1]
    row = editing.submit(row, text="Gemiler gemiler yola çıktı.", actor=boris, seen_version=row.version)
    (finding,) = bench.open(row)["desk"]["findings"]
    assert finding["may_dismiss"]
    form = {f"finding-{finding['index']}": finding["place"], f"overrule-{finding['index']}": "On purpose."}
    bench.press(row, f"dismiss:{finding['index']}", **form)
    assert Overrule.objects.get(dismissed=True).reason == "On purpose."
    assert "On purpose." in bench.client.get(bench.path, {"segment": row.segment.key}).content.decode()


class TestComparing:
    @pytest.fixture
    def rewritten(self, bench: Bench, document: Document, boris: Person) -> Translation:
        """Approved once, and written anew since, twice."""
        row = sentences(document)[1]
        row = reviewing.approve(row, actor=cast.carol(), seen_version=row.version)
        for text in ("Gemiler hemen denize açıldı.", "Gemiler derhâl denize açıldı."):
            row = editing.submit(row, text=text, actor=boris, seen_version=row.version)
        return row

    def test_with_what_was_approved_last(self, bench: Bench, rewritten: Translation) -> None:
        assert "<del>yola</del>" in str(bench.open(rewritten)["desk"]["since_approved"])

    @pytest.mark.parametrize(
        ("asked", "gone"),
        [
            ({}, "<del>hemen</del>"),
            ({"from": "1", "to": "3"}, "<del>yola</del>"),
            ({"from": "9", "to": "x"}, "<del>hemen</del>"),
        ],
    )
    def test_any_two_of_its_texts(
        self, bench: Bench, rewritten: Translation, asked: dict[str, str], gone: str
    ) -> None:
        path = f"/admin/segments/{rewritten.segment.key}/tr/history/"
        answer = bench.client.get(path, asked)
        assert gone in str(answer.context["compared"])


def test_the_preview_has_a_place_for_each_sentence(bench: Bench, document: Document) -> None:
    page = bench.client.get(f"{bench.path}preview/").content.decode()
    first, second = sentences(document)
    assert f'<span id="segment-{first.segment.key}">Limanlar' in page
    assert f'<span id="segment-{second.segment.key}">{SECOND}</span>' in page
    assert "\ue0d0" not in page
    assert page.count(first.segment.key) == 1  # in the text alone, and in no attribute
    assert Edition.objects.filter(document=document, language="tr").exists()


def test_another_engine_is_asked_and_its_draft_can_be_used(
    bench: Bench, document: Document, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MT_ENGINES = ["libretranslate"]
    with FakeEngines() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        row = sentences(document)[1]
        assert bench.open(row)["desk"]["engines"] == ["libretranslate"]
        bench.press(row, "offer:libretranslate")
        path = f"/admin/segments/{row.segment.key}/tr/matches/"
        assert "data-asking" in bench.client.get(path).content.decode()
        loop.drain()
    page = bench.client.get(path).content.decode()
    assert "data-asking" not in page
    assert escape(pseudo(row.segment.text, "en", "tr")) in page
    assert (
        'class="from-engine"' in bench.client.get(bench.path, {"segment": row.segment.key}).content.decode()
    )
