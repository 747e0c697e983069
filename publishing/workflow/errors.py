"""Why a verb refuses. Each error is one clear line in the language of whoever asked: what, where, what to do."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.quality import Finding
from publishing.reports import wording


class Refused(Exception):
    """A verb that did nothing, and why. `str(error)` is translated when it is read."""

    message: str | Promise = _("This cannot be done now.")

    def __init__(self, message: str | Promise | None = None, **params: Any) -> None:
        self.message = message or self.message
        self.params = params
        super().__init__()

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


class NotAllowed(Refused):
    message = _("%(person)s may not do this: it needs the right “%(right)s”.")


class WrongLanguage(Refused):
    message = _(
        "%(person)s does not work in this language. An administrator can add it to their working languages."
    )


class StaleVersion(Refused):
    message = _(
        "Somebody changed this segment while you had it open. Look at the text as it is now, then decide."
    )


class SameHands(Refused):
    message = _(
        "You wrote this text, so somebody else has to approve it: every sentence is seen by two people."
    )


class WrongState(Refused):
    message = _("This cannot be done with a segment whose state is “%(state)s”.")


class EmptyOnPurpose(Refused):
    message = _(
        "This sentence has no text of its own here: it is joined to the one before it, or left out. Undo that first."
    )


class NothingBefore(Refused):
    message = _("There is no sentence before it in this paragraph that it could be joined to.")


class NotJoined(Refused):
    message = _("This sentence is joined to no other.")


class NotOmitted(Refused):
    message = _("This sentence is not left out.")


class CannotBeOmitted(Refused):
    message = _("A title, a name or a note cannot be left out.")


class ReferencesWouldBeLost(Refused):
    message = _(
        "Its references would be lost (%(marks)s): put them into another sentence of the paragraph first."
    )


class BlockedByFindings(Refused):
    """`found` are the findings that stand in the way."""

    message = _("Not approved: %(findings)s")

    def __init__(self, found: Sequence[Finding]) -> None:
        self.found = found
        super().__init__()

    def __str__(self) -> str:
        said = "; ".join(wording.finding(finding.code, finding.params) for finding in self.found)
        return str(self.message) % {"findings": said}


class EmptyText(Refused):
    message = _("The text is empty: write a translation, or leave the segment as it is.")


class UnusableText(Refused):
    message = _("The text holds a character that cannot be stored (%(character)s): remove it.")


class NothingChanged(Refused):
    message = _("Nothing was changed: approve the text as it is, or write another one.")


class ReasonMissing(Refused):
    message = _("Give a reason: whoever reads this next has to know why.")


class NothingApproved(Refused):
    message = _("Give the term at least one approved form.")


class BothApprovedAndForbidden(Refused):
    message = _("“%(text)s” cannot be approved and forbidden at once.")


class UnusableForm(Refused):
    message = _(
        "“%(text)s” cannot be a form of a term: it needs a letter or a digit, and %(limit)d characters at most."
    )


class StaleTerm(Refused):
    message = _("Somebody changed this term while you had it open. Look at it as it is now, then decide.")


class EmptyComment(Refused):
    message = _("Say something: the comment is empty.")


class NotOpened(Refused):
    message = _("This text is not being translated into this language yet.")


class NotAssigned(Refused):
    message = _("This text is not assigned to this person any more.")


class NothingToUndo(Refused):
    message = _("This can no longer be undone: the segment has changed, or the decision is another person's.")


class FindingStands(Refused):
    message = _("This finding cannot be overruled: mend the text.")


class NoSuchFinding(Refused):
    message = _("This finding is no longer there: look at the segment again.")


class HeldUp(Refused):
    message = _("Not released: %(reasons)s")


class Scheduled(Refused):
    message = _("The edition in %(language)s is scheduled for %(time)s: cancel that first.")


class NothingScheduled(Refused):
    message = _("Nothing is scheduled for this edition.")


class Overtaken(Refused):
    message = _("Somebody changed the schedule at this very moment: look at it, then decide.")


class TimePast(Refused):
    message = _("%(time)s is past: give a time to come.")


class TooFarAhead(Refused):
    message = _("%(time)s is more than ten years away: give a nearer time.")


class NothingToCorrect(Refused):
    message = _("Readers have had nothing of this edition yet: there is nothing to correct.")


class NothingChosen(Refused):
    message = _("Choose at least one edition.")


class IsTheOriginal(Refused):
    message = _("This edition is the original itself.")


class NotReleased(Refused):
    message = _("There is no live release of this edition.")


class NothingToRollBack(Refused):
    message = _("There is no earlier release to go back to.")


class RunIsOver(Refused):
    message = _("This run is over: ask for another one.")


class NeverReleased(Refused):
    message = _("Readers have had nothing of this edition yet: its slug is made from its title when they do.")


class UnusableSlug(Refused):
    message = _(
        "“%(slug)s” cannot be a slug: it takes small Latin letters, digits and single hyphens between them, "
        "%(limit)d characters at most."
    )


class SlugTaken(Refused):
    message = _("“%(slug)s” is, or was, the slug of another article, to which it leads: choose another one.")


class SameSlug(Refused):
    message = _("The edition has this slug already.")


class OfAnAuthor(Refused):
    message = _("This can be done with an article's edition only.")


class AlreadyReleased(Refused):
    message = _("Readers have had this edition already: it cannot be in preparation.")


class AlreadySaid(Refused):
    message = _("This has been said already: load the page again.")


class Unknown(Refused):
    message = _("There is no %(what)s “%(name)s”.")


class EmptyReport(Refused):
    message = _("Say which sentence it is, and what is wrong with it.")


class LinkInReport(Refused):
    message = _("Reports cannot hold web addresses: say in words what is wrong.")


class NotOnThePage(Refused):
    message = _("This sentence is not found on the page: copy it from there as it stands.")


class TooManyReports(Refused):
    message = _("Too many reports came in today, from you or about this text. Please try again tomorrow.")


class AlreadyResolved(Refused):
    message = _("Somebody has decided on this report already.")


class BadInput(Refused):
    message = _("This cannot be read.")


class LeaseLost(Exception):
    """Another worker has taken this job over: whatever this one still writes is refused."""


class TryAgain(Exception):
    """Work that may go better later; `wait` is in seconds, or None for the usual pause."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait
