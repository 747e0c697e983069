"""Turkish and Russian through English: what becomes of marks on two legs, and of English that people approved."""

from collections import Counter
from collections.abc import Iterator

import pytest

from publishing.engines.markers import marks
from publishing.models import Document, Revision, Run, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import editing, ingesting, pretranslating, reviewing
from tests import cast
from tests.engines_fake import FakeEngines, pseudo

pytestmark = pytest.mark.django_db

ENGINE = "libretranslate"
TURKISH = """<h1>Denizde Tahıl Var</h1>
<p>Rusya <b>tek başına</b> dünyanın aldığı buğdayın<sup>[1]</sup> beşte birini satar. Gemiler hemen yola çıktı.</p>
<p>[1] “Buğday Piyasası”, Reuters, (Erişim Tarihi: 01.08.2023).</p>"""
RUSSIAN = """<h1>Зерно на море</h1>
<p>Россия <b>в одиночку</b> продаёт пятую часть пшеницы<sup>[1]</sup> всего мира. Суда сразу вышли в море.</p>
<p>[1] «Рынок пшеницы», Reuters, (Дата обращения: 01.08.2023).</p>"""


_NO_TURKISH = str.maketrans("çğıöşüÇĞİÖŞÜ", "cgyosuCGIOSU")


def spoken(text: str, source: str, target: str) -> str:
    """Pseudo-translation whose English has none of the letters that the guard knows Turkish by."""
    answer = pseudo(text, source, target)
    return answer.translate(_NO_TURKISH) if target == "en" else answer


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines(spoken) as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("LIBRETRANSLATE_PAIRS", "en-tr en-ru tr-en ru-en")
        yield fake


@pytest.fixture(params=[("tr", TURKISH, "ru"), ("ru", RUSSIAN, "tr")], ids=["tr-ru", "ru-tr"])
def way(request: pytest.FixtureRequest) -> tuple[Document, str]:
    """A document, and the language into which there is no direct way."""
    source, text, target = request.param
    return imported(text, source), target


def imported(text: str, language: str) -> Document:
    return ingesting.import_article(text.encode(), form="html", language=language).article.document


def run(document: Document, language: str) -> Run:
    made = pretranslating.request(document, language, engine_names=[ENGINE])
    loop.drain()
    made.refresh_from_db()
    return made


def written(text: str) -> Counter[str]:
    return Counter(mark.written for mark in marks.marks_of(text))


def the_marked(document: Document, language: str) -> Translation:
    """The sentence with a reference and a pair of placeholders inside of it."""
    return next(
        row for row in cast.rows(document, language) if "[1]" in row.segment.text and "<b" in row.segment.text
    )


def approve_english(document: Document, texts: dict[int, str]) -> None:
    """English that people wrote and approved for the segments at these places."""
    rows = cast.opened(document, "en")
    elena, olga = (cast.person(name, "Translators", "en") for name in ("elena", "olga"))
    submitted = [
        editing.submit(rows[place], text=text, actor=elena, seen_version=rows[place].version)
        for place, text in texts.items()
    ]
    for row in submitted:
        reviewing.approve(row, actor=olga, seen_version=row.version)
    loop.drain()


def mute_on_stretches(text: str, source: str, target: str) -> str:
    """An engine that has nothing to say to less than a sentence, so that splitting at marks is of no help."""
    return spoken(text, source, target) if text.rstrip().endswith(".") or " " not in text else ""


