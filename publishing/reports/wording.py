"""The words of findings, drops and remarks in the reader's language, from the crafts' plain English tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.markup.reading.values import REMARKS
from publishing.quality.catalogue import CATALOGUE

VERDICTS: Mapping[str, str | Promise] = {
    "unchanged": _("unchanged"),
    "changed": _("changed in the file"),
    "conflict": _("changed in the file and here"),
    "stale_source": _("made from an earlier source"),
    "unknown_key": _("unknown key"),
    "edited_source": _("source edited in the file"),
    "kept": _("ours kept"),
}


def finding(code: str, params: Mapping[str, Any]) -> str:
    """A finding's text in the language that is active."""
    entry = CATALOGUE.get(code)
    return gettext(entry.template) % params if entry else code


def dropped(reason: str) -> str:
    """Why a line of the source was left out."""
    return gettext(reason)


def verdict(code: str) -> str:
    """What became of a unit of a returned catalog."""
    return str(VERDICTS.get(code, code))


def remark(code: str, params: Mapping[str, Any]) -> str:
    """What is odd about a source as a whole."""
    return gettext(REMARKS[code]) % params
