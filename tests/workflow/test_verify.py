"""verifying: whatever is changed behind the verbs' backs is found, and named; what is untouched passes."""

import gzip
import hashlib
import shutil
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import AuditEntry, Document, Edition, Effort, FormerSlug, Page, Release
from publishing.worker import loop
from publishing.workflow import (
    anchoring,
    auditing,
    exchanging,
    freezing,
    omitting,
    releasing,
    renaming,
    rewriting,
    verifying,
)
from tests import cast
from tests.workflow import edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document")]


@pytest.fixture(scope="module")
def _folder(for_the_file: None) -> Path:
    """The short article: two Turkish releases and an English one, one sentence left out since, all anchored."""
    document = cast.article()
    boris, ayse, carol = cast.boris(), cast.ayse(), cast.carol()
    rows = edition.approved(document, "tr", boris, ayse)
    releasing.release(document, "tr", actor=carol)
    anchoring.anchor()
    edition.reworded(rows[2], "Gemiler derhal yola çıktı.", boris, ayse)
    releasing.release(document, "tr", actor=carol)
    releasing.release(document, "en", actor=carol)
    row = cast.rows(document)[2]
    omitting.omit(row, actor=carol, seen_version=row.version, reason="Said above.")
    anchoring.anchor()
    loop.drain()
    return Path(settings.CATALOG_ROOT)


@pytest.fixture
def document(_folder: Path, settings: Any) -> Document:
    shutil.copytree(_folder, settings.CATALOG_ROOT, dirs_exist_ok=True)
    return Document.objects.get()


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def flaws(document: Document | None = None) -> list[tuple[str, str]]:
    """Which part found what, in words."""
    return [(flaw.part, f"{flaw.where}: {flaw.what}") for flaw in verifying.verify(document)]


def test_what_nobody_has_touched_passes(document: Document) -> None:
    assert flaws() == flaws(document) == []


def test_the_sample_passes_from_its_import_on() -> None:
    document = cast.sample()
    cast.opened(document, "tr")
    anchoring.anchor()
    assert flaws() == []


NUMBERS = {
    "verb": "UPDATE publishing_auditentry SET verb = 'submit' WHERE number = 5",
    "data": "UPDATE publishing_auditentry SET data = '{\"revision\": 1}' WHERE number = 5",
    "time": "UPDATE publishing_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE number = 5",
    "hash": "UPDATE publishing_auditentry SET hash = 'f' WHERE number = 5",
}


@pytest.mark.parametrize("statement", NUMBERS.values(), ids=NUMBERS)
def test_a_changed_entry_is_named(document: Document, statement: str) -> None:
    execute(statement)
    said = "grain-crosses-the-black-sea, entry 5: it says something else than its hash: it was changed."
    assert ("chains", said) in flaws()


def test_a_middle_entry_deleted_leaves_a_gap(document: Document) -> None:
    execute("DELETE FROM publishing_auditentry WHERE number = 6")
    said = "grain-crosses-the-black-sea, entry 7: it follows entry 5: what was between them is gone."
    assert ("chains", said) in flaws()


def test_the_first_entry_deleted_leaves_a_gap(document: Document) -> None:
    execute("DELETE FROM publishing_auditentry WHERE number = 1")
    assert any("entry 2: it follows entry 0" in what for _part, what in flaws())


def test_the_last_entry_deleted_is_missed_by_the_anchor(document: Document) -> None:
    AuditEntry.objects.filter(document=document).order_by("-number").first().delete()
    assert [part for part, _what in flaws()] == ["anchors", "decisions"]


def test_a_whole_chain_deleted_is_missed(document: Document) -> None:
    Effort.objects.all().delete()
    AuditEntry.objects.filter(document=document).delete()
    parts = {part for part, _what in flaws()}
    assert parts == {"chains", "anchors", "decisions", "frozen"}


def test_two_entries_swapped(document: Document) -> None:
    for old, new in ((5, 900), (6, 5), (900, 6)):
        execute("UPDATE publishing_auditentry SET number = %s WHERE number = %s", new, old)
    found = [what for _part, what in flaws()]
    assert any("entry 5: " in what for what in found)
    assert any("entry 6: " in what for what in found)


def test_who_counts_a_whole_chain_anew_is_found_by_the_anchors(document: Document) -> None:
    entries = list(AuditEntry.objects.filter(document=document).order_by("number"))
    previous = ""
    for entry in entries:
        entry.previous_hash = previous
        entry.at = entries[0].at
        entry.hash = previous = auditing.digest(entry, document.key)
        entry.save()
    assert {part for part, _what in flaws()} == {"anchors"}


