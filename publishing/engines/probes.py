"""The sentences of our own that a probe sends, and how to read what became of them.

Nothing here knows how an engine should behave: the outcome says what happened to what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from . import figures, markers
from .base import Engine, Markup, Pair

Outcome = Literal["kept", "moved", "changed", "doubled", "lost", "refused", "unanswered"]
Judge = Callable[[Sequence[str]], Outcome]
_JudgeOne = Callable[[str], Outcome]
PAIRS: Final[dict[str, Pair]] = {"tr": ("en", "tr"), "ru": ("en", "ru"), "en": ("tr", "en")}
"""The pair that is measured for each target."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Texts to send at once, and how to read what became of them. `group` and `name` are codes."""

    group: str
    name: str
    texts: tuple[str, ...]
    judge: Judge
    markup: Markup = "plain"


def _probe(group: str, name: str, text: str, judge: _JudgeOne) -> Probe:
    """A probe of one text in plain notation."""
    return Probe(group, name, (text,), lambda answers: judge(answers[0]))


SCHEMES: Final[Mapping[str, Markup]] = {
    "literal": "plain", "corner": "plain", "email": "plain", "html": "html", "xml": "xml",
}  # fmt: skip
"""The schemes in which marks travel at all, and their notation."""
MARKED: Final = {
    "en": {
        "references": "Exports to the north fell[7] by half, the ministry said[8] on Monday.",
        "placeholders": "The government signed <b1>a new law</b1> in the spring.",
    },
    "tr": {
        "references": "Kuzeye yapılan ihracat[7] yarı yarıya azaldı, bakanlık bunu[8] pazartesi günü açıkladı.",
        "placeholders": "Hükümet ilkbaharda <b1>yeni bir yasa</b1> imzaladı.",
    },
}
"""A sentence with two references and one with a pair of placeholders, none of them at an edge."""
_CASING: Final = {
    ("en", "tr"): (
        ("capital i", "Istanbul is the largest city of the country.", "İstanbul", "Istanbul"),
        ("capitals", "WINTER IN ISTANBUL", "İSTANBUL", "ISTANBUL"),
    ),
    ("tr", "en"): (("dotted i", "İstanbul’da yağmur, İzmir’de kar yağdı.", "Istanbul", "i\u0307"),),
}
_UNDERSCORES: Final = {
    "en": "The field is called name_of_ship in the table.",
    "tr": "Tablodaki alanın adı name_of_ship olarak geçiyor.",
}
_ADDRESS: Final = {
    "en": "The list is at https://example.org/a_b?c=1 now.",
    "tr": "Liste şimdi https://example.org/a_b?c=1 adresinde.",
}
_ENTITIES: Final = {
    "en": "Write &lt;script&gt; where the script begins.",
    "tr": "Betiğin başladığı yere &lt;script&gt; yazın.",
}
_LINES: Final = {
    "en": "The first line is short.\nThe second one, too.",
    "tr": "İlk satır kısa.\nİkincisi de.",
}
_NO_BREAK: Final = {
    "en": "It rained on 7\u00a0May in the whole country.",
    "tr": "7\u00a0Mayıs’ta her yerde yağmur yağdı.",
}
_NUMBERS: Final = {
    "en": "In 2014 they counted 1,234,567 people, 14% more than before.",
    "tr": "2014’te 1.234.567 kişi saydılar; bu, öncekinden %14 fazla.",
}
_EDGES: Final = {"en": " \u00a0The ship left the harbour. ", "tr": " \u00a0Gemi limandan ayrıldı. "}
_NUMBERED: Final = {"en": "Ship number {0} left the harbour.", "tr": "{0} numaralı gemi limandan ayrıldı."}
_FIRST, _IN_A_BATCH = 11, 10


def probes(engine: Engine, source: str, target: str) -> list[Probe]:
    """What is sent to measure a pair; the schemes are those whose markup the engine takes."""
    can = engine.capabilities
    schemes = [scheme for scheme, markup in SCHEMES.items() if markup in can.markups]
    marks = [_marks(scheme, name, text) for scheme in schemes for name, text in MARKED[source].items()]
    order = Probe("batch", "order", _numbered(source), _in_order)
    return [*marks, *_casing(source, target), *_text(source, target), order]


