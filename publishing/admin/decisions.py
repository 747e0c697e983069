"""What a reviewer pressed: one posted form, one verb called, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Person, Proposal, Translation
from publishing.workflow import (
    claiming,
    commenting,
    editing,
    joining,
    offering,
    omitting,
    reporting,
    reviewing,
)
from publishing.workflow.errors import NotAllowed, Refused, WrongLanguage

from . import sightings

NOTE = 2_000  # characters of a note or a reason


class TextChanged(Refused):
    message = gettext_lazy("You changed the text: submit it, and somebody else approves it.")


class TypedAndNotSubmitted(Refused):
    message = gettext_lazy("You changed the text: submit it first, or take the change back.")


class SegmentGone(Refused):
    message = gettext_lazy(
        "This sentence is no longer in the source. Your text is kept here: copy what you need."
    )


class UnknownAction(Refused):
    message = gettext_lazy("This form is not complete: load the page again.")


@dataclass(slots=True)
class Attempt:
    """A posted decision. `typed` is kept whatever happens; `refusal` says why nothing was done."""

    key: str
    action: str
    typed: str
    seen_version: int
    seen_revision: int
    reason: str = ""
    note: str = ""
    stays: bool = False
    refusal: Refused | None = None
    said: str = ""
    can_be_undone: bool = False

    @property
    def is_done(self) -> bool:
        """Whether a verb did it; else the segment is shown again, with what was typed."""
        return bool(self.said)


def attempt(post: Mapping[str, str], rows: Mapping[str, Translation], actor: Person) -> Attempt:
    """Reads the form and calls the verb. `rows` are the document's translations by key.

    Refusals are kept in the answer; NotAllowed and WrongLanguage go on to the door.
    """
    made = Attempt(
        key=post.get("segment", ""),
        action=post.get("action", ""),
        typed=post.get("text", "").replace("\r\n", "\n"),
        seen_version=_number(post.get("version", "")),
        seen_revision=_number(post.get("revision", "")),
        reason=post.get("reason", ""),
        note=post.get("note", "")[:NOTE],
        stays="stay" in post,
    )
    try:
        made.said = _decide(made, post, rows, actor)
    except (NotAllowed, WrongLanguage):
        raise
    except Refused as refusal:
        made.refusal = refusal
    return made


def _decide(made: Attempt, post: Mapping[str, str], rows: Mapping[str, Translation], actor: Person) -> str:
    translation = rows.get(made.key)
    if translation is None:
        raise SegmentGone
    name, _colon, place = made.action.partition(":")
    verb = VERBS.get(name)
    if verb is None:
        raise UnknownAction
    return verb(made, translation, actor, {**post, "place": place})


def _approve(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    if translation.version == made.seen_version and made.typed.strip() != translation.text:
        raise TextChanged
    seen_at = sightings.seen_at(post.get("seen", ""), actor, made.key, made.seen_version)
    reviewing.approve(translation, actor=actor, seen_version=made.seen_version, seen_at=seen_at)
    made.can_be_undone = True
    return _("Approved.")


def _submit(made: Attempt, translation: Translation, actor: Person, _post: Mapping[str, str]) -> str:
    editing.submit(translation, text=made.typed, actor=actor, seen_version=made.seen_version)
    return _("Submitted: it waits for other eyes.")


def _return(made: Attempt, translation: Translation, actor: Person, _post: Mapping[str, str]) -> str:
    reviewing.return_(
        translation,
        actor=actor,
        seen_version=made.seen_version,
        reason=made.reason,
        note=made.note,
    )
    made.can_be_undone = True
    return _("Returned.")


def _undo(made: Attempt, translation: Translation, actor: Person, _post: Mapping[str, str]) -> str:
    reviewing.undo(translation, actor=actor, seen_version=made.seen_version)
    made.stays = True
    return _("Undone: it waits as before.")


def _take_over(made: Attempt, translation: Translation, actor: Person, _post: Mapping[str, str]) -> str:
    before = claiming.take_over(translation, actor=actor)
    made.stays = True
    if before is None:
        return _("It was free, and is yours now.")
    return _("It is yours now; %(person)s is told.") % {"person": before.display_name}


def _comment(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    question = post["place"] == "question"
    commenting.comment(translation, post.get("comment", ""), actor=actor, question=question)
    made.stays = True
    return _("Asked: whoever can answer is told.") if question else _("Said.")


def _overrule(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    finding, reason = _finding(post)
    reviewing.overrule(
        translation, actor=actor, seen_version=made.seen_version, finding=finding, reason=reason
    )
    made.stays = True
    return _("The finding is overruled; your reason is on record.")


def _dismiss(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    finding, reason = _finding(post)
    reviewing.dismiss(
        translation, actor=actor, seen_version=made.seen_version, finding=finding, reason=reason
    )
    made.stays = True
    return _("The warning is dismissed; your reason is on record.")


def _finding(post: Mapping[str, str]) -> tuple[tuple[str, int, int], str]:
    """Which finding of the form was pressed, as code, start and end; and the reason given beside it."""
    place = post["place"]
    code, _slash, span = post.get(f"finding-{place}", "").partition("/")
    start, _dash, end = span.partition("-")
    return (code, _number(start), _number(end)), post.get(f"overrule-{place}", "")[:NOTE]


def _join(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    _nothing_typed(made, translation)
    before = _number(post.get("before", ""))
    lead = joining.join(translation, actor=actor, seen_version=made.seen_version, seen_before=before)
    made.key, made.stays = lead.segment.key, True
    return _("Joined: read it as one text, and mend it where it needs that.")


def _separate(made: Attempt, translation: Translation, actor: Person, _post: Mapping[str, str]) -> str:
    _nothing_typed(made, translation)
    joining.separate(translation, actor=actor, seen_version=made.seen_version)
    made.stays = True
    return _("Separated: each sentence has its own text again.")


def _omit(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    _nothing_typed(made, translation)
    reason = post.get("omission", "")[:NOTE]
    omitting.omit(translation, actor=actor, seen_version=made.seen_version, reason=reason)
    made.stays = True
    return _("Left out in this language; your reason is on record.")


def _bring_back(made: Attempt, translation: Translation, actor: Person, _post: Mapping[str, str]) -> str:
    omitting.bring_back(translation, actor=actor, seen_version=made.seen_version)
    made.stays = True
    return _("It is back, and waits for a text.")


def _resolve(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    """Decides on a reader's report; what was typed meanwhile is no part of it, and stays."""
    number, _colon, outcome = post["place"].partition(":")
    if not translation.reader_reports.filter(pk=_number(number)).exists():
        raise UnknownAction
    reporting.resolve(_number(number), outcome, actor=actor)
    made.stays = True
    return _("Decided: a reader who left an address is told.")


