"""What the admin calls things: languages, origins of a text, verbs of the history, reasons of a return."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.languages.names import OWN_NAMES, name_of
from publishing.models import Revision
from publishing.reports import wording

REASONS: Mapping[str, str | Promise] = {
    "meaning": _("meaning"),
    "terminology": _("terminology"),
    # Translators: a reason why a translation was returned: its grammar or spelling is wrong.
    "language": pgettext_lazy("reason of a return", "language"),
    "style": _("style"),
    "formatting": _("formatting"),
    # Translators: a reason why a translation was returned: none of the others.
    "other": pgettext_lazy("reason of a return", "other"),
}

# Translators: the groups of people who work here.
GROUPS: Mapping[str, str | Promise] = {
    "Translators": _("Translators"),
    "Editors": _("Editors"),
    "Editors in chief": _("Editors in chief"),
    "Administrators": _("Administrators"),
}

DECISIONS: Mapping[str, str | Promise] = {
    "approve": _("approved"),
    "return": _("returned"),
    "undo": _("decision undone"),
    "overrule": _("finding overruled"),
    "dismiss": _("warning dismissed"),
    # Translators: what happened to a sentence: its translation was made one with that of its neighbour.
    "join": _("joined to its neighbour"),
    "separate": _("separated again"),
    # Translators: what happened to a sentence: an editor omits it in this language.
    "omit": _("left out"),
    "bring_back": _("no longer left out"),
    "assign": _("assigned"),
    "withdraw_assignment": _("assignment withdrawn"),
    "assign_topics": _("topics assigned"),
    "submit": _("submitted"),
    # Translators: what happened to a segment: somebody decided on what a reader had reported of it.
    "resolve_report": _("reader’s report resolved"),
    "ingest": _("article imported"),
    "change_source": _("source changed"),
    # Translators: what happened to a segment: somebody asked an engine for another draft.
    "ask_engine": _("engine asked"),
    "request_run": _("run asked for"),
    "pretranslate": _("pretranslated"),
    "pause_run": _("run paused"),
    "resume_run": _("run resumed"),
    "cancel_run": _("run cancelled"),
    "import_catalog": _("catalog imported"),
    "release": _("released"),
    "schedule": _("release scheduled"),
    "cancel": _("schedule cancelled"),
    "hold_up": _("scheduled release held up"),
    "original_corrected": _("original said to be corrected since"),
    "original_settled": _("no longer said that the original was corrected since"),
    "in_preparation": _("said to be in preparation"),
    "not_in_preparation": _("no longer said to be in preparation"),
    # Translators: what happened to an edition: an editor gave it another slug, the last part of its address.
    "give_slug": _("slug changed"),
    "rollback": _("rolled back"),
    "withdraw": _("withdrawn"),
}


def language_name(code: str) -> str:
    """The language's name in the language of the interface."""
    reader = (get_language() or "en")[:2]
    return name_of(code, reader if reader in CODES else "en")


def own_name(code: str) -> str:
    return OWN_NAMES[code]


def origin(revision: Revision) -> str:
    """Where a text came from, in a few words."""
    detail = revision.detail or {}
    match revision.origin:
        case Revision.Origin.MEMORY:
            # Translators: the origin of a draft: a translation memory of this name.
            return gettext("from the memory “%(name)s”") % {"name": detail.get("from", "")}
        case Revision.Origin.MACHINE:
            # Translators: the origin of a draft: a machine translation engine such as google.
            return gettext("machine translation by %(engine)s") % {"engine": detail.get("engine", "")}
        case Revision.Origin.RULE:
            # Translators: the origin of a draft: made by a fixed rule, for instance for footnotes.
            return gettext("drafted by rule")
        case Revision.Origin.IMPORT:
            return gettext("imported by %(person)s") % {"person": _name(revision)}
        case _:
            return gettext("written by %(person)s") % {"person": _name(revision)}


def making(revision: Revision) -> list[str]:
    """How a draft came about, a line each: neighbours, repairs, scheme, pivot, refusals, what is unplaced."""
    detail = revision.detail or {}
    lines: list[str] = []
    if detail.get("context"):
        lines.append(gettext("The sentences before and after it are the same there."))
    if repaired := detail.get("repaired"):
        exchanged = ", ".join(f"{old} → {new}" for old, new in repaired)
        lines.append(gettext("Repaired, check it: %(exchanged)s") % {"exchanged": exchanged})
        lines.append(gettext("It was made for: “%(source)s”") % {"source": detail.get("source", "")})
    if unplaced := detail.get("unplaced"):
        lines.append(
            gettext("Marks without a place, to be put in: %(marks)s") % {"marks": " ".join(unplaced)}
        )
    if pivot := detail.get("pivot"):
        lines.append(
            gettext("Through English that people approved.")
            if pivot.get("by") == "approved"
            else gettext("Through English by the same engine: “%(text)s”") % {"text": pivot.get("text", "")}
        )
    if detail.get("moved"):
        lines.append(gettext("Marks stand in another order than in the source."))
    if scheme := detail.get("scheme"):
        # Translators: how references and markup travelled to the engine; the scheme is a technical name.
        lines.append(gettext("Marks travelled in the scheme “%(scheme)s”.") % {"scheme": scheme})
    lines += [_thrown_away(refused) for refused in detail.get("refused", ())]
    return lines


def _thrown_away(refused: Mapping[str, Any]) -> str:
    return gettext("Thrown away before: a draft by %(engine)s (%(scheme)s): %(faults)s.") % {
        "engine": refused["engine"],
        "scheme": refused["scheme"],
        "faults": "; ".join(wording.fault(code) for code in refused["faults"]),
    }


def _name(revision: Revision) -> str:
    return revision.author.display_name if revision.author else "—"


def decision(verb: str) -> str:
    return str(DECISIONS.get(verb, verb))


def group(name: str) -> str:
    return str(GROUPS.get(name, name))


def reason(code: str) -> str:
    return str(REASONS.get(code, code))
