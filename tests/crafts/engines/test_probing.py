"""What is measured of a live engine, and that a fault of it is called by its name."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from publishing import engines
from publishing.engines import (
    Capabilities,
    Engine,
    Markup,
    connections,
    markers,
    probes,
    probing,
)
from publishing.engines.probing import Report
from tests.engines_fake import FakeEngines, pseudo

SCHEMES = {
    "google": {"literal", "corner", "email"},
    "mymemory": {"literal", "corner", "email"},
    "libretranslate": {"literal", "corner", "email", "html"},
    "deepl": {"literal", "corner", "email", "xml"},
}
FAULTS = [
    ("markers lost", "literal", "references", "lost"),
    ("markers lost", "literal", "placeholders", "lost"),
    ("markers lost", "corner", "references", "lost"),
    ("markers lost", "html", "references", "lost"),
    ("markers lost", "html", "placeholders", "lost"),
    ("markers doubled", "literal", "references", "doubled"),
    ("markers doubled", "html", "references", "doubled"),
    ("markers moved", "literal", "references", "moved"),
    ("markers moved", "corner", "references", "moved"),
    ("underscores eaten", "text", "underscores", "changed"),
    ("underscores eaten", "text", "address", "lost"),
    ("entities unescaped", "text", "entities", "changed"),
    ("array swapped", "batch", "order", "moved"),
    ("array too short", "batch", "order", "unanswered"),
    ("wrong language", "text", "numbers", "lost"),
    ("empty", "literal", "references", "unanswered"),
    ("400", "literal", "references", "refused"),
    ("500", "literal", "references", "unanswered"),
]


def measured(engine: Engine, source: str, target: str, *, limits: bool = False) -> Report:
    """A measurement that nothing limits."""
    return probing.measure(engine, source, target, charge=lambda _characters: None, limits=limits)


def test_each_call_is_charged_before_it_is_sent(fake: FakeEngines) -> None:
    charged: list[int] = []

    def charge(characters: int) -> None:
        assert fake.counts.characters <= sum(charged), "blanks at the edges are counted, and do not travel"
        charged.append(characters)

    report = probing.measure(engines.get("libretranslate"), "en", "tr", charge=charge)
    assert sum(charged) == report.characters >= fake.counts.characters > 500


@pytest.mark.parametrize("source", ["en", "tr"])
@pytest.mark.parametrize("name", SCHEMES)
def test_what_is_measured_is_what_a_run_sends(fake: FakeEngines, name: str, source: str) -> None:
    """Each scheme of the engine's ladder, written as a run writes it; split sends no mark to be measured."""
    engine = engines.get(name)
    sent = [
        each for each in probes.probes(engine, source, "ru") if each.name in {"references", "placeholders"}
    ]
    assert {each.group for each in sent} >= set(engine.capabilities.schemes) - {"split"}
    for each in sent:
        protected = markers.protect(probes.MARKED[source][each.name], each.group)
        assert (each.texts, each.markup) == (protected.pieces, protected.markup)


MENDED = [
    (
        "html",
        "references",
        lambda text: text.replace('id="m1" translate="no"', "translate=no id=m1"),
        "changed",
    ),
    ("html", "references", lambda text: text.replace("[7]", "7"), "changed"),
    ("literal", "references", lambda text: text.replace("[7]", "［7］"), "changed"),
    ("email", "references", lambda text: text.replace("m1@", "M1 @ "), "changed"),
    ("corner", "references", lambda text: text.replace("⟦1⟧", "⟦11⟧"), "lost"),
    ("literal", "references", lambda text: text.replace("[7]", "(7)"), "lost"),
    ("html", "placeholders", lambda text: text.replace("<span", "<b").replace("</span", "</b"), "lost"),
    (
        "literal",
        "placeholders",
        lambda text: text.replace("</b1>", "<b1>").replace("<b1>", "</b1>", 1),
        "moved",
    ),
]


@pytest.mark.parametrize(("scheme", "name", "spoil", "expected"), MENDED)
def test_what_a_run_puts_back_is_altered_and_what_it_cannot_is_lost(
    scheme: str, name: str, spoil: Callable[[str], str], expected: str
) -> None:
    (probe,) = (
        each
        for each in probes.probes(Spoiling(spoil), "en", "tr")
        if (each.group, each.name) == (scheme, name)
    )
    assert probe.judge(probe.texts) == "kept"
    assert probe.judge([spoil(probe.texts[0])]) == expected


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngines]:
    with FakeEngines() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running
    connections.close()


def outcome(report: Report, group: str, name: str) -> str:
    return next(row.outcome for row in report.rows if (row.group, row.name) == (group, name))


@pytest.mark.parametrize("target", ["tr", "ru", "en"])
@pytest.mark.parametrize("name", SCHEMES)
def test_an_engine_without_a_fault_keeps_every_mark(fake: FakeEngines, name: str, target: str) -> None:
    engine = engines.get(name)
    pair = probes.PAIRS[target]
    announced = probes.characters(engine, *pair)
    report = measured(engine, *pair)
    groups = {row.group for row in report.rows}
    assert groups - {"casing", "text", "batch"} == SCHEMES[name]
    assert {row.outcome for row in report.rows if row.group != "casing"} == {"kept"}
    assert announced == report.characters
    assert report.characters >= fake.counts.characters > 0.95 * report.characters, "but for the edges"
    assert report.requests == fake.counts.requests


