"""editing.submit: a person's text, based on the version that was displayed, becomes the current revision."""

import pytest

from publishing.models import AuditEntry, Finding, Revision, Translation
from publishing.models.translation import State
from publishing.workflow import editing, reviewing
from publishing.workflow.errors import (
    EmptyText,
    NotAllowed,
    NothingChanged,
    StaleVersion,
    UnusableText,
    WrongLanguage,
)
from tests import cast

pytestmark = pytest.mark.django_db

TEXT = "Limanlar Temmuz 2023’te açıldı.[1]"


@pytest.fixture
def row() -> Translation:
    """The first sentence of the body, missing in Turkish."""
    return cast.opened(cast.article())[1]


def test_the_text_waits_for_other_eyes(row: Translation) -> None:
    ayse = cast.ayse()
    editing.submit(row, text=f"  {TEXT}\r\n", actor=ayse, seen_version=row.version)
    now = cast.rows(row.segment.document)[1]
    assert (now.state, now.text, now.current.author, now.current.origin) == (
        State.SUBMITTED,
        TEXT,
        ayse,
        "human",
    )
    assert now.current.source == "The ports opened in July 2023.[1]"


def test_every_text_stays_on_record(row: Translation) -> None:
    ayse = cast.ayse()
    row = editing.submit(row, text=TEXT, actor=ayse, seen_version=row.version)
    row = editing.submit(
        row, text=TEXT.replace("açıldı", "yeniden açıldı"), actor=ayse, seen_version=row.version
    )
    assert list(Revision.objects.filter(translation=row).values_list("number", "text")) == [
        (1, TEXT),
        (2, TEXT.replace("açıldı", "yeniden açıldı")),
    ]
    assert AuditEntry.objects.filter(verb="submit").count() == 2


def test_findings_are_kept_beside_it(row: Translation) -> None:
    editing.submit(row, text="Limanlar Temmuz 2032’de açıldı.", actor=cast.ayse(), seen_version=row.version)
    assert {"references"} <= set(Finding.objects.filter(severity="block").values_list("code", flat=True))


def test_a_stale_save_never_wins(row: Translation) -> None:
    seen = row.version
    editing.submit(row, text=TEXT, actor=cast.ayse(), seen_version=seen)
    with pytest.raises(StaleVersion):
        editing.submit(row, text="Başka bir metin.[1]", actor=cast.boris(), seen_version=seen)
    assert cast.rows(row.segment.document)[1].text == TEXT


def test_editing_what_is_approved_takes_the_approval_back(row: Translation) -> None:
    row = editing.submit(row, text=TEXT, actor=cast.ayse(), seen_version=row.version)
    row = reviewing.approve(row, actor=cast.boris(), seen_version=row.version)
    row = editing.submit(
        row, text=TEXT.replace("açıldı", "açılmıştı"), actor=cast.carol(), seen_version=row.version
    )
    assert (row.state, row.approved_by) == (State.SUBMITTED, None)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\n"])
def test_an_empty_text_is_refused(row: Translation, text: str) -> None:
    with pytest.raises(EmptyText):
        editing.submit(row, text=text, actor=cast.ayse(), seen_version=row.version)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_a_character_that_cannot_be_stored_is_refused(row: Translation, character: str) -> None:
    with pytest.raises(UnusableText, match=f"U\\+{ord(character):04X}"):
        editing.submit(row, text=f"a{character}b", actor=cast.ayse(), seen_version=row.version)


def test_the_same_text_again_is_no_edit(row: Translation) -> None:
    ayse = cast.ayse()
    row = editing.submit(row, text=TEXT, actor=ayse, seen_version=row.version)
    with pytest.raises(NothingChanged):
        editing.submit(row, text=TEXT, actor=ayse, seen_version=row.version)


def test_an_administrator_writes_nothing_by_rank(row: Translation) -> None:
    with pytest.raises(NotAllowed):
        editing.submit(row, text=TEXT, actor=cast.dora(), seen_version=row.version)


def test_a_translator_keeps_to_their_languages(row: Translation) -> None:
    with pytest.raises(WrongLanguage):
        editing.submit(
            row, text=TEXT, actor=cast.person("elena", "Translators", "ru"), seen_version=row.version
        )
