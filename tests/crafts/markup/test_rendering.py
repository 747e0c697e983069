"""Rendering released blocks for readers."""

import re
from html import unescape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from publishing.languages import UnknownLanguage
from publishing.markup import KINDS, Block, Tag, sanitise
from publishing.markup.reading import Reading, from_html
from publishing.markup.rendering import Rendered, body

LABELS = {"notes": "Notlar", "reference": "Dipnot %(number)s", "back": "Metne dön: %(number)s"}


def inner(*blocks: Block, **options: object) -> str:
    """Render blocks and return what stands in the outermost element, without line feeds."""
    html = body(blocks, "en", **options)  # type: ignore[arg-type]
    found = re.fullmatch(r'<div class="text" lang="en">(.*)</div>', html.replace("\n", ""))
    assert found
    return found[1]


B, I = Tag("b"), Tag("i")  # noqa: E741


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Block("paragraph", "A < b & <c9>"), "<p>A &lt; b &amp; &lt;c9&gt;</p>"),
        (Block("paragraph", "a\u00a0b"), "<p>a\u00a0b</p>"),
        (Block("paragraph", "<b1>a <i2>b</i2></b1>", {}, {"b1": B, "i2": I}), "<p><b>a <i>b</i></b></p>"),
        (Block("paragraph", "a<br1/>b", {}, {"br1": Tag("br", paired=False)}), "<p>a<br>b</p>"),
        (Block("paragraph", "One. Two.", {"wrapper": "b i"}), "<p><b><i>One. Two.</i></b></p>"),
        (Block("paragraph", " \u00a0"), ""),
        (Block("summary", "S"), '<p class="summary">S</p>'),
        (Block("heading", "H", {"level": 3}), "<h2>H</h2>"),
        (Block("quote", "Q", {"quote": 1}), "<blockquote><p>Q</p></blockquote>"),
        (Block("caption", "C"), "<figure><figcaption>C</figcaption></figure>"),
        (Block("title", "T"), ""),
        (Block("name", "N"), ""),
        (
            Block("alt", 'A "ship"', {"src": "/a.jpg", "width": 4}),
            '<figure><img src="/a.jpg" alt="A &quot;ship&quot;" width="4"></figure>',
        ),
        (
            Block("alt", "A ship", {"src": "https://example.org/a.jpg"}),
            '<figure><p><a href="https://example.org/a.jpg">A ship</a></p></figure>',
        ),
        (Block("alt", "", {"src": "javascript:x"}), ""),
    ],
)
def test_each_kind_of_block_has_its_element(block: Block, html: str) -> None:
    assert inner(block) == html


@pytest.mark.parametrize("kind", ["title", "name"])
def test_the_title_is_written_on_demand(kind: str) -> None:
    assert inner(Block(kind, "T"), title=True) == "<h1>T</h1>"
    assert inner(Block(kind, "T"), title=True, headings_from=4) == "<h3>T</h3>"


def test_headings_begin_at_the_level_asked_for_and_keep_their_distances() -> None:
    headings = [Block("heading", str(level), {"level": level}) for level in (3, 4, 3, 6)]
    assert inner(*headings, headings_from=4) == "<h4>3</h4><h5>4</h5><h4>3</h4><h6>6</h6>"


def test_list_items_are_nested_again() -> None:
    items = [("A", 1, 0), ("B", 2, 1), ("C", 2, 1), ("D", 1, 0), ("E", 9, 0)]
    blocks = [Block("list_item", t, {"list": 1, "level": n, "ordered": o}) for t, n, o in items]
    assert inner(*blocks, Block("list_item", "F", {"list": 2, "level": 1, "ordered": 0})) == (
        "<ul><li>A<ol><li>B</li><li>C</li></ol></li><li>D<ul><li>E</li></ul></li></ul><ul><li>F</li></ul>"
    )


