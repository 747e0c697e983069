"""The words of notices, in the language of whoever reads them, and where each leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Notice, Person

from .titles import titles

SHOWN = 50

# Translators: notices. %(by)s is a person's name, %(title)s the title of an article or biography.
WORDS: Mapping[str, str | Promise] = {
    "assigned": gettext_lazy("%(by)s gave you “%(title)s” to translate."),
    "returned": gettext_lazy("%(by)s returned a sentence of yours in “%(title)s”."),
    "question": gettext_lazy("%(by)s asks about “%(title)s”."),
    "answered": gettext_lazy("%(by)s answered your question about “%(title)s”."),
    "mention": gettext_lazy("%(by)s mentioned you at “%(title)s”."),
    "taken_over": gettext_lazy("%(by)s took over the sentence that you had open in “%(title)s”."),
    "ready_to_release": gettext_lazy("“%(title)s” is approved to the last sentence and can be released."),
    "reported": gettext_lazy("A reader reports a mistake in “%(title)s”."),
    "release_held_up": gettext_lazy("The scheduled release of “%(title)s” was held up."),
}

# Translators: what a person may be told of; beside a switch for each.
CHOICES: Mapping[str, str | Promise] = {
    "assigned": gettext_lazy("A text is given to me"),
    "returned": gettext_lazy("A sentence of mine is returned"),
    "question": gettext_lazy("Somebody asks"),
    "answered": gettext_lazy("My question is answered"),
    "mention": gettext_lazy("I am mentioned"),
    "taken_over": gettext_lazy("Somebody takes over what I have open"),
    "ready_to_release": gettext_lazy("A text is ready to be released"),
    "reported": gettext_lazy("A reader reports a mistake"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it is read: its line, what somebody wrote with it, and the language that it is about."""

    notice: Notice
    line: str
    more: str
    language: str


def told(person: Person, *, limit: int = SHOWN) -> list[Told]:
    """The person's notices, unseen ones first, then the newest. Two queries."""
    rows = Notice.objects.filter(person=person).order_by(F("seen_at").desc(nulls_first=True), "-pk")
    rows = rows.select_related("document", "translation__segment")
    return read(list(rows[:limit]))


def unseen(person: Person, *, limit: int = SHOWN) -> list[Told]:
    """Those that the person has not seen, the newest first."""
    rows = Notice.objects.unseen_by(person.pk).select_related("document", "translation__segment")
    return read(list(rows.order_by("-pk")[:limit]))


def read(notices: list[Notice]) -> list[Told]:
    """The notices in the language that is active."""
    named = titles({notice.document_id for notice in notices if notice.document_id})
    return [_read(notice, named.get(notice.document_id, "")) for notice in notices]


def _read(notice: Notice, title: str) -> Told:
    params = notice.params
    said = {"by": params.get("by", ""), "title": title}
    line = str(WORDS.get(notice.kind, notice.kind)) % said
    if due := params.get("due"):
        day = formats.date_format(datetime.fromisoformat(due), "DATE_FORMAT")
        line = f"{line} {_('Until %(day)s.') % {'day': day}}"
    if at := params.get("at"):
        moment = timezone.localtime(datetime.fromisoformat(at))
        line = f"{line} {formats.date_format(moment, 'DATETIME_FORMAT')}"
    language = notice.translation.language if notice.translation else params.get("language", "")
    return Told(notice, line, params.get("text") or params.get("note") or "", language)
