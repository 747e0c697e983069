"""A catalog as translators' tools would save it: their line ends, wrapping, flags and header habits.

The samples are written by hand after each tool's habits; what GNU gettext itself does is run for real in
test_po_round_trip.
"""

import pytest

from publishing.catalogs import Catalog, Unit, po

POEDIT = r"""# article/12: en to tr
msgid ""
msgstr ""
"Project-Id-Version: Dragoman\n"
"POT-Creation-Date: 2022-11-09 08:30+0000\n"
"PO-Revision-Date: 2022-11-10 12:00+0300\n"
"Last-Translator: Ayşe <ayse@example.org>\n"
"Language-Team: none\n"
"Language: tr\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Generator: Poedit 3.4.2\n"
"X-Source-Language: en\n"
"X-Dragoman-Document: article/12\n"
"X-Dragoman-Export-Id: 7f3a\n"

#. kind: paragraph
#. hash: 9f86d081884c7d65
#: article/12/paragraph:3
msgctxt "s-41"
msgid ""
"Russia alone provides 14% of the world’s energy supply, and Moscow reduced it "
"in response.[1]"
msgstr ""
"Dünya enerji arzının %14’ünü tek başına Rusya sağlıyor; Moskova karşılık "
"olarak bunu azalttı.[1]"

#. kind: paragraph
#: article/12/paragraph:4
#, fuzzy
#| msgctxt "s-42"
#| msgid "An older sentence."
msgctxt "s-42"
msgid "A newer sentence."
msgstr "Daha eski bir cümle."

#. kind: paragraph
#: article/12/paragraph:5
msgctxt "s-43"
msgid "Not yet."
msgstr ""

#~ msgctxt "s-40"
#~ msgid "Gone."
#~ msgstr "Gitti."
"""
UNITS = (
    Unit(
        key="s-41",
        source="Russia alone provides 14% of the world’s energy supply, and Moscow reduced it in response.[1]",
        target="Dünya enerji arzının %14’ünü tek başına Rusya sağlıyor; Moskova karşılık olarak bunu azalttı.[1]",
        comments=(("kind", "paragraph"), ("hash", "9f86d081884c7d65")),
        reference="article/12/paragraph:3",
    ),
    Unit(
        key="s-42",
        source="A newer sentence.",
        target="Daha eski bir cümle.",
        fuzzy=True,
        previous_source="An older sentence.",
        comments=(("kind", "paragraph"),),
        reference="article/12/paragraph:4",
    ),
    Unit(
        key="s-43",
        source="Not yet.",
        comments=(("kind", "paragraph"),),
        reference="article/12/paragraph:5",
    ),
)
# OmegaT on Windows: CRLF, no final line feed, previous texts and obsolete units as they were.
OMEGAT = POEDIT.replace("Poedit 3.4.2", "OmegaT 6.0").rstrip("\n").replace("\n", "\r\n")
# Weblate: its own flags beside fuzzy, a team and an address, comments of reviewers.
WEBLATE = (
    POEDIT.replace("Poedit 3.4.2", "Weblate 5.8")
    .replace("Language-Team: none", "Language-Team: Turkish <https://example.org/projects/x/tr/>")
    .replace("#, fuzzy\n", "#, fuzzy, ignore-same, max-length:200\n")
)
# gettext 0.26: the flags that belong to the source stand in lines of their own.
GETTEXT = POEDIT.replace("#, fuzzy\n", "#, fuzzy\n#= no-wrap\n")
NOTEPAD = "\ufeff" + POEDIT.replace("\n", "\r\n")


def read(text: str) -> Catalog:
    return po.read(text.encode())


@pytest.mark.parametrize(
    "text",
    [POEDIT, OMEGAT, WEBLATE, GETTEXT, NOTEPAD],
    ids=["Poedit", "OmegaT", "Weblate", "gettext 0.26", "Notepad"],
)
def test_what_a_tool_saves_is_read(text: str) -> None:
    catalog = read(text)
    assert catalog.units == UNITS
    assert (catalog.document, catalog.export_id, catalog.language) == ("article/12", "7f3a", "tr")
    assert (catalog.source_language, catalog.translator) == ("en", "Ayşe <ayse@example.org>")
    assert [(unit.key, unit.target) for unit in catalog.obsolete] == [("s-40", "Gitti.")]


def test_a_tool_that_drops_unknown_header_fields_leaves_holes_and_the_units() -> None:
    kept = [line for line in POEDIT.split("\n") if not line.startswith('"X-')]
    catalog = read("\n".join(kept))
    assert (catalog.document, catalog.export_id, catalog.source_language) == ("", "", "")
    assert catalog.units == UNITS
