"""Cutting a block into sentences around placeholders."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.markup.blocks import WHITE_SPACE
from publishing.markup.cutting import Piece, cut, join
from publishing.markup.placeholders import misnested, plain
from publishing.markup.reading import Reading

KNOWN = {"b1", "i2", "a3", "br4"}


def texts(text: str, kind: str = "paragraph") -> list[str]:
    return [piece.text for piece in cut(text, "en", KNOWN, kind=kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two went.", ["One came.", "Two went."]),
        ("<b1>One came. Two went.</b1> Three.", ["<b1>One came. Two went.</b1>", "Three."]),
        ("<b1>One came.</b1> <i2>Two went.</i2>", ["<b1>One came.</b1>", "<i2>Two went.</i2>"]),
        ("One <b1>came. </b1>Two went.", ["One <b1>came. </b1>", "Two went."]),
        ("One came.<b1> Two</b1> went.", ["One came.", "<b1> Two</b1> went."]),
        ("One came.<br4/>Two went.", ["One came.<br4/>", "Two went."]),
        ("One came. <br4/> Two went.", ["One came. <br4/>", "Two went."]),
        ("One came. <b1></b1> Two went.", ["One came. <b1></b1>", "Two went."]),
        ("One <b1>came. <i2>Two</i2></b1> went. Three.", ["One <b1>came. <i2>Two</i2></b1> went.", "Three."]),
        (
            "One <b1>came. Two <i2>went.</b1> Three</i2> ran.",
            ["One <b1>came. Two <i2>went.</b1> Three</i2> ran."],
        ),
        ("One </b1>came. Two <i2>went. Three.", ["One </b1>came.", "Two <i2>went.", "Three."]),
        ("One came.[1] <a3>Two</a3> went. [2]", ["One came.[1]", "<a3>Two</a3> went. [2]"]),
        ("One <x9>came. Two</x9> went.", ["One <x9>came.", "Two</x9> went."]),
    ],
)
def test_a_pair_that_spans_a_boundary_suppresses_it(text: str, expected: list[str]) -> None:
    assert texts(text) == expected
    assert join(cut(text, "en", KNOWN)) == text


def test_blanks_stand_apart_and_belong_to_the_piece_before_them() -> None:
    assert cut(" \u00a0One came.\u00a0 \nTwo went.\u3000", "en") == [
        Piece(" \u00a0", "One came.", "\u00a0 \n"),
        Piece("", "Two went.", "\u3000"),
    ]


@pytest.mark.parametrize(("text", "pieces"), [("", []), (" \u00a0", [Piece(" \u00a0", "", "")])])
def test_what_has_no_text_has_no_sentence(text: str, pieces: list[Piece]) -> None:
    assert cut(text, "tr") == pieces


@pytest.mark.parametrize("kind", ["note", "name"])
def test_notes_and_names_are_one_piece(kind: str) -> None:
    assert cut(" One came. Two went. ", "en", kind=kind) == [Piece(" ", "One came. Two went.", " ")]


def test_the_sample_has_36_sentences_and_its_biography_4(sample: Reading) -> None:
    paragraphs = [block for block in sample.blocks if block.kind == "paragraph"]
    assert sum(len(cut(block.text, "en")) for block in paragraphs) == 36
    assert len(cut(sample.biographies[0].blocks[1].text, "tr")) == 4


tagged = st.lists(
    st.sampled_from(
        ["<b1>", "</b1>", "<i2>", "</i2>", "<a3>", "</a3>", "<br4/>", "<x9>", "One came.", " ", "Two"]
    )
    | st.text(st.characters(codec="utf-8"), max_size=12)
    | st.text(st.sampled_from(WHITE_SPACE + ".!?A"), max_size=4),
    max_size=30,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(tagged, st.sampled_from(["en", "tr", "ru"]), st.sampled_from(["paragraph", "note"]))
def test_joined_the_pieces_are_the_text(text: str, language: str, kind: str) -> None:
    pieces = cut(text, language, KNOWN, kind=kind)
    assert join(pieces) == text
    assert cut(join(pieces), language, KNOWN, kind=kind) == pieces
    for piece in pieces:
        assert piece.text == piece.text.strip(WHITE_SPACE)
        assert not (piece.before + piece.after).strip(WHITE_SPACE)
        assert piece.text or len(pieces) == 1
    for piece in pieces[1:]:
        assert not piece.before
        assert plain(piece.text, KNOWN).strip(WHITE_SPACE)


@settings(max_examples=100, deadline=None)
@given(tagged)
def test_no_piece_breaks_a_pair_that_the_block_keeps(text: str) -> None:
    if not misnested(text, KNOWN):
        assert not any(misnested(piece.text, KNOWN) for piece in cut(text, "en", KNOWN))
