"""remembering: a TMX file's pairs, found again by their exact source; the same file twice is once."""

import pytest

from publishing.models import MemoryEntry, Revision
from publishing.models.translation import State
from publishing.workflow import editing, remembering, reviewing
from publishing.workflow.errors import BadInput, NotAllowed
from tests import cast, census

pytestmark = pytest.mark.django_db


def memory(*pairs: tuple[str, str], source: str = "en", target: str = "tr") -> bytes:
    units = "".join(
        f'<tu><tuv xml:lang="{source}"><seg>{one}</seg></tuv><tuv xml:lang="{target}"><seg>{other}</seg></tuv></tu>'
        for one, other in pairs
    )
    return f'<tmx version="1.4"><header srclang="{source}"/><body>{units}</body></tmx>'.encode()


ONE = memory(("Ships left at once.", "Gemiler hemen yola çıktı."))


def test_its_pairs_come_in_once() -> None:
    assert remembering.import_memory(ONE, name="m") == 1
    before = census.rows()
    assert remembering.import_memory(ONE, name="m") == 0
    assert census.rows() == before


def test_a_file_in_which_a_source_stands_twice_comes_in() -> None:
    twice = memory(("Ships left.", "Gemiler çıktı."), ("Ships  left.", "Gemiler gitti."))
    assert remembering.import_memory(twice, name="m") == 1


def test_a_draft_of_memory_waits_for_review_and_has_no_author() -> None:
    remembering.import_memory(ONE, name="m")
    row = cast.opened(cast.article())[2]
    assert (row.state, row.text) == (State.PRETRANSLATED, "Gemiler hemen yola çıktı.")
    assert (row.current.origin, row.current.author, row.current.detail) == (
        Revision.Origin.MEMORY, None, {"from": "m"},
    )  # fmt: skip


def test_our_own_approved_text_goes_before_an_imported_one() -> None:
    row = cast.opened(cast.article())[2]
    row = editing.submit(row, text="Gemiler yola çıktı.", actor=cast.boris(), seen_version=row.version)
    reviewing.approve(row, actor=cast.ayse(), seen_version=row.version)
    remembering.import_memory(ONE, name="m")
    other = cast.article("Another Article\n\nShips left at once.\n")
    assert cast.opened(other)[1].text == "Gemiler yola çıktı."


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ("Ships\u00a0left at  once.", True),  # blanks are alike
        ("ships left at once.", False),  # case is not
        ("Ships left at once", False),  # nor punctuation
        ("Ships left at once!", False),
    ],
)
def test_only_an_exact_source_is_found(stored: str, found: bool) -> None:
    remembering.import_memory(memory((stored, "Gemiler çıktı.")), name="m")
    assert bool(cast.opened(cast.article())[2].text) is found


def test_a_pair_of_other_languages_is_not_found() -> None:
    remembering.import_memory(memory(("Ships left at once.", "Корабли ушли."), target="ru"), name="m")
    assert cast.opened(cast.article())[2].text == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no memory",
        b"<tmx><body><tu>",
        b"<html></html>",
        b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx><body/></tmx>',
        ONE[:-20],
        ONE.replace(b"Gemiler", b"Gemiler\x00"),
        ONE.replace(b"Gemiler", b"\xff"),
        ONE.replace(b"Gemiler", "Gemiler\x85".encode()),
    ],
)
def test_what_is_no_memory_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"broken\.tmx") as refusal:
        remembering.import_memory(data, name="broken.tmx")
    assert "\n" not in str(refusal.value)
    assert not MemoryEntry.objects.exists()


def test_a_name_that_no_column_holds_is_refused() -> None:
    with pytest.raises(BadInput, match="200"):
        remembering.import_memory(ONE, name="n" * 201)


def test_who_brought_it_stands_beside_every_pair() -> None:
    carol = cast.carol()
    remembering.import_memory(cast.MEMORY.read_bytes(), name="m", actor=carol)
    assert set(MemoryEntry.objects.values_list("imported_by", flat=True)) == {carol.pk}


def test_a_translator_imports_none() -> None:
    with pytest.raises(NotAllowed):
        remembering.import_memory(ONE, name="m", actor=cast.ayse())
    assert remembering.import_memory(ONE, name="m", actor=cast.carol()) == 1
