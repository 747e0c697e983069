"""What an editor pressed on an edition's page: one posted form, one verb called, and what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Edition, Person, Release
from publishing.workflow import announcing, releasing, renaming, scheduling
from publishing.workflow.errors import Refused

LONGEST = 2_000


class NoTime(Refused):
    message = gettext_lazy("Give the day and the hour at which it is to go out.")


class CorrectionOfMany(Refused):
    message = gettext_lazy("A correction belongs to one edition: release it alone.")


class UnknownDecision(Refused):
    message = gettext_lazy("This form is not complete: load the page again.")


def decide(post: QueryDict, edition: Edition, actor: Person) -> str:
    """Calls the verb; returns what was done, in a sentence. Raises Refused with the reason of a refusal."""
    verb = VERBS.get(post.get("action", ""))
    if verb is None:
        raise UnknownDecision
    return verb(post, edition, actor)


def _release(post: QueryDict, edition: Edition, actor: Person) -> str:
    if others := _with(post, edition):
        made = releasing.release_jointly(
            _targets(edition, others), actor=actor, note=_said(post, "note"), override=_said(post, "override")
        )
        return _("Editions live: %(number)d. The pages are being written.") % {"number": len(made)}
    release = releasing.release(edition.document, edition.language, actor=actor, **_terms(post))
    return _("Release %(number)d is live. The pages are being written.") % {"number": release.number}


def _schedule(post: QueryDict, edition: Edition, actor: Person) -> str:
    at = _time(post)
    if others := _with(post, edition):
        scheduling.schedule_jointly(
            _targets(edition, others),
            actor=actor,
            at=at,
            note=_said(post, "note"),
            override=_said(post, "override"),
        )
    else:
        scheduling.schedule(edition.document, edition.language, actor=actor, at=at, **_terms(post))
    moment = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return _("Scheduled for %(time)s. What holds it up is asked again then.") % {"time": moment}


def _cancel(post: QueryDict, edition: Edition, actor: Person) -> str:
    scheduling.cancel(edition.document, edition.language, actor=actor, note=_said(post, "note"))
    return _("The schedule is cancelled.")


def _roll_back(post: QueryDict, edition: Edition, actor: Person) -> str:
    made = releasing.rollback(edition.document, edition.language, actor=actor, note=_said(post, "note"))
    return _("Release %(number)d is live again, word for word. The pages are being written.") % {
        "number": made.number
    }


def _withdraw(post: QueryDict, edition: Edition, actor: Person) -> str:
    made = releasing.withdraw(edition.document, edition.language, actor=actor, note=_said(post, "note"))
    return _("Release %(number)d is withdrawn. The pages are being written.") % {"number": made.number}


def _original_corrected(post: QueryDict, edition: Edition, actor: Person) -> str:
    _say_of_the_original(post, edition, actor, corrected=True)
    return _("Readers are told that the original has been corrected since.")


def _original_settled(post: QueryDict, edition: Edition, actor: Person) -> str:
    _say_of_the_original(post, edition, actor, corrected=False)
    return _("Readers are no longer told that the original has been corrected.")


def _say_of_the_original(post: QueryDict, edition: Edition, actor: Person, *, corrected: bool) -> Release:
    return releasing.say_original_corrected(
        edition.document, edition.language, actor=actor, corrected=corrected, note=_said(post, "note")
    )


def _in_preparation(post: QueryDict, edition: Edition, actor: Person) -> str:
    _say_in_preparation(post, edition, actor, coming=True)
    return _("Readers are told that this language is in preparation.")


def _not_in_preparation(post: QueryDict, edition: Edition, actor: Person) -> str:
    _say_in_preparation(post, edition, actor, coming=False)
    return _("Readers are no longer told that this language is in preparation.")


def _say_in_preparation(post: QueryDict, edition: Edition, actor: Person, *, coming: bool) -> None:
    announcing.say_in_preparation(
        edition.document, edition.language, actor=actor, coming=coming, note=_said(post, "note")
    )


def _give_slug(post: QueryDict, edition: Edition, actor: Person) -> str:
    made = renaming.give_slug(
        edition.document, edition.language, _said(post, "slug"), actor=actor, note=_said(post, "note")
    )
    return _("The slug is “%(slug)s” now. The old address leads to the new one.") % {"slug": made.slug}


VERBS: Mapping[str, Callable[[QueryDict, Edition, Person], str]] = {
    "release": _release,
    "schedule": _schedule,
    "cancel": _cancel,
    "rollback": _roll_back,
    "withdraw": _withdraw,
    "original_corrected": _original_corrected,
    "original_settled": _original_settled,
    "in_preparation": _in_preparation,
    "not_in_preparation": _not_in_preparation,
    "give_slug": _give_slug,
}


def _said(post: QueryDict, name: str) -> str:
    return post.get(name, "").strip()[:LONGEST]


def _terms(post: QueryDict) -> dict[str, str]:
    return {name: _said(post, name) for name in ("note", "correction", "override")}


def _with(post: QueryDict, edition: Edition) -> list[Edition]:
    """The document's other editions that were ticked. Raises CorrectionOfMany where one was given with them."""
    ticked = [pk for pk in post.getlist("with") if pk.isascii() and pk.isdigit() and len(pk) < 18]
    others = list(edition.document.editions.filter(pk__in=ticked).exclude(pk=edition.pk).order_by("pk"))
    if others and _said(post, "correction"):
        raise CorrectionOfMany
    return others


def _targets(edition: Edition, others: list[Edition]) -> list[releasing.Target]:
    return [(edition.document, each.language) for each in (edition, *others)]


def _time(post: QueryDict) -> datetime:
    """The time that was given, by the site's clock. Raises NoTime."""
    try:
        at = parse_datetime(post.get("at", ""))
        return timezone.make_aware(at) if at and timezone.is_naive(at) else at or _nothing()
    except (ValueError, OverflowError):
        raise NoTime from None


def _nothing() -> datetime:
    raise NoTime