def test_a_changed_revision_is_found_by_its_decision_and_its_release(document: Document) -> None:
    row = cast.rows(document)[1]
    execute("UPDATE publishing_revision SET text = 'Yalan.' WHERE id = %s", row.current_id)
    found = flaws()
    assert {part for part, _what in found} == {"chains", "decisions", "frozen", "files"}
    assert sum(row.segment.key in what for _part, what in found) == 3  # both releases, and the decision


def test_a_changed_draft_of_a_run_is_found(document: Document) -> None:
    row = cast.rows(document)[3]
    execute("UPDATE publishing_revision SET text = 'Yalan.' WHERE id = %s", row.revisions.get(number=1).pk)
    assert any("the drafts of run" in what for _part, what in flaws())


def test_an_approval_that_nobody_gave_is_found(document: Document) -> None:
    row = edition.returned(cast.rows(document)[1], cast.Person.objects.get(username="boris"))
    loop.drain()
    assert flaws() == []
    execute(
        "UPDATE publishing_translation SET state = 'approved', approved_by_id = %s WHERE id = %s",
        cast.person("eve", None).pk, row.pk,
    )  # fmt: skip
    assert "decisions" in {part for part, _what in flaws()}


@pytest.mark.parametrize("field", ["body", "manifest_hash", "body_hash"])
def test_a_changed_release_is_found(document: Document, field: str) -> None:
    made = Release.objects.get(edition__language="tr", number=1)
    execute(f"UPDATE publishing_release SET {field} = 'f' WHERE id = %s", made.pk)  # noqa: S608 -- our own names
    found = flaws()
    assert {part for part, _what in found} == {"frozen"}
    assert all("grain-crosses-the-black-sea (tr), release 1: " in what for _part, what in found)


FRONT = {
    "title": "UPDATE publishing_release SET title = 'Yalan' WHERE id = %s",
    "summary": "UPDATE publishing_release SET summary = 'Yalan.' WHERE id = %s",
    "moment": "UPDATE publishing_release SET released_at = '2020-01-01 00:00:00+00:00' WHERE id = %s",
    "corrections": "UPDATE publishing_release SET corrections = '[]' WHERE id = %s",
    "correction": "UPDATE publishing_release SET correction = '' WHERE id = %s",
    "exception": "UPDATE publishing_release SET override = 'Because.' WHERE id = %s",
    "people": 'UPDATE publishing_release SET provenance = \'{"reviewers": ["Eve"]}\' WHERE id = %s',
}
STOOD_BEFORE = "what stands above and beside its body was changed."


@pytest.mark.parametrize("statement", FRONT.values(), ids=FRONT)
def test_what_stands_above_and_beside_a_body_is_covered(document: Document, statement: str) -> None:
    made = releasing.release(
        document, "tr", actor=cast.person("frida", "Editors"), correction="Bir harf düzeltildi."
    )
    loop.drain()
    assert flaws() == []
    execute(statement, made.pk)
    assert ("frozen", f"grain-crosses-the-black-sea (tr), release 3: {STOOD_BEFORE}") in flaws()


def test_a_title_that_was_changed_everywhere_but_in_the_chain(document: Document) -> None:
    made = Release.objects.live().get(edition__language="tr")
    Release.objects.filter(pk=made.pk).update(title="Yalan")
    rewriting.plan(document)
    loop.drain()
    assert flaws() == [("frozen", f"grain-crosses-the-black-sea (tr), release 2: {STOOD_BEFORE}")]


def test_a_release_that_is_gone(document: Document) -> None:
    Release.objects.get(edition__language="tr", number=1).delete()
    assert flaws() == [("frozen", "grain-crosses-the-black-sea (tr), release 1: it is gone.")]


def test_a_release_whose_hashes_were_counted_anew_is_not_the_one_decided_on(document: Document) -> None:
    made = Release.objects.get(edition__language="tr", number=1)
    made.body += "<p>More.</p>"
    made.body_hash = auditing.sha256(made.body)
    made.save()
    assert [what.partition("release 1: ")[2] for _part, what in flaws()] == [
        "its hashes are not those of the decision on record."
    ]


