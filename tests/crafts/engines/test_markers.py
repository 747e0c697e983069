"""Marks on the way through an engine: nothing lost without a word, nothing made up, whatever comes back."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.engines import markers
from publishing.engines.markers.marks import marks_of

SENTENCE = "The <b1>gas</b1> price[3] rose, <a2>they said</a2>;<br3/> then [4] it fell.[5]"
TOKENED = ("literal", "corner", "email", "html", "xml")


def through(text: str, scheme: str, engine: object = lambda piece: piece) -> markers.Restored:
    protected = markers.protect(text, scheme)
    return markers.restore(protected, [engine(piece) for piece in protected.pieces])  # type: ignore[operator]


def written(text: str) -> Counter[str]:
    return Counter(mark.written for mark in marks_of(text))


class TestWhatTravels:
    @pytest.mark.parametrize(
        ("scheme", "piece"),
        [
            ("literal", "The <b1>gas</b1> price[3] rose, <a2>they said</a2>;<br3/> then [4] it fell."),
            ("corner", "The ⟦1⟧gas⟦2⟧ price⟦3⟧ rose, ⟦4⟧they said⟦5⟧;⟦6⟧ then ⟦7⟧ it fell."),
            ("bare", "The gas price rose, they said; then it fell."),
        ],
    )
    def test_is_written_in_the_scheme(self, scheme: str, piece: str) -> None:
        assert markers.protect(SENTENCE, scheme).pieces == (piece,)

    def test_in_html_is_escaped_with_elements_that_the_engine_leaves_alone(self) -> None:
        protected = markers.protect("A <b1>small & old</b1> port[7] waits.", "html")
        assert protected.markup == "html"
        assert protected.pieces == (
            'A <span id="m1">small &amp; old</span> port<span id="m3" translate="no">[7]</span> waits.',
        )

    def test_in_xml_is_well_formed(self) -> None:
        protected = markers.protect("A <b1>small & old</b1> port[7]<br2/> waits.", "xml")
        assert protected.markup == "xml"
        assert protected.pieces == ('A <g id="1">small &amp; old</g> port<x id="3"/><x id="4"/> waits.',)

    def test_split_is_the_stretches_that_hold_words(self) -> None:
        assert markers.protect(SENTENCE, "split").pieces == (
            "The", "gas", "price", "rose,", "they said", "then", "it fell.",
        )  # fmt: skip

    @pytest.mark.parametrize(
        "text", ["", "  ", "14", "14,5 %", "[7]", "<b1>2021</b1>", "https://example.org/a", "—"]
    )
    def test_is_nothing_where_there_is_no_word(self, text: str) -> None:
        assert markers.protect(text, "literal").pieces == ()
        assert markers.restore(markers.protect(text, "literal"), []).text == text


class TestReferencesAtTheEnd:
    @pytest.mark.parametrize(
        ("source", "sent", "answer", "restored"),
        [
            ("It rose.[1]", "It rose.", "Yükseldi.", "Yükseldi.[1]"),
            ("It rose. [1]", "It rose.", "Yükseldi.", "Yükseldi. [1]"),
            ("It rose[1].", "It rose.", "Yükseldi.", "Yükseldi[1]."),
            ("It rose [1][2].", "It rose.", "Yükseldi", "Yükseldi [1][2]"),
            ("“It rose”[1].", "“It rose”.", "«Выросло».", "«Выросло»[1]."),
            ("It rose[1]", "It rose", "Yükseldi", "Yükseldi[1]"),
        ],
    )
    def test_stay_here_and_are_put_back(self, source: str, sent: str, answer: str, restored: str) -> None:
        protected = markers.protect(source, "literal")
        assert protected.pieces == (sent,)
        assert markers.restore(protected, [answer]).text == restored

    def test_leave_nothing_to_protect(self) -> None:
        assert not markers.has_marks("It rose.[1]")
        assert markers.has_marks("It[1] rose.[2]")


class TestWhatEnginesDo:
    @pytest.mark.parametrize(
        ("scheme", "answer", "restored"),
        [
            ("literal", "fiyat [3] arttı", "fiyat[3] arttı"),
            ("literal", "fiyat [ 3 ] arttı", "fiyat[3] arttı"),
            ("literal", "fiyat［3］ arttı", "fiyat[3] arttı"),
            ("corner", "fiyat ⟦ 1 ⟧ arttı", "fiyat[3] arttı"),
            ("corner", "fiyat ⟦1⟧, arttı", "fiyat[3], arttı"),
            ("email", "fiyat M1@Mark.Example arttı", "fiyat[3] arttı"),
            ("html", 'fiyat <span translate="no" id="m1"> [3] </span>arttı', "fiyat[3] arttı"),
            ("html", "fiyat <span id=m1 translate=no>3</span> arttı", "fiyat[3] arttı"),
            ("xml", 'fiyat <x id="1" /> arttı', "fiyat[3] arttı"),
            ("xml", "fiyat <x id='1'></x> arttı", "fiyat[3] arttı"),
        ],
    )
    def test_to_the_form_of_a_mark_is_undone(self, scheme: str, answer: str, restored: str) -> None:
        result = through("price[3] rose", scheme, lambda _piece: answer)
        assert (result.text, result.is_whole) == (restored, True)

    @pytest.mark.parametrize("scheme", TOKENED)
    def test_blanks_move_out_of_what_a_placeholder_encloses(self, scheme: str) -> None:
        def spaced(piece: str) -> str:
            return piece.replace("gas", " gaz ") if scheme != "email" else piece.replace("gas", "gaz")

        assert through("the <b1>gas</b1> price", scheme, spaced).text == "the <b1>gaz</b1> price"

    def test_a_suffix_stays_at_its_name(self) -> None:
        result = through("<b1>Putin</b1> said", "corner", lambda _piece: "⟦1⟧ Putin ⟦2⟧’in dediği")
        assert result.text == "<b1>Putin</b1>’in dediği"

    @pytest.mark.parametrize("scheme", [*TOKENED, "bare"])
    def test_a_lost_mark_is_named(self, scheme: str) -> None:
        result = through("the <b1>gas</b1> price[3] rose.[4]", scheme, lambda _piece: "gaz fiyatı arttı.")
        assert result.unplaced == ("<b1>", "</b1>", "[3]")
        assert result.text == "gaz fiyatı arttı.[4]"

    @pytest.mark.parametrize(
        ("scheme", "answer"),
        [("literal", "a[3] b[3]"), ("corner", "a⟦1⟧ b⟦1⟧"), ("xml", 'a<x id="1"/> b<x id="1"/>')],
    )
    def test_a_doubled_mark_is_told(self, scheme: str, answer: str) -> None:
        result = through("price[3] rose", scheme, lambda _piece: answer)
        assert (result.text, result.invented) == ("a[3] b[3]", ("[3]",))

    def test_a_mark_from_nowhere_is_told(self) -> None:
        assert through("price[3] rose", "literal", lambda _piece: "fiyat[3] arttı[9]").invented == ("[9]",)

    def test_a_token_that_names_no_mark_stays_text(self) -> None:
        assert through("price[3] rose", "corner", lambda _piece: "a⟦1⟧ b⟦8⟧").text == "a[3] b⟦8⟧"

    def test_another_order_is_allowed_and_told(self) -> None:
        result = through("the gas[3] of Russia[4] rose", "corner", lambda _piece: "Rusya⟦2⟧ gazı⟦1⟧ arttı")
        assert (result.text, result.moved, result.is_whole) == ("Rusya[4] gazı[3] arttı", True, True)

    def test_crossing_placeholders_are_told(self) -> None:
        result = through("<b1>a</b1> <i2>b</i2>", "literal", lambda _piece: "<b1>a <i2>b</b1></i2>")
        assert result.misnested

    def test_a_tag_that_comes_back_alive_is_only_text(self) -> None:
        """Some servers unescape: `&lt;script&gt;` returns as a tag. Whether it may stay is the guard's matter."""
        result = through(
            "price[3] of <script>", "html", lambda piece: piece.replace("&lt;", "<").replace("&gt;", ">")
        )
        assert result.text == "price[3] of <script>"

    def test_html_is_unescaped_once(self) -> None:
        assert through("A &amp;[3] B", "html").text == "A &amp;[3] B"


