"""What people leave on the desk while they work: claims, typed drafts, comments, assignments. No revision among it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Document
from .fields import LanguageField
from .translation import Translation


class ClaimQuerySet(models.QuerySet["Claim"]):
    def holding(self) -> "ClaimQuerySet":
        """Claims that have not run out, by the database's clock."""
        return self.filter(until__gt=Now())

    def free_for(self, person_id: int) -> "ClaimQuerySet":
        """Claims that the person may have: their own, and those that have run out."""
        return self.filter(models.Q(person=person_id) | models.Q(until__lte=Now()))


class Claim(models.Model):
    """A lease on a segment in a language: somebody works on it. It ends by itself."""

    translation = models.OneToOneField(Translation, on_delete=models.PROTECT, related_name="claim")
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="claims")
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [models.Index(fields=["person", "until"], name="claim_by_person")]

    def __str__(self) -> str:
        return f"{self.translation_id} by {self.person_id}"

    @staticmethod
    def lease() -> Any:
        """When a claim made or renewed now ends, by the database's clock."""
        return Now() + timedelta(seconds=settings.CLAIM_SECONDS)


class Draft(models.Model):
    """What a person is typing for a translation: one mutable row, kept until it is saved or discarded.

    `version` is that of the translation that it was begun on. No revision, no authorship.
    """

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="drafts")
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="drafts")
    text = models.TextField(_("text"))
    version = models.PositiveIntegerField()
    typed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["person", "translation"], name="one_draft_per_person_and_text")
        ]

    def __str__(self) -> str:
        return f"{self.translation_id} by {self.person_id}"


class Comment(models.Model):
    """What somebody says about a translation; a question waits until it is answered."""

    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("text"))
    is_question = models.BooleanField(default=False)
    said_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["translation"],
                condition=models.Q(is_question=True, answered_at=None),
                name="comment_open_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.text[:40]}"


class Assignment(models.Model):
    """A document's translation into a language is a person's to do, perhaps until a day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="assignments")
    language = LanguageField(_("language"))
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    assigned_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language", "person"], name="nobody_is_assigned_a_text_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.language}: {self.person_id}"

    @property
    def is_overdue(self) -> bool:
        """Whether the day is past, by the site's calendar."""
        return self.due_on is not None and self.due_on < timezone.localdate()
