"""The content PO that we write: its header, its units, and what it refuses to carry."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from publishing.catalogs import Catalog, CatalogError, Unit, po

Make = Callable[..., Catalog]
WHOLE = Unit(
    key="s-41",
    source="Russia alone provides 14% of the world’s energy supply.[1]",
    target="Dünya enerji arzının %14’ünü tek başına Rusya sağlıyor.[1]",
    fuzzy=True,
    previous_source="Russia provides 14% of the supply.[1]",
    comments=(
        ("kind", "paragraph"),
        ("state", "outdated"),
        ("origin", "machine"),
        ("hash", "9f86d081884c7d65"),
    ),
    note="‘alone’ is meant literally\nask the author",
    reference="article/12/paragraph:3",
)


def lines_of(catalog: Catalog) -> list[str]:
    return po.write(catalog).decode().split("\n")


def test_the_header_stands_in_gettexts_order(catalog: Make) -> None:
    plus_three = timezone(timedelta(hours=3))
    made = catalog(
        revised_at=datetime(2022, 11, 9, 14, 5, 59, tzinfo=plus_three), translator="Ayşe <a@x.org>"
    )
    assert lines_of(made) == [
        "# article/12: en to tr",
        'msgid ""',
        'msgstr ""',
        r'"Project-Id-Version: Dragoman\n"',
        r'"POT-Creation-Date: 2022-11-09 08:30+0000\n"',
        r'"PO-Revision-Date: 2022-11-09 14:05+0300\n"',
        r'"Last-Translator: Ayşe <a@x.org>\n"',
        r'"Language-Team: none\n"',
        r'"Language: tr\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=UTF-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        r'"Plural-Forms: nplurals=2; plural=(n != 1);\n"',
        r'"X-Generator: Dragoman\n"',
        r'"X-Source-Language: en\n"',
        r'"X-Dragoman-Document: article/12\n"',
        r'"X-Dragoman-Export-Id: 7f3a\n"',
        "",
    ]


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("tr", 2), ("ru", 3)])
def test_each_language_has_its_plural_forms(catalog: Make, language: str, forms: int) -> None:
    assert f"nplurals={forms};" in po.write(catalog(language=language)).decode()


def test_a_unit_is_written_whole_and_unwrapped(catalog: Make) -> None:
    assert lines_of(catalog(WHOLE))[18:] == [
        "# ‘alone’ is meant literally",
        "# ask the author",
        "#. kind: paragraph",
        "#. state: outdated",
        "#. origin: machine",
        "#. hash: 9f86d081884c7d65",
        "#: article/12/paragraph:3",
        "#, fuzzy",
        '#| msgctxt "s-41"',
        '#| msgid "Russia provides 14% of the supply.[1]"',
        'msgctxt "s-41"',
        'msgid "Russia alone provides 14% of the world’s energy supply.[1]"',
        'msgstr "Dünya enerji arzının %14’ünü tek başına Rusya sağlıyor.[1]"',
        "",
    ]


@pytest.mark.parametrize(
    ("unit", "flags"),
    [
        (Unit("k", "Ten", "On", fuzzy=True), ["#, fuzzy"]),
        (Unit("k", "Ten", "On"), []),
        (Unit("k", "Ten", "", fuzzy=True), []),
        (Unit("k", "14% of", "14% d", fuzzy=True), ["#, fuzzy"]),
    ],
    ids=["not approved", "approved", "empty", "looks like a format"],
)
def test_fuzzy_is_the_only_flag_and_stands_on_what_is_not_approved(
    catalog: Make, unit: Unit, flags: list[str]
) -> None:
    assert [line for line in lines_of(catalog(unit)) if line.startswith("#,")] == flags


def test_a_comment_stays_on_its_line(catalog: Make) -> None:
    unit = Unit("k", "s", comments=(("before", "one\ntwo\u2028three "), ("after", "")))
    assert [line for line in lines_of(catalog(unit)) if line.startswith("#.")] == [
        "#. before: one two three",
        "#. after:",
    ]


def test_equal_catalogs_give_equal_bytes(catalog: Make) -> None:
    assert po.write(catalog(WHOLE)) == po.write(catalog(replace(WHOLE)))


def test_the_header_keeps_one_line_each_whatever_a_name_holds(catalog: Make) -> None:
    made = catalog(translator='Eve\nLanguage: ru\x07\ud800"', team="  ", project="")
    read = po.read(po.write(made))
    assert (read.translator, read.language) == ('Eve Language: ru "', "tr")
    assert (read.team, read.project) == ("none", "Dragoman")


@pytest.mark.parametrize(
    ("units", "message"),
    [
        ([Unit("", "s")], "has no key"),
        ([Unit("k", "")], "has no source text"),
        ([Unit("k", "s"), Unit("k", "t")], "the key ‘k’ stands twice"),
        ([Unit("k", "bell\x07")], "U+0007"),
        ([Unit("k", "s", "line\r\n")], "U+000D"),
        ([Unit("k", "s", "next\x85line")], "U+0085"),
        ([Unit("k", "s", "file\x1cseparator")], "U+001C"),
        ([Unit("k", "s", "half \ud83d")], "U+D83D"),
        ([Unit("k", "s", note="\x00")], "U+0000"),
        ([Unit("k", "s", comments=(("state", "\x1b[1m"),))], "U+001B"),
        ([Unit("k", "s", comments=(("two words", "x"),))], "cannot name a comment"),
        ([Unit("two\nlines", "s")], "a key is one line"),
        ([Unit("k", "s", reference="article 12")], "the reference ‘article 12’"),
        ([Unit("k", "\ns", "t")], "begins or ends with a line feed"),
        ([Unit("k", "s", "t\n")], "begins or ends with a line feed"),
    ],
)
def test_what_po_cannot_carry_is_refused(catalog: Make, units: list[Unit], message: str) -> None:
    with pytest.raises(CatalogError, match=message.replace("+", r"\+")):
        po.write(catalog(*units))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"language": "de"}, "unknown language ‘de’"),
        ({"source_language": ""}, "unknown language"),
        ({"revised_at": None}, "revised_at needs a date"),
        ({"created_at": datetime(2022, 11, 9)}, "created_at needs a date with a time zone"),  # noqa: DTZ001
        ({"document": ""}, "the document"),
        ({"export_id": "a\nb"}, "the export id"),
    ],
)
def test_a_header_that_would_mislead_is_refused(catalog: Make, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        po.write(catalog(**changes))


def test_a_catalog_beyond_the_bounds_is_refused(catalog: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(po, "MAX_UNITS", 1)
    with pytest.raises(CatalogError, match="2 units; at most 1"):
        po.write(catalog(Unit("a", "s"), Unit("b", "s")))
    with pytest.raises(CatalogError, match=r"would have [\d,]+ bytes"):
        po.write(catalog(Unit("a", "s" * 10 * 1024 * 1024)))


@pytest.mark.gettext
@pytest.mark.skipif(which("msgfmt") is None, reason="GNU gettext's msgfmt is not installed")
@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_msgfmt_accepts_every_file(catalog: Make, language: str, tmp_path: Path) -> None:
    hostile = ['say "hi"', "back\\slash\\", "14% of %s %d {0}", "\ttab", "two\nlines", "\u2028", "<b1>x</b1>"]
    units = [
        replace(WHOLE, fuzzy=False, key=f"k{n}", source=text, target=text) for n, text in enumerate(hostile)
    ]
    path = tmp_path / "x.po"
    source = "tr" if language == "en" else "en"
    path.write_bytes(po.write(catalog(WHOLE, *units, language=language, source_language=source)))
    command = ["msgfmt", "--check", "--check-header", "--output-file", tmp_path / "x.mo", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
