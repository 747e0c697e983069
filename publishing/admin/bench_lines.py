"""The closed segments of the workbench as HTML: three hundred of them by template tags were most of the page's time.

What somebody wrote is escaped by the standard library, for Django's own escaping takes thrice as long; texts come
marked up from `marking`, which has escaped them.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

_HEADING: Final = ' role="heading" aria-level="2"'
_BLANK: Final = '<span class="blank" aria-hidden="true"></span>'


def closed(lines: Iterable[Mapping[str, Any]], source_language: str, language: str) -> SafeString:
    """Lines of admin/workbench.py that are not open: source, target, state, and what is to be known of each."""
    numbered = gettext("Segment %(number)s:")
    return SafeString("".join(_line(line, source_language, language, numbered) for line in lines))


def _line(line: Mapping[str, Any], source_language: str, language: str, numbered: str) -> str:
    state, number = line["state"], line["note_number"]
    return (
        f'<div class="line state-{state}{" is-joined" if line["is_joined"] else ""}" id="segment-{line["key"]}">'
        f'<div class="source" lang="{source_language}"{_HEADING if line["kind"] in {"title", "heading"} else ""}>'
        f"{_label(number) if number else ''}{_safe(line['source'])}</div>"
        f'<div class="target" lang="{language}">{_target(line)}</div><div class="margin">'
        f'<a class="state state-{state}" href="{escape(line["address"])}" data-visit'
        f' title="{escape(line["origin"])}"><span class="visually-hidden">'
        f"{escape(numbered % {'number': line['number']})} </span>"
        f"{escape(line['state_label'])}</a>{_flags(line)}</div></div>\n"
    )


def _safe(text: object) -> str:
    """A text as it stands, if it says that it is HTML; escaped otherwise."""
    return text if isinstance(text, SafeString) else escape(str(text))


def _label(number: object) -> str:
    return f'<span class="label">{escape(str(number))}</span> '


def _target(line: Mapping[str, Any]) -> str:
    if line["is_joined"]:
        return _quiet(gettext("joined to the sentence before it"))
    if line["is_omitted"]:
        return _quiet(gettext("left out"))
    return _safe(line["target"]) or _BLANK


def _quiet(said: str) -> str:
    return f'<span class="quiet" lang="{get_language() or "en"}">{escape(said)}</span>'


def _flags(line: Mapping[str, Any]) -> str:
    flags = ""
    if number := line["blocking"]:
        flags += _flag("flag block", ngettext("%(number)s blocking", "%(number)s blocking", number), number)
    if number := line["warnings"]:
        flags += _flag("flag warn", ngettext("%(number)s warning", "%(number)s warnings", number), number)
    if line["held_by"]:
        flags += f' <span class="flag held">{escape(line["held_by"])}</span>'
    if line["asked"]:
        flags += f' <span class="flag">{escape(gettext("question"))}</span>'
    if line["reported"]:
        # Translators: marks a sentence of which readers have said that it is wrong.
        flags += f' <span class="flag warn">{escape(gettext("reported by readers"))}</span>'
    if number := line["proposals"]:
        flags += _flag("flag", ngettext("%(number)s proposal", "%(number)s proposals", number), number)
    return flags


def _flag(kind: str, said: str, number: int) -> str:
    return f' <span class="{kind}">{escape(said % {"number": number})}</span>'