def most_for_limits(engine: Engine) -> int:
    """How many characters a search for limits can cost at most: what is refused costs nothing."""
    return 2 * (engine.capabilities.size_limit + engine.capabilities.batch_size * 60)


def characters(engine: Engine, source: str, target: str) -> int:
    """How many characters that is."""
    return sum(len(text) for probe in probes(engine, source, target) for text in probe.texts)


def _marks(scheme: str, name: str, text: str) -> Probe:
    """Marks written as a run writes them; what became of them is what a run would find."""
    protected = markers.protect(text, scheme)
    return Probe(scheme, name, protected.pieces, _fate_of_marks(protected), protected.markup)


def _casing(source: str, target: str) -> Iterator[Probe]:
    for name, text, right, wrong in _CASING.get((source, target), ()):
        yield _probe("casing", name, text, _either(right, wrong))


def _text(source: str, target: str) -> Iterator[Probe]:
    yield _probe("text", "underscores", _UNDERSCORES[source], _either("name_of_ship", "name of ship"))
    yield _probe("text", "address", _ADDRESS[source], _either("https://example.org/a_b?c=1", ""))
    yield _probe("text", "entities", _ENTITIES[source], _either("&lt;script&gt;", "<script>"))
    yield _probe("text", "line break", _LINES[source], _either("\n", ""))
    yield _probe("text", "no-break space", _NO_BREAK[source], _either("\u00a0", " "))
    numbers = _NUMBERS[source]
    yield _probe(
        "text",
        "numbers",
        numbers,
        lambda answer: "lost" if figures.lost(numbers, answer, source, target) else "kept",
    )
    edges = _EDGES[source]
    yield _probe(
        "text", "edges", edges, lambda answer: "kept" if _edges(answer) == _edges(edges) else "changed"
    )


def _numbered(source: str) -> tuple[str, ...]:
    return tuple(_NUMBERED[source].format(number) for number in range(_FIRST, _FIRST + _IN_A_BATCH))


def plain_sentence(source: str) -> str:
    """A sentence without anything to lose."""
    return markers.protect(MARKED[source]["placeholders"], "bare").pieces[0]


# --- how it is judged --------------------------------------------------------------------------------


def _fate_of_marks(protected: markers.Protected) -> Judge:
    """What a run would make of the marks in an answer; altered where it could put them back all the same."""
    stretches = [re.escape(part.strip()) for part in protected.layout if isinstance(part, str)]
    tokens = [token.strip() for token in re.split("|".join(stretches), protected.pieces[0]) if token.strip()]

    def judge(answers: Sequence[str]) -> Outcome:
        restored = markers.restore(protected, answers)
        if restored.unplaced:
            return "lost"
        if restored.invented:
            return "doubled"
        if restored.moved or restored.misnested:
            return "moved"
        return "kept" if all(token in answers[0] for token in tokens) else "changed"

    return judge


def _either(right: str, wrong: str) -> _JudgeOne:
    """Kept with the one string, changed with the other, else lost."""

    def judge(answer: str) -> Outcome:
        if right in answer:
            return "kept"
        return "changed" if wrong and wrong in answer else "lost"

    return judge


def _edges(text: str) -> tuple[str, str]:
    core = text.strip()
    return text[: text.index(core)], text[text.index(core) + len(core) :]


def _in_order(answers: Sequence[str]) -> Outcome:
    """Whether the answers to `_numbered` are those of their own sentences."""
    expected = [str(number) for number in range(_FIRST, _FIRST + len(answers))]
    numbers = [re.findall(r"\d+", answer) for answer in answers]
    if all(number in found for number, found in zip(expected, numbers, strict=True)):
        return "kept"
    everywhere = {number for found in numbers for number in found}
    return "moved" if everywhere == set(expected) else "lost"
