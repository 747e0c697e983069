"""exchanging: after a run and after each decision the PO file on disk says what the database says."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from publishing.catalogs import digest, files, po
from publishing.models import Document, Job, MemoryEntry, Translation
from publishing.worker import loop
from publishing.workflow import (
    editing,
    exchanging,
    ingesting,
    pretranslating,
    releasing,
    remembering,
    reviewing,
)
from publishing.workflow.errors import BadInput
from tests import cast
from tests.engines_fake import FakeEngines

pytestmark = pytest.mark.django_db

SENTENCE = "Gemiler hemen yola çıktı."


@pytest.fixture
def document() -> Document:
    document = cast.article()
    cast.opened(document)
    return document


def file_of(document: Document, language: str = "tr") -> polib.POFile:
    """The catalog on disk after a worker has done what was due, held against the database."""
    loop.drain()
    path = exchanging.path_of(document, language)
    assert path.read_bytes() == po.write(exchanging.snapshot(document, language))
    assert not list(path.parent.glob("*.tmp"))
    return polib.pofile(str(path))


def entry_of(document: Document, place: int) -> polib.POEntry:
    return file_of(document)[place]


def decide(document: Document, place: int, verb: Callable[[Translation], object]) -> polib.POEntry:
    verb(cast.rows(document)[place])
    return entry_of(document, place)


class TestAfterADecision:
    def test_a_run(self, document: Document) -> None:
        file = file_of(document)
        assert [(entry.msgstr != "", "fuzzy" in entry.flags) for entry in file] == [
            (False, False),
            (False, False),
            (False, False),
            (True, True),
        ]

    def test_submit_approve_return_and_submit_again(self, document: Document) -> None:
        boris, ayse = cast.boris(), cast.ayse()
        entry = decide(
            document, 2, lambda r: editing.submit(r, text=SENTENCE, actor=boris, seen_version=r.version)
        )
        assert (entry.msgstr, entry.flags) == (SENTENCE, ["fuzzy"])
        entry = decide(document, 2, lambda r: reviewing.approve(r, actor=ayse, seen_version=r.version))
        assert (entry.msgstr, entry.flags) == (SENTENCE, [])
        entry = decide(
            document, 2, lambda r: reviewing.return_(r, actor=ayse, seen_version=r.version, reason="style")
        )
        assert (entry.msgstr, entry.flags) == (SENTENCE, ["fuzzy"])
        assert "state: needs_edit" in entry.comment

    def test_a_corrected_source(self, document: Document) -> None:
        boris, ayse = cast.boris(), cast.ayse()
        decide(document, 2, lambda r: editing.submit(r, text=SENTENCE, actor=boris, seen_version=r.version))
        decide(document, 2, lambda r: reviewing.approve(r, actor=ayse, seen_version=r.version))
        ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode())
        entry = entry_of(document, 2)
        assert (entry.msgid, entry.msgstr, entry.flags) == ("Vessels left at once.", SENTENCE, ["fuzzy"])
        assert entry.previous_msgid == "Ships left at once."
        entry = decide(document, 2, lambda r: reviewing.approve(r, actor=ayse, seen_version=r.version))
        assert (entry.previous_msgid, entry.flags) == (None, [])

    def test_an_overruled_finding_changes_nothing(self, document: Document) -> None:
        boris, carol = cast.boris(), cast.carol()
        decide(
            document,
            1,
            lambda r: editing.submit(
                r, text="Limanlar Temmuz 2032’de açıldı.[1]", actor=boris, seen_version=r.version
            ),
        )
        before = exchanging.path_of(document, "tr").read_bytes()
        row = cast.rows(document)[1]
        for found in row.findings.filter(severity="block"):
            reviewing.overrule(
                row, actor=carol, seen_version=row.version, reason="A misprint.",
                finding=(found.code, found.start, found.end),
            )  # fmt: skip
        file_of(document)
        assert exchanging.path_of(document, "tr").read_bytes() == before

    def test_a_new_and_a_retired_sentence(self, document: Document) -> None:
        ingesting.import_article(cast.SHORT.replace("at once.", "at once. Prices fell.").encode())
        assert [entry.msgid for entry in file_of(document)][3] == "Prices fell."
        ingesting.import_article(cast.SHORT.replace("Ships left at once.", "").encode())
        assert not {"Prices fell.", "Ships left at once."} & {entry.msgid for entry in file_of(document)}

    def test_a_release_leaves_it_as_it_is(self, document: Document) -> None:
        before = exchanging.path_of(document, "tr").read_bytes()
        releasing.release(document, "en", actor=cast.carol())
        file_of(document)
        assert exchanging.path_of(document, "tr").read_bytes() == before

    def test_in_every_language_that_is_opened(self, document: Document) -> None:
        cast.opened(document, "ru")
        ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode())
        for language in ("tr", "ru"):
            assert "Vessels left at once." in {entry.msgid for entry in file_of(document, language)}

    def test_one_job_for_many_decisions(self, document: Document) -> None:
        boris = cast.boris()
        for row in cast.rows(document)[:3]:
            editing.submit(row, text=f"{row.segment.text} x", actor=boris, seen_version=row.version)
        assert Job.objects.filter(kind="catalog", state=Job.State.READY).count() == 1


def test_the_slower_of_two_workers_does_not_leave_what_it_read_first(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, boris, whole = cast.rows(document)[2], cast.boris(), files.write_whole
    first = [True]

    def held_up(path: Path, data: bytes) -> bool:
        """Between this worker's reading and writing somebody decides, and another worker writes that."""
        if first.pop() if first else False:
            editing.submit(row, text=SENTENCE, actor=boris, seen_version=row.version)
            exchanging.write_catalog(document, "tr")
        return whole(path, data)

    monkeypatch.setattr(exchanging.files, "write_whole", held_up)
    exchanging.write_catalog(document, "tr")
    assert entry_of(document, 2).msgstr == SENTENCE