@pytest.mark.parametrize(("fault", "group", "name", "expected"), FAULTS)
def test_a_fault_is_called_by_its_name(
    fake: FakeEngines, fault: str, group: str, name: str, expected: str
) -> None:
    fake.misbehave(fault)
    assert outcome(measured(engines.get("libretranslate"), "en", "tr"), group, name) == expected


@pytest.mark.parametrize(
    ("text", "answer", "name", "expected"),
    [
        ("Istanbul is", "İstanbul ülkenin en büyük kentidir.", "capital i", "kept"),
        ("Istanbul is", "Istanbul ülkenin en büyük kentidir.", "capital i", "changed"),
        ("Istanbul is", "Kent büyüktür.", "capital i", "lost"),
        ("WINTER", "İSTANBUL’DA KIŞ", "capitals", "kept"),
        ("WINTER", "ISTANBUL’DA KIŞ", "capitals", "changed"),
    ],
)
def test_the_turkish_i_is_looked_at(
    fake: FakeEngines, text: str, answer: str, name: str, expected: str
) -> None:
    fake.translate = lambda asked, source, target: (
        answer if asked.startswith(text) else pseudo(asked, source, target)
    )
    assert outcome(measured(engines.get("google"), "en", "tr"), "casing", name) == expected


def test_blanks_and_capitals_inside_of_a_mark_are_a_change_and_no_loss(fake: FakeEngines) -> None:
    fake.translate = lambda text, source, target: (
        pseudo(text, source, target).replace("[7]", "[ 7 ]").replace("<b1>", "<B1>")
    )
    report = measured(engines.get("google"), "en", "tr")
    assert outcome(report, "literal", "references") == "changed"
    assert outcome(report, "literal", "placeholders") == "changed"


def test_a_refused_key_ends_it(fake: FakeEngines) -> None:
    fake.misbehave("403")
    report = measured(engines.get("deepl"), "en", "tr")
    assert "deepl" in report.failure
    assert (report.rows, len(fake.seen)) == ([], 1)


class Spoiling:
    """An engine that takes every notation and answers with what it makes of the text."""

    name = settings_digest = account_digest = "spoiling"
    capabilities = Capabilities(
        batch_size=50,
        size_limit=5_000,
        size_unit="characters",
        pairs=frozenset({("en", "tr")}),
        markups=frozenset({"plain", "html", "xml"}),
    )

    def __init__(self, spoil: Callable[[str], str]) -> None:
        self._spoil = spoil

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        return [self._spoil(text) for text in texts]


class Limited:
    """An engine whose server takes less than its capabilities say."""

    name = settings_digest = account_digest = "limited"

    def __init__(self, texts: int, size: int) -> None:
        self.texts, self.size, self.sent = texts, size, 0
        self.capabilities = Capabilities(
            batch_size=50, size_limit=5_000, size_unit="characters", pairs=frozenset({("en", "tr")})
        )

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, markup: Markup = "plain"
    ) -> list[str]:
        if len(texts) > self.texts or sum(map(len, texts)) > self.size:
            raise engines.BadInput("limited: too much", billed=False)
        self.sent += sum(map(len, texts))
        return list(texts)


@pytest.mark.parametrize(("texts", "size"), [(1, 600), (7, 1_000), (49, 4_999), (50, 5_000)])
def test_limits_are_found_by_halves(texts: int, size: int) -> None:
    engine: Engine = Limited(texts, size)
    report = measured(engine, "en", "tr", limits=True)
    sentence = len(probes.plain_sentence("en"))
    assert report.limits["texts"] == min(texts, size // sentence)
    assert size - 2 * sentence < report.limits["size"] <= size + 1
    assert report.requests < 60


def test_a_search_for_limits_costs_no_more_than_was_said() -> None:
    engine = Limited(50, 5_000)
    measured(engine, "en", "tr", limits=True)
    assert engine.sent <= probes.characters(engine, "en", "tr") + probes.most_for_limits(engine)


def test_a_search_that_the_budget_ends_leaves_what_was_measured() -> None:
    engine, sent = Limited(50, 5_000), 0

    def charge(characters: int) -> None:
        nonlocal sent
        sent += characters
        if sent > probes.characters(engine, "en", "tr") + 1_000:
            raise engines.QuotaExceeded("limited: the budget is used up", billed=False)

    report = probing.measure(engine, "en", "tr", charge=charge, limits=True)
    assert [row.outcome for row in report.rows if row.group == "limits"] == ["unanswered"] * 2
    assert outcome(report, "literal", "references") == "kept"


def test_an_engine_that_gives_up_during_the_search_is_a_row() -> None:
    class Throttled(Limited):
        def translate(self, texts: Sequence[str], *arguments: str, markup: Markup = "plain") -> list[str]:
            if len(texts) > 10 or len(texts[0]) > 500:
                raise engines.Retryable("limited: not now", 7.0)
            return list(texts)

    report = measured(Throttled(50, 5_000), "en", "tr", limits=True)
    assert report.limits == {}
    assert [row.outcome for row in report.rows if row.group == "limits"] == ["unanswered"] * 2