def test_cells_are_rows_of_a_table_again() -> None:
    blocks = [
        Block("caption", "C", {"table": 1}),
        Block("cell", "A", {"table": 1, "row": 1, "column": 1, "header": 1, "columns": 2}),
        Block("cell", "B", {"table": 1, "row": 2, "column": 1, "header": 0}),
        Block("cell", "", {"table": 1, "row": 2, "column": 2, "header": 0}),
    ]
    assert inner(*blocks) == (
        '<table><caption>C</caption><tbody><tr><th colspan="2">A</th></tr>'
        "<tr><td>B</td><td></td></tr></tbody></table>"
    )


class TestTagsOutOfPlace:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("<b1>a", "&lt;b1&gt;a"),
            ("a</b1>", "a&lt;/b1&gt;"),
            ("<b1>a<i2>b</b1>c</i2>", "&lt;b1&gt;a<i>b&lt;/b1&gt;c</i>"),
            ("<b1/>a", "&lt;b1/&gt;a"),
            ("<br4>a</br4>", "&lt;br4&gt;a&lt;/br4&gt;"),
            ("<b9>a</b9>", "&lt;b9&gt;a&lt;/b9&gt;"),
            ("<a3>a <a5>b</a5> [1]</a3>", '<a href="/x">a b [1]</a>'),
        ],
    )
    def test_are_text_and_never_break_the_page(self, text: str, html: str) -> None:
        links = {"a3": Tag("a", {"href": "/x"}), "a5": Tag("a", {"href": "/y"})}
        markup = {"b1": B, "i2": I, "br4": Tag("br", paired=False), **links}
        assert inner(Block("paragraph", text, {}, markup), Block("note", "N", {"number": 1})).startswith(
            f"<p>{html}</p>"
        )


class TestNotes:
    def test_are_linked_both_ways(self) -> None:
        assert inner(
            Block("paragraph", "One.[7] Two.[8]"), Block("note", "N & M", {"number": 7}), labels=LABELS
        ) == (
            '<p>One.<a class="reference" role="doc-noteref" href="#note-7" id="ref-7" '
            'aria-label="Dipnot 7">[7]</a> Two.[8]</p>'
            '<section class="notes" role="doc-endnotes" aria-label="Notlar"><ol>'
            '<li id="note-7" value="7">N &amp; M <a class="back" role="doc-backlink" href="#ref-7" '
            'aria-label="Metne dön: 7">↩</a></li></ol></section>'
        )

    def test_lead_back_to_each_of_several_references_under_a_name_of_its_own(self) -> None:
        html = inner(Block("paragraph", "a[7] b[7]"), Block("note", "see [7]", {"number": 7}), labels=LABELS)
        ids = re.findall(r' id="([^"]+)"', html)
        assert sorted(ids) == ["note-7", "ref-7", "ref-7-2", "ref-7-3"]
        assert re.findall(r'class="back"[^>]* href="#([^"]+)"', html) == ["ref-7", "ref-7-2", "ref-7-3"]
        assert 'aria-label="Metne dön: 7 (3)"' in html

    def test_come_after_everything_else(self) -> None:
        html = inner(Block("note", "N", {"number": 1}), Block("paragraph", "P"))
        assert html.startswith("<p>P</p><section")
        assert "aria-label" not in html

    def test_of_one_number_share_no_id(self) -> None:
        twice = [Block("note", text, {"number": 1}) for text in "NM"]
        assert inner(Block("paragraph", "a[1]"), *twice).count('id="note-1"') == 1


