"""What a person has to be told: written by a verb, shown on their first page until they have seen it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Document
from .translation import Translation


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unseen_by(self, person_id: int) -> "NoticeQuerySet":
        return self.filter(person=person_id, seen_at=None)


class Notice(models.Model):
    """One message to one person. Its words are made from `kind` and `params` in the language of who reads it."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    translation = models.ForeignKey(
        Translation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    params = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person", "id"], condition=models.Q(seen_at=None), name="notice_unseen")
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
