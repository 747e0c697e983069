"""What the workbench shows: a document in one language with its findings, overrules and proposals."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from publishing.models import (
    Block,
    Claim,
    Comment,
    Document,
    Finding,
    Overrule,
    Person,
    Proposal,
    ReaderReport,
    Translation,
)
from publishing.models.once import Once
from publishing.models.translation import State
from publishing.quality.catalogue import CATALOGUE

_NOT_SHOWN = (
    "changed_at", "segment__retired_at", "segment__shape", "current__created_at",
    *(f"{person}__{field}" for person in ("current__author", "approved_by", "claim__person")
      for field in ("password", "email", "last_login", "date_joined", "working_languages", "muted_notices",
                    "is_superuser", "is_staff", "is_active", "wants_mail")),
)  # fmt: skip
"""Columns that would be read three hundred times for nothing: times and JSON above all."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it stands: `overrule` is the editor's decision that it does not hold, where there is one."""

    finding: Finding
    overrule: Overrule | None

    @property
    def blocks(self) -> bool:
        return self.finding.severity == Finding.Severity.BLOCK and self.overrule is None

    @property
    def overrulable(self) -> bool:
        entry = CATALOGUE.get(self.finding.code)
        return bool(entry and entry.overrulable)


@dataclass(slots=True)
class Row:
    """One translation and what is to be known about it."""

    translation: Translation
    found: list[Found] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    def held_by(self, person: Person) -> Claim | None:
        """The claim of somebody else, while it lasts and the text waits."""
        claim: Claim | None = getattr(self.translation, "claim", None)
        if claim is None or claim.person_id == person.pk or claim.until <= timezone.now():
            return None
        return claim if self.translation.state != State.APPROVED else None

    @property
    def typed(self) -> tuple[str, int] | None:
        """What the person had typed here and not saved, and on which version."""
        row: Any = self.translation
        return (row.typed_text, row.typed_version) if row.typed_version is not None else None

    @property
    def key(self) -> str:
        return self.translation.segment.key

    @property
    def blocking(self) -> int:
        return sum(found.blocks for found in self.found)

    @property
    def warnings(self) -> int:
        """Warnings that nobody has dismissed."""
        return sum(
            found.finding.severity == Finding.Severity.WARN and not found.overrule for found in self.found
        )

    def waits_for(self, person: Person) -> bool:
        """Whether the person can do something about it: it waits, and not for other eyes than theirs.

        Their own text does wait for them while a blocking finding keeps those other eyes from approving it.
        """
        row = self.translation
        if row.state == State.APPROVED or row.joined_to_id:
            return False
        by_them = row.state == State.SUBMITTED and row.current and row.current.is_by(person.pk)
        return bool(self.blocking) or not by_them


def rows(document: Document, language: str, person: Person) -> list[Row]:
    """The document's translations in the order of the text, in four queries at any length.

    With each comes who has claimed it, what the person had typed there, and how many questions are open.
    """
    asked = _ASKED.setdefault(language, _Asked(language))
    made = {row.pk: Row(row) for row in _with_blocks(asked.translations(document.pk, person.pk))}
    overrules = {
        (overrule.revision_id, overrule.code, overrule.start, overrule.end): overrule
        for overrule in asked.overrules(document.pk)
    }
    for finding in asked.findings(document.pk):
        row = made[finding.translation_id]
        place = (row.translation.current_id, finding.code, finding.start, finding.end)
        row.found.append(Found(finding, overrules.get(place)))
    _add_proposals(asked.proposals(document.pk), made.values())
    return list(made.values())


def _with_blocks(translations: Iterable[Translation]) -> Iterator[Translation]:
    """The translations with their blocks, each made once: a block comes along with every one of its sentences."""
    blocks: dict[int, Block] = {}
    for translation in translations:
        row: Any = translation
        if (pk := row.segment.block_id) not in blocks:
            attributes, markup = json.loads(row.block_attributes), json.loads(row.block_markup)
            known = {"id": pk, "kind": row.block_kind, "attributes": attributes, "markup": markup}
            blocks[pk] = Block.from_db(None, list(known), list(known.values()))
        row.segment.block = blocks[pk]
        yield translation


class _Asked:
    """What is asked of a document in a language, each query built once: to build them took as long as to read them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.translations = Once(self._translations)
        self.overrules = Once(self._overrules)
        self.findings = Once(self._findings)
        self.proposals = Once(self._proposals)

    def _translations(self, document: int, person: int) -> QuerySet[Translation]:
        questions = Comment.objects.filter(translation=OuterRef("pk"), is_question=True, answered_at=None)
        reports = ReaderReport.objects.open().filter(translation=OuterRef("pk"))
        return (
            Translation.objects.of_document(document, self.language)
            .select_related(None)
            .select_related("segment", "current__author", "approved_by", "claim__person")
            .defer(*_NOT_SHOWN)
            .alias(mine=FilteredRelation("drafts", condition=Q(drafts__person=person)))
            .annotate(
                block_kind=F("segment__block__kind"),
                block_attributes=Cast("segment__block__attributes", TextField()),
                block_markup=Cast("segment__block__markup", TextField()),
                typed_text=F("mine__text"),
                typed_version=F("mine__version"),
                asked=Exists(questions),
                reported=Exists(reports),
            )
        )

    def _overrules(self, document: int) -> QuerySet[Overrule]:
        here = Q(
            revision__translation__segment__document=document, revision__translation__language=self.language
        )
        return Overrule.objects.standing().filter(here).select_related("person")

    def _findings(self, document: int) -> QuerySet[Finding]:
        here = Finding.objects.filter(
            translation__segment__document=document,
            translation__segment__retired_at=None,
            translation__language=self.language,
        )
        return here.order_by("start", "pk")

    def _proposals(self, document: int) -> QuerySet[Proposal]:
        here = Proposal.objects.filter(document=document, language=self.language, segment__isnull=False)
        return here.select_related("proposed_by").order_by("pk")


_ASKED: dict[str, _Asked] = {}
"""By language, of which there are few."""


def _add_proposals(proposals: Iterable[Proposal], made: Iterable[Row]) -> None:
    """Proposals beside their segments, but for those whose text stands there already."""
    by_segment = {row.translation.segment_id: row for row in made}
    for proposal in proposals:
        row = by_segment.get(proposal.segment_id)
        if row and proposal.text != row.translation.text:
            row.proposals.append(proposal)
