"""A segment in a target language: its state, and the immutable texts that it has had."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import in_one_go
from .fields import LanguageField
from .in_one_go import Statement
from .segment import Segment


class State(models.TextChoices):
    """Where a translation stands. workflow/transitions.py says who may take it where."""

    MISSING = "missing", _("missing")
    PRETRANSLATED = "pretranslated", _("pretranslated")
    SUBMITTED = "submitted", _("submitted")
    NEEDS_EDIT = "needs_edit", _("returned")
    OUTDATED = "outdated", _("outdated")
    APPROVED = "approved", _("approved")


class TranslationQuerySet(models.QuerySet["Translation"]):
    def in_use(self) -> "TranslationQuerySet":
        """Translations of today's source."""
        return self.filter(segment__retired_at=None)

    def awaiting_review(self) -> "TranslationQuerySet":
        """Everything that is not approved, what is missing included; a joined sentence waits with its lead."""
        return self.in_use().exclude(state=State.APPROVED).filter(joined_to=None)

    def remembered(self) -> "TranslationQuerySet":
        """Approved texts of one whole sentence: what memory may offer for a like one."""
        return self.filter(state=State.APPROVED, current__isnull=False, joined_source="")

    def outdate(self, segments: Sequence[int]) -> int:
        """The sources of these segments changed: their translations become outdated; returns how many.

        What is missing stays missing, but as another version: somebody may be typing a text for the old
        source. One statement, which the ORM cannot say: it tells no states of the rows that it changed.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.model._meta.db_table} SET version = version + 1, approved_by_id = NULL, "  # noqa: S608 -- our own names
                "is_indexed = false, "
                "changed_at = CASE state WHEN %s THEN changed_at ELSE %s END, "
                "state = CASE state WHEN %s THEN state ELSE %s END "
                f"WHERE segment_id IN ({', '.join(['%s'] * len(segments))}) RETURNING state",
                [
                    State.MISSING.value,
                    connection.ops.adapt_datetimefield_value(timezone.now()),
                    State.MISSING.value,
                    State.OUTDATED.value,
                    *segments,
                ],
            )
            return sum(state == State.OUTDATED for (state,) in cursor.fetchall())

    def store_risks(self, rows: Sequence["Translation"]) -> None:
        """Writes the risks of these rows and their reasons, by one prepared statement: a run has a thousand."""
        field = self.model._meta.get_field("risk_reasons")
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {self.model._meta.db_table} SET risk = %s, risk_reasons = %s WHERE id = %s",  # noqa: S608 -- our own name
                [(row.risk, field.get_db_prep_save(row.risk_reasons, connection), row.pk) for row in rows],
            )

    def of_document(self, document_id: int, language: str) -> "TranslationQuerySet":
        """One document's translations into one language, in the order of the text, with their texts."""
        return (
            self.in_use()
            .filter(segment__document_id=document_id, language=language)
            .select_related("segment__block", "current")
            .order_by("segment__position")
        )

    def in_the_block_of(self, translation_id: int) -> "TranslationQuerySet":
        """The translations into the same language of the block that holds this one, itself included.

        With their sentences and texts; their block and document are one, and known to whoever asks.
        """
        this = self.model.objects.filter(pk=translation_id)
        return (
            self.in_use()
            .filter(
                segment__block_id=this.values("segment__block_id")[:1], language=this.values("language")[:1]
            )
            .select_related("segment", "current")
            .order_by("segment__position")
        )