class TestTheFile:
    def test_its_header(self, document: Document) -> None:
        header = file_of(document).metadata
        assert header["Language"] == "tr"
        assert header["X-Source-Language"] == "en"
        assert header["X-Dragoman-Document"] == document.key
        assert header["Content-Type"] == "text/plain; charset=UTF-8"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d\+0000", header["PO-Revision-Date"])

    def test_its_keys_are_those_of_the_segments_in_order(self, document: Document) -> None:
        assert [entry.msgctxt for entry in file_of(document)] == [
            row.segment.key for row in cast.rows(document)
        ]

    def test_its_comments_tell_kind_state_origin_revision_and_source(self, document: Document) -> None:
        entry = entry_of(document, 3)
        assert entry.comment.splitlines() == [
            "kind: note", "state: pretranslated", "origin: rule", "revision: 1", f"hash: {digest(entry.msgid)}",
        ]  # fmt: skip
        assert entry.occurrences == [(f"article/{document.pk}/note", "4")]

    def test_its_name_keeps_the_documents_id(self, document: Document) -> None:
        path = exchanging.path_of(document, "tr")
        assert path.parts[-3:] == ("tr", "articles", f"{document.pk}-grain-crosses-the-black-sea.po")

    def test_a_biography_stands_among_the_authors(self) -> None:
        biography = Document.objects.get(author__articles__document=cast.sample())
        cast.opened(biography, "en")
        assert exchanging.path_of(biography, "en").parts[-3:] == (
            "en", "authors", f"{biography.pk}-elcan-tokmak.po",
        )  # fmt: skip
        assert len(file_of(biography, "en")) == 5

    def test_the_same_state_gives_the_same_bytes(self, document: Document) -> None:
        path = exchanging.path_of(document, "tr")
        before = path.stat()
        exchanging.write_catalog(document, "tr")
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_it_can_always_be_rebuilt(self, document: Document) -> None:
        path = exchanging.path_of(document, "tr")
        before = path.read_bytes()
        path.unlink()
        exchanging.write_catalog(document, "tr")
        assert path.read_bytes() == before


HOSTILE = {
    "quotes": "He said \"no\", then “yes”, and 'perhaps'",
    "backslashes": r"C:\new\table and \" and \\ and a last \ ",
    "percent": "It is 14% of all, 100%s, %(name)s, %d and %",
    "braces": "Of {this}, ${that} and {{both}}",
    "a PO line": 'msgid "x" #, fuzzy #~ msgstr ""',
    "tabs": "Before\tand\t\tafter",
    "no-break": "A\u00a0b\u202fc\u2009d\u2003e",
    "line and paragraph separator": "One\u2028two\u2029three",
    "byte order mark inside": "Word\ufeffword\u200bword",
    "right to left": "A \u202eolleh\u202c b \u2066c\u2069",
    "beyond the first plane": "A 😀 \U0002070e \U000e0041 b",
    "noncharacters": "A \ufdd0 \U0001fffe b",
    "combining": "e\u0301 i\u0307 I\u0307 \u0301",
    "10,000 characters": "word " * 2_000,
    "10,000 characters without a blank": "w" * 10_000,
}


def hostile(text: str) -> Document:
    document = cast.article(f"A Title\n\nBefore all. {text} ends.\n")
    cast.opened(document)
    boris = cast.boris()
    for row in cast.rows(document):
        editing.submit(row, text=row.segment.text, actor=boris, seen_version=row.version)
    return document


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_comes_through(text: str) -> None:
    document = hostile(text)
    loop.drain()
    written = po.read(exchanging.path_of(document, "tr").read_bytes())
    assert [(unit.source, unit.target) for unit in written.units] == [
        (row.segment.text, row.text) for row in cast.rows(document)
    ]
    assert not Job.objects.exclude(state=Job.State.SUCCESSFUL).exists()


@pytest.mark.gettext
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_gettext_takes_every_catalog_that_we_write(text: str, tmp_path: Path) -> None:
    document = hostile(text)
    file_of_path = exchanging.path_of(document, "tr")
    loop.drain()
    _msgfmt(file_of_path)
    _through_msgcat(file_of_path, tmp_path)


