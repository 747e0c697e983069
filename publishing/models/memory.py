"""Approved pairs that came from elsewhere. What was approved here is memory without being copied."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LanguageField


class MemoryEntry(models.Model):
    """One pair of an imported memory."""

    source_language = LanguageField(_("source language"))
    target_language = LanguageField(_("target language"))
    memory_key = models.CharField(max_length=32)
    shape = models.CharField(max_length=32, null=True, blank=True)  # null: not taken yet
    source = models.TextField(_("source"))
    target = models.TextField(_("text"))
    origin = models.CharField(_("origin"), max_length=200)
    imported_by = models.ForeignKey(
        "Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("imported by"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("memory")
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "memory_key", "origin"],
                name="a_memory_says_a_thing_once",
            )
        ]
        indexes = [
            models.Index(fields=["shape"], condition=models.Q(shape__gt=""), name="memory_by_shape"),
            models.Index(fields=["id"], condition=models.Q(shape=None), name="memory_without_shape"),
        ]
