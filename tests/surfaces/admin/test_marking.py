"""Texts as HTML: findings at their spans, differences word by word, and nothing of a text taken as markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.admin.differences import difference
from publishing.admin.marking import Span, marked

TEXTS = st.text(st.sampled_from("ab <>&\"'/1[]ıİя\U0001f600"), max_size=30)


def span(start: int, end: int, kind: str = "warn") -> Span:
    return Span(start, end, kind, "why")


@pytest.mark.parametrize(
    ("text", "spans", "known", "expected"),
    [
        ("a b", [], (), "a b"),
        ("a <b> & c", [], (), "a &lt;b&gt; &amp; c"),
        ("two two", [span(4, 7)], (), 'two <mark class="warn" title="why">two</mark>'),
        ("ab", [span(2, 2)], (), "ab"),
        ("ab", [span(1, 9)], (), "ab"),
        ("see [7].", [], (), 'see <span class="reference" translate="no">[7]</span>.'),
        ("a <b1>c", [], {"b1"}, 'a <span class="placeholder" translate="no">&lt;b1&gt;</span>c'),
        ("a <b1>c", [], (), "a &lt;b1&gt;c"),
        (
            "x [7] y",
            [span(0, 5, "block")],
            (),
            '<mark class="block" title="why">x <span class="reference" translate="no">[7]</span></mark> y',
        ),
        (
            "abc",
            [span(0, 2), span(1, 3)],
            (),
            '<mark class="warn" title="why">ab</mark><mark class="warn" title="why">c</mark>',
        ),
    ],
)
def test_marks(text: str, spans: list[Span], known: set[str], expected: str) -> None:
    assert marked(text, spans, known) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same", "same", "same"),
        ("left at once", "left at dawn", "left at <del>once</del><ins>dawn</ins>"),
        ("", "new", "<ins>new</ins>"),
        ("gone", "", "<del>gone</del>"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
    ],
)
def test_differences(old: str, new: str, expected: str) -> None:
    assert difference(old, new) == expected


def test_very_long_texts_stand_beside_one_another() -> None:
    old, new = "a " * 5_000, "b " * 5_000
    assert difference(old, new) == f"<del>{old}</del><ins>{new}</ins>"


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_no_text_becomes_markup(text: str, start: int, end: int) -> None:
    page = marked(text, [span(start, end)], {"b1"}) + difference(text, text[::-1])
    for tag in ("<mark", "</mark", "<span", "</span", "<ins", "</ins", "<del", "</del"):
        page = page.replace(tag, "")
    assert "<" not in page
