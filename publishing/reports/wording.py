"""The words of findings, drops and remarks in the reader's language, from the crafts' plain English tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.markup.reading.values import REMARKS
from publishing.models import EngineCall, Run
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


# Translators: what an engine could not do during a run. “texts: 7” counts sentences.
TROUBLES: Mapping[str, str | Promise] = {
    "retryable": _("%(engine)s: out of order, out of reach or too slow; texts: %(texts)d"),
    "quota": _("%(engine)s: its allowance is used up; texts: %(texts)d"),
    "auth": _("%(engine)s: it refuses the key, the address or the certificate; texts: %(texts)d"),
    "input": _("%(engine)s: it cannot take the text; texts: %(texts)d"),
    "output": _("%(engine)s: it answered, but not with a translation; texts: %(texts)d"),
    "budget": _(
        "%(engine)s: the month's budget of %(limit)d characters is used up (so far %(used)d); texts not sent: %(texts)d"
    ),
    "closed": _("%(engine)s: left alone for a while after failures (%(reason)s); texts not sent: %(texts)d"),
    "pair": _("%(engine)s: it does not translate between these languages; texts: %(texts)d"),
    "overdue": _("The run had its time, and ended with what it had."),
    "guard": _("%(engine)s: drafts thrown away because %(fault)s: %(texts)d"),
}

# Translators: why an engine's draft was thrown away; stands in “drafts thrown away because …: 7”.
FAULTS: Mapping[str, str | Promise] = {
    "error_text": _("they were an error message"),
    "empty": _("they held no word"),
    "echoed": _("they were the source, untranslated"),
    "wrong_script": _("they were in another script"),
    "wrong_language": _("they were in another language"),
    "too_short": _("they were far too short"),
    "too_long": _("they were far too long"),
    "reference_lost": _("a reference was lost"),
    "reference_invented": _("a reference stood there too often or out of nowhere"),
    "placeholder_lost": _("a placeholder was lost"),
    "placeholder_invented": _("a placeholder stood there too often or out of nowhere"),
    "placeholder_order": _("the placeholders crossed"),
    "number_changed": _("a number was lost or changed"),
    "address_changed": _("an address was lost or changed"),
    "token_left": _("a mark came back as a token of the way"),
    "live_markup": _("they held markup that the source has not"),
    "escaped": _("they were escaped for HTML"),
}

# Translators: why a segment stands high in the queue that is ordered by risk.
RISKS: Mapping[str, str | Promise] = {
    "blocking": _("blocking findings"),
    "unplaced": _("marks without a place"),
    "warnings": _("warnings"),
    "disagreement": _("another engine says it otherwise"),
    "refused": _("earlier drafts were thrown away"),
    "outdated": _("the source has changed"),
    "repaired": _("repaired from memory"),
    "unseen": _("a sentence never seen before"),
    "record": _("how much this engine's drafts are mended as a rule"),
    "through_english": _("came through English"),
    "long": _("a long sentence"),
}

OUTCOMES: Mapping[str, str | Promise] = {str(outcome): outcome.label for outcome in EngineCall.Outcome}


def finding(code: str, params: Mapping[str, Any]) -> str:
    """A finding's text in the language that is active."""
    entry = CATALOGUE.get(code)
    return gettext(entry.template) % params if entry else code


def trouble(entry: Mapping[str, Any]) -> str:
    """What an engine could not do during a run, in one line."""
    code, _sign, fault = str(entry["code"]).partition(":")
    said = {**entry, "fault": FAULTS.get(fault, fault), "reason": OUTCOMES.get(entry.get("reason", ""), "")}
    return str(TROUBLES[code]) % said if code in TROUBLES else code


def fault(code: str) -> str:
    """Why a draft was thrown away, in words."""
    return str(FAULTS.get(code, code))


def risks(reasons: Sequence[Sequence[Any]]) -> str:
    """Why a segment is risky, in words, the heaviest reason first."""
    return ", ".join(f"{RISKS.get(code, code)} ({points})" for code, points in reasons)


def troubles(run: Run) -> str:
    """A run's notice: what its engines could not do, a line each."""
    return "\n".join(trouble(entry) for entry in run.troubles)


def dropped(reason: str) -> str:
    """Why a line of the source was left out."""
    return gettext(reason)


def verdict(code: str) -> str:
    """What became of a unit of a returned catalog."""
    return str(VERDICTS.get(code, code))


def remark(code: str, params: Mapping[str, Any]) -> str:
    """What is odd about a source as a whole."""
    return gettext(REMARKS[code]) % params