class TestMarks:
    def test_are_in_place_after_both_legs(self, way: tuple[Document, str], fake: FakeEngines) -> None:
        document, target = way
        run(document, target)
        row = the_marked(document, target)
        assert written(row.text) == written(row.segment.text)
        assert (row.current.detail["pivot"]["language"], row.current.detail["pivot"]["by"]) == (
            "en",
            "engine",
        )
        assert written(row.current.detail["pivot"]["text"]) == written(row.segment.text)
        assert "unplaced" not in row.current.detail

    @pytest.mark.parametrize("fault", ["markers lost", "markers doubled"])
    def test_climb_the_ladder_on_both_legs(
        self, way: tuple[Document, str], fake: FakeEngines, fault: str
    ) -> None:
        document, target = way
        fake.misbehave(fault)
        run(document, target)
        row = the_marked(document, target)
        assert written(row.text) == written(row.segment.text)
        assert row.current.detail["scheme"] == "split"
        assert "split" not in {each["scheme"] for each in row.current.detail["refused"]}

    def test_that_no_scheme_saves_are_listed(self, way: tuple[Document, str], fake: FakeEngines) -> None:
        """English without its marks is better than nothing, on both legs; the draft lists them all."""
        document, target = way
        fake.misbehave("markers lost")
        fake.translate = mute_on_stretches
        run(document, target)
        row = the_marked(document, target)
        assert row.current is not None, "a draft without marks comes at last"
        detail = row.current.detail
        assert detail["scheme"] == "bare"
        assert Counter(detail["unplaced"]) == written(row.segment.text) - written(row.text)
        assert "[1]" in detail["unplaced"]
        assert detail["pivot"]["by"] == "engine"
        told = [(each["scheme"], tuple(each["faults"])) for each in detail["refused"]]
        assert len(told) == len(set(told)), "each refusal is told once"


class TestApprovedEnglish:
    def test_spares_the_first_leg(self, way: tuple[Document, str], fake: FakeEngines) -> None:
        document, target = way
        title = "A Title That People Approved"
        approve_english(document, {0: title})
        fake.reset()
        run(document, target)
        row = cast.rows(document, target)[0]
        assert row.current.detail["pivot"] == {"language": "en", "by": "approved"}
        assert row.text == pseudo(title, "en", target)

    def test_that_has_other_marks_than_the_source_is_not_the_way(self, fake: FakeEngines) -> None:
        """A translator may move a reference to the next sentence; a draft from that would have it there, too."""
        document = imported(TURKISH, "tr")
        approve_english(
            document,
            {1: "Russia sells a fifth of the wheat <b1>alone</b1>.", 2: "The ships left at once.[1]"},
        )
        assert [row.state for row in cast.rows(document, "en")][1:3] == [State.APPROVED] * 2
        run(document, "ru")
        assert the_marked(document, "ru").current.detail["pivot"]["by"] == "engine"
        for row in cast.rows(document, "ru"):
            if row.current.origin == Revision.Origin.MACHINE:
                assert not written(row.text) - written(row.segment.text), "nothing is invented"
                lacks = written(row.segment.text) - written(row.text)
                assert sorted(lacks.elements()) == sorted(row.current.detail.get("unplaced", []))

    def test_lists_its_marks_where_the_second_leg_loses_them(self, fake: FakeEngines) -> None:
        document = imported(TURKISH, "tr")
        approve_english(
            document, {1: "Russia <b1>alone</b1> sells a fifth of the wheat[1] that the world buys."}
        )
        fake.misbehave("markers lost")
        fake.translate = mute_on_stretches
        run(document, "ru")
        row = the_marked(document, "ru")
        assert row.current.detail["scheme"] == "bare"
        assert row.current.detail["pivot"] == {"language": "en", "by": "approved"}
        assert row.current.detail["unplaced"] == ["<b1>", "</b1>", "[1]"]


def test_an_engine_with_the_pair_goes_straight(
    way: tuple[Document, str], fake: FakeEngines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where English is there, approved by people."""
    document, target = way
    approve_english(document, {0: "A Title That People Approved"})
    monkeypatch.delenv("LIBRETRANSLATE_PAIRS")
    fake.reset()
    run(document, target)
    drafts = [row.current for row in cast.rows(document, target)]
    assert all("pivot" not in draft.detail for draft in drafts)
    assert not any(b"People Approved" in seen.body for seen in fake.seen)


def test_an_engine_with_neither_way_says_so(fake: FakeEngines, monkeypatch: pytest.MonkeyPatch) -> None:
    document = imported(TURKISH, "tr")
    monkeypatch.setenv("LIBRETRANSLATE_PAIRS", "tr-en en-tr")
    made = run(document, "ru")
    assert {entry["code"] for entry in made.troubles} == {"pair"}
    assert fake.seen == []
