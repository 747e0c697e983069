"""reports.board: what holds each text up in each language, since when, and who is at it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.models import Document, Person, Translation
from publishing.reports import board
from publishing.reports.board import FINDINGS, RELEASE, Cell
from publishing.workflow import assigning, claiming, editing, ingesting, releasing, reviewing, scheduling
from tests import cast

pytestmark = pytest.mark.django_db

TEXTS = ("Tahıl Karadeniz’i Geçiyor", "Limanlar Temmuz 2023’te açıldı.[1]", "Gemiler hemen yola çıktı.")


@pytest.fixture
def document() -> Document:
    made = cast.article()
    cast.opened(made)
    return made


@pytest.fixture
def people() -> dict[str, Person]:
    return {"ayse": cast.ayse(), "boris": cast.boris(), "carol": cast.carol()}


def cell(document: Document, language: str = "tr") -> Cell:
    (line,) = board.lines([document])
    return next(cell for cell in line.cells if cell.language == language)


def waits(document: Document, language: str = "tr") -> dict[str, int]:
    return {wait.code: wait.number for wait in cell(document, language).waits}


def submit_all(document: Document, author: Person) -> None:
    for row, text in zip(cast.rows(document), TEXTS, strict=False):
        editing.submit(row, text=text, actor=author, seen_version=row.version)


def approve_all(document: Document, people: dict[str, Person]) -> None:
    submit_all(document, people["boris"])
    for row in cast.rows(document):
        reviewing.approve(row, actor=people["ayse"], seen_version=row.version)


def set_back(row: Translation, days: int) -> datetime:
    """The row, as it would be if it had waited since then."""
    at = timezone.now() - timedelta(days=days)
    Translation.objects.filter(pk=row.pk).update(changed_at=at)
    return at


class TestWhatHoldsUp:
    def test_is_said_by_state(self, document: Document, people: dict[str, Person]) -> None:
        assert waits(document) == {"missing": 3, "pretranslated": 1}
        submit_all(document, people["boris"])
        cast.returned(cast.rows(document)[0], people["ayse"])
        assert waits(document) == {"needs_edit": 1, "submitted": 2, "pretranslated": 1}

    def test_is_nothing_where_a_language_was_not_opened(self, document: Document) -> None:
        assert waits(document, "ru") == {}

    def test_is_a_finding_that_blocks(self, document: Document, people: dict[str, Person]) -> None:
        row = cast.rows(document)[1]
        editing.submit(
            row, text="Limanlar 2032’de açıldı.[1]", actor=people["boris"], seen_version=row.version
        )
        assert waits(document)[FINDINGS] == 1
        assert cell(document).held_open == 1

    def test_is_the_release_once_all_of_it_is_approved(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        approve_all(document, people)
        assert waits(document) == {RELEASE: 4}
        releasing.release(document, "tr", actor=people["carol"])
        assert waits(document) == {}

    def test_is_the_release_of_a_source_that_readers_never_had(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        (wait,) = cell(document, "en").waits
        assert (wait.code, wait.since) == (RELEASE, document.created_at)
        releasing.release(document, "en", actor=people["carol"])
        assert waits(document, "en") == {}

    def test_is_no_release_that_has_its_hour(self, document: Document, people: dict[str, Person]) -> None:
        approve_all(document, people)
        scheduling.schedule(document, "tr", actor=people["carol"], at=timezone.now() + timedelta(days=1))
        assert waits(document) == {}

    def test_is_a_source_that_changed_after_a_release(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        approve_all(document, people)
        releasing.release(document, "tr", actor=people["carol"])
        ingesting.import_article(cast.SHORT.replace("at once", "at dawn").encode())
        assert waits(document) == {"outdated": 1}

    def test_is_no_retired_sentence(self, document: Document) -> None:
        ingesting.import_article(cast.SHORT.replace(" Ships left at once.", "").encode())
        assert waits(document) == {"missing": 2, "pretranslated": 1}


class TestSinceWhen:
    def test_is_the_oldest_of_what_waits(self, document: Document) -> None:
        rows = cast.rows(document)
        set_back(rows[0], 2)
        oldest = set_back(rows[2], 5)
        drafted = set_back(rows[3], 9)
        assert cell(document).since == {"missing": oldest, "pretranslated": drafted}

    def test_of_a_finding_is_its_text(self, document: Document, people: dict[str, Person]) -> None:
        row = cast.rows(document)[1]
        editing.submit(
            row, text="Limanlar 2032’de açıldı.[1]", actor=people["boris"], seen_version=row.version
        )
        at = set_back(row, 3)
        assert cell(document).held_since == at

    def test_of_a_release_is_the_last_approval(self, document: Document, people: dict[str, Person]) -> None:
        approve_all(document, people)
        for days, row in enumerate(cast.rows(document), 1):
            set_back(row, days)
        (wait,) = cell(document).waits
        assert wait.since == cast.rows(document)[0].changed_at


class TestWho:
    def test_is_whoever_has_it_open(self, document: Document, people: dict[str, Person]) -> None:
        claiming.claim(cast.rows(document)[1], actor=people["boris"])
        assert [claim.person for claim in cell(document).claims] == [people["boris"]]

    def test_is_nobody_whose_claim_ran_out(self, document: Document, people: dict[str, Person]) -> None:
        row = cast.rows(document)[1]
        claiming.claim(row, actor=people["boris"])
        row.claim.__class__.objects.update(until=timezone.now() - timedelta(seconds=1))
        assert cell(document).claims == []

    def test_is_whom_it_is_assigned_to_the_first_due_first(
        self, document: Document, people: dict[str, Person]
    ) -> None:
        today = timezone.localdate()
        for name, due_on in (("carol", None), ("boris", today + timedelta(days=9)), ("ayse", today)):
            assigning.assign(document, "tr", people[name], actor=people["carol"], due_on=due_on)
        assert [each.person.username for each in cell(document).assignments] == ["ayse", "boris", "carol"]


def test_the_board_asks_as_much_for_one_article_as_for_many(people: dict[str, Person]) -> None:
    def made(number: int) -> Document:
        document = cast.article(cast.SHORT.replace("Grain", f"Grain {number}"))
        rows = cast.opened(document)
        assigning.assign(document, "tr", people["ayse"], actor=people["carol"])
        claiming.claim(rows[0], actor=people["boris"])
        editing.submit(
            rows[1], text="Limanlar 2032’de açıldı.[1]", actor=people["boris"], seen_version=rows[1].version
        )
        return document

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page, _following = board.articles()
            for line in page:
                for shown in line.cells:
                    assert shown.waits or shown.edition is None
                    assert all(each.person.username for each in (*shown.assignments, *shown.claims))
        return len(captured)

    made(0)
    one = queries()
    for number in range(1, 8):
        made(number)
    assert queries() == one == 9
