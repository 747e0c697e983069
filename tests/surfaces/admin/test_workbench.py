"""The workbench: the whole text, one segment open, and decisions that keep every typed word."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.models import AuditEntry, Document, Person, Proposal, Revision, Translation
from publishing.models.translation import State
from publishing.workflow import editing, ingesting, reviewing
from tests import cast

GOOD = "Limanlar Temmuz 2023'te açıldı.[1]"
WRONG_YEAR = "Limanlar Temmuz 2032'de açıldı.[1]"
LOG_IN = Callable[[Person], Client]


@pytest.fixture
def ayse(document: Document) -> Person:
    return cast.ayse()


@pytest.fixture
def bench(document: Document, ayse: Person, signed_in: LOG_IN) -> "Bench":
    return Bench(document, signed_in(ayse))


class Bench:
    """Somebody at the workbench of the Turkish translation."""

    def __init__(self, document: Document, client: Client) -> None:
        self.path, self.client = f"/admin/documents/{document.pk}/tr/", client

    def open(self, row: Translation | None = None) -> dict[str, Any]:
        answer = self.client.get(self.path, {"segment": row.segment.key} if row else {})
        assert answer.status_code == 200
        return answer.context

    def press(self, row: Translation, action: str, text: str | None = None, **form: object) -> Any:
        given = {
            "segment": row.segment.key,
            "version": row.version,
            "revision": row.current_id or "",
            "text": row.text if text is None else text,
            "action": action,
        }
        return self.client.post(self.path, given | form)


def again(row: Translation) -> Translation:
    return Translation.objects.select_related("current", "segment", "approved_by").get(pk=row.pk)


def submitted(row: Translation, text: str = GOOD, by: Person | None = None) -> Translation:
    return editing.submit(row, text=text, actor=by or cast.boris(), seen_version=row.version)


# --- the page ---


def test_the_whole_text_stands_there_in_order(bench: Bench, rows: list[Translation]) -> None:
    page = bench.client.get(bench.path).content.decode()
    places = [page.index(f'id="segment-{row.segment.key}"') for row in rows]
    assert places == sorted(places)
    assert page.count('<form class="desk"') == 1


def test_the_first_waiting_segment_is_open(bench: Bench, rows: list[Translation]) -> None:
    assert bench.open()["opened"].key == rows[0].segment.key


def test_the_segment_asked_for_is_open(bench: Bench, rows: list[Translation]) -> None:
    assert bench.open(rows[2])["opened"].key == rows[2].segment.key


def test_an_unknown_segment_opens_none(bench: Bench) -> None:
    answer = bench.client.get(bench.path, {"segment": "feedfeedfeedfeed"})
    assert (answer.status_code, answer.context["opened"]) == (200, None)


def test_text_is_escaped_everywhere(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[2], "<script>alert('ı')</script> & 5 < 6")
    page = bench.client.get(bench.path, {"segment": row.segment.key}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_finding_is_marked_at_its_span_and_told(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[1], WRONG_YEAR)
    context = bench.open(row)
    assert '<mark class="block"' in context["desk"]["checked_text"]
    assert "2023" in " ".join(finding["message"] for finding in context["desk"]["findings"])


def test_an_outdated_segment_shows_how_the_source_changed(
    bench: Bench, document: Document, rows: list[Translation]
) -> None:
    row = submitted(rows[2], "Gemiler hemen yola çıktı.")
    ingesting.import_article(cast.SHORT.replace("Ships left at once.", "Ships left at dawn.").encode())
    desk = bench.open(row)["desk"]
    assert "<del>once</del><ins>dawn</ins>" in desk["previous_source"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("missing", "There is no text yet"),
        ("own", "You wrote this text"),
        ("returned", "It was returned"),
        ("held", "blocking"),
        ("approved", "Approved by"),
        ("others", ""),
    ],
)
def test_why_one_cannot_approve_is_told_before_one_presses(
    state: str, told: str, bench: Bench, rows: list[Translation], ayse: Person
) -> None:
    row = rows[1]
    boris = cast.boris()
    if state != "missing":
        row = submitted(row, WRONG_YEAR if state == "held" else GOOD, ayse if state == "own" else boris)
    if state == "returned":
        row = reviewing.return_(row, actor=ayse, seen_version=row.version, reason="style")
    if state == "approved":
        row = reviewing.approve(row, actor=ayse, seen_version=row.version)
    desk = bench.open(row)["desk"]
    assert desk["approve_refusal"].startswith(told) if state != "held" else told in desk["approve_refusal"]
    assert desk["may_approve"] == (state == "others")


def test_the_reason_of_a_return_is_shown(bench: Bench, rows: list[Translation], ayse: Person) -> None:
    row = submitted(rows[1])
    reviewing.return_(row, actor=ayse, seen_version=row.version, reason="terminology", note="liman?")
    page = bench.client.get(bench.path, {"segment": row.segment.key}).content.decode()
    assert "terminology" in page
    assert "liman?" in page


def test_the_first_button_of_the_form_decides_nothing(bench: Bench, rows: list[Translation]) -> None:
    """Enter in a field presses a form's first button: it is disabled, so nothing is approved by accident."""
    page = bench.client.get(bench.path, {"segment": rows[1].segment.key}).content.decode()
    form = page[page.index('<form class="desk"') :]
    assert form[form.index("<button") :].startswith('<button type="submit" disabled hidden>')


