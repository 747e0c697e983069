"""What an approval took: how far the text is from the engine's draft, and how long it was looked at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .audit import AuditEntry
from .fields import LanguageField
from .translation import Revision


class Effort(models.Model):
    """One approval, measured once and for good. The figures are None where no engine drafted this source.

    `edit_ratio` counts characters (0 to 1), `ter` and `chrf` are per cent (see matching/measures); `seconds` is
    the time from the display of the text to its approval, None where nobody knows. `words` are those of source
    and target together, which is what a reviewer reads.
    """

    approval = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="effort")
    draft = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    engine = models.CharField(_("engine"), max_length=20, blank=True)
    source_language = LanguageField(_("source language"))
    language = LanguageField(_("language"))
    words = models.PositiveIntegerField()
    edit_ratio = models.FloatField(null=True, blank=True)
    ter = models.FloatField(null=True, blank=True)
    chrf = models.FloatField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    untouched = models.BooleanField(default=False)
    too_fast = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("effort")
        verbose_name_plural = _("efforts")
        indexes = [
            models.Index(
                fields=["engine", "at"], condition=~models.Q(engine=""), name="effort_after_engines"
            ),
            models.Index(fields=["at"], condition=models.Q(too_fast=True), name="effort_too_fast"),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id}: {self.engine}"
