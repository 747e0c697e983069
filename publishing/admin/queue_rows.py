"""The queue's rows and its choice of documents as HTML: by loops in a template they were most of the page's time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext

from publishing.models import Assignment, Block
from publishing.models.translation import State

_ROW: Final = (
    '<tr><td class="text"><a href="{}" lang="{}">{}</a> <span class="where">{} · {}</span>{}</td>'
    '<td><span class="state state-{}">{}</span>{}{}</td><td class="findings">{}{}</td>'
    '<td class="number">{}</td><td class="age"><time datetime="{}">{}</time></td></tr>\n'
)
_NOTHING: Final = SafeString("")


def rows(read: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows that admin/queue.py has read."""
    states = {state.value: str(state.label) for state in State}
    kinds = {kind.value: str(kind.label) for kind in Block.Kind}
    now = timezone.now()
    return format_html_join("", _ROW, (_cells(row, states, kinds, now) for row in read))


def assigned(given: Sequence[Assignment]) -> SafeString:
    """Whom a text is assigned to: few texts are, so a template may say it."""
    if not given:
        return _NOTHING
    told = (
        (SafeString(render_to_string("admin/publishing/_assigned.html", {"given": each})),) for each in given
    )
    return format_html(
        '<span class="where">{}: {}</span>', gettext("Assigned to"), format_html_join("", "{}", told)
    )


def options(titles: Mapping[int, str], chosen: int | None) -> SafeString:
    """The documents to choose from."""
    made = (
        f'<option value="{pk}"{" selected" if pk == chosen else ""}>{escape(short(title, 80))}</option>'
        for pk, title in titles.items()
    )
    return SafeString("\n".join(made))


def short(text: str, most: int) -> str:
    """The text, cut where it is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _cells(
    row: Mapping[str, Any], states: Mapping[str, str], kinds: Mapping[str, str], now: datetime
) -> tuple[object, ...]:
    translation = row["translation"]
    segment, returned_by = translation.segment, translation.returned_by
    is_returned = returned_by and translation.state == State.NEEDS_EDIT
    return (
        row["address"],
        segment.document.source_language,
        short(segment.text, 140),
        short(row["title"], 70),
        kinds[segment.block.kind],
        row["assigned_html"],
        translation.state,
        states[translation.state],
        format_html(' <span class="quiet">{}</span>', returned_by) if is_returned else _NOTHING,
        format_html(' <span class="flag held">{}</span>', row["held_by"]) if row["held_by"] else _NOTHING,
        _blocking(translation.blocking) if translation.blocking else _NOTHING,
        _warnings(translation.warnings) if translation.warnings else _NOTHING,
        format_html('<span title="{}">{}</span>', row["risk_reasons"], translation.risk)
        if translation.risk
        else _NOTHING,
        translation.changed_at.isoformat(),
        timesince(translation.changed_at, now),
    )


def _blocking(number: int) -> SafeString:
    said = ngettext("%(number)s blocking", "%(number)s blocking", number)
    return format_html('<span class="flag block">{}</span> ', said % {"number": number})


def _warnings(number: int) -> SafeString:
    said = ngettext("%(number)s warning", "%(number)s warnings", number)
    return format_html('<span class="flag warn">{}</span>', said % {"number": number})
