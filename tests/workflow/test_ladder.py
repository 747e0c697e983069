"""When a sentence with marks climbs to the next scheme: whenever the scheme may be what is at fault."""

from collections.abc import Callable, Iterator

import pytest

from publishing.models import Document, Run, Translation
from publishing.worker import loop
from publishing.workflow import ingesting, pretranslating
from tests import cast
from tests.engines_fake import FakeEngines, pseudo

pytestmark = pytest.mark.django_db

MARKED = "<h1>Grain at Sea</h1><p>Moscow <b>alone</b> sells a fifth of the wheat.</p>"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


def imported(text: str) -> Document:
    return ingesting.import_article(text.encode(), form="html").article.document


def run(document: Document, engine: str) -> Run:
    made = pretranslating.request(document, "tr", engine_names=[engine])
    loop.drain()
    made.refresh_from_db()
    return made


def the_marked(document: Document) -> Translation:
    return next(row for row in cast.rows(document) if "<b1>" in row.segment.text)


def when(condition: Callable[[str], bool], answer: Callable[[str], str]) -> Callable[[str, str, str], str]:
    """An engine that answers in its own way where the condition holds."""

    def translate(text: str, source: str, target: str) -> str:
        translated = pseudo(text, source, target)
        return answer(translated) if condition(text) else translated

    return translate


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda text: f"{text}&nbsp;", "escaped"),
        (lambda text: f"{text}<script>", "live_markup"),
        (lambda text: f"{text} ⟦7⟧", "token_left"),
    ],
)
def test_what_html_brought_into_a_draft_is_not_in_the_next_scheme(
    fake: FakeEngines, spoil: Callable[[str], str], fault: str
) -> None:
    document = imported(MARKED)
    fake.translate = when(lambda text: text.strip() in {"Moscow", "alone"}, spoil)
    run(document, "libretranslate")
    row = the_marked(document)
    assert row.current is not None
    assert row.text == pseudo(row.segment.text, "en", "tr")
    detail = row.current.detail
    assert detail["scheme"] == "literal"
    assert detail["refused"] == [{"engine": "libretranslate", "scheme": "html", "faults": [fault]}]


def test_no_answer_in_one_scheme_may_be_one_in_the_next(fake: FakeEngines) -> None:
    document = imported(MARKED)
    fake.translate = when(lambda text: "<b1>" in text, lambda _text: "")
    made = run(document, "google")
    row = the_marked(document)
    assert row.current is not None
    assert row.current.detail["scheme"] == "corner"
    assert made.troubles == []


def test_no_answer_in_any_scheme_is_told_once(fake: FakeEngines) -> None:
    """Though a stretch of it was asked before, for a sentence of its own."""
    document = imported(
        "<h1>Grain at Sea</h1><p>Moscow sells a fifth of the wheat.</p>"
        "<p>Yesterday <b>Moscow sells a fifth of the wheat.</b> Nobody buys.</p>"
    )
    fake.translate = when(lambda text: "wheat" in text, lambda _text: "")
    made = run(document, "google")
    left = [row for row in cast.rows(document) if row.current is None]
    assert [entry["code"] for entry in made.troubles] == ["output"]
    assert made.troubles[0]["texts"] == len(left) == 2


def test_a_sentence_without_marks_has_one_scheme(fake: FakeEngines) -> None:
    document = imported("<h1>Grain at Sea</h1><p>Moscow sells a fifth of the wheat.</p>")
    fake.translate = when(lambda text: "wheat" in text, lambda _text: "")
    run(document, "google")
    assert fake.counts.texts == 2
