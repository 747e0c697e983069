"""The sample article through each engine: ten references in place in both languages, whatever it does to marks."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from publishing import quality
from publishing.catalogs import tmx
from publishing.models import Document, Revision, Run, Translation
from publishing.models.translation import State
from publishing.reports import progress
from publishing.worker import loop
from publishing.workflow import editing, ingesting, pretranslating, reviewing
from tests import cast
from tests.engines_fake import FakeEngines, answering

pytestmark = pytest.mark.django_db

ENGINES = {
    "google": ("google", {}),
    "mymemory": ("mymemory", {}),
    "libretranslate": ("libretranslate", {}),
    "deepl": ("deepl", {}),
    "deepl, its own client": ("deepl", {"DEEPL_CLIENT": "official"}),
}
MARK = re.compile(r"\[\d+\]|</?[a-z]{1,3}\d+/?>")
REFERENCES = {f"[{number}]" for number in range(1, 11)}
FAULTS = ("markers lost", "markers doubled", "markers moved", "underscores eaten", "entities unescaped")

WITH_MARKS = (
    "<h1>Grain on the Sea</h1><p>Russia <b>alone</b> sells a fifth<sup>[1]</sup> of the wheat that the world buys.</p>"
    "<p>Nobody knows[2] what <i>it <b>will</b></i> do &lt;script&gt; next &amp; why.[3]</p>"
    "<p>[1] “Wheat”, Reuters, (Date of Accession: 01.08.2023).</p>"
    "<p>[2] “What”, BBC, (Date of Accession: 02.08.2023).</p>"
    "<p>[3] “Why”, IEA, (Date of Accession: 03.08.2023).</p>"
)


@pytest.fixture(params=ENGINES.values(), ids=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name, variables = request.param
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    return str(name)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines(translated) as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


def known() -> dict[tuple[str, str, str], str]:
    """Real translations of both articles, without the marks at the ends of their sentences."""
    files = (cast.MEMORY, cast.DATA / "second_article.tr-ru-en.tmx")
    pairs = [pair for file in files for pair in tmx.read(file.read_bytes())]
    return {
        (bare(pair.source), pair.source_language, pair.target_language): bare(pair.target) for pair in pairs
    }


def bare(text: str) -> str:
    return re.sub(r"\s*\[\d+\]", "", text)


KNOWN = known()
WORDS = {
    "Grain": "Tahıl", "on": "üzerinde", "the": "bu", "Sea": "Deniz", "Russia": "Rusya", "alone": "yalnız",
    "sells": "satar", "a": "bir", "fifth": "beşte", "of": "için", "wheat": "buğday", "that": "şu",
    "world": "dünya", "buys": "alır", "Nobody": "Hiç kimse", "knows": "bilmez", "what": "ne", "it": "o",
    "will": "olacak", "do": "yapar", "next": "sonra", "why": "neden",
}  # fmt: skip


def translated(text: str, source: str, target: str) -> str:
    """A real translation where there is one; else word by word, so that marks in between are kept as they came.

    The name of an element is no word.
    """
    if sentence := KNOWN.get((text, source, target)):
        return sentence
    if target == "ru":
        return "<script>".join(answering.pseudo(part, source, target) for part in text.split("<script>"))
    return re.sub(r"[^\W\d_]+", lambda word: WORDS.get(word[0], word[0]), text)


def marked_article() -> Document:
    return ingesting.import_article(WITH_MARKS.encode(), form="html").article.document


def run(document: Document, language: str, *engines: str) -> Run:
    made = pretranslating.request(document, language, engine_names=list(engines))
    loop.drain()
    made.refresh_from_db()
    return made


def marks(text: str) -> list[str]:
    return MARK.findall(text)


@pytest.mark.parametrize("language", ["tr", "ru"])
def test_all_ten_references_are_in_place(fake: FakeEngines, engine: str, language: str) -> None:
    """Without the demonstration memory, so that every sentence comes from the engine or a rule."""
    document = ingesting.import_article(cast.SAMPLE.read_bytes()).article.document
    made = run(document, language, engine)
    rows = cast.rows(document, language)
    assert {row.state for row in rows} == {State.PRETRANSLATED}, made.troubles
    assert {row.current.origin for row in rows} <= {"machine", "rule"}
    assert {mark for row in rows for mark in marks(row.text)} >= REFERENCES
    for row in rows:
        assert marks(row.text) == marks(row.segment.text)
        assert ends_alike(row), row.text
        assert "unplaced" not in row.current.detail
    found = [
        each
        for row in rows
        for each in quality.check(row.segment.text, row.text, "en", language)
        if each.code in {"references", "placeholders", "moved"}
    ]
    assert found == []


def ends_alike(row: Translation) -> bool:
    """What the source says last before its stop, or after it, the draft says there too."""
    last = re.compile(r"((?:\[\d+\])*)([.!?…”»\"]*)((?:\s?\[\d+\])*)$")
    source, draft = last.search(row.segment.text), last.search(row.text)
    assert source is not None
    assert draft is not None
    return (source[1], source[3]) == (draft[1], draft[3])


@pytest.mark.parametrize("language", ["tr", "ru"])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_an_engine_does_to_marks_reaches_no_draft_unseen(
    fake: FakeEngines, engine: str, fault: str, language: str
) -> None:
    """A draft has the marks of its source, or lists those that it lacks; none is invented, none doubled."""
    document = marked_article()
    fake.misbehave(fault)
    run(document, language, engine)
    drafts = [row for row in cast.rows(document, language) if row.current]
    assert len(drafts) == len(cast.rows(document, language)), "every sentence has a draft in the end"
    for row in drafts:
        wanted, there = Counter(marks(row.segment.text)), Counter(marks(row.text))
        assert not there - wanted, row.text
        assert sorted((wanted - there).elements()) == sorted(row.current.detail.get("unplaced", []))
        assert row.text.count("<script>") == row.segment.text.count("<script>"), (
            "words of the text, no markup"
        )
        if row.current.origin == Revision.Origin.MACHINE:
            assert says_how_it_was_made(row), row.current.detail


def says_how_it_was_made(row: Translation) -> bool:
    """The scheme in which the marks came back, and each one that was tried in vain, with its faults."""
    detail = row.current.detail
    refused = detail.get("refused", [])
    in_vain = [each["scheme"] for each in refused]
    return (
        detail["scheme"] not in in_vain
        and len(in_vain) == len(set(in_vain))
        and all(each["faults"] for each in refused)
    )


@pytest.mark.parametrize("fault", ["markers lost", "markers doubled"])
def test_the_ladder_helps(fake: FakeEngines, engine: str, fault: str) -> None:
    """Splitting a sentence at its marks is a rung that no engine can spoil: nothing is unplaced."""
    document = marked_article()
    fake.misbehave(fault)
    run(document, "tr", engine)
    marked = [row for row in cast.rows(document) if marks(row.segment.text)[:-1]]
    assert marked
    for row in marked:
        assert Counter(marks(row.text)) == Counter(marks(row.segment.text))
        detail = row.current.detail
        assert detail["refused"], "what was thrown away before is told"
        assert "unplaced" not in detail


def test_what_no_scheme_saves_comes_bare_at_last(fake: FakeEngines, engine: str) -> None:
    """An engine that loses marks and has no answer to less than a sentence: the draft lists what it lacks."""
    document = marked_article()
    fake.translate = lambda *asked: translated(*asked) if asked[0].endswith((".", "Sea")) else ""
    fake.misbehave("markers lost")
    run(document, "tr", engine)
    marked = [row for row in cast.rows(document) if len(marks(row.segment.text)) > 1]
    assert len(marked) == 2
    for row in marked:
        assert row.current is not None, row.segment.text
        detail = row.current.detail
        assert detail["scheme"] == "bare"
        assert {each["engine"] for each in detail["refused"]} == {engine}
        lacking = Counter(marks(row.segment.text)) - Counter(marks(row.text))
        assert detail["unplaced"] == list(lacking), "in the order of the text"
        assert ends_alike(row), "what ends a sentence never travelled, and is in place"


class TestThroughEnglish:
    """Turkish and Russian where the engine has no pair of its own for them."""

    @pytest.fixture(autouse=True)
    def _pairs(self, fake: FakeEngines, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LIBRETRANSLATE_PAIRS", "en-tr en-ru tr-en ru-en")

    @pytest.fixture
    def turkish(self) -> Document:
        done = ingesting.import_article((cast.DATA / "second_article.txt").read_bytes())
        return done.article.document

    def test_a_draft_says_so_and_shows_the_english(self, turkish: Document) -> None:
        run(turkish, "ru", "libretranslate")
        rows = [row for row in cast.rows(turkish, "ru") if row.current.origin == Revision.Origin.MACHINE]
        assert rows
        for row in rows:
            pivot = row.current.detail["pivot"]
            assert (pivot["language"], pivot["by"]) == ("en", "engine")
            assert Counter(marks(pivot["text"])) == Counter(marks(row.segment.text))
            assert marks(row.text) == marks(row.segment.text)

    def test_english_that_people_approved_spares_the_first_step(
        self, turkish: Document, fake: FakeEngines
    ) -> None:
        english = cast.opened(turkish, "en")[0]
        elena, olga = (cast.person(name, "Translators", "en") for name in ("elena", "olga"))
        english = editing.submit(
            english, text="A Title That People Approved", actor=elena, seen_version=english.version
        )
        reviewing.approve(english, actor=olga, seen_version=english.version)
        loop.drain()
        fake.reset()
        run(turkish, "ru", "libretranslate")
        row = cast.rows(turkish, "ru")[0]
        assert row.current.detail["pivot"] == {"language": "en", "by": "approved"}
        bodies = " ".join(seen.body.decode() for seen in fake.seen)
        assert "A Title That People Approved" in bodies
        assert json.dumps(row.segment.text)[1:-1] not in bodies

    def test_an_engine_with_the_pair_is_asked_directly(self, turkish: Document) -> None:
        run(turkish, "ru", "google")
        assert not any("pivot" in (row.current.detail or {}) for row in cast.rows(turkish, "ru"))


def test_the_biography_goes_its_own_way(fake: FakeEngines, engine: str) -> None:
    """Turkish, beside an English article."""
    article = ingesting.import_article(cast.SAMPLE.read_bytes()).article.document
    biography = next(each for each in progress.with_biographies(article) if each.pk != article.pk)
    run(biography, "ru", engine)
    assert {row.state for row in cast.rows(biography, "ru")} == {State.PRETRANSLATED}
