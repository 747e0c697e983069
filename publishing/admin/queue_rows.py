"""The queue's rows and its choice of documents as HTML: by loops in a template they were most of the page's time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext

from publishing.models import Assignment, Block
from publishing.models.translation import State

_NOTHING: Final = SafeString("")


def rows(read: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows that admin/queue.py has read."""
    states = {state.value: str(state.label) for state in State}
    kinds = {kind.value: str(kind.label) for kind in Block.Kind}
    now = timezone.now()
    return SafeString("".join(_row(row, states, kinds, now) for row in read))


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


def _row(row: Mapping[str, Any], states: Mapping[str, str], kinds: Mapping[str, str], now: datetime) -> str:
    """One row, escaped by the standard library: Django's own takes thrice the time."""
    translation = row["translation"]
    segment, state, risk = translation.segment, translation.state, translation.risk
    age = timesince(translation.changed_at, now)
    told = f'<span title="{escape(row["risk_reasons"])}">{risk}</span>' if risk else ""
    return (
        f'<tr><td class="text"><a href="{escape(row["address"])}" lang="{segment.document.source_language}">'
        f'{escape(short(segment.text, 140))}</a> <span class="where">{escape(short(row["title"], 70))} · '
        f"{escape(kinds[segment.block.kind])}</span>{row['assigned_html']}</td>"
        f'<td><span class="state state-{state}">{escape(states[state])}</span>{_people(row)}</td>'
        f'<td class="findings">{_blocking(translation.blocking)}{_warnings(translation.warnings)}</td>'
        f'<td class="number">{told}</td><td class="age">'
        f'<time datetime="{translation.changed_at.isoformat()}">{age}</time></td></tr>\n'
    )


def _people(row: Mapping[str, Any]) -> str:
    """Who returned it, where it waits for that; and who is at it."""
    translation, said = row["translation"], ""
    if translation.returned_by and translation.state == State.NEEDS_EDIT:
        said += f' <span class="quiet">{escape(translation.returned_by)}</span>'
    if row["held_by"]:
        said += f' <span class="flag held">{escape(row["held_by"])}</span>'
    return said


def _blocking(number: int) -> str:
    if not number:
        return ""
    said = ngettext("%(number)s blocking", "%(number)s blocking", number) % {"number": number}
    return f'<span class="flag block">{escape(said)}</span> '


def _warnings(number: int) -> str:
    if not number:
        return ""
    said = ngettext("%(number)s warning", "%(number)s warnings", number) % {"number": number}
    return f'<span class="flag warn">{escape(said)}</span>'
