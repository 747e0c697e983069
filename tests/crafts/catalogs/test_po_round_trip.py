"""No text is lost on the way out and back: through ourselves, bare polib, msgcat and msgmerge."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import which

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing.catalogs import Catalog, Unit, po

Make = Callable[..., Catalog]
HOSTILE = [
    'say "hi"', '"', '""', "\\", "\\\\n", 'a\\"', "\\x41 \\101 \\a", "14% of %s %d %(x)s {0}", "two\nlines",
    "domain", "tab\there", "a\u2028b", "\u2028", "\u2029", "a\u00a0b", "\u200f\u202eabc", "\ufeffbom", "İıŞş",
    "ё é e\u0301", "\U0001f600", "\ufffe\uffff", "#, fuzzy", '#~ msgid "x"', 'msgstr "', "<b1>x</b1> <br2/>",
    "a" * 500, "word " * 60,
]  # fmt: skip
ALLOWED = st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\t")
TEXTS = st.text(ALLOWED, max_size=60) | st.sampled_from(HOSTILE) | st.text('"\\nt#~ \n\u2028', max_size=12)
# Segments have no whitespace at their edges; line feeds there are refused by rule.
SEGMENTS = TEXTS.map(lambda text: text.strip()).filter(bool)
ONE_LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), max_size=20)
UNITS = st.builds(
    Unit,
    key=ONE_LINE.filter(bool),
    source=SEGMENTS,
    target=SEGMENTS | st.just(""),
    previous_source=SEGMENTS | st.just(""),
    comments=st.lists(
        st.tuples(st.sampled_from(["kind", "state", "hash", "before"]), ONE_LINE), max_size=3
    ).map(tuple),
    note=ONE_LINE,
    reference=st.sampled_from(["", "article/12/paragraph:3", "author/4/name", "a:b:c", "a:٣"]),
    fuzzy=st.booleans(),
).map(lambda unit: replace(unit, fuzzy=unit.fuzzy and bool(unit.target)))
CATALOGS = st.lists(UNITS, max_size=6, unique_by=lambda unit: unit.key)
FEW = settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def keyed(texts: list[str]) -> list[Unit]:
    return [
        Unit(f"k{n}", text.strip(), text.strip(), True, text.strip())
        for n, text in enumerate(texts)
        if text.strip()
    ]


@FEW
@given(CATALOGS)
def test_what_is_written_is_read_again(catalog: Make, units: list[Unit]) -> None:
    made = catalog(*units)
    assert po.read(po.write(made)) == made


@FEW
@given(CATALOGS)
def test_reading_and_writing_again_gives_the_same_bytes(catalog: Make, units: list[Unit]) -> None:
    data = po.write(catalog(*units))
    assert po.write(po.read(data)) == data


@pytest.mark.parametrize("wrapwidth", [0, 78])
def test_bare_polib_reads_our_files_and_gives_them_back(
    catalog: Make, tmp_path: Path, wrapwidth: int
) -> None:
    made = catalog(*keyed(HOSTILE))
    path = tmp_path / "x.po"
    path.write_bytes(po.write(made))
    polib.pofile(str(path), wrapwidth=wrapwidth).save()
    assert po.read(path.read_bytes()) == made


@pytest.mark.gettext
@pytest.mark.skipif(which("msgcat") is None, reason="GNU gettext's msgcat is not installed")
class TestGettext:
    def run(self, *command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True)

    @pytest.mark.parametrize("option", ["--no-wrap", "--width=40", "--escape", "--sort-output"])
    def test_msgcat_loses_nothing(self, catalog: Make, tmp_path: Path, option: str) -> None:
        made = catalog(*keyed([text for text in HOSTILE if option != "--escape" or text.isascii()]))
        path = tmp_path / "x.po"
        path.write_bytes(po.write(made))
        self.run("msgcat", option, path, "-o", path)
        read = po.read(path.read_bytes())
        assert {unit.key: unit for unit in read.units} == {unit.key: unit for unit in made.units}
        assert replace(read, units=()) == replace(made, units=())

    @settings(max_examples=8, deadline=None)
    @given(st.lists(SEGMENTS, min_size=20, max_size=60))
    def test_msgcat_loses_nothing_of_any_text(
        self, catalog: Make, tmp_path_factory: pytest.TempPathFactory, texts: list[str]
    ) -> None:
        made = catalog(*keyed(texts))
        path = tmp_path_factory.mktemp("msgcat") / "x.po"
        path.write_bytes(po.write(made))
        self.run("msgcat", path, "-o", path)
        self.run("msgfmt", "--check", "--check-header", "--use-fuzzy", "-o", path.with_suffix(".mo"), path)
        assert po.read(path.read_bytes()) == made

    def test_msgmerge_gives_back_fuzzy_obsolete_and_previous(self, catalog: Make, tmp_path: Path) -> None:
        old, new = tmp_path / "old.po", tmp_path / "new.pot"
        stays, gone = Unit("k1", "One", "Bir"), Unit("k2", "Two", "İki", fuzzy=True)
        changed = Unit("k3", "A sentence about energy.", "Enerji üzerine bir cümle.")
        old.write_bytes(po.write(catalog(stays, gone, changed)))
        later = replace(changed, source="A sentence about the energy.", target="")
        new.write_bytes(po.write(catalog(replace(stays, target=""), later, export_id="8")))
        self.run("msgmerge", "--previous", "--update", "--backup=none", old, new)
        read = po.read(old.read_bytes())
        assert read.export_id == "7f3a"
        assert read.units == (
            stays,
            replace(later, target=changed.target, fuzzy=True, previous_source=changed.source),
        )
        assert read.obsolete == (gone,)
