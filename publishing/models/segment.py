"""The smallest translated piece: one sentence of a block, with a permanent key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Block, Document
from .fields import new_key


class SegmentQuerySet(models.QuerySet["Segment"]):
    def in_use(self) -> "SegmentQuerySet":
        """Segments of today's source, in the order of the text."""
        return self.filter(retired_at=None).order_by("document_id", "position")


class Segment(models.Model):
    """One sentence. The blanks at its edges are kept apart; a retired segment keeps its translations."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="segments")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="segments")
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    position = models.PositiveIntegerField()
    before = models.TextField(blank=True)
    text = models.TextField(_("source"))
    after = models.TextField(blank=True)
    memory_key = models.CharField(max_length=32)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        indexes = [
            models.Index(fields=["document", "position"], name="segment_in_order"),
            models.Index(fields=["memory_key"], name="segment_by_memory_key"),
        ]

    def __str__(self) -> str:
        return self.key
