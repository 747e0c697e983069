"""What holds a release up: the same answer for the editor's page, the command and the verb itself."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing import quality
from publishing.markup import notes
from publishing.models import Document, Overrule, Person, Translation
from publishing.models.translation import State

from .texts import BlockText, compared, of_document

SAME_HANDS = "same_hands"
NOT_ALLOWED = "not_allowed"
NOTHING_TO_CORRECT = "nothing_to_correct"
COMPANION = "companion"


@dataclass(frozen=True, slots=True)
class HoldUp:
    """One reason, and the keys of the segments that it lies in."""

    code: str
    segments: tuple[str, ...]

    @property
    def message(self) -> str:
        return MESSAGES[self.code](len(self.segments))


def _counted(one: str, many: str) -> Callable[[int], str]:
    return lambda number: ngettext(one, many, number) % {"number": number}


MESSAGES: dict[str, Callable[[int], str]] = {
    "not_opened": lambda _number: str(_NOT_OPENED),
    "not_approved": lambda number: (
        ngettext("%(number)d segment is not approved", "%(number)d segments are not approved", number)
        % {"number": number}
    ),
    "findings": lambda number: (
        ngettext(
            "%(number)d segment has a blocking finding", "%(number)d segments have blocking findings", number
        )
        % {"number": number}
    ),
    "references": lambda number: (
        ngettext(
            "%(number)d reference or note has no counterpart",
            "%(number)d references or notes have no counterpart",
            number,
        )
        % {"number": number}
    ),
    SAME_HANDS: lambda number: (
        ngettext(
            "%(number)d segment that no person wrote was seen by its releaser alone",
            "%(number)d segments that no person wrote were seen by their releaser alone",
            number,
        )
        % {"number": number}
    ),
    NOT_ALLOWED: lambda _number: str(_NOT_ALLOWED),
    NOTHING_TO_CORRECT: lambda _number: str(_NOTHING_TO_CORRECT),
    COMPANION: lambda _number: str(_COMPANION),
}
_NOT_OPENED: Promise = _("it is not being translated into this language yet")
_NOT_ALLOWED: Promise = _("whoever scheduled it has no right to release any more")
_COMPANION: Promise = _("an edition that it was to go out with was held up")
_NOTHING_TO_CORRECT: Promise = _("a correction was given, and readers have had nothing to correct")


def hold_ups(document: Document, language: str, blocks: Sequence[BlockText] | None = None) -> list[HoldUp]:
    """Everything that stands between the text as it is and its release, most basic first."""
    blocks = of_document(document, language) if blocks is None else blocks
    if not blocks:
        return [HoldUp("not_opened", ())]
    source = language == document.source_language
    found = [] if source else [HoldUp("not_approved", _not_approved(blocks))]
    found.append(
        HoldUp("findings", _of_source(document, blocks) if source else _of_target(document, language, blocks))
    )
    found.append(HoldUp("references", unmatched(blocks)))
    return [hold_up for hold_up in found if hold_up.segments]


def alone(document: Document, language: str, person: Person) -> list[HoldUp]:
    """Text that no person wrote and that this person alone has approved: machine text passes two people."""
    seen = Translation.objects.of_document(document.pk, language).filter(
        state=State.APPROVED, approved_by=person, current__author=None, joined_to=None
    )
    keys = tuple(seen.values_list("segment__key", flat=True))
    return [HoldUp(SAME_HANDS, keys)] if keys else []


def _not_approved(blocks: Sequence[BlockText]) -> tuple[str, ...]:
    return tuple(
        piece.segment.key
        for block in blocks
        for piece in block.pieces
        if piece.translation and piece.translation.state != State.APPROVED
    )


def _of_source(document: Document, blocks: Sequence[BlockText]) -> tuple[str, ...]:
    return tuple(
        piece.segment.key
        for block in blocks
        for piece in block.pieces
        if any(f.severity == "block" for f in quality.check_source(piece.text, document.source_language))
    )


def _of_target(document: Document, language: str, blocks: Sequence[BlockText]) -> tuple[str, ...]:
    """Segments with a blocking finding that nobody overruled, judged anew from the texts themselves."""
    suspects: list[tuple[Translation, quality.Finding]] = []
    for block in blocks:
        pairs = compared([piece.translation for piece in block.pieces if piece.translation])
        for piece, findings in zip(
            block.pieces, quality.check_block(pairs, document.source_language, language), strict=True
        ):
            if piece.translation and piece.translation.current_id:
                suspects += [(piece.translation, f) for f in findings if f.severity == "block"]
    overruled: set[tuple[Any, ...]] = set()
    if suspects:
        overruled = set(
            Overrule.objects.by_editors()
            .filter(revision__in=[t.current_id for t, _ in suspects])
            .values_list("revision", "code", "start", "end")
        )
    standing = [
        t for t, f in suspects if not f.overrulable or (t.current_id, f.code, f.start, f.end) not in overruled
    ]
    return tuple(dict.fromkeys(translation.segment.key for translation in standing))


def unmatched(blocks: Sequence[BlockText]) -> tuple[str, ...]:
    """Keys of segments whose reference has no note, or whose note has no reference."""
    referred: dict[int, list[str]] = {}
    noted: Counter[int] = Counter()
    note_keys: dict[int, str] = {}
    for block in blocks:
        if block.block.kind == "note":
            number = int(block.block.attributes["number"])
            noted[number] += 1
            note_keys[number] = block.pieces[0].segment.key
            continue
        for piece in block.pieces:
            for reference in notes.references(piece.text):
                referred.setdefault(reference.number, []).append(piece.segment.key)
    lost = [key for number, keys in referred.items() if not noted[number] for key in keys]
    return tuple(
        lost + [key for number, key in note_keys.items() if number not in referred or noted[number] > 1]
    )
