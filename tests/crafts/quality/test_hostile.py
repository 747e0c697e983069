"""Any two texts can be checked: nothing raises, spans lie in the text, and time grows with the length alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.languages import CODES
from publishing.quality import Finding, blocking, check, check_block, check_source

SIGNS = st.sampled_from(
    list("0123456789.,:/%-–— \u00a0\u202f[]()<>“”«»„\"'’!?abcаосеXIVıİЁ\u0301\u200b@\ud800")
)
WORDS = st.sampled_from(
    ["May", "Kasım", "ноября", "million", "bin", "тыс.", "[1]", "<b1>", "</b1>", "<br2/>", "%", "on on", "p.m.",
     "yüzde", "14", "2022", "09.11.2022", "Ibid.", "https://a.org", "“A”, BBC", "с", "c", "ve", "и", "XIX", "’90s"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(SIGNS, WORDS), max_size=25).map("".join),
    st.lists(WORDS, max_size=15).map(" ".join),
)
LANGUAGES = st.sampled_from(CODES)


def assert_sound(findings: list[Finding], text: str) -> None:
    for one in findings:
        assert 0 <= one.start <= one.end <= len(text)
        assert one.message
        assert one.severity in {"block", "warn"}


@settings(max_examples=250, deadline=None)
@given(TEXTS, TEXTS, LANGUAGES, LANGUAGES)
def test_any_pair_can_be_checked(source: str, target: str, first: str, second: str) -> None:
    assert_sound(check(source, target, first, second), target)
    for findings, text in zip(
        check_block([(source, target), (target, source)], first, second), (target, source), strict=True
    ):
        assert_sound(findings, text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), LANGUAGES, LANGUAGES)
def test_what_stops_a_pair_is_what_blocks_among_all_that_is_found(
    block: list[tuple[str, str]], first: str, second: str
) -> None:
    for place, found in enumerate(check_block(block, first, second)):
        assert blocking(block, first, second, place=place) == [
            one for one in found if one.severity == "block"
        ]


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_any_source_can_be_checked(text: str, language: str) -> None:
    assert_sound(check_source(text, language), text)


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_a_text_never_differs_from_itself_in_marks_and_values(text: str, language: str) -> None:
    codes = {one.code for one in check(text, text, language, language)}
    assert codes.isdisjoint(
        {"references", "placeholders", "numbers", "dates", "untranslated", "length", "moved"}
    )


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,2 ",
        "111 ",
        "[",
        "(",
        "“",
        "«",
        '"',
        " ",
        "a",
        "aа",
        "a ",
        "<b1>",
        "I",
        "1-",
        "a@",
        ",",
        "\u00a0",
    ],
)
def test_a_long_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    """A quadratic pattern would take minutes on these 30,000 signs, and the suite would be stopped."""
    text = unit * (30_000 // len(unit))
    assert_sound(check("One 14 [1].", text, "en", "ru"), text)
    assert_sound(check_source(text, "en"), text)