# --- decisions ---


def test_approving_leads_to_the_next_waiting_segment(
    bench: Bench, rows: list[Translation], ayse: Person
) -> None:
    row = submitted(rows[1])
    answer = bench.press(row, "approve")
    assert (answer.status_code, answer.url) == (
        302,
        f"{bench.path}?segment={rows[2].segment.key}&last={row.segment.key}#segment-{rows[2].segment.key}",
    )
    assert (again(row).state, again(row).approved_by) == (State.APPROVED, ayse)


def test_submitting_leads_on_and_skips_what_waits_for_other_eyes(
    bench: Bench, rows: list[Translation], ayse: Person
) -> None:
    submitted(rows[2], "Gemiler hemen yola çıktı.", ayse)
    answer = bench.press(rows[1], "submit", GOOD)
    assert answer.url.endswith(f"#segment-{rows[3].segment.key}")
    assert (again(rows[1]).state, again(rows[1]).text) == (State.SUBMITTED, GOOD)


def test_submitting_may_stay(bench: Bench, rows: list[Translation]) -> None:
    assert bench.press(rows[1], "submit", GOOD, stay="1").url.endswith(f"#segment-{rows[1].segment.key}")


def test_returning_takes_a_reason_and_a_note(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[1])
    bench.press(row, "return", reason="meaning", note="which ports?")
    entry = AuditEntry.objects.get(verb="return")
    assert (entry.data["reason"], entry.data["note"]) == ("meaning", "which ports?")
    assert again(row).state == State.NEEDS_EDIT


def test_an_editor_overrules_a_finding_with_a_reason(
    document: Document, rows: list[Translation], signed_in: LOG_IN
) -> None:
    bench = Bench(document, signed_in(cast.carol()))
    row = submitted(rows[1], WRONG_YEAR)
    finding = next(f for f in bench.open(row)["desk"]["findings"] if f["may_overrule"])
    place = {f"finding-{finding['index']}": finding["place"]}
    refused = bench.press(row, f"overrule:{finding['index']}", **place)
    assert refused.status_code == 409
    done = bench.press(
        row, f"overrule:{finding['index']}", **place, **{f"overrule-{finding['index']}": "a slip"}
    )
    assert done.url.endswith(f"#segment-{row.segment.key}")
    assert bench.open(row)["desk"]["findings"][0]["overrule"].reason == "a slip"


def test_a_translator_is_not_offered_to_overrule(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[1], WRONG_YEAR)
    assert not any(finding["may_overrule"] for finding in bench.open(row)["desk"]["findings"])
    assert (
        bench.press(row, "overrule:0", **{"finding-0": "numbers/0-1", "overrule-0": "x"}).status_code == 403
    )


# --- refusals keep what was typed ---


@pytest.mark.parametrize(
    ("action", "text", "told"),
    [
        ("approve", "Başka bir metin.[1]", "You changed the text"),
        ("submit", "", "The text is empty"),
        ("submit", GOOD, "Nothing was changed"),
        ("submit", "Limanlar\x07 açıldı.", "U+0007"),
        ("return", GOOD, "Give a reason"),
        ("nonsense", GOOD, "This form is not complete"),
    ],
)
def test_a_refusal_is_told_at_the_segment_with_the_typed_text_kept(
    action: str, text: str, told: str, bench: Bench, rows: list[Translation]
) -> None:
    row = submitted(rows[1])
    answer = bench.press(row, action, text)
    assert answer.status_code == 409
    assert told in answer.context["desk"]["refusal"]
    assert answer.context["desk"]["text"] == text
    assert again(row).version == row.version


def test_nobody_approves_their_own_text_by_a_forged_form(
    bench: Bench, rows: list[Translation], ayse: Person
) -> None:
    row = submitted(rows[1], by=ayse)
    answer = bench.press(row, "approve")
    assert "somebody else has to approve" in answer.context["desk"]["refusal"]
    assert again(row).state == State.SUBMITTED


def test_a_stale_save_shows_both_texts_and_loses_neither(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[1])
    bench_saw = again(row)
    submitted(again(row), GOOD.replace("açıldı", "açılmıştı"), cast.person("deniz", "Translators", "tr"))
    answer = bench.press(bench_saw, "submit", GOOD.replace("Limanlar", "Tüm limanlar"))
    conflict = answer.context["desk"]["conflict"]
    assert "<ins>açılmıştı</ins>" in conflict["theirs"]
    assert "<ins>Tüm limanlar</ins>" in conflict["mine"]
    assert answer.context["desk"]["text"].startswith("Tüm limanlar")
    assert again(row).text.endswith("açılmıştı.[1]")