def _offer(made: Attempt, translation: Translation, actor: Person, post: Mapping[str, str]) -> str:
    offering.request(translation, post["place"], actor=actor)
    made.stays = True
    return _("Asked: its draft will stand beside the text.")


def _nothing_typed(made: Attempt, translation: Translation) -> None:
    """What was typed and not submitted would be lost to the eye."""
    if translation.version == made.seen_version and made.typed.strip() not in {"", translation.text}:
        raise TypedAndNotSubmitted


def _use(made: Attempt, translation: Translation, _actor: Person, post: Mapping[str, str]) -> str:
    """Puts a proposal's text into the field, nothing more: whoever submits it answers for it."""
    proposal = Proposal.objects.filter(
        pk=_number(post["place"]), segment=translation.segment_id, language=translation.language
    ).first()
    if proposal is None:
        raise UnknownAction
    made.typed = proposal.text
    return ""


VERBS: Mapping[str, Callable[[Attempt, Translation, Person, Mapping[str, str]], str]] = {
    "approve": _approve,
    "submit": _submit,
    "return": _return,
    "overrule": _overrule,
    "dismiss": _dismiss,
    "join": _join,
    "separate": _separate,
    "offer": _offer,
    "resolve": _resolve,
    "omit": _omit,
    "bring_back": _bring_back,
    "use": _use,
    "undo": _undo,
    "take_over": _take_over,
    "comment": _comment,
}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else -1
