"""A segment's text as HTML: findings marked at their spans, placeholders and references as small chips."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from publishing.markup import notes, placeholders


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that a finding points to; `kind` is block, warn or overruled."""

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class _Chip:
    start: int
    end: int
    kind: str


def marked(text: str, spans: Iterable[Span], known: Container[str]) -> SafeString:
    """The text, escaped, with <mark> where findings are. `known` are the block's placeholder ids."""
    spans = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    chips = list(_chips(text, known)) if "<" in text or "[" in text else []
    if not spans and not chips:
        return SafeString(escape(text))  # Django's own takes thrice as long, and a page has six hundred texts
    edges = {0, len(text)}
    for stretch in (*spans, *chips):
        edges |= {stretch.start, stretch.end}
    pieces = [
        (next((span for span in spans if span.start <= start and end <= span.end), None), start, end)
        for start, end in pairwise(sorted(edges))
    ]
    parts = []
    for span, group in groupby(pieces, key=lambda piece: piece[0]):
        inner = format_html_join("", "{}", ((_piece(text, start, end, chips),) for _, start, end in group))
        parts.append(
            format_html('<mark class="{}" title="{}">{}</mark>', span.kind, span.label, inner)
            if span
            else inner
        )
    return mark_safe("".join(parts))  # noqa: S308 -- every part was escaped above


def _chips(text: str, known: Container[str]) -> Iterator[_Chip]:
    for token in placeholders.tokens(text, known):
        yield _Chip(token.start, token.end, "placeholder")
    for reference in notes.references(text):
        yield _Chip(reference.start, reference.end, "reference")


def _piece(text: str, start: int, end: int, chips: list[_Chip]) -> SafeString:
    for chip in chips:
        if chip.start <= start and end <= chip.end:
            return format_html('<span class="{}" translate="no">{}</span>', chip.kind, text[start:end])
    return format_html("{}", text[start:end])
