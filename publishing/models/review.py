"""What reviewers work with: findings of the checks, overruled ones, proposals that wait for a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Document
from .fields import LanguageField
from .segment import Segment
from .translation import Revision, Translation


class Finding(models.Model):
    """What a check found in a translation's current revision. A projection: it can be computed again."""

    class Severity(models.TextChoices):
        BLOCK = "block", _("blocking")
        WARN = "warn", _("warning")

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=30)
    severity = models.CharField(max_length=5, choices=Severity.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["translation", "start", "code"]


class OverruleQuerySet(models.QuerySet["Overrule"]):
    def standing(self) -> "OverruleQuerySet":
        """Those that were decided with today's source in view: another source is judged anew."""
        whole = "revision__translation__joined_source"
        return self.filter(memory_key=models.F("revision__translation__segment__memory_key")).filter(
            models.Q(**{whole: ""}) | models.Q(**{whole: models.F("revision__source")})
        )

    def by_editors(self) -> "OverruleQuerySet":
        """Decisions on blocking findings; dismissed warnings let nothing pass."""
        return self.standing().filter(dismissed=False)


class Overrule(models.Model):
    """A decision that a finding of a revision does not hold, with the reason on record.

    An editor overrules what blocks; whoever reviews may dismiss a warning (`dismissed`). `memory_key` is that
    of the source which they saw.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="overrules")
    code = models.CharField(max_length=30)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    memory_key = models.CharField(max_length=32)
    reason = models.TextField(_("reason"))
    dismissed = models.BooleanField(default=False)
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OverruleQuerySet.as_manager()

    class Meta:
        verbose_name = _("overruled finding")
        verbose_name_plural = _("overruled findings")
        permissions = [("overrule", "Can overrule blocking findings")]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "code", "start", "end", "memory_key"], name="a_finding_is_overruled_once"
            )
        ]


class Proposal(models.Model):
    """A text that came from outside where the desk's or a translator's own stands: shown, never applied by itself.

    With a segment: another text for its translation into `language`, from a returned catalog or an `engine`.
    Without: another text for the whole document in its source language, from an imported article.
    """

    class Reason(models.TextChoices):
        CHANGED = "changed", _("changed in a returned catalog")
        CONFLICT = "conflict", _("both sides changed it")
        APPROVED = "approved", _("another text than the approved one")
        STALE_SOURCE = "stale_source", _("made from an earlier source")
        BIOGRAPHY = "biography", _("another text of the biography")
        ENGINE = "engine", _("a draft of another engine")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proposals")
    segment = models.ForeignKey(
        Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    language = LanguageField(_("language"))
    text = models.TextField(_("text"))
    source = models.TextField(_("source"), blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    engine = models.CharField(_("engine"), max_length=20, blank=True, default="")
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "language", "digest"], name="a_proposal_is_made_once")
        ]
