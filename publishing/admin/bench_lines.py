"""The closed segments of the workbench as HTML: three hundred of them by template tags were most of the page's time."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

_LINE: Final = (
    '<div class="line state-{}{}" id="segment-{}"><div class="source" lang="{}"{}>{}{}</div>'
    '<div class="target" lang="{}">{}</div><div class="margin">'
    '<a class="state state-{}" href="{}" data-visit title="{}"><span class="visually-hidden">{} </span>{}</a>{}'
    "</div></div>\n"
)
_HEADING: Final = SafeString(' role="heading" aria-level="2"')
_BLANK: Final = SafeString('<span class="blank" aria-hidden="true"></span>')
_NOTHING: Final = SafeString("")


def closed(line: Mapping[str, Any], source_language: str, language: str) -> SafeString:
    """A line of admin/workbench.py that is not open: source, target, state, and what is to be known of it."""
    number = line["note_number"]
    return format_html(
        _LINE,
        line["state"],
        SafeString(" is-joined") if line["is_joined"] else _NOTHING,
        line["key"],
        source_language,
        _HEADING if line["kind"] in {"title", "heading"} else _NOTHING,
        format_html('<span class="label">{}</span> ', number) if number else _NOTHING,
        line["source"],
        language,
        _target(line),
        line["state"],
        line["address"],
        line["origin"],
        gettext("Segment %(number)s:") % {"number": line["number"]},
        line["state_label"],
        _flags(line),
    )


def _target(line: Mapping[str, Any]) -> SafeString:
    if line["is_joined"]:
        return _quiet(gettext("joined to the sentence before it"))
    if line["is_omitted"]:
        return _quiet(gettext("left out"))
    return line["target"] or _BLANK


def _quiet(said: str) -> SafeString:
    return format_html('<span class="quiet" lang="{}">{}</span>', get_language() or "en", said)


def _flags(line: Mapping[str, Any]) -> SafeString:
    flags = _NOTHING
    if number := line["blocking"]:
        flags += _flag("block", ngettext("%(number)s blocking", "%(number)s blocking", number), number)
    if number := line["warnings"]:
        flags += _flag("warn", ngettext("%(number)s warning", "%(number)s warnings", number), number)
    if line["held_by"]:
        flags += format_html(' <span class="flag held">{}</span>', line["held_by"])
    if line["asked"]:
        flags += format_html(' <span class="flag">{}</span>', gettext("question"))
    if number := line["proposals"]:
        flags += _flag("", ngettext("%(number)s proposal", "%(number)s proposals", number), number)
    return flags


def _flag(kind: str, said: str, number: int) -> SafeString:
    return format_html(' <span class="{}">{}</span>', f"flag {kind}".rstrip(), said % {"number": number})
