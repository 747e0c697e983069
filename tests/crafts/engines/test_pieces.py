"""What of a text travels: never its edges, never more than the engine takes, never nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.engines import BadInput, pieces

LONG = "Kısa bir cümle. " * 20


@pytest.mark.parametrize("size", [pieces.in_characters, pieces.in_bytes])
@pytest.mark.parametrize("limit", [20, 50, 100])
def test_pieces_are_within_the_limit_and_joined_the_text(size: pieces.Size, limit: int) -> None:
    cut = pieces.cut("google", LONG, "tr", limit, size)
    assert "".join(cut) == LONG
    assert all(size(piece) <= limit for piece in cut)
    assert len(cut) < 20 or limit == 20


def test_bytes_and_characters_are_counted_apart() -> None:
    assert (pieces.in_characters("ışık"), pieces.in_bytes("ışık")) == (4, 7)


def test_a_sentence_is_never_broken() -> None:
    with pytest.raises(BadInput, match=r"^mymemory: a sentence of 300"):
        pieces.cut("mymemory", "a" * 300, "en", 299, pieces.in_characters)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_edges_and_core_are_the_text(text: str) -> None:
    before, core, after = pieces.edges(text)
    assert before + core + after == text
    assert core == core.strip()


@pytest.mark.parametrize(
    ("text", "translatable"),
    [
        ("word", True),
        ("14%", True),
        ("<b1>word</b1>", True),
        ("see https://example.org", True),
        ("<b1></b1>", False),
        ("[7]", False),
        ("…", False),
        ("https://example.org/words/in/it", False),
        ("", False),
    ],
)
def test_only_words_and_numbers_are_worth_a_request(text: str, translatable: bool) -> None:
    assert pieces.is_translatable(text) is translatable


def test_texts_are_sent_in_their_composed_form() -> None:
    assert pieces.sendable("google", "Gu\u0308ney") == "Güney"