def test_having_seen_both_one_may_submit_over_it(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[1])
    stale = again(row)
    submitted(again(row), "Limanlar Temmuz 2023’te açılmıştı.[1]", cast.person("deniz", "Translators", "tr"))
    refused = bench.press(stale, "submit", "Tüm limanlar Temmuz 2023’te açıldı.[1]")
    now = refused.context["opened"].translation
    assert bench.press(now, "submit", refused.context["desk"]["text"]).status_code == 302
    assert Revision.objects.filter(translation=row).count() == 3


def test_a_text_typed_for_a_sentence_that_is_gone_is_shown(
    bench: Bench, document: Document, rows: list[Translation]
) -> None:
    ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
    answer = bench.press(rows[2], "submit", "Gemiler hemen yola çıktı.")
    assert answer.status_code == 409
    assert answer.context["lost"].typed == "Gemiler hemen yola çıktı."
    assert "Gemiler hemen yola" in answer.content.decode()


# --- proposals ---


def test_a_proposal_is_put_into_the_field_and_decides_nothing(
    bench: Bench, document: Document, rows: list[Translation]
) -> None:
    row = submitted(rows[1])
    proposal = Proposal.objects.create(
        document=document, segment=row.segment, language="tr", text="Limanlar açıldı.[1]",
        reason=Proposal.Reason.CONFLICT, digest="0",
    )  # fmt: skip
    assert len(bench.open(row)["desk"]["proposals"]) == 1
    answer = bench.press(row, f"use:{proposal.pk}")
    assert (answer.status_code, answer.context["desk"]["text"]) == (200, "Limanlar açıldı.[1]")
    assert again(row).version == row.version


def test_a_proposal_of_another_segment_is_not(
    bench: Bench, document: Document, rows: list[Translation]
) -> None:
    proposal = Proposal.objects.create(
        document=document, segment=rows[2].segment, language="tr", text="x", reason="conflict", digest="0"
    )
    assert bench.press(rows[1], f"use:{proposal.pk}").status_code == 409


# --- cost ---


def test_a_document_of_300_segments_takes_eight_queries(db: None, signed_in: LOG_IN) -> None:
    text = "A Long Article\n\n" + "\n\n".join(f"Sentence number {n} is here." for n in range(300))
    document = cast.article(text)
    rows = cast.opened(document, "tr")
    ayse = cast.ayse()
    for row in rows[1:4]:
        submitted(row, f"Cümle {row.segment.position} buradadır.", ayse)
    client = signed_in(cast.carol())
    path = f"/admin/documents/{document.pk}/tr/?segment={rows[2].segment.key}"
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path)
    own = [sql for sql in cast.statements(queries) if not _of_the_person(sql)]
    assert len(own) <= 8, "\n".join(own)


def _of_the_person(sql: str) -> bool:
    """Session, login and permissions are not the page's own."""
    return any(
        f'FROM "{table}"' in sql for table in ("django_session", "publishing_person", "auth_permission")
    )


# --- how long somebody looked ---


def seconds(row: Translation) -> float | None:
    found = AuditEntry.objects.get(verb="approve", translation=row).data.get("seconds")
    assert found is None or isinstance(found, int)
    return found


def test_an_approval_says_how_long_the_text_was_on_the_screen(bench: Bench, rows: list[Translation]) -> None:
    row = submitted(rows[2], "Gemiler hemen yola çıktı.")
    word = bench.open(row)["desk"]["seen"]
    bench.press(row, "approve", seen=word)
    assert seconds(row) in range(60)


@pytest.mark.parametrize("forged", ["", "{}x", "1.x.1.99:abc", "{}\0", "1.x.1.99"])
def test_a_forged_time_costs_the_figure_and_nothing_else(
    bench: Bench, rows: list[Translation], forged: str
) -> None:
    row = submitted(rows[2], "Gemiler hemen yola çıktı.")
    bench.press(row, "approve", seen=forged.format(bench.open(row)["desk"]["seen"]))
    assert (again(row).state, seconds(row)) == (State.APPROVED, None)


def test_the_time_of_another_segment_or_version_is_none(bench: Bench, rows: list[Translation]) -> None:
    word = bench.open(rows[1])["desk"]["seen"]
    row = submitted(rows[2], "Gemiler hemen yola çıktı.")
    bench.press(row, "approve", seen=word)
    assert seconds(row) is None


def test_a_repaired_draft_says_what_was_exchanged(
    bench: Bench, rows: list[Translation], document: Document
) -> None:
    revision = Revision.objects.create(
        translation=rows[1], number=9, text=GOOD, source="x", origin="memory",
        detail={"from": "m", "context": True, "repaired": [["14", "16"]], "source": "It rose by 14%."},
    )  # fmt: skip
    Translation.objects.filter(pk=rows[1].pk).update(current=revision, state=State.PRETRANSLATED)
    told = " ".join(bench.open(rows[1])["desk"]["making"])
    assert "14 → 16" in told
    assert "It rose by 14%." in told
    assert "before and after" in told
