"""What people get done: plots that say their figures, tables with the same, and the way from each to its segments."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from publishing.admin import amounts, plots
from publishing.admin.plots import Mark, Words
from publishing.models import AuditEntry, Document, Effort, Person, Translation
from publishing.reports import behind
from publishing.reports import work as reports
from publishing.workflow import editing, ingesting, reviewing
from tests import cast

WORK = "/admin/work/"
TEXTS = ["Tahıl Karadeniz'i geçiyor", "Limanlar Temmuz 2023'te açıldı.[1]", "Gemiler hemen yola çıktı."]


@pytest.fixture
def people(document: Document) -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


@pytest.fixture
def carol(people: dict[str, Person], signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(people["carol"])


@pytest.fixture
def worked(people: dict[str, Person], rows: list[Translation]) -> list[Translation]:
    """Two texts approved today, one of them after it was returned for its meaning."""
    made = []
    for row, text in zip(rows[:2], TEXTS, strict=False):
        row = editing.submit(row, text=text, actor=people["boris"], seen_version=row.version)  # noqa: PLW2901
        if not made:
            row = reviewing.return_(  # noqa: PLW2901
                row, actor=people["ayse"], seen_version=row.version, reason="meaning", note="Hangi tahıl?"
            )
            row = editing.submit(  # noqa: PLW2901
                row, text=f"{text}!", actor=people["boris"], seen_version=row.version
            )
        seen_at = timezone.now() - timedelta(seconds=40)
        made.append(reviewing.approve(row, actor=people["ayse"], seen_version=row.version, seen_at=seen_at))
    return made


def page(client: Client, address: str = WORK) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def behind_it(client: Client, address: str) -> list[str]:
    return [row["segment"].key for row in client.get(address.replace("&amp;", "&")).context["rows"]]


def test_before_anybody_worked_it_says_so(carol: Client) -> None:
    shown = page(carol)
    for said in ("Nothing was approved in these days.", "Nothing was returned in these weeks."):
        assert said in shown
    assert '<svg class="chart"' not in shown


def test_it_is_the_editors(people: dict[str, Person], signed_in: Callable[[Person], Client]) -> None:
    for address in (WORK, f"{WORK}?reason=style&language=tr"):
        assert signed_in(people["ayse"]).get(address).status_code == 403


class TestAFigure:
    def test_of_a_day_leads_to_its_segments(self, carol: Client, worked: list[Translation]) -> None:
        address = f"{WORK}?day={reports.today().isoformat()}&language=tr"
        shown = page(carol)
        words = sum(len(row.segment.text.split()) for row in worked)
        assert shown.count(f'href="{address.replace("&", "&amp;")}"') == 2  # in the plot and in the table
        assert f">{words}</a></td>" in shown
        assert behind_it(carol, address) == [row.segment.key for row in reversed(worked)]
        assert f"2 segments, {words} words" in page(carol, address)

    def test_of_a_week_leads_to_its_segments(self, carol: Client, worked: list[Translation]) -> None:
        (line,) = carol.get(WORK).context["times"]["lines"]
        assert (line["language"], line["n"], line["on_screen"]) == ("Turkish", 2, "40 seconds")
        assert behind_it(carol, line["address"]) == [row.segment.key for row in reversed(worked)]
        assert "40 seconds on the screen" in page(carol, line["address"])

    def test_of_a_reason_leads_to_what_was_returned(self, carol: Client, worked: list[Translation]) -> None:
        address = f"{WORK}?reason=meaning&language=tr"
        shown = page(carol)
        assert shown.count(f'href="{address.replace("&", "&amp;")}"') == 2
        assert 'href="/admin/queue/tr/?state=needs_edit"' in shown
        assert behind_it(carol, address) == [worked[0].segment.key]
        assert "Hangi tahıl?" in page(carol, address)

    def test_of_an_engine_leads_to_its_approvals(self, carol: Client, worked: list[Translation]) -> None:
        entry = AuditEntry.objects.filter(verb="approve").earliest("pk")
        Effort.objects.create(
            approval=entry, engine="google", source_language="en", language="tr", words=9, edit_ratio=0.25,
            ter=20, chrf=80, at=timezone.now(),
        )  # fmt: skip
        (row,) = carol.get(WORK).context["effort"]
        assert (row["median"], row["pair"]) == (25, "English → Turkish")
        assert behind_it(carol, row["address"]) == [worked[0].segment.key]
        assert 'href="/admin/engines/"' in page(carol)


class TestWhatIsBehind:
    def test_leads_into_the_workbench(
        self, carol: Client, document: Document, worked: list[Translation]
    ) -> None:
        key = worked[0].segment.key
        shown = page(carol, f"{WORK}?reason=meaning&language=tr")
        assert f'href="/admin/documents/{document.pk}/tr/?segment={key}#segment-{key}"' in shown

    def test_leads_to_the_history_of_a_sentence_that_is_gone(
        self, carol: Client, worked: list[Translation]
    ) -> None:
        ingesting.import_article(cast.SHORT.replace("The ports opened in July 2023.[1] ", "").encode())
        key = worked[1].segment.key
        address = f"{WORK}?day={reports.today().isoformat()}&language=tr"
        assert f'href="/admin/segments/{key}/tr/history/"' in page(carol, address)

    def test_is_paged(
        self, carol: Client, worked: list[Translation], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(behind, "PAGE", 1)
        address, seen = f"{WORK}?day={reports.today().isoformat()}&language=tr", []
        while address:
            seen += behind_it(carol, address)
            address = carol.get(address).context["next_address"]
        assert seen == [row.segment.key for row in reversed(worked)]

    @pytest.mark.parametrize(
        "query",
        [
            "language=tr", "day=2026-11-20", "day=yesterday&language=tr", "day=0001-01-01&language=tr",
            "week=9999-12-31&language=tr", "reason=mood&language=tr", "day=2026-11-20&language=de",
            "engine=google&language=tr", "engine=%00&source=en&language=tr",
        ],
    )  # fmt: skip
    def test_of_no_figure_is_the_page_of_all(self, query: str, carol: Client) -> None:
        assert "words" in carol.get(f"{WORK}?{query}").context

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30])
    def test_begins_anew_for_a_place_that_makes_no_sense(
        self, before: str, carol: Client, worked: list[Translation]
    ) -> None:
        assert len(behind_it(carol, f"{WORK}?reason=meaning&language=tr&before={before}")) == 1

    def test_of_nothing_says_so(self, carol: Client) -> None:
        assert "There is nothing behind this figure." in page(carol, f"{WORK}?reason=other&language=ru")


class TestAPlot:
    def test_has_its_name_and_what_it_shows(self, carol: Client, worked: list[Translation]) -> None:
        shown = page(carol)
        charts = re.findall(r'<svg class="chart".*?</svg>', shown, re.DOTALL)
        assert len(charts) == 9
        names = re.findall(r'aria-labelledby="(.*?-title)" aria-describedby="(.*?-what)"', "".join(charts))
        for title, what in names:
            assert re.search(f'<title id="{title}">[^<]+</title><desc id="{what}">[^<]+</desc>', shown)
        assert len({name for pair in names for name in pair}) == 18

    def test_has_no_style_and_no_script_of_its_own(self, carol: Client, worked: list[Translation]) -> None:
        shown = page(carol)
        assert " style=" not in shown
        assert "<style" not in shown

    def test_says_its_figures(self, carol: Client, worked: list[Translation]) -> None:
        assert re.search(r'aria-label="[^"]*: \d+ words, 2 segments"', page(carol))

    def test_escapes_what_it_is_given(self) -> None:
        made = plots.rows(Words("x", "<b>", "&"), [Mark("<i>", '"', 1, "/?a=1&b=2")], most=1)
        assert "<b>" not in made
        assert "<i>" not in made
        assert "/?a=1&amp;b=2" in made

    def test_keeps_times_beyond_its_scale_at_its_edge(self) -> None:
        mark = Mark("", "", 1e9, low=0.0, high=1e9)
        made = plots.ranges(Words("x", "", ""), [mark], ["a"], ticks=[(60, "1"), (3600, "2")])
        assert f'cy="{float(plots.TOP)}"' in made
        assert f'y1="{float(plots.BOTTOM)}"' in made


@pytest.mark.parametrize(("language", "said"), [("tr", "Türkçe"), ("ru", "Турецкий")])
def test_it_speaks_the_language_of_whoever_reads_it(
    language: str, said: str, carol: Client, worked: list[Translation]
) -> None:
    carol.post("/i18n/setlang/", {"language": language, "next": "/admin/"})
    shown = page(carol)
    assert said in shown
    assert "Words approved" not in shown


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nov 8"), ("tr", "8 Kas"), ("ru", "8 нояб."), ("de", "Nov 8")]
)
def test_a_day_is_short_in_each_language(language: str, said: str) -> None:
    with translation.override(language):
        assert amounts.short_day(date(2026, 11, 8)) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 seconds"), (1, "1 second"), (59, "59 seconds"), (90, "1 minute"), (100_000, "1 day, 3 hours")],
)
def test_a_time_is_said_in_two_units(seconds: float, said: str) -> None:
    assert amounts.duration(seconds).replace("\u00a0", " ") == said


def test_it_takes_as_many_queries_for_many_approvals(
    carol: Client, document: Document, people: dict[str, Person], worked: list[Translation]
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(carol, address)
        return len(captured)

    addresses = [WORK, f"{WORK}?day={reports.today().isoformat()}&language=tr"]
    page(carol)  # a first request does more
    before: list[Any] = [queries(address) for address in addresses]
    for name in ("wheat", "barley", "oats"):
        for place, row in enumerate(cast.opened(cast.article(f"About {name}\n\nSome {name} came at once."))):
            made = editing.submit(
                row, text=f"{name} geldi." if place else name, actor=people["boris"], seen_version=row.version
            )
            reviewing.approve(made, actor=people["ayse"], seen_version=made.version)
    assert [queries(address) for address in addresses] == before