class Translation(models.Model):
    """Segment × target language. `version` grows with every change; a save names the one it saw.

    `risk` (0 to 100) orders the queue, no more; `risk_reasons` are its parts as [code, points].
    `confirmed_source` is the source against which somebody approved the text as it was, where that is not
    the source that the text was made from. `is_indexed` says that a search finds source and text as they are
    through SearchText, and where they wait; whatever changes one of them, or when a waiting one did, takes it back.

    A text may be empty on purpose. One that is joined to the sentence before it (`joined_to`) has its words
    there, and shares that one's state; `joined_source` is then that one's source, its own and theirs with the
    blanks between. One that is `omitted` has none: an editor has approved that.
    """

    State = State
    WHOLE_SOURCE = models.Case(
        models.When(joined_source="", then=models.F("segment__text")), default=models.F("joined_source")
    )
    """`source`, for queries."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="translations")
    language = LanguageField(_("language"))
    state = models.CharField(_("state"), max_length=13, choices=State.choices, default=State.MISSING)
    version = models.PositiveIntegerField(default=0)
    current = models.ForeignKey("Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_source = models.TextField(blank=True)
    approved_by = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Found through `translation_by_lead`, which leaves out all those that are joined to nothing.
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined", db_index=False
    )
    joined_source = models.TextField(blank=True, default="", db_default="")
    omitted = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField(auto_now_add=True)
    risk = models.PositiveSmallIntegerField(_("risk"), default=0)
    risk_reasons = models.JSONField(default=list, blank=True)
    is_indexed = models.BooleanField(default=False)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        permissions = [("translate", "Can submit, approve and return translations")]
        constraints = [
            models.UniqueConstraint(fields=["segment", "language"], name="one_translation_per_language"),
            models.CheckConstraint(
                condition=models.Q(joined_to__isnull=False, omitted=False, joined_source="", current=None)
                | models.Q(joined_to=None, omitted=True, joined_source="", current=None)
                | models.Q(joined_to=None, omitted=False, state=State.MISSING, current=None)
                | (
                    models.Q(joined_to=None, omitted=False, current__isnull=False)
                    & ~models.Q(state=State.MISSING)
                ),
                name="missing_is_without_text",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.APPROVED, approved_by__isnull=False)
                | (~models.Q(state=State.APPROVED) & models.Q(approved_by=None)),
                name="approved_is_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "changed_at", "id"],
                condition=~models.Q(state=State.APPROVED),
                name="translation_awaiting_review",
            ),
            models.Index(
                fields=["language", "-risk", "id"],
                condition=~models.Q(state=State.APPROVED),
                name="translation_by_risk",
            ),
            models.Index(
                fields=["joined_to"],
                condition=models.Q(joined_to__isnull=False),
                name="translation_by_lead",
            ),
            models.Index(
                fields=["language", "state", "changed_at", "id"],
                condition=~models.Q(state=State.APPROVED),
                name="translation_by_state",
            ),
            models.Index(
                fields=["language", "state", "-risk", "id"],
                condition=~models.Q(state=State.APPROVED),
                name="translation_by_state_and_risk",
            ),
            models.Index(
                fields=["language"], condition=models.Q(is_indexed=False), name="translation_not_indexed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} → {self.language}"

    def advancing(self, **values: Any) -> Statement:
        """The statement that writes these values to the row if it is still at this version, which grows by one.

        By hand: what every decision makes would take longer to build than to execute.
        """
        sql, fields = _advancing(tuple(values))
        written = [
            in_one_go.stored(field, value) for field, value in zip(fields, values.values(), strict=True)
        ]
        return Statement(sql, [*written, self.pk, self.version])

    @property
    def text(self) -> str:
        return self.current.text if self.current else ""

    @property
    def source(self) -> str:
        """What the text is a translation of: its sentence, and those that are joined to it."""
        return self.joined_source or self.segment.text

    @property
    def is_empty_on_purpose(self) -> bool:
        return self.omitted or self.joined_to_id is not None

    @property
    def previous_source(self) -> str | None:
        """The source that the text was made from or last confirmed against, where it is not today's."""
        if self.current is None:
            return None
        source = self.confirmed_source or self.current.source
        return source if source != self.source else None


@cache
def _advancing(names: tuple[str, ...]) -> tuple[str, list["models.Field[Any, Any]"]]:
    fields = [Translation._meta.get_field(name) for name in names]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    sql = f"UPDATE {Translation._meta.db_table} SET version = version + 1, {columns} WHERE id = %s AND version = %s"  # noqa: S608 -- our own names
    return sql, fields


class Revision(models.Model):
    """One immutable text of a translation: where it came from, who wrote it, from which source."""

    class Origin(models.TextChoices):
        MEMORY = "memory", _("memory")
        MACHINE = "machine", _("machine")
        RULE = "rule", _("rule")
        HUMAN = "human", _("human")
        IMPORT = "import", _("import")

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    source = models.TextField(_("source"))
    origin = models.CharField(_("origin"), max_length=7, choices=Origin.choices)
    author = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    detail = models.JSONField(default=dict, blank=True)
    run = models.ForeignKey("Run", null=True, blank=True, on_delete=models.PROTECT, related_name="revisions")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["translation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["translation", "number"], name="revisions_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(origin__in=["human", "import"], author__isnull=False)
                | models.Q(origin__in=["memory", "machine", "rule"], author=None),
                name="a_person_stands_behind_human_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_id}.{self.number}"

    def is_by(self, person_id: int) -> bool:
        """Whether words of it are the person's: a joined text has the authors of all its parts."""
        return person_id == self.author_id or person_id in self.detail.get("authors", ())
