"""States of a document's translations as a quiet bar: an SVG, since a strict policy allows no inline style."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from publishing.models.translation import State

ORDER = (
    State.APPROVED, State.SUBMITTED, State.PRETRANSLATED, State.OUTDATED, State.NEEDS_EDIT, State.MISSING,
)  # fmt: skip


def bar(states: Mapping[str, int]) -> SafeString:
    """The bar; its words are said beside it, so it is hidden from screen readers."""
    total = sum(states.values()) or 1
    pieces, start = [], 0
    for state in ORDER:
        number = states.get(state, 0)
        if number:
            pieces.append((state, start, number))
            start += number
    inner = format_html_join("", '<rect class="state-{}" x="{}" width="{}" height="1"/>', pieces)
    return format_html(
        '<svg class="bar" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        total,
        inner,
    )
