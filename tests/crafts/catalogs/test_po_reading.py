"""Reading a catalog back, from other tools and from those who mean harm; polib's traps among them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publishing.catalogs import CatalogError, Unit, po, po_syntax
from publishing.catalogs.po_text import MAX_BYTES

File = Callable[..., bytes]
GOOD = 'msgctxt "k1"\nmsgid "One"\nmsgstr "Bir"\n'
OTHER = 'msgctxt "k2"\nmsgid "Two"\nmsgstr "İki"\n'
ONE, TWO = Unit("k1", "One", "Bir"), Unit("k2", "Two", "İki")


@pytest.mark.parametrize(
    ("entries", "units"),
    [
        (f"{GOOD}\n{OTHER}", [ONE, TWO]),
        (f"{GOOD}{OTHER}", [ONE, TWO]),
        (f"{GOOD}\n{OTHER}".rstrip("\n"), [ONE, TWO]),
        (f"{GOOD}\n{OTHER}".replace("\n", "\r\n"), [ONE, TWO]),
        (f"#= fuzzy\n{GOOD}", [Unit("k1", "One", "Bir", fuzzy=True)]),
        (f"#= no-wrap\n#, fuzzy\n{GOOD}", [Unit("k1", "One", "Bir", fuzzy=True)]),
        (f"#,fuzzy, no-wrap\n{GOOD}", [Unit("k1", "One", "Bir", fuzzy=True)]),
        (f"#\n#comment\n## two\n# three\n{GOOD}", [Unit("k1", "One", "Bir", note="comment\n# two\nthree")]),
        (f"#.kind: name\n#.\n#:a/b:3 a/c:4\n#:\n{GOOD}",
         [Unit("k1", "One", "Bir", comments=(("kind", "name"),), reference="a/b:3")]),
        (f'#|msgid "Won"\n{GOOD}', [Unit("k1", "One", "Bir", previous_source="Won")]),
        (f'#| msgctxt "k0"\n#| msgid ""\n#| "W"\n#| "on"\n{GOOD}',
         [Unit("k1", "One", "Bir", previous_source="Won")]),
        ('  msgctxt"k1"\n\tmsgid ""\n  "O"\n\n"ne"  \nmsgstr\t"Bir"\n', [ONE]),
        ('msgctxt "k1"\nmsgid "a\u2028b\u2029c"\nmsgstr "\u2028"\n',
         [Unit("k1", "a\u2028b\u2029c", "\u2028")]),
        ('msgctxt "k1"\nmsgid "\\\\n\\n\\t\\"\\\\"\nmsgstr "#~ x"\n', [Unit("k1", '\\n\n\t"\\', "#~ x")]),
        ('msgctxt "k1"\nmsgid "msgid \\"x\\""\nmsgstr ""\n"domain"\n', [Unit("k1", 'msgid "x"', "domain")]),
        (f"{GOOD}# the end\n", [ONE]),
        (f"{GOOD}#:\n", [ONE]),
        (f'{GOOD}#~| msgid "gone"\n', [ONE]),
        (f"{GOOD}#~\n", [ONE]),
        ("", []),
    ],
    ids=["two", "no blank line between", "no line feed at the end", "CRLF", "flags of gettext 0.26",
         "both kinds of flags", "flags without a blank", "comments without a blank",
         "other comments without a blank", "previous without a blank", "previous in pieces",
         "blanks everywhere", "line and paragraph separators",
         "escapes", "text that looks like syntax", "comment at the end", "empty reference at the end",
         "obsolete previous at the end", "bare obsolete mark at the end", "no units"],
)  # fmt: skip
def test_every_writing_of_the_same_is_read(file: File, entries: str, units: list[Unit]) -> None:
    assert list(po.read(file(entries)).units) == units


def test_a_byte_order_mark_is_passed_over(file: File) -> None:
    assert po.read(b"\xef\xbb\xbf" + file(GOOD)).units == (ONE,)


def test_header_names_are_read_in_any_case() -> None:
    header = (
        "x-dragoman-DOCUMENT: article/12",
        "LANGUAGE: tr_TR",
        "x-Source-Language:EN",
        "PO-REVISION-DATE: ",
    )
    read = po.read(('msgid ""\nmsgstr "' + "\\n".join(header) + '2022-11-09 14:05+0300"\n').encode())
    assert (read.document, read.language, read.source_language) == ("article/12", "tr", "en")
    assert read.revised_at == datetime(2022, 11, 9, 11, 5, tzinfo=UTC)


def test_a_header_that_lost_its_fields_is_read_with_holes() -> None:
    read = po.read(b'msgid ""\nmsgstr "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"\n')
    assert (read.document, read.export_id, read.language, read.revised_at) == ("", "", "", None)


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("ISO-8859-9", "iso-8859-9"), ("windows-1254", "cp1254"), ("UTF8", "utf-8"), ("CHARSET", "utf-8")],
)
def test_a_declared_charset_is_believed(charset: str, codec: str) -> None:
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n{OTHER}'
    assert po.read(text.encode(codec)).units == (TWO,)


def test_only_the_header_declares_a_charset(file: File) -> None:
    quoting = 'msgctxt "k"\nmsgid ""\n"Content-Type: text/plain; charset=koi8-r"\nmsgstr "İ"\n'
    assert po.read(file(quoting)).units[0].target == "İ"


def test_a_text_that_is_a_path_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.po"
    secret.write_text(f'msgid ""\nmsgstr ""\n\n{GOOD}')
    with pytest.raises(CatalogError, match="not a line of a PO file"):
        po.read(str(secret).encode())


def test_obsolete_units_are_set_apart_with_their_words(file: File) -> None:
    gone = '# kept by ayşe\n#~ msgctxt "k2"\n#~ msgid "Tw"\n#~ "o"\n#~ msgstr "İki"\n'
    read = po.read(file(f"{GOOD}\n{gone}\n{gone}"))
    assert read.units == (ONE,)
    assert read.obsolete[0] == Unit("k2", "Two", "İki", note="kept by ayşe")


def test_wrapped_comments_are_joined_again(file: File) -> None:
    wrapped = "#. hash: 0a1b\n#. before: a sentence that a tool\n#. wrapped at its width\n#. after:\n"
    unit = po.read(file(f"{wrapped}{GOOD}")).units[0]
    assert unit.comments == (
        ("hash", "0a1b"),
        ("before", "a sentence that a tool wrapped at its width"),
        ("after", ""),
    )
    assert (unit.comment("hash"), unit.comment("state")) == ("0a1b", "")


@pytest.mark.parametrize(
    ("entries", "line", "message"),
    [
        ('msgctxt "k"\nmsgid "One\nmsgstr "Bir"\n', 7, "closing quotation mark is missing"),
        ('msgctxt "k"\nmsgid "One"\nmsgstr "Bir\\"\n', 8, "closing quotation mark is missing"),
        ('msgctxt "k"\nmsgid "One"\nmsgstr "B"ir"\n', 8, "needs a backslash"),
        ('msgctxt "k"\nmsgid "a\\\\" "b"\nmsgstr ""\n', 7, "needs a backslash"),
        ('msgctxt "k"\nmsgid "\\x41"\nmsgstr ""\n', 7, "escape ‘\\x’ is not supported"),
        ('msgctxt "k"\nmsgid "\\r"\nmsgstr ""\n', 7, "escape ‘\\r’"),
        (f"{GOOD}domain \"x\"\n", 9, "‘domain’ is not supported"),
        (f"{GOOD}<html>\n", 9, "not a line of a PO file: ‘<html>’"),
        (f"{GOOD}msgid_plural \"Ones\"\n", 9, "plural forms have no place"),
        ('msgctxt "k"\nmsgid "One"\nmsgstr[0] "Bir"\n', 8, "plural forms have no place"),
        (f"{GOOD}msgfoo \"x\"\n", 9, "unknown keyword ‘msgfoo’"),
        (f"#| foo \"x\"\n{GOOD}", 6, "unknown keyword ‘foo’"),
        (f"{GOOD}msgctxt \"k\"\nmsgid \"One\"\n", 11, "ends in the middle of a unit"),
        (f"{GOOD}msgctxt \"k\"\n", 10, "ends in the middle of a unit"),
        ('msgctxt "k"\nmsgstr "Bir"\n', 7, "msgstr does not belong here"),
        ('msgctxt "k"\n#. x\nmsgid "One"\nmsgstr ""\n', 7, "a comment in the middle of a unit"),
        ('msgctxt "k"\nmsgid "One"\n#| msgid "x"\nmsgstr ""\n', 8, "a previous text in the middle of a unit"),
        ('#~ msgctxt "k"\nmsgid "One"\nmsgstr ""\n', 7, "msgid does not belong here"),
        ('#~ msgctxt "k"\n#~ msgid "One"\n"x"\n#~ msgstr ""\n', 8, "a quoted line without msgid"),
        ('# x\n"y"\n', 7, "a quoted line without msgid"),
        (f'{GOOD}\nmsgid ""\nmsgstr ""\n', 10, "an empty msgid after the header"),
        ('msgctxt "k"\nmsgid ""\nmsgstr "x"\n', 7, "an empty msgid after the header"),
        ('msgid "One"\nmsgstr "Bir"\n', 6, "without msgctxt"),
        (f"{GOOD}\n{GOOD}", 10, "the key ‘k1’ stands twice"),
        (f'{GOOD}\nmsgctxt "k1"\nmsgid "Uno"\nmsgstr ""\n', 10, "the key ‘k1’ stands twice"),
        ('msgctxt "k"\nmsgid "a\x07"\nmsgstr ""\n', 7, "control character U+0007"),
        ('msgctxt "k"\nmsgid "a\x85b"\nmsgstr ""\n', 7, "control character U+0085"),
        ('msgctxt "k"\nmsgid "a\x1cb"\nmsgstr ""\n', 7, "control character U+001C"),
        ('msgctxt "k"\nmsgid "a\rb"\nmsgstr ""\n', 7, "control character U+000D"),
        ('msgctxt "k"\nmsgid "a\x00b"\nmsgstr ""\n', 7, "control character U+0000"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(file: File, entries: str, line: int, message: str) -> None:
    with pytest.raises(CatalogError) as refused:
        po.read(file(entries))
    assert message in refused.value.message
    assert refused.value.line == line
    assert str(refused.value).startswith(f"line {line}: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n\r\n", "the file is empty"),
        (b"# only a comment\n", "no header"),
        (GOOD.encode(), "line 2: no header"),
        ("msgid".encode("utf-16"), "line 1: the file is UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "line 1: byte 0x89 is not UTF-8"),
        (
            b'msgid ""\nmsgstr ""\n\nmsgctxt "k"\nmsgid "a"\nmsgstr "\xddki"\n',
            "line 6: byte 0xDD is not UTF-8",
        ),
        (
            b'msgid ""\nmsgstr "Content-Type: text/plain; charset=hex\\n"\n',
            "line 2: the charset hex is not read",
        ),
        (
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=koi8-r\\n"\n# İ'.encode(),
            "but the bytes are UTF-8",
        ),
        (b'msgid ""\nmsgstr "Language: tr\\nLANGUAGE: ru\\n"\n', "‘LANGUAGE’ stands twice"),
        (b'msgid ""\nmsgstr "charset=utf-8\n', "line 2: the closing quotation mark is missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_catalog_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(CatalogError) as refused:
        po.read(data)
    assert message in str(refused.value)


def test_a_catalog_that_is_too_large_is_refused() -> None:
    with pytest.raises(CatalogError, match="at most 10,485,760 are read"):
        po.read(b"#" * (MAX_BYTES + 1))


def test_too_many_units_are_refused_before_they_are_parsed(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(po_syntax, "MAX_UNITS", 1)
    assert po.read(file(GOOD)).units == (ONE,)
    with pytest.raises(CatalogError, match="more than 1 units"):
        po.read(file(f"{GOOD}\n{OTHER}"))


@pytest.mark.parametrize("line", ["#. x\n", "# x\n", "#: x\n", "#, x\n"])
def test_a_flood_of_comments_is_refused(file: File, line: str) -> None:
    assert len(po.read(file(line * 990 + GOOD)).units) == 1
    with pytest.raises(CatalogError, match="more than 1,000 comment lines"):
        po.read(file(line * 1001 + GOOD))


def test_a_text_in_very_many_pieces_is_read(file: File) -> None:
    pieces = '"a"\n' * 200_000
    assert len(po.read(file(f'msgctxt "k"\nmsgid ""\n{pieces}msgstr ""\n')).units[0].source) == 200_000
