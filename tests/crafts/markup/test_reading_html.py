"""Reading an article's HTML."""

import re
from datetime import date
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.markup import Block, Tag
from publishing.markup.reading import Reading, UnreadableSource, from_html
from publishing.markup.reading.furniture import ACTIVE, HIDDEN, NAVIGATION, SHARING, SIMILAR, SWITCHER

BODY = "The treaty was signed in 2021. It has been in force since then, and both of the states keep it."


def read(inner: str) -> Reading:
    return from_html(f"<h1>Title</h1>{inner}<p>{BODY}</p>")


def blocks(inner: str) -> list[Block]:
    """Read the blocks between the title and a last paragraph."""
    return list(read(inner).blocks[1:-1])


def lines(inner: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(inner)]


def codes(reading: Reading) -> list[str]:
    return [remark.code for remark in reading.remarks]


class TestBlocks:
    @pytest.mark.parametrize(
        ("inner", "expected"),
        [
            ("<p>One\n  two</p><p>Three</p>", [("paragraph", "One two"), ("paragraph", "Three")]),
            ("<div>One<p>Two</p>three</div>", [("paragraph", t) for t in ("One", "Two", "three")]),
            ("<p>West.&nbsp; This</p>", [("paragraph", "West.\u00a0 This")]),
            ("<p>a &lt; b &amp; c</p>", [("paragraph", "a < b & c")]),
            ("<p> </p><p>&nbsp;</p><p></p>", []),
            ("<h2>Two</h2><h3>Three</h3>", [("heading", "Two"), ("heading", "Three")]),
            ("<blockquote><p>One</p><p>Two</p></blockquote>", [("quote", "One"), ("quote", "Two")]),
            ("<span><p>One</p></span><b><p>Two</p></b>", [("paragraph", "One"), ("paragraph", "Two")]),
            (
                "<p>One <i>two</p><p>three</i></p>",
                [("paragraph", "One <i1>two</i1>"), ("paragraph", "three")],
            ),
        ],
    )
    def test_are_read_in_order(self, inner: str, expected: list[tuple[str, str]]) -> None:
        assert lines(inner) == expected

    def test_of_lists_know_their_level(self) -> None:
        found = blocks("<ul><li>A<ol><li><p>B</p><p>C</p></li></ol>D</li></ul><ul><li>E</li></ul>")
        assert [(block.text, *block.attributes.values()) for block in found] == [
            ("A", 1, 1, 0),
            ("B<br1/>C", 1, 2, 1),
            ("D", 1, 1, 0),
            ("E", 2, 1, 0),
        ]

    def test_of_tables_know_their_place(self) -> None:
        found = blocks("<table><caption>C</caption><tr><th>A<td></tr><tr><td colspan=2>B<br>b</tr></table>")
        table = {"table": 1}
        assert found == [
            Block("caption", "C", table),
            Block("cell", "A", table | {"row": 1, "column": 1, "header": 1}),
            Block("cell", "", table | {"row": 1, "column": 2, "header": 0}),
            Block(
                "cell",
                "B<br1/>b",
                table | {"row": 2, "column": 1, "header": 0, "columns": 2},
                {"br1": Tag("br", paired=False)},
            ),
        ]

    def test_of_figures_hold_together(self) -> None:
        figure = "<figure><img src=/a.jpg alt=' A  ship' width=40><figcaption>By <b>us</b></figure>"
        assert blocks(figure) == [
            Block("alt", "A ship", {"figure": 1, "src": "/a.jpg", "width": 40}),
            Block("caption", "By <b1>us</b1>", {"figure": 1}, {"b1": Tag("b")}),
        ]

    def test_of_an_image_in_a_paragraph_follow_it(self) -> None:
        reading = read("<p>One <img src=/a.jpg> two</p>")
        assert [(b.kind, b.text) for b in reading.blocks[1:-1]] == [("paragraph", "One two"), ("alt", "")]
        assert codes(reading) == ["image_without_alt"]

    def test_that_are_bold_throughout_say_so_outside_their_text(self) -> None:
        assert blocks("<p><strong><em>One. Two.</em></strong></p>") == [
            Block("paragraph", "One. Two.", {"wrapper": "b i"})
        ]


