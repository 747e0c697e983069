"""The queue: everything that is not approved, oldest first, twenty-five at a time, in five queries at any depth."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Document, Finding, Person, Translation
from publishing.reports import queue as reports
from publishing.reports import searching
from publishing.worker import loop
from publishing.workflow import editing, ingesting, reviewing
from tests import cast

PATH = "/admin/queue/tr/"


@pytest.fixture
def client(document: Document, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.ayse())


def keys(client: Client, **query: object) -> list[str]:
    return [row["translation"].segment.key for row in client.get(PATH, query).context["rows"]]


def test_what_is_missing_waits_too(client: Client, rows: list[Translation]) -> None:
    assert keys(client) == [row.segment.key for row in rows]


def test_what_is_approved_does_not(client: Client, rows: list[Translation]) -> None:
    row = editing.submit(rows[0], text="Tahıl", actor=cast.boris(), seen_version=rows[0].version)
    reviewing.approve(row, actor=cast.carol(), seen_version=row.version)
    assert row.segment.key not in keys(client)


def test_what_has_waited_longest_comes_first(client: Client, rows: list[Translation]) -> None:
    Translation.objects.filter(pk=rows[2].pk).update(changed_at=timezone.now() - timedelta(days=3))
    assert keys(client)[0] == rows[2].segment.key


def test_state_and_article_narrow_it_down(
    client: Client, document: Document, rows: list[Translation]
) -> None:
    editing.submit(rows[0], text="Tahıl", actor=cast.boris(), seen_version=rows[0].version)
    other = cast.article("Another One\n\nOne sentence.")
    cast.opened(other, "tr")
    assert keys(client, state="submitted") == [rows[0].segment.key]
    assert len(keys(client, document=other.pk)) == 2
    assert len(keys(client, state="missing", document=document.pk)) == 2


def test_the_language_that_it_comes_from_narrows_it_down(
    client: Client, document: Document, rows: list[Translation]
) -> None:
    other = cast.article("Чужая статья\n\nОдно предложение.", language="ru")
    russian = [row.segment.key for row in cast.opened(other, "tr")]
    assert set(keys(client, **{"from": "ru"})) == set(russian)
    assert not set(keys(client, **{"from": "en"})) & set(russian)
    answer = client.get(PATH, {"from": "ru"})
    assert sum(tab["count"] for tab in answer.context["states"][1:]) == len(russian)
    assert "from=ru" in answer.context["states"][1]["address"]


@pytest.mark.parametrize(
    "query",
    [
        {"state": "odd"},
        {"from": "xx"},
        {"from": "tr"},
        {"document": "x"},
        {"after": "yesterday~1"},
        {"after": "~"},
    ],
)
def test_a_filter_that_makes_no_sense_is_left_aside(client: Client, query: dict[str, str]) -> None:
    assert len(keys(client, **query)) == 4


def test_a_row_links_into_the_workbench_at_its_segment(
    client: Client, document: Document, rows: list[Translation]
) -> None:
    key = rows[1].segment.key
    assert (
        f'/admin/documents/{document.pk}/tr/?segment={key}#segment-{key}"'
        in client.get(PATH).content.decode()
    )


def test_findings_are_counted(client: Client, rows: list[Translation]) -> None:
    editing.submit(rows[1], text="Limanlar 2032'de açıldı.", actor=cast.boris(), seen_version=rows[1].version)
    found = {row["translation"].pk: row["translation"] for row in client.get(PATH).context["rows"]}
    assert found[rows[1].pk].blocking == Finding.objects.filter(severity="block").count() > 0
    assert found[rows[2].pk].blocking == 0


@pytest.fixture
def long(db: None) -> Document:
    """120 segments."""
    text = "A Long Article\n\n" + "\n\n".join(f"Sentence number {n} is here." for n in range(119))
    document = cast.article(text)
    cast.opened(document, "tr")
    return document


def test_pages_follow_one_another_without_gap_or_repetition(
    long: Document, signed_in: Callable[[Person], Client]
) -> None:
    client, address, seen = signed_in(cast.carol()), PATH, []
    while address:
        context = client.get(address).context
        seen += [row["translation"].segment.key for row in context["rows"]]
        address = context["next_address"]
    assert seen == [row.segment.key for row in cast.rows(long)]


def test_any_page_takes_five_queries(long: Document, signed_in: Callable[[Person], Client]) -> None:
    client, address = signed_in(cast.carol()), PATH
    while address:
        with CaptureQueriesContext(connection) as queries:
            address = client.get(address).context["next_address"]
        person = ("django_session", "publishing_person", "auth_permission")
        own = [q for q in cast.statements(queries) if not any(f'FROM "{table}"' in q for table in person)]
        assert len(own) <= 5, "\n".join(own)


def test_counts_stop_where_counting_is_not_worth_it(
    long: Document, monkeypatch: pytest.MonkeyPatch, signed_in: Callable[[Person], Client]
) -> None:
    monkeypatch.setattr(reports, "COUNTED", 100)
    tally = signed_in(cast.carol()).get(PATH).context["tally"]
    assert (tally.total, tally.more) == (100, True)


def test_the_newsroom_goes_on_where_the_person_decided_last(
    document: Document, rows: list[Translation], signed_in: Callable[[Person], Client]
) -> None:
    ayse, boris = cast.ayse(), cast.boris()
    older = cast.article("Another One\n\nOne sentence.")
    cast.opened(older, "tr")
    editing.submit(rows[0], text="Tahıl", actor=ayse, seen_version=rows[0].version)
    assert reports.next_for(ayse, "tr").segment_id == rows[1].segment_id
    assert reports.next_for(boris, "tr").segment_id == rows[1].segment_id
    queues = signed_in(ayse).get("/admin/").context["queues"]
    assert queues[0]["next_address"].endswith(f"#segment-{rows[1].segment.key}")


# --- order and search ---


def test_the_riskiest_comes_first_where_that_is_asked_for(document: Document, client: Client) -> None:
    rows = cast.rows(document)
    for row, risk in zip(rows, (10, 70, 0, 40), strict=True):
        Translation.objects.filter(pk=row.pk).update(risk=risk)
    wanted = [rows[place].segment.key for place in (1, 3, 0, 2)]
    assert keys(client, order="risk") == wanted


def test_pages_by_risk_go_on_where_they_ended(document: Document) -> None:
    rows = cast.rows(document)
    Translation.objects.filter(pk__in=[row.pk for row in rows]).update(risk=5)
    Translation.objects.filter(pk=rows[3].pk).update(risk=9)
    wanted = reports.Wanted("tr", order="risk")
    whole = [row.pk for row in reports.page(wanted).rows]
    for place in range(1, len(whole)):
        last = Translation.objects.get(pk=whole[place - 1])
        after = reports.Place.read(str(reports.Place(last.risk, last.pk)), "risk")
        assert [row.pk for row in reports.page(wanted, after=after).rows] == whole[place:]


@pytest.mark.parametrize(
    ("words", "found"), [("PORTS OPENED", 1), ("gemiler", 1), ("100%", 0), ("nowhere", 0)]
)
def test_words_are_sought_in_source_and_translation(
    document: Document, client: Client, words: str, found: int
) -> None:
    row = cast.rows(document)[2]
    editing.submit(row, text="Gemiler hemen yola çıktı.", actor=cast.boris(), seen_version=row.version)
    assert len(keys(client, q=words)) == found


@pytest.mark.parametrize(
    "words", ["istanbul", "İSTANBUL", "Istanbul’dan", "ISTANBUL'DAN", "isparta", "ısparta"]
)
def test_turkish_casing_is_no_obstacle(document: Document, client: Client, words: str) -> None:
    row = cast.rows(document)[2]
    text = "Gemiler İstanbul’dan ISPARTA’ya gitmez."
    editing.submit(row, text=text, actor=cast.boris(), seen_version=row.version)
    assert keys(client, q=words) == [row.segment.key]
    loop.drain()
    assert keys(client, q=words) == [row.segment.key]


@pytest.mark.parametrize("words", ["ПОРТЫ", "еще", "ещё раз", "ЕЩЁ"])
def test_russian_casing_is_none_either(
    document: Document, words: str, signed_in: Callable[[Person], Client]
) -> None:
    row = cast.opened(document, "ru")[2]
    boris, elena = cast.boris(), cast.person("elena", "Translators", "ru")
    editing.submit(row, text="Ещё раз: порты.", actor=boris, seen_version=row.version)
    found = signed_in(elena).get("/admin/queue/ru/", {"q": words}).context["rows"]
    assert [each["translation"].pk for each in found] == [row.pk]


def test_a_turkish_source_is_sought_as_well(client: Client) -> None:
    source = (
        "Türkiye’nin Limanları\n\nIspartalı gemiciler İzmir’e gitti. Şimdi orada çalışıyorlar ve bekliyorlar."
    )
    document = ingesting.import_article(source.encode(), language="tr").article.document
    rows = cast.opened(document, "en")
    found = reports.page(reports.Wanted("en", words="IZMIR'E")).rows
    assert [each.pk for each in found] == [rows[1].pk]


def test_a_search_takes_as_many_queries_at_any_depth(
    long: Document, signed_in: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's five; the first rows that wait and their texts, what the index names, where in the order and whether
    truly, and what it does not know yet."""
    monkeypatch.setattr(searching, "STRIDE", 2)
    client, address, pages = signed_in(cast.carol()), f"{PATH}?q=NUMBER", 0
    while address:
        with CaptureQueriesContext(connection) as queries:
            address, pages = client.get(address).context["next_address"], pages + 1
        person = ("django_session", "publishing_person", "auth_permission")
        own = [q for q in cast.statements(queries) if not any(f'FROM "{table}"' in q for table in person)]
        assert len(own) <= 11, "\n".join(own)
    assert pages > 1


def test_of_words_that_nobody_has_it_says_so(client: Client) -> None:
    assert "Nothing here has these words." in client.get(PATH, {"q": "qwxyzzy"}).content.decode()
    assert "Nothing here has these words." not in client.get(PATH, {"q": "ships"}).content.decode()


def test_what_somebody_returned_is_found_by_who_did(document: Document, client: Client) -> None:
    row = cast.rows(document)[3]
    carol = cast.carol()
    cast.returned(row, carol)
    assert keys(client, returned_by=carol.pk) == [row.segment.key]
    assert keys(client, returned_by=cast.boris().pk) == []
