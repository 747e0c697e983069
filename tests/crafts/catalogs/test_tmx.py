"""Translation memories: what other tools write, what we write, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.catalogs import CatalogError, tmx, tmx_reading
from publishing.catalogs.tmx import Pair

DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def memory(body: str, header: str = 'srclang="en" creationtool="Tool"', doctype: str = DOCTYPE) -> bytes:
    inner = f'<tmx version="1.4"><header {header}/><body>{body}</body></tmx>'
    return f'<?xml version="1.0"?>{doctype}{inner}'.encode()


def unit(*variants: tuple[str, str], attributes: str = "", about: str = "") -> str:
    inner = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants)
    return f"<tu {attributes}>{about}{inner}</tu>"


def texts(data: bytes) -> list[tuple[str, str, str, str]]:
    return [(p.source, p.target, p.source_language, p.target_language) for p in tmx.read(data)]


@pytest.mark.parametrize("tag", ["tr", "TR", "tr-TR", "tr_TR", "TR-tr", "tur"])
@pytest.mark.parametrize("source", ["en", "EN-US", "en_GB"])
def test_language_tags_are_read_in_every_writing(tag: str, source: str) -> None:
    data = memory(unit((source, "One"), (tag, "Bir")), header=f'srclang="{source}"')
    assert texts(data) == [("One", "Bir", "en", "tr")]


def test_the_attribute_lang_of_older_versions_is_read() -> None:
    data = memory('<tu><tuv lang="EN"><seg>One</seg></tuv><tuv lang="RU"><seg>Один</seg></tuv></tu>')
    assert texts(data) == [("One", "Один", "en", "ru")]


def test_one_unit_may_have_many_variants() -> None:
    data = memory(unit(("en", "One"), ("tr", "Bir"), ("ru", "Один"), ("tr", "Tek")))
    assert texts(data) == [
        ("One", "Bir", "en", "tr"),
        ("One", "Один", "en", "ru"),
        ("One", "Tek", "en", "tr"),
    ]


def test_the_source_is_the_one_that_file_or_unit_names() -> None:
    both = (("en", "One"), ("tr", "Bir"))
    assert texts(memory(unit(*both), header='srclang="tr"')) == [("Bir", "One", "tr", "en")]
    assert texts(memory(unit(*both, attributes='srclang="tr-TR"'))) == [("Bir", "One", "tr", "en")]


def test_all_languages_as_source_give_pairs_in_both_directions() -> None:
    data = memory(unit(("en", "One"), ("tr", "Bir")), header='srclang="*all*"')
    assert texts(data) == [("One", "Bir", "en", "tr"), ("Bir", "One", "tr", "en")]


def test_other_languages_are_passed_over_and_counted() -> None:
    body = unit(("en", "One"), ("de-DE", "Eins"), ("tr", "Bir")) + unit(("en", "Two"), ("de", "Zwei"))
    reading = tmx.scan(memory(body))
    assert [pair.target for pair in reading.pairs] == ["Bir"]
    assert (reading.ignored, reading.unpaired) == ({"de": 2}, 1)


@pytest.mark.parametrize(
    "variants",
    [
        (("en", "One"), ("tr", " \n")),
        (("en", ""), ("tr", "Bir")),
        (("tr", "Bir"), ("ru", "Один")),
        (("en", "One"), ("en", "1")),
    ],
    ids=["empty target", "empty source", "source of another language", "one language only"],
)
def test_a_unit_without_a_pair_is_counted(variants: tuple[tuple[str, str], ...]) -> None:
    reading = tmx.scan(memory(unit(*variants)))
    assert (reading.pairs, reading.unpaired) == ((), 1)


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        ('a <bpt i="1">{\\b </bpt>bold<ept i="1">}</ept> word', "a bold word"),
        ('one<ph>&lt;br/&gt;</ph>two', "one two"),
        ('a <hi type="b">strong <hi>one</hi></hi>.', "a strong one."),
        ('<bpt i="0">&lt;b1&gt;</bpt>x<ept i="0">&lt;/b1&gt;</ept><ph>&lt;br2/&gt;</ph>', "<b1>x</b1><br2/>"),
        ('x<ph>&lt;img alt="<sub>inner</sub>"&gt;</ph>y', "xy"),
        ('<it pos="begin">&lt;i&gt;</it>x<ut>{}</ut>', "x"),
        ("a &lt;b1&gt;b&lt;/b1&gt; &amp;amp; &#x15F;", "a <b1>b</b1> &amp; ş"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("\n   a\n   b\n  ", "a\n   b"),
    ],
    ids=["codes", "line break", "highlight", "placeholders as codes", "text in a code", "single codes",
         "escapes", "CDATA", "edges"],
)  # fmt: skip
def test_inline_elements_leave_their_text_and_drop_their_codes(inline: str, text: str) -> None:
    assert texts(memory(unit(("en", inline), ("tr", "t")))) == [(text, "t", "en", "tr")]


def test_where_a_pair_comes_from_is_kept() -> None:
    body = (
        '<tu changeid="ayşe" creationtool="CAT"><note>of the unit</note>'
        '<tuv xml:lang="en"><seg>One</seg></tuv>'
        '<tuv xml:lang="tr" changeid="boris"><note>of the text</note><prop type="x-origin">human</prop>'
        '<prop type="x-other">y</prop><seg>Bir</seg></tuv><tuv xml:lang="ru"><seg>Один</seg></tuv></tu>'
    )
    turkish, russian = tmx.read(memory(body + unit(("en", "Two"), ("tr", "İki"))))[:2]
    assert (turkish.origin, turkish.changed_by, turkish.note) == (
        "human",
        "boris",
        "of the unit\nof the text",
    )
    assert (russian.origin, russian.changed_by, russian.note) == ("CAT", "ayşe", "of the unit")


def test_the_tool_of_the_header_is_the_last_resort_for_the_origin() -> None:
    assert tmx.read(memory(unit(("en", "One"), ("tr", "Bir"))))[0].origin == "Tool"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-9"])
def test_the_encodings_of_real_memories_are_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = memory(unit(("en", "One"), ("tr", "Işık"))).decode().replace("?>", f' encoding="{declared}"?>', 1)
    assert texts(text.encode(encoding)) == [("One", "Işık", "en", "tr")]


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a "ha">]>', "&a;"),
        ('<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>', "&b;"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "&a;"),
        ('<!DOCTYPE tmx [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>', "x"),
    ],
    ids=["internal", "growing", "a local file", "a parameter"],
)
def test_entities_are_refused(doctype: str, text: str) -> None:
    with pytest.raises(CatalogError, match="line 1: entity declarations are not accepted"):
        tmx.read(memory(unit(("en", text), ("tr", "Bir")), doctype=doctype))


@pytest.mark.parametrize("address", ["tmx14.dtd", "file:///etc/hostname", "http://127.0.0.1:9/tmx14.dtd"])
def test_the_dtd_of_the_doctype_line_is_never_fetched(address: str) -> None:
    doctype = f'<!DOCTYPE tmx SYSTEM "{address}">'
    assert len(tmx.read(memory(unit(("en", "One"), ("tr", "Bir")), doctype=doctype))) == 1
    with pytest.raises(CatalogError, match="the entity ‘foo’ is not declared"):
        tmx.read(memory(unit(("en", "&foo;"), ("tr", "Bir")), doctype=doctype))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"not xml", "line 1: broken XML"),
        (b"<tmx>\n<body>", "line 2: broken XML"),
        (b"<html></html>", "line 1: not a TMX file: it begins with the element ‘html’"),
        (b"<tmx>&foo;</tmx>", "line 1: broken XML: undefined entity"),
        (b"<tmx>\x00</tmx>", "line 1: broken XML"),
        (b'<?xml version="1.0" encoding="hex"?><tmx/>', "the encoding is not read"),
        (b'<?xml version="1.0" encoding="utf-7"?><tmx/>', "the encoding is not read"),
        (b'<?xml version="1.0" encoding="shift_jis"?><tmx/>', "the encoding is not read"),
    ],
)
def test_what_is_no_memory_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(CatalogError) as refused:
        tmx.read(data)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_memory_beyond_the_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx_reading, "MAX_PAIRS", 1)
    with pytest.raises(CatalogError, match="more than 1 pairs"):
        tmx.read(memory(unit(("en", "One"), ("tr", "Bir"), ("ru", "Один"))))
    monkeypatch.setattr(tmx_reading, "MAX_BYTES", 10)
    with pytest.raises(CatalogError, match="at most 10 are read"):
        tmx.read(b"<tmx></tmx>")


@pytest.mark.parametrize("depth", [100, 1_000])
def test_nesting_without_end_is_refused(depth: int) -> None:
    data = memory(unit(("en", "<hi>" * depth + "x" + "</hi>" * depth), ("tr", "Bir")))
    if depth < tmx_reading.MAX_DEPTH:
        assert texts(data) == [("x", "Bir", "en", "tr")]
    else:
        with pytest.raises(CatalogError, match="nested too deeply"):
            tmx.read(data)


def test_a_written_memory_groups_targets_under_their_source() -> None:
    pairs = [
        Pair("One & <b1>two</b1>", "Bir", "en", "tr", "human", 'ayşe "a"', "of the text"),
        Pair("One & <b1>two</b1>", "Один", "en", "ru", "machine"),
    ]
    assert tmx.write(pairs).decode().split("\n") == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        '<header creationtool="Dragoman" creationtoolversion="1" segtype="sentence" o-tmf="PO" adminlang="en"'
        ' srclang="en" datatype="plaintext"/>',
        "<body>",
        "<tu>",
        '<tuv xml:lang="en"><seg>One &amp; &lt;b1&gt;two&lt;/b1&gt;</seg></tuv>',
        '<tuv xml:lang="tr" changeid="ayşe &quot;a&quot;"><note>of the text</note>'
        '<prop type="x-origin">human</prop><seg>Bir</seg></tuv>',
        '<tuv xml:lang="ru"><prop type="x-origin">machine</prop><seg>Один</seg></tuv>',
        "</tu>",
        "</body>",
        "</tmx>",
        "",
    ]


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (Pair(" ", "Bir", "en", "tr"), "empty text"),
        (Pair("One", "", "en", "tr"), "empty text"),
        (Pair("One", "Eins", "en", "de"), "unknown language ‘de’"),
        (Pair("One", "Bir", "en-US", "tr"), "unknown language ‘en-US’"),
        (Pair("One", "1", "en", "en"), "same language"),
        (Pair("One\x07", "Bir", "en", "tr"), "U+0007, which XML cannot carry"),
        (Pair("One", "half \udc00", "en", "tr"), "U+DC00"),
        (Pair("One", "Bir", "en", "tr", note="\uffff"), "U+FFFF"),
    ],
)
def test_what_tmx_cannot_carry_is_refused(pair: Pair, message: str) -> None:
    with pytest.raises(CatalogError) as refused:
        tmx.write([pair])
    assert message in str(refused.value)


XML_TEXT = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\ufffe\uffff").filter(
        lambda character: character >= " " or character in "\t\n\r"
    ),
    max_size=40,
).map(str.strip)
HOSTILE = st.sampled_from(["One", "a < b & c > d", "]]>", "&amp;", "<b1>x</b1>", "a\r\nb", "<!-- x -->"])
FROM_ENGLISH = st.builds(
    Pair,
    source=(XML_TEXT | HOSTILE).filter(bool),
    target=(XML_TEXT | HOSTILE).filter(bool),
    source_language=st.just("en"),
    target_language=st.sampled_from(["tr", "ru"]),
    origin=XML_TEXT.map(lambda text: text or "human"),
    changed_by=XML_TEXT,
    note=XML_TEXT,
)
FROM_TURKISH = st.builds(
    Pair, st.sampled_from(["Bir", "İki"]), HOSTILE, st.just("tr"), st.sampled_from(["en", "ru"]), st.just("x")
)


def sorted_by_all(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=repr)


@settings(max_examples=60, deadline=None)
@given(st.lists(FROM_ENGLISH | FROM_TURKISH, max_size=8))
def test_what_is_written_is_read_again(pairs: list[Pair]) -> None:
    data = tmx.write(pairs)
    read = tmx.read(data)
    assert sorted_by_all(read) == sorted_by_all(pairs)
    assert tmx.write(read) == data