def test_the_sample_has_ten_references_and_ten_ways_back(sample: Reading) -> None:
    tree = lxml_html.fromstring(body(sample.blocks, "en", labels=LABELS))
    assert len(tree.xpath("p")) == 9
    ids = set(tree.xpath("//@id"))
    targets = [href[1:] for href in tree.xpath("//a/@href")]
    assert len(ids) == 20
    assert sorted(targets) == sorted(ids)
    texts = [p.text_content() for p in tree.xpath("p")]
    assert texts == [block.text for block in sample.blocks if block.kind == "paragraph"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        body([], "de")


PAGE = """
<h1>T</h1><p>One <b>b</b> <a href="https://example.org/?a=1&amp;b=2">c</a>.<sup><a href="#fn1" id="r1">1</a>
</sup><br>x &lt;b1&gt; &amp;</p>
<h2>Two</h2><h3>Three</h3><ul><li>A<ol><li>B</li><li>C</li></ol></li><li>D</li></ul>
<blockquote><p>Q</p><p>R <i lang="fr">s</i></p></blockquote><p><b><i>All.</i></b></p>
<table><caption>K</caption><tr><th>1<th>2<tr><td colspan=2>3</table>
<figure><img src="/a.jpg" alt="S" width=3><figcaption>F</figcaption></figure>
<ol><li id="fn1">Note, <cite>Z</cite>. <a href="#r1">↩</a></li></ol>
"""


def test_what_was_rendered_reads_as_what_it_was_rendered_from() -> None:
    first = from_html(PAGE)
    again = from_html(f"<h1>T</h1>{body(first.blocks, 'en')}")
    assert again.blocks == first.blocks
    assert len(first.blocks) == 18


texts = st.lists(
    st.sampled_from(
        [
            *(
                "<b1>",
                "</b1>",
                "<i2>",
                "</i2>",
                "<a3>",
                "</a3>",
                "<br4/>",
                "[7]",
                "<script>alert(1)</script>",
            ),
            *(
                "<img src=x onerror=alert(1)>",
                "javascript:alert(1)",
                '" onclick="x',
                "' onclick='x",
                "&lt;script&gt;",
            ),
            *("<!--", "-->", "</div>", "</p>", "<p>", "<style>", "]]>", "<svg/onload=x>", "&", "\u00a0", " "),
        ]
    )
    | st.text(st.characters(codec="utf-8"), max_size=8),
    max_size=12,
).map("".join)
hrefs = st.sampled_from(
    ["javascript:alert(1)", "java\nscript:x", "data:text/html,x", "/x", '"><script>', "http://a b"]
)
attributes = st.fixed_dictionaries(
    {},
    optional={
        "level": st.integers(-2, 9),
        "list": st.integers(1, 2),
        "ordered": st.integers(0, 1),
        "table": st.integers(1, 2),
        "figure": st.integers(1, 2),
        "row": st.integers(1, 2),
        "columns": st.integers(-2, 3),
        "header": st.integers(0, 1),
        "number": st.integers(1, 9),
        "width": st.integers(-1, 9),
        "wrapper": st.sampled_from(["b", "i b", "script", '"><script>']),
        "src": hrefs,
    },
)


@st.composite
def any_block(draw: st.DrawFn) -> Rendered:
    link = Tag("a", {draw(st.sampled_from(["href", "onclick"])): draw(hrefs)})
    odd = Tag(draw(st.sampled_from(["b", "script", "style", "iframe"])))
    markup = {"b1": odd, "i2": I, "a3": link, "br4": Tag("br", paired=False)}
    return Rendered(draw(st.sampled_from(KINDS)), draw(texts), draw(attributes), markup)


@settings(max_examples=100, deadline=None)
@given(st.lists(any_block(), max_size=6), st.dictionaries(st.sampled_from(["notes", "back"]), texts))
def test_nothing_active_ever_survives(blocks: list[Block], labels: dict[str, str]) -> None:
    html = body(blocks, "en", title=True, labels=labels)
    tree = lxml_html.fromstring(html)
    for element in tree.iter():
        assert element.tag in {*sanitise._TAGS}
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert not re.match(r"\s*(?:java|data)", unescape(element.get(name, "")), re.IGNORECASE)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert sanitise.body(html) == html
    assert nh3.is_html(html)