@pytest.mark.gettext
def test_gettext_takes_the_catalogs_of_the_sample(tmp_path: Path) -> None:
    article = cast.sample()
    for document in (article, Document.objects.get(author__articles__document=article)):
        for language in {"en", "tr", "ru"} - {document.source_language}:
            cast.opened(document, language)
            _msgfmt(exchanging.path_of(document, language))
            _through_msgcat(exchanging.path_of(document, language), tmp_path)


@pytest.mark.gettext
def test_gettext_takes_the_catalog_after_each_decision(document: Document) -> None:
    boris, ayse = cast.boris(), cast.ayse()
    path = exchanging.path_of(document, "tr")
    verbs: list[Callable[[Translation], object]] = [
        lambda row: editing.submit(row, text=SENTENCE, actor=boris, seen_version=row.version),
        lambda row: reviewing.approve(row, actor=ayse, seen_version=row.version),
        lambda row: reviewing.return_(row, actor=ayse, seen_version=row.version, reason="style"),
        lambda _row: ingesting.import_article(cast.SHORT.replace("Ships left", "Vessels left").encode()),
    ]
    _msgfmt(path)
    for verb in verbs:
        decide(document, 2, verb)
        _msgfmt(path)


def _msgfmt(path: Path) -> None:
    done = subprocess.run(
        ["msgfmt", "--check", "--check-header", "-o", "/dev/null", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def _through_msgcat(path: Path, folder: Path) -> None:
    """What msgcat writes, wrapped at 79 characters, holds the same texts."""
    copy = folder / "through-msgcat.po"
    subprocess.run(["msgcat", "-o", str(copy), str(path)], check=True)
    ours, theirs = po.read(path.read_bytes()), po.read(copy.read_bytes())
    assert [(u.key, u.source, u.target, u.fuzzy) for u in theirs.units] == [
        (u.key, u.source, u.target, u.fuzzy) for u in ours.units
    ]


def test_polib_loses_nothing_of_the_sample(tmp_path: Path) -> None:
    document = cast.sample()
    cast.opened(document)
    ours = po.read(exchanging.path_of(document, "tr").read_bytes())
    polib.pofile(str(exchanging.path_of(document, "tr"))).save(str(tmp_path / "copy.po"))
    assert po.read((tmp_path / "copy.po").read_bytes()).units == ours.units


CONTROLS = ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x7f", "\x85", "\x91", "\x9f"]


class TestACharacterThatNoCatalogCarries:
    """It is stopped where it would come in: a catalog that cannot be written would be found too late."""

    @pytest.mark.parametrize("character", CONTROLS)
    def test_not_from_a_text(self, character: str) -> None:
        with pytest.raises(BadInput, match=f"U\\+{ord(character):04X} in line 3"):
            cast.article(f"A Title\n\nShips{character} left.\n")

    @pytest.mark.parametrize("character", ["\x1b", "\x85", "\x91"])
    def test_not_from_a_page(self, character: str) -> None:
        page = f"<html lang=en><body><h1>A Title</h1><p>Ships&#{ord(character)}; left{character}.</p></body>"
        with pytest.raises(BadInput, match="U\\+00"):
            ingesting.import_article(page.encode(), form="html")

    def test_nor_as_a_reference_in_a_page(self) -> None:
        """A browser reads &#145; as a quotation mark; whatever is stored, a catalog carries it."""
        page = "<html lang=en><body><h1>A Title</h1><p>Ships &#145;left&#146; at once.</p></body>"
        try:
            document = ingesting.import_article(page.encode(), form="html").article.document
        except BadInput:
            return
        cast.opened(document)
        file_of(document)

    @pytest.mark.parametrize("character", ["\x85", "\x91"])
    def test_not_from_a_memory(self, character: str) -> None:
        with pytest.raises(BadInput, match=f"U\\+{ord(character):04X}"):
            remembering.import_memory(_memory(f"Gemiler{character} çıktı."), name="m")
        assert not MemoryEntry.objects.exists()

    def test_a_carriage_return_in_a_memory_is_a_line_end(self) -> None:
        remembering.import_memory(_memory("Gemiler&#13;çıktı."), name="m")
        assert cast.opened(cast.article())[2].text == "Gemiler\nçıktı."

    @pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85"])
    def test_not_from_an_engine(self, character: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with FakeEngines(lambda *_asked: f"Gemiler{character} çıktı.") as fake:
            for name, value in fake.environment().items():
                monkeypatch.setenv(name, value)
            document = cast.article("A Title\n\nShips left at once.\n")
            pretranslating.request(document, "tr", engine_names=["libretranslate"])
            loop.drain()
        assert {row.text for row in cast.rows(document)} == {""}
        file_of(document)


def _memory(target: str) -> bytes:
    return (
        '<tmx version="1.4"><header srclang="en"/><body><tu>'
        '<tuv xml:lang="en"><seg>Ships left at once.</seg></tuv>'
        f'<tuv xml:lang="tr"><seg>{target}</seg></tuv></tu></body></tmx>'
    ).encode()
