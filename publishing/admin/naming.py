"""What the admin calls things: languages, origins of a text, verbs of the history, reasons of a return."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.languages.names import OWN_NAMES, name_of
from publishing.models import Revision

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
    "overrule": _("finding overruled"),
    "submit": _("submitted"),
    "ingest": _("article imported"),
    "change_source": _("source changed"),
    "request_run": _("run asked for"),
    "pretranslate": _("pretranslated"),
    "import_catalog": _("catalog imported"),
    "release": _("released"),
    "schedule": _("release scheduled"),
    "cancel": _("schedule cancelled"),
    "hold_up": _("scheduled release held up"),
    "original_corrected": _("original said to be corrected since"),
    "original_settled": _("no longer said that the original was corrected since"),
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


def _name(revision: Revision) -> str:
    return revision.author.display_name if revision.author else "—"


def decision(verb: str) -> str:
    return str(DECISIONS.get(verb, verb))


def group(name: str) -> str:
    return str(GROUPS.get(name, name))


def reason(code: str) -> str:
    return str(REASONS.get(code, code))
