"""Evidence of decisions: one chain of entries per document, each bound to the one before it by its hash."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .article import Document

_WRITTEN = ("document", "number", "verb", "person", "translation", "data", "at", "previous_hash", "hash")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def append(self, entry: "AuditEntry") -> None:
        """Writes an entry at the end of its chain. It is not told its id: nothing refers to one.

        By hand, as `TranslationQuerySet.advance` is: every decision makes this statement.
        """
        fields = [self.model._meta.get_field(name) for name in _WRITTEN]
        written = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.model._meta.db_table} ({', '.join(field.column for field in fields)}) "  # noqa: S608 -- our own names
                f"VALUES ({', '.join(['%s'] * len(fields))})",
                written,
            )


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

    objects = AuditEntryQuerySet.as_manager()

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
