"""The key of exact memory matches."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.languages import UnknownLanguage
from publishing.markup.blocks import WHITE_SPACE
from publishing.matching.exact import memory_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on\u00a0on", "on on"),
        ("West.\u00a0  This\nhas", "West. This has"),
        (" \u3000Ibid.\u2029", "Ibid."),
        ("I\u0307stanbul, s\u0327eker", "İstanbul, şeker"),
        ("и\u0306", "й"),
    ],
)
def test_blanks_and_composition_make_no_difference(one: str, other: str) -> None:
    assert memory_key(one, "tr") == memory_key(other, "tr")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ibid.", "ibid."), ("“a”", '"a"'), ("a b", "ab"), ("1 000", "1000"), ("<b1>a</b1>", "a")],
)
def test_everything_else_does(one: str, other: str) -> None:
    assert memory_key(one, "en") != memory_key(other, "en")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        memory_key("a", "de")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from(WHITE_SPACE + "\u0307\u0308"), max_size=30))
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    key = memory_key(text, "ru")
    assert memory_key(key, "ru") == key
    assert key == key.strip(WHITE_SPACE)
