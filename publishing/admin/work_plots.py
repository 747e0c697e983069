"""The plots of the work page, and the same figures for its tables; every figure with the way to its segments."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from publishing.languages import CODES
from publishing.models.translation import State
from publishing.reports import work
from publishing.templatetags.figures import grouped
from publishing.workflow.reviewing import REASONS

from . import plots
from .amounts import DAY, HOUR, MINUTE, WEEK, duration, segments, short_day, words
from .naming import language_name, reason
from .plots import Mark, Words

SCALE = (MINUTE, HOUR, DAY, WEEK, 4 * WEEK)
"""Of times to review: a minute and four weeks stand for what is less and more."""


def address(**query: str) -> str:
    """Where the segments behind a figure are listed."""
    return f"{reverse('admin:work')}?{urlencode(query)}"


def words_by_day() -> dict[str, Any]:
    """A plot for each language, all on one scale; a line of the table for each day on which anything was approved."""
    found = work.words_by_day()
    most = max(day.words for days in found.values() for day in days)
    marks = {code: [_day(day) for day in days] for code, days in found.items()}
    lines = [
        (day, [(found[code][place].words, marks[code][place].address) for code in CODES])
        for place, day in enumerate(work.last_days())
        if any(found[code][place].segments for code in CODES)
    ]
    return {
        "plots": [_words_plot(code, found[code], marks[code], most) for code in CODES],
        "lines": lines[::-1],
    }


def _day(day: work.Day) -> Mark:
    return Mark(
        label=short_day(day.day),
        words=f"{words(day.words)}, {segments(day.segments)}",
        value=day.words,
        address=address(day=day.day.isoformat(), language=day.language) if day.segments else "",
    )


def _words_plot(code: str, days: Sequence[work.Day], marks: Sequence[Mark], most: int) -> dict[str, Any]:
    total = sum(day.words for day in days)
    said = Words(
        f"words-{code}",
        _("Words approved a day: %(language)s") % {"language": language_name(code)},
        _("%(first)s to %(last)s: %(amount)s.")
        % {
            "first": formats.date_format(days[0].day, "DATE_FORMAT"),
            "last": formats.date_format(days[-1].day, "DATE_FORMAT"),
            "amount": words(total),
        },
    )
    ticks = [(0.0, "0"), (float(most), grouped(most))] if most else [(0.0, "0")]
    plot = plots.columns(said, marks, most=most, ticks=ticks)
    return {"language": language_name(code), "amount": words(total), "plot": plot}


def review_times() -> dict[str, Any]:
    """A plot for each language, all on one scale; a line of the table for each week and language."""
    found = work.review_times()
    return {
        "plots": [_times_plot(code, found[code]) for code in CODES],
        "lines": [_line(week) for code in CODES for week in reversed(found[code])],
    }


def _times_plot(code: str, weeks: Sequence[work.Week]) -> dict[str, Any]:
    mondays, by_monday = work.last_weeks(), {week.monday: week for week in weeks}
    amount = segments(sum(week.waited.n for week in weeks))
    said = Words(
        f"times-{code}",
        _("Time to review by week: %(language)s") % {"language": language_name(code)},
        _("The median of each week and its quartiles, on a logarithmic scale: %(amount)s.")
        % {"amount": amount},
    )
    plot = plots.ranges(
        said,
        [_week(by_monday.get(monday)) for monday in mondays],
        labels=[short_day(monday) for monday in mondays],
        ticks=[(seconds, duration(seconds)) for seconds in SCALE],
    )
    return {"language": language_name(code), "amount": amount, "plot": plot}


def _week(week: work.Week | None) -> Mark | None:
    if week is None:
        return None
    said = {"segments": segments(week.waited.n), **_durations(week.waited)}
    return Mark(
        label=formats.date_format(week.monday, "DATE_FORMAT"),
        words=_("median %(median)s, quartiles %(low)s and %(high)s, %(segments)s") % said,
        value=week.waited.median,
        low=week.waited.low,
        high=week.waited.high,
        address=_address_of(week),
    )


def _line(week: work.Week) -> dict[str, Any]:
    return {
        "monday": week.monday,
        "language": language_name(week.language),
        "n": week.waited.n,
        "on_screen": duration(week.on_screen.median) if week.on_screen else "—",
        "address": _address_of(week),
        **_durations(week.waited),
    }


def _address_of(week: work.Week) -> str:
    return address(week=week.monday.isoformat(), language=week.language)


def _durations(found: work.Quartiles) -> dict[str, str]:
    return {name: duration(getattr(found, name)) for name in ("low", "median", "high")}


def returns() -> dict[str, Any]:
    """A plot for each language, all on one scale, reasons in their order; a line of the table for each reason."""
    found = work.returns()
    marks = {code: [_reason(code, name, found[code, name]) for name in REASONS] for code in CODES}
    return {
        "any": bool(found),
        "plots": [_returns_plot(code, marks[code], most=max(found.values(), default=0)) for code in CODES],
        "lines": [
            (reason(name), [(found[code, name], marks[code][place].address) for code in CODES])
            for place, name in enumerate(REASONS)
        ],
    }


def _reason(code: str, name: str, number: int) -> Mark:
    return Mark(
        label=reason(name),
        words=grouped(number),
        value=number,
        address=address(reason=name, language=code) if number else "",
    )


def _returns_plot(code: str, marks: Sequence[Mark], most: int) -> dict[str, Any]:
    said = Words(
        f"returns-{code}",
        _("Reasons of returns: %(language)s") % {"language": language_name(code)},
        "; ".join(f"{mark.label}: {mark.words}" for mark in marks),
    )
    return {
        "language": language_name(code),
        "amount": segments(sum(int(mark.value) for mark in marks)),
        "plot": plots.rows(said, marks, most=most),
        "waiting": f"{reverse('admin:queue', args=[code])}?state={State.NEEDS_EDIT.value}",
    }