class TestTheLadder:
    def test_is_one_rung_where_there_is_no_mark(self) -> None:
        assert markers.ladder("It rose.[1]", ("html", "corner")) == ("literal",)

    def test_is_the_engines_own_otherwise(self) -> None:
        assert markers.ladder("It[1] rose.", ("html", "literal", "split")) == ("html", "literal", "split")

    @pytest.mark.parametrize(
        ("text", "scheme"),
        [
            ("a ⟦7⟧[1] b", "corner"),
            ("write to m1@mark.example[1] now", "email"),
            ("a </b1>[1] b", "xml"),
            ("a <b1>[1] b", "html"),
            ("a\x0b[1] b", "xml"),
            ("a[1] b", "no such scheme"),
        ],
    )
    def test_leaves_out_a_scheme_in_which_the_text_cannot_travel(self, text: str, scheme: str) -> None:
        assert markers.ladder(text, (scheme, "split")) == ("split",)
        with pytest.raises(markers.Unprotectable):
            markers.protect(text, scheme)


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
HOSTILE = st.sampled_from(
    [
        "&lt;",
        "<script>",
        "]]>",
        "⟦",
        "⟧",
        "@",
        "m1@mark.example",
        "<b",
        "[",
        "]",
        "</",
        "<b1",
        " ",
        "  ",
        "\u00a0",
        ".",
    ]
)
MARKS = st.sampled_from(["<b1>", "</b1>", "<a2>", "</a2>", "<br3/>", "[7]", "[8]", "[10]"])
TEXTS = st.lists(PLAIN | HOSTILE | MARKS, max_size=14).map("".join)


@given(TEXTS, st.sampled_from(["literal", "corner", "email", "html", "xml", "split"]))
def test_an_engine_that_changes_nothing_changes_nothing(text: str, scheme: str) -> None:
    for rung in markers.ladder(text, (scheme,)):
        result = through(text, rung)
        assert result.text == text
        assert result.is_whole


@given(TEXTS, st.sampled_from(markers.SCHEMES), st.data())
def test_whatever_an_engine_answers_the_marks_are_accounted_for(
    text: str, scheme: str, data: st.DataObject
) -> None:
    for rung in (scheme,) if scheme == "bare" else markers.ladder(text, (scheme,)):
        protected = markers.protect(text, rung)
        answers = [
            data.draw(st.one_of(TEXTS, st.permutations(piece.split(" ")).map(" ".join), st.just(piece * 2)))
            for piece in protected.pieces
        ]
        result = markers.restore(protected, answers)
        ours, theirs = written(text), written(result.text)
        assert theirs + Counter(result.unplaced) == ours + Counter(result.invented)
        assert not Counter(result.unplaced) & Counter(result.invented)


@given(TEXTS)
def test_without_marks_means_without_marks(text: str) -> None:
    protected = markers.protect(text, "bare")
    assert all(not marks_of(piece) for piece in protected.pieces) or "<" in text
