"""What is translated by rule, and what of a text never travels to an engine."""

from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest

from publishing.models import Revision
from publishing.worker import loop
from publishing.workflow import pretranslating
from tests import cast
from tests.engines_fake import FakeEngines

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


def sent(fake: FakeEngines) -> str:
    """Everything that engines were asked, as text."""
    return " ".join(unquote_plus(seen.address) + seen.body.decode() for seen in fake.seen)


def drafts(text: str, language: str = "tr", engine: str = "google") -> list[tuple[str, str, str]]:
    document = cast.article(text)
    pretranslating.request(document, language, engine_names=[engine] if engine else [])
    loop.drain()
    return [
        (row.segment.text, row.text, row.current.origin if row.current else "")
        for row in cast.rows(document, language)
    ]


@pytest.mark.parametrize("text", ["2023", "https://example.org/report", "14%"])
def test_what_is_the_same_everywhere_is_carried_over(fake: FakeEngines, text: str) -> None:
    _title, row = drafts(f"A Title\n\n{text}\n")
    assert row == (text, text, Revision.Origin.RULE)
    assert text not in sent(fake)


def test_a_number_that_is_written_otherwise_there_is_left_to_people(fake: FakeEngines) -> None:
    """12,500 would be twelve and a half in Turkish: no engine is asked, nobody guesses."""
    _title, row = drafts("A Title\n\n12,500\n")
    assert row == ("12,500", "", "")
    assert "12,500" not in sent(fake)


def test_the_date_of_access_of_a_note_does_not_travel(fake: FakeEngines) -> None:
    note = "On this see the long report by the Ministry of Trade (Date of Accession: 01.08.2023)."
    rows = drafts(f"A Title\n\nThe ports opened.[1]\n\n[1] {note}\n")
    source, draft, origin = rows[-1]
    assert (source, origin) == (note, Revision.Origin.MACHINE)
    assert draft.endswith(" (Erişim Tarihi: 01.08.2023).")
    assert "Accession" not in draft
    assert "Ministry of Trade" in sent(fake)
    assert "Accession" not in sent(fake)


def test_nothing_of_it_waits_for_an_engine_without_one() -> None:
    rows = drafts("A Title\n\n2023\n", engine="")
    assert [origin for _source, _draft, origin in rows] == ["", Revision.Origin.RULE]
