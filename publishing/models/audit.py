"""Evidence of decisions: one chain of entries per document, each bound to the one before it by its hash."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import in_one_go
from .article import Document
from .in_one_go import Statement


class AuditEntry(models.Model):
    """One decision. Written once by workflow/auditing.py; never changed, never deleted."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="audit_entries")
    number = models.PositiveIntegerField()
    verb = models.CharField(_("verb"), max_length=20)
    # Found through `audit_entry_by_person`, which begins with the person.
    person = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    translation = models.ForeignKey(
        "Translation", null=True, blank=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_chain_per_document")]
        # Of all verbs: SQLite would not see that an index of some of them serves a question after one.
        indexes = [
            models.Index(fields=["verb", "at"], name="audit_by_verb_and_time"),
            models.Index(fields=["person", "at"], name="audit_entry_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}.{self.number} {self.verb}"

    def appending(self) -> Statement:
        """The statement that writes the entry at the end of its chain. It tells no id: nothing refers to one.

        By hand, as `Translation.advancing` is: every decision makes it.
        """
        sql, fields = _appending()
        return Statement(sql, [in_one_go.stored(field, getattr(self, field.attname)) for field in fields])


@cache
def _appending() -> tuple[str, list["models.Field[Any, Any]"]]:
    fields = [field for field in AuditEntry._meta.concrete_fields if not field.primary_key]
    columns, marks = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {AuditEntry._meta.db_table} ({columns}) VALUES ({marks})", fields  # noqa: S608 -- our own names


class Anchor(models.Model):
    """The ends of the documents' chains at one moment, bound to the anchor before: a chain cut short is seen.

    `heads` are [document's key, number, hash] of the chains that grew since the anchor before.
    """

    number = models.PositiveIntegerField(unique=True)
    heads = models.JSONField()
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"anchor {self.number}"