class TestInline:
    @pytest.mark.parametrize(
        ("inner", "expected"),
        [
            ("a <strong>b</strong> <em>c</em> <b>d</b>", "a <b1>b</b1> <i2>c</i2> <b3>d</b3>"),
            ("a <span>b</span> <font>c</font>", "a b c"),
            ("a<br>b<br/>c<br>", "a<br1/>b<br2/>c<br3/>"),
            ("m<sup>2</sup> H<sub>2</sub>O", "m<sup1>2</sup1> H<sub2>2</sub2>O"),
            ("a <b> b</b> c", "a <b1>b</b1> c"),
            ("a <b></b><i> </i>c", "a c"),
            ("a <b>b <strong>c</strong></b>", "a <b1>b c</b1>"),
            ("a &lt;b1&gt; <b>b</b>", "a <b1> <b2>b</b2>"),
            (
                "a <code>x</code> <abbr title=t>y</abbr> <cite>z</cite>",
                "a <cd1>x</cd1> <ab2>y</ab2> <ci3>z</ci3>",
            ),
        ],
    )
    def test_markup_becomes_placeholders(self, inner: str, expected: str) -> None:
        assert blocks(f"<p>{inner}</p>")[0].text == expected

    @pytest.mark.parametrize(
        ("href", "kept"),
        [
            ("https://example.org/a?b=1&amp;c", "https://example.org/a?b=1&c"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("/page", "/page"),
            ("#part", "#part"),
            ("//example.org/x", "https://example.org/x"),
            ("javascript:alert(1)", None),
            (" jAva\tscript&colon;alert(1)", None),
            ("data:text/html,x", None),
            ("vbscript:x", None),
            ("\\\\example.org", None),
        ],
    )
    def test_links_keep_an_address_only_if_it_is_safe(self, href: str, kept: str | None) -> None:
        reading = read(f'<p>a <a href="{href}" onclick="x()" style="y">b</a></p>')
        block = reading.blocks[1]
        if kept is None:
            assert (block.text, block.markup, codes(reading)) == ("a b", {}, ["link_refused"])
        else:
            assert (block.text, block.markup) == ("a <a1>b</a1>", {"a1": Tag("a", {"href": kept})})

    def test_relative_links_are_resolved_where_the_page_says_its_address(self) -> None:
        head = "<link rel=canonical href='https://example.org/a/b'>"
        reading = from_html(f"{head}<h1>T</h1><p>a <a href=c>b</a> {BODY}</p>")
        assert reading.blocks[1].markup["a1"].attributes == {"href": "https://example.org/a/c"}


NOTE_STYLES = {
    "word": (
        '<a href="#_ftn1" name="_ftnref1">[1]</a>',
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a>&nbsp;Note.</p>',
    ),
    "wordpress paste": (
        '<a href="#_ftn1" id="_ftnref1"><sup>[1]</sup></a>',
        '<p><a href="#_ftnref1" id="_ftn1"><sup>[1]</sup></a> Note.</p>',
    ),
    "ids lost": ('<a href="#_ftn1">[1]</a>', '<p><a href="#_ftnref1">[1]</a> Note.</p>'),
    "wordpress block": (
        '<sup data-fn="x9" class="fn"><a href="#x9" id="x9-link">1</a></sup>',
        '<ol class="wp-block-footnotes"><li id="x9">Note. <a href="#x9-link">↩︎</a></li></ol>',
    ),
    "markdown": (
        '<sup id="fnref:1"><a href="#fn:1">1</a></sup>',
        '<ol><li id="fn:1"><p>Note.&nbsp;<a href="#fnref:1">↩</a></p></li></ol>',
    ),
    "links within the page by its address": (
        '<a href="https://example.org/p#_ftn1" id="_ftnref1">[1]</a>',
        '<p><a href="https://example.org/p#_ftnref1" id="_ftn1">[1]</a> Note.</p>',
    ),
    "no links": ("<sup>[1]</sup>", "<p>[1] Note.</p>"),
}


class TestFootnotes:
    @pytest.mark.parametrize(("reference", "note"), NOTE_STYLES.values(), ids=NOTE_STYLES)
    def test_are_recognised_in_the_styles_in_use(self, reference: str, note: str) -> None:
        head = "<link rel=canonical href='https://example.org/p'>"
        reading = from_html(f"{head}<h1>T</h1><p>{BODY}{reference} {BODY}</p>{note}")
        paragraph, found = reading.blocks[1:]
        assert paragraph.text == f"{BODY}[1] {BODY}"
        assert (found.kind, found.text.strip("\u00a0 "), found.attributes) == ("note", "Note.", {"number": 1})
        assert not paragraph.markup
        assert not reading.remarks

    @pytest.mark.parametrize(
        "inner",
        [
            '<p>See <a href="#s1">1</a></p><h2 id="s1">Part</h2>',
            '<p>See <a href="#s1">1</a></p><p id="s1">Part</p>',
            '<p>See <a href="https://example.org/#fn1">1</a></p>',
        ],
    )
    def test_are_not_every_numbered_link(self, inner: str) -> None:
        reading = read(inner)
        assert reading.blocks[1].text == "See <a1>1</a1>"
        assert "note" not in [block.kind for block in reading.blocks]

    def test_keep_their_own_links(self) -> None:
        note = (
            '<p><a href="#_ftnref1">[1]</a> “T”, <a href="https://example.org/">https://example.org/</a>.</p>'
        )
        reading = from_html(f'<h1>T</h1><p>{BODY}<a href="#_ftn1">[1]</a></p>{note}')
        assert reading.blocks[-1].text == "“T”, <a1>https://example.org/</a1>."


class TestFurniture:
    @pytest.mark.parametrize(
        ("inner", "reason"),
        [
            ("<nav><a href=/>Home</a></nav>", NAVIGATION),
            ("<aside>Home</aside>", NAVIGATION),
            ("<footer>Home</footer>", NAVIGATION),
            ("<div class='sharedaddy x'>Home</div>", SHARING),
            ("<div id=jp-relatedposts>Home</div>", SIMILAR),
            ("<div class='wpml-ls-statics'>Home</div>", SWITCHER),
            ("<p>This post is also available in: Türkçe</p>", SWITCHER),
            ("<h3>Benzer Yazılar</h3>", SIMILAR),
            ("<p hidden>Home</p>", HIDDEN),
            ("<p style='display: none'>Home</p>", HIDDEN),
            ("<script>alert(1)</script>", ACTIVE),
            ("<style>p{}</style>", ACTIVE),
            ("<iframe src=https://example.org></iframe>", ACTIVE),
            ("<p>One <svg onload=x><text>z</text></svg></p>", ACTIVE),
        ],
    )
    def test_is_dropped_and_reported(self, inner: str, reason: str) -> None:
        reading = read(inner)
        assert [item.reason for item in reading.dropped] == [reason]
        assert [block.text for block in reading.blocks if block.text not in {"Title", BODY, "One"}] == []

    def test_reports_the_line(self) -> None:
        assert [item.line for item in read("\n\n<nav>x</nav>\n<script>y</script>").dropped] == [3, 4]

    def test_around_the_article_is_not_even_looked_at(self) -> None:
        page = f"<body><div>Menu</div><article><h1>T</h1><p>{BODY}</p></article><div>Foot</div></body>"
        assert [block.text for block in from_html(page).blocks] == ["T", BODY]


def test_a_themes_page_of_the_sample_reads_like_its_pasted_text(sample: Reading) -> None:
    """The sample as the theme of a think-tank's site wraps it, footnotes and author's box included."""
    (biography,) = sample.biographies
    parts = []
    for block in sample.blocks[1:]:
        text = escape(block.text, quote=False)
        if block.kind == "note":
            n = block.attributes["number"]
            parts.append(
                f'<p><a href="#_ftnref{n}" name="_ftn{n}"><strong>[{n}]</strong></a>&nbsp;{text}</p>'
            )
        else:
            parts.append(
                "<p>"
                + re.sub(r"\[(\d+)\]", r'<a href="#_ftn\1" name="_ftnref\1"><sup>[\1]</sup></a>', text)
                + "</p>"
            )
    page = f"""<!doctype html><html lang="en-US"><head><meta charset=utf-8><title>T - Site</title>
    <link rel="canonical" href="https://example.org/future/"><script>var x = "<p>";</script></head>
    <body class="single post"><div class="td-header"><nav><ul><li><a href="/">Home</a></li></ul></nav></div>
    <article class="post"><header class="td-post-title"><h1 class="entry-title">{sample.title}</h1>
    <div class="td-module-meta-info"><span>By</span> <a href="/a">{biography.name}</a> <time>14 Nov</time></div>
    </header>
    <div class="td-post-sharing-top"><a href="#">Facebook</a></div>
    <div class="td-post-content"><h3>Similar Posts</h3>
    <p class="wpml-ls-statics-post_translations">This post is also available in: <a href="/tr">Türkçe</a></p>
    {"".join(parts)}</div>
    <footer><div class="td-post-sharing-bottom"><a href="#">Twitter</a></div>
    <div class="author-box-wrap"><a href="/a"><img src="/a.jpg" alt=""></a><div class="desc">
    <div class="td-author-name"><a href="/a">{biography.name}</a></div>
    <div class="td-author-description">{escape(biography.blocks[1].text)}</div></div></div></footer></article>
    <div class="td-footer">© Site</div></body></html>"""
    reading = from_html(page)
    assert reading.title == sample.title
    articles = [block for block in reading.blocks if block.kind != "alt"]
    assert [(block.kind, block.text) for block in articles] == [
        # A browser shows two blanks as one, and so the page's two become one.
        (block.kind, block.text.replace("  ", " "))
        for block in sample.blocks
    ]
    assert [block.attributes for block in articles[10:]] == [block.attributes for block in sample.blocks[10:]]
    assert [(found.name, found.language) for found in reading.biographies] == [(biography.name, "tr")]
    assert reading.biographies[0].blocks == biography.blocks


class TestMetadata:
    def test_is_taken_from_the_head(self) -> None:
        reading = from_html(
            "<html lang='en-GB'><head><title>A | Site</title>"
            "<link rel=canonical href='https://example.org/a'>"
            "<meta property='article:published_time' content='2022-11-14T23:30:00+03:00'></head>"
            f"<body><p>{BODY}</p></body></html>"
        )
        assert reading.title == "A | Site"
        assert reading.original_address == "https://example.org/a"
        assert reading.published_on == date(2022, 11, 14)
        assert not reading.remarks

    @pytest.mark.parametrize("address", ["javascript:x", "/relative", "http://[", ""])
    def test_that_is_no_address_or_date_is_ignored(self, address: str) -> None:
        meta = "<meta property='article:published_time' content='yesterday'>"
        reading = from_html(f"<link rel=canonical href='{address}'>{meta}<h1>T</h1><p>{BODY}</p>")
        assert (reading.original_address, reading.published_on) == (None, None)

    def test_that_names_another_language_is_remarked(self) -> None:
        assert codes(from_html(f"<html lang=tr><h1>T</h1><p>{BODY}</p></html>")) == ["language_differs"]

    @pytest.mark.parametrize(
        ("inner", "title"),
        [
            (f"<header><h1>In a header</h1></header><article><p>{BODY}</p></article>", "In a header"),
            (f"<title>Stated</title><h2>Part</h2><p>{BODY}</p>", "Stated"),
            (f"<p>{BODY}</p><h2>First heading</h2>", "First heading"),
            (f"<p>First text</p><p>{BODY}</p>", "First text"),
        ],
    )
    def test_the_title_is_the_best_there_is(self, inner: str, title: str) -> None:
        assert from_html(inner).title == title

    def test_the_title_may_have_markup_and_is_plain_without_it(self) -> None:
        reading = from_html(f"<h1>On <i>The Times</i></h1><p>{BODY}</p>")
        assert reading.blocks[0].text == "On <i1>The Times</i1>"
        assert reading.title == "On The Times"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("html", "says"),
        [
            ("", "empty"),
            ("Plain text", "use --format text"),
            ("a\x00<p>", "U+0000"),
            ("<h1>T</h1>\n<p>a&#1;b", "U+0001 in line 2"),
            ("<div>" * 300 + "x", "nests its elements too deeply"),
            ("<p>" * 200_001, "more than 200,000 tags"),
            ("<p>" + "a " * 5_100_000, "too large to parse safely"),
            ("<p></p>", "furniture"),
            ("<!-- -->", "cannot be read as HTML"),
        ],
    )
    def test_is_said_in_one_line(self, html: str, says: str) -> None:
        with pytest.raises(UnreadableSource) as caught:
            from_html(html)
        assert says in str(caught.value)
        assert "\n" not in str(caught.value)


PIECES = """
<p> </p> <b> </b> <a␣href='javascript:x'> <a␣href=#fn1>1</a> <li␣id=fn1> <ul> </ul> <ol> <table> <tr> <td>
</table> <br> <figure> <img␣src=x> </figure> <blockquote> </blockquote> <h1> </h1> <sup> [1] <!-- --> <script>
&nbsp; <figcaption> <div␣class=note> </div> &lt;b1&gt; ␣ text <h2> <article> <nav>
"""
pieces = st.sampled_from([piece.replace("␣", " ") for piece in PIECES.split()]) | st.text(max_size=5)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_whatever_html_is_given_it_is_read_or_refused(html: str) -> None:
    try:
        reading = from_html(html)
    except UnreadableSource:
        return
    assert reading.blocks[0].kind == "title"
    assert not any("javascript" in str(block.markup) for block in reading.blocks)
