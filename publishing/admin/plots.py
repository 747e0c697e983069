"""Plots as inline SVG: no script, no inline style; colours and faces come from rooms.css.

Each has a title and a description, and its marks are links that say their figure; the page gives the same figures
in a table. A plot is as wide as a column of the page, so that its words stay as large as the page's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH: Final = 360
LEFT, RIGHT, TOP, BOTTOM = 58, 4, 14, 112
"""The edges of the field in which marks stand; its ticks are written left of it, its labels below."""
HEIGHT: Final = 132
ROW: Final = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: what it is of, the words of the figure, and where its segments are; no address without any."""

    label: str
    words: str
    value: float
    address: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a plot is called on the page (`name` is unique there), and what it shows, for those who do not see it."""

    name: str
    title: str
    description: str


def columns(
    words: Words, marks: Sequence[Mark], *, most: float, ticks: Iterable[tuple[float, str]]
) -> SafeString:
    """A column for each mark, from 0 to `most`."""
    step = (WIDTH - LEFT - RIGHT) / max(1, len(marks))

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / (most or 1), 1)

    drawn = [
        _mark(
            mark,
            x=LEFT + place * step,
            step=step,
            shape=format_html(
                '<rect class="column" x="{}" y="{}" width="{}" height="{}"/>',
                round(LEFT + place * step + 1, 1), y(mark.value), round(step - 2, 1),
                round(max(1.0, BOTTOM - y(mark.value)), 1),
            ),
        )
        for place, mark in enumerate(marks)
        if mark.value
    ]  # fmt: skip
    return _svg(
        words, HEIGHT, [_ticks((y(value), said) for value, said in ticks), *drawn, _labels(marks, step)]
    )


def ranges(
    words: Words, marks: Sequence[Mark | None], labels: Sequence[str], *, ticks: Sequence[tuple[float, str]]
) -> SafeString:
    """For each place a median as a dot and its quartiles as a bar, on a logarithmic scale between the outer ticks."""
    step = (WIDTH - LEFT - RIGHT) / max(1, len(marks))
    least, most = ticks[0][0], ticks[-1][0]

    def y(value: float) -> float:
        share = log(min(max(value, least), most) / least) / log(most / least)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    drawn = []
    for place, mark in enumerate(marks):
        if mark is None:
            continue
        x = round(LEFT + (place + 0.5) * step, 1)
        low, high = y(mark.low or 0), y(mark.high or 0)
        shape = format_html(
            '<line class="interval" x1="{}" x2="{}" y1="{}" y2="{}"/><circle class="median" cx="{}" cy="{}" r="3.5"/>',
            x, x, low, min(high, low - 0.1), x, y(mark.value),
        )  # fmt: skip
        drawn.append(_mark(mark, x=LEFT + place * step, step=step, shape=shape))
    below = [Mark(label, "", 0) for label in labels]
    return _svg(
        words, HEIGHT, [_ticks((y(value), said) for value, said in ticks), *drawn, _labels(below, step)]
    )


def rows(words: Words, marks: Sequence[Mark], *, most: float) -> SafeString:
    """A bar for each mark, its label above it and its figure behind it."""
    drawn = []
    for place, mark in enumerate(marks):
        top = place * ROW
        width = round((WIDTH - 50) * mark.value / (most or 1), 1)
        shape = format_html(
            '<rect class="hit" x="0" y="{}" width="{}" height="{}"/><text x="0" y="{}">{}</text>'
            '<rect class="column" x="0" y="{}" width="{}" height="9"/><text class="figure" x="{}" y="{}">{}</text>',
            top, WIDTH, ROW, top + 12, mark.label, top + 16, width, width + 6 if width else 0, top + 25, mark.words,
        )  # fmt: skip
        drawn.append(_linked(mark, shape))
    return _svg(words, max(ROW, len(marks) * ROW), drawn)


def _svg(words: Words, height: int, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="group" aria-labelledby="{}-title" aria-describedby="{}-what">'
        '<title id="{}-title">{}</title><desc id="{}-what">{}</desc>{}</svg>',
        WIDTH, height, words.name, words.name, words.name, words.title, words.name, words.description,
        mark_safe("".join(parts)),  # noqa: S308 -- each part was escaped where it was made
    )  # fmt: skip


def _mark(mark: Mark, *, x: float, step: float, shape: SafeString) -> SafeString:
    """A mark that can be pressed anywhere above its place."""
    hit = format_html(
        '<rect class="hit" x="{}" y="{}" width="{}" height="{}"/>',
        round(x, 1), TOP, round(step, 1), BOTTOM - TOP,
    )  # fmt: skip
    return _linked(mark, hit + shape)


def _linked(mark: Mark, shape: SafeString) -> SafeString:
    said = f"{mark.label}: {mark.words}"
    if not mark.address:
        return format_html("<g><title>{}</title>{}</g>", said, shape)
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title>{}</a>', mark.address, said, said, shape
    )


def _ticks(ticks: Iterable[tuple[float, str]]) -> SafeString:
    return format_html_join(
        "",
        '<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="tick" x="{}" y="{}">{}</text>',
        ((LEFT, WIDTH - RIGHT, y, y, LEFT - 5, y + 4, said) for y, said in ticks),
    )


def _labels(marks: Sequence[Mark], step: float) -> SafeString:
    """Under the first, the middle and the last mark what they are of."""
    last = len(marks) - 1
    places = (
        ((0, "start", 0.0), (last // 2, "middle", 0.5), (last, "end", 1.0))
        if last > 1
        else ((0, "start", 0.0),)
    )
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}">{}</text>',
        (
            (where, round(LEFT + (place + part) * step, 1), HEIGHT - 4, marks[place].label)
            for place, where, part in places
            if marks
        ),
    )
