"""Placeholders: found, counted, compared, and restored only where they belong."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from publishing.markup import Tag
from publishing.markup.inline import nodes, read
from publishing.markup.placeholders import Token, compare, misnested, plain, tokens
from publishing.markup.restoring import restore

KNOWN = {"b1", "i2", "a3", "br4"}


def test_only_tags_of_the_map_are_placeholders() -> None:
    assert tokens("x<b1>a</b1><br4/><b9><B1><b01><abcd1></b1/>&<", KNOWN | {"b01", "abcd1"}) == [
        Token("b1", "open", 1, 5),
        Token("b1", "close", 6, 11),
        Token("br4", "single", 11, 17),
    ]


@pytest.mark.parametrize(
    ("source", "target", "missing", "added"),
    [
        ("<b1>a</b1> <i2>b</i2>", "<i2>b</i2> <b1>a</b1>", {}, {}),
        ("<b1>a</b1>", "<b1>a", {"</b1>": 1}, {}),
        ("<b1>a</b1>", "<b1>a</b1><b1>a</b1>", {}, {"<b1>": 1, "</b1>": 1}),
        ("a<br4/>", "<b1>a</b1>", {"<br4/>": 1}, {"<b1>": 1, "</b1>": 1}),
        ("a <b9>", "a", {}, {}),
    ],
)
def test_source_and_target_are_compared_as_multisets(
    source: str, target: str, missing: dict[str, int], added: dict[str, int]
) -> None:
    difference = compare(source, target, KNOWN)
    assert difference.missing == Counter(missing)
    assert difference.added == Counter(added)
    assert bool(difference) == bool(missing or added)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<b1>a <i2>b</i2></b1><br4/>", []),
        ("<b1>a", ["<b1>"]),
        ("a</b1>", ["</b1>"]),
        ("</b1>a<b1>", ["</b1>", "<b1>"]),
        ("<b1>a<i2>b</b1>c</i2>", ["<b1>", "</b1>"]),
    ],
)
def test_tags_that_break_nesting_are_named(text: str, wrong: list[str]) -> None:
    assert [text[token.start : token.end] for token in misnested(text, KNOWN)] == wrong


def test_the_plain_text_is_what_is_left() -> None:
    assert plain("<b1>a</b1> <b9>b<br4/>", KNOWN) == "a <b9>b"


def test_a_tag_survives_being_stored() -> None:
    for tag in (Tag("a", {"href": "/x"}), Tag("br", paired=False)):
        assert Tag.from_json(tag.as_json()) == tag


inline = st.recursive(
    st.sampled_from(["a", " ", "&lt;b1&gt;", "&lt;/b1&gt;", "&amp;", "\u00a0", "<br>", "[7]", "\n", "İ"]),
    lambda inner: st.builds(
        lambda name, content: f"<{name}>{''.join(content)}</{name.split()[0]}>",
        st.sampled_from(["b", "strong", "em", "a href='/x'", "a href='javascript:x'", "sup", "span", "code"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(inline, max_size=5).map("".join))
def test_extracted_merged_and_extracted_again_a_block_is_the_same(html: str) -> None:
    first = read(nodes(fragment_fromstring(f"x{html}", create_parent="p")))
    merged = restore(first.text, first.markup)
    again = read(nodes(fragment_fromstring(merged, create_parent="p")))
    assert (again.text, again.markup) == (first.text, first.markup)
    assert not misnested(first.text, first.markup)
    assert {token.id for token in tokens(first.text, first.markup)} == set(first.markup)