def test_a_manifest_that_names_other_revisions(document: Document) -> None:
    made = Release.objects.get(edition__language="tr", number=1)
    made.manifest[1][1] = made.manifest[0][1]
    made.save()
    assert [what.partition("release 1: ")[2] for _part, what in flaws()] == ["its manifest was changed."]
    made.manifest_hash = freezing.digest(made.manifest)
    made.save()
    assert [part for part, _what in flaws()] == ["frozen"]


def test_a_changed_sentence_of_the_original(document: Document) -> None:
    made = Release.objects.get(edition__language="en")
    made.source_texts[2] = "Ships stayed."
    made.save()
    assert [what.partition("release 1: ")[2] for _part, what in flaws()] == ["its sentences were changed."]


STANDS = {
    "another release": (
        "UPDATE publishing_release SET state = CASE number WHEN 1 THEN 'live' ELSE 'superseded' END "
        "WHERE edition_id = %s",
        "by the decisions readers have: release 2; in the database stands: release 1.",
    ),
    "none": (
        "UPDATE publishing_release SET state = 'superseded' WHERE edition_id = %s AND number = 2",
        "by the decisions readers have: release 2; in the database stands: nothing.",
    ),
    "slug": (
        "UPDATE publishing_edition SET slug = 'yalan' WHERE id = %s",
        "by the decisions its slug is: tahil-karadenizi-geciyor; in the database stands: yalan.",
    ),
    "a word about the original": (
        "UPDATE publishing_release SET original_corrected_at = '2020-01-01 00:00:00+00:00' "
        "WHERE edition_id = %s AND number = 2",
        "readers of release 2 are told something else of the original than was decided.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "said"), STANDS.values(), ids=STANDS)
def test_what_readers_have_is_what_was_decided_last(document: Document, statement: str, said: str) -> None:
    made = Edition.objects.get(document=document, language="tr")
    with connection.cursor() as cursor:
        if "CASE" in statement:  # one is live at a time
            cursor.execute(
                "UPDATE publishing_release SET state = 'superseded' WHERE edition_id = %s", [made.pk]
            )
        cursor.execute(statement, [made.pk])
    found = [what for part, what in flaws() if part == "standing"]
    assert [what.partition(" (tr): ")[2] for what in found] == [said]


def test_a_withdrawal_and_its_reason_are_covered(document: Document) -> None:
    frida = cast.person("frida", "Editors")
    releasing.withdraw(document, "tr", actor=frida, note="Kaynak güvenilir değil.")
    loop.drain()
    assert flaws() == []
    made = Release.objects.get(edition__language="tr", number=2)
    Release.objects.filter(pk=made.pk).update(withdrawal="")
    assert [part for part, _what in flaws()] == ["standing"]
    Release.objects.filter(pk=made.pk).update(withdrawal=made.withdrawal, state="live")
    assert "standing" in {part for part, _what in flaws()}


def test_every_decision_about_what_stands_agrees_with_it(document: Document) -> None:
    frida = cast.person("frida", "Editors")
    releasing.say_original_corrected(document, "tr", actor=frida)
    renaming.give_slug(document, "tr", "tahil", actor=frida)
    renaming.give_slug(document, "tr", "bugday", actor=frida)
    releasing.rollback(document, "tr", actor=frida)
    releasing.release(document, "tr", actor=frida)
    releasing.withdraw(document, "tr", actor=frida)
    releasing.withdraw(document, "en", actor=frida)
    releasing.release(document, "tr", actor=frida)
    releasing.say_original_corrected(document, "tr", actor=frida)
    releasing.say_original_corrected(document, "tr", actor=frida, corrected=False)
    loop.drain()
    assert flaws() == flaws(document) == []
    FormerSlug.objects.filter(slug="tahil").delete()
    assert flaws() == [
        ("standing", "grain-crosses-the-black-sea (tr): readers who have its address tahil are not led on.")
    ]


TURKISH_PAGE = "/tr/tahil-karadenizi-geciyor/"


@pytest.mark.parametrize("column", ["gzip", "brotli"])
@pytest.mark.parametrize("data", [b"", b"f", gzip.compress(b"f", mtime=0)], ids=["none", "broken", "another"])
def test_a_changed_form_of_a_page(document: Document, column: str, data: bytes) -> None:
    Page.objects.filter(path=TURKISH_PAGE).update(**{column: data})
    assert flaws() == [("answers", f"{TURKISH_PAGE}: its form in {column} is not the page.")]
    assert flaws() == flaws(document)


def test_changed_bytes_of_a_page(document: Document) -> None:
    page = Page.objects.get(path=TURKISH_PAGE)
    Page.objects.filter(pk=page.pk).update(content=bytes(page.content).replace(b"Gemiler", b"Trenler"))
    assert {part for part, _what in flaws()} == {"answers"}


def test_a_page_that_was_exchanged_whole_does_not_hold_its_body(document: Document) -> None:
    other = Page.objects.get(path="/tr/")
    forms = {name: getattr(other, name) for name in ("etag", "content", "gzip", "brotli")}
    Page.objects.filter(path=TURKISH_PAGE).update(**forms)
    assert flaws() == [("answers", f"{TURKISH_PAGE}: it does not hold the body of its live release.")]


@pytest.mark.parametrize(
    ("there", "put"), [("<h1>Tahıl", "<h1>Yalan"), ("Gemiler derhal", "Gemiler hiç")], ids=["title", "body"]
)
def test_a_page_of_other_words_with_all_its_forms(document: Document, there: str, put: str) -> None:
    page = Page.objects.get(path=TURKISH_PAGE)
    content = bytes(page.content).decode().replace(there, put).encode()
    assert content != bytes(page.content)
    page.content, page.gzip, page.brotli = content, gzip.compress(content), brotli.compress(content)
    page.etag = hashlib.sha256(content).hexdigest()[:32]
    page.save()
    assert [part for part, _what in flaws()] == ["answers"]


def test_a_page_that_is_gone(document: Document) -> None:
    Page.objects.filter(path=TURKISH_PAGE).delete()
    assert flaws() == [("answers", f"{TURKISH_PAGE}: its page is gone.")]


def test_pages_that_are_about_to_be_written_may_lag_behind(document: Document) -> None:
    releasing.release(document, "en", actor=cast.person("frida", "Editors"))
    Page.objects.filter(path=TURKISH_PAGE).delete()
    assert flaws() == []


ANCHORS = {
    "heads": ("UPDATE publishing_anchor SET heads = '[]' WHERE number = 1", "it was changed."),
    "time": ("UPDATE publishing_anchor SET at = '2020-01-01 00:00:00+00:00' WHERE number = 1", "it was changed."),
    "binding": ("UPDATE publishing_anchor SET previous_hash = 'f' WHERE number = 2", "one of the two was changed."),
    "gone": ("DELETE FROM publishing_anchor WHERE number = 1", "the anchors before it are gone."),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "said"), ANCHORS.values(), ids=ANCHORS)
def test_a_changed_anchor_is_found(document: Document, statement: str, said: str) -> None:
    execute(statement)
    found = flaws()
    assert {part for part, _what in found} == {"anchors"}
    assert any(what.endswith(said) for _part, what in found)


def test_a_catalog_that_was_cut_or_lost(document: Document) -> None:
    path = exchanging.path_of(document, "tr")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    (flaw,) = verifying.verify()
    assert (flaw.part, flaw.where) == ("files", str(path))
    assert "export_catalogs grain-crosses-the-black-sea" in flaw.do
    path.unlink()
    assert flaws() == [("files", f"{path}: the catalog is not there.")]
    exchanging.write_catalog(document, "tr")
    assert flaws() == []


def test_another_documents_flaw_is_no_flaw_of_this_one(document: Document) -> None:
    other = cast.article("Another Title\n\nIt rained.\n")
    execute("UPDATE publishing_auditentry SET verb = 'f' WHERE document_id = %s", other.pk)
    assert flaws(document) == []
    assert len(flaws(other)) == len(flaws()) == 1


def test_a_column_that_holds_no_json_is_a_flaw_and_no_crash(document: Document) -> None:
    if connection.vendor == "postgresql":
        return  # its type takes nothing else
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE publishing_auditentry SET data = '{' WHERE number = 5")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert "chains" in {part for part, _what in flaws()}


def test_queries_grow_with_batches_not_with_rows(document: Document) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(verifying.verify())
        return len(cast.statements(queries))

    before = asked()
    ayse, boris = (cast.Person.objects.get(username=name) for name in ("ayse", "boris"))
    for number in range(4):
        edition.reworded(
            cast.rows(document)[1], f"Limanlar Temmuz 2023’te açıldı[1]{'!' * number}.", boris, ayse
        )
        releasing.release(document, "en", actor=cast.Person.objects.get(username="carol"))
    loop.drain()
    assert asked() == before
