"""What readers report: a sentence of a released page, what they say of it, and how many may say something."""

from datetime import date

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .fields import LanguageField
from .release import Release
from .segment import Segment
from .translation import Translation


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    def open(self) -> "ReaderReportQuerySet":
        """Reports that nobody has decided on."""
        return self.filter(outcome="")


class ReaderReport(models.Model):
    """A sentence that readers say is wrong, until somebody decides on it; what they say are its remarks.

    All that readers say of a sentence while it waits is one report: `times` counts them. `quote` is the sentence as
    the release has it, never what a reader typed. `translation` is None for a sentence of the source.
    """

    class Outcome(models.TextChoices):
        MENDED = "mended", _("mended")
        NO_MISTAKE = "no_mistake", _("not a mistake")

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="reader_reports")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="reader_reports")
    language = LanguageField(_("language"))
    translation = models.ForeignKey(
        Translation, null=True, blank=True, on_delete=models.PROTECT, related_name="reader_reports"
    )
    quote = models.TextField()
    times = models.PositiveIntegerField(default=0)
    reported_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    resolved_by = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "language"],
                condition=models.Q(outcome=""),
                name="one_open_report_of_a_sentence",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", resolved_by=None, resolved_at=None)
                | (~models.Q(outcome="") & models.Q(resolved_by__isnull=False, resolved_at__isnull=False)),
                name="a_resolved_report_is_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "id"], condition=models.Q(outcome=""), name="open_report_by_language"
            ),
            models.Index(
                fields=["translation"], condition=models.Q(outcome=""), name="open_report_by_translation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment_id} → {self.language}: {self.quote[:40]}"


class ReaderRemark(models.Model):
    """What a reader said of a sentence. `address` is where they want to be told, until they were."""

    report = models.ForeignKey(ReaderReport, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField()
    address = models.CharField(max_length=254, blank=True, default="")
    language = LanguageField(_("language"))
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reader’s remark")
        verbose_name_plural = _("readers’ remarks")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["said_at"], condition=~models.Q(address=""), name="remark_that_waits_for_mail"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.text[:40]}"


class ReportTallyQuerySet(models.QuerySet["ReportTally"]):
    def count_one(self, key: str, day: date) -> int:
        """Counts one more on the day; returns how many that makes. One statement, so that no two count as one."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.model._meta.db_table} (key, day, number) VALUES (%s, %s, 1) "  # noqa: S608 -- our own name
                "ON CONFLICT (key, day) DO UPDATE SET "
                f"number = {self.model._meta.db_table}.number + 1 RETURNING number",
                [key, connection.ops.adapt_datefield_value(day)],
            )
            return int(cursor.fetchone()[0])


class ReportTally(models.Model):
    """How many reports came on a day from one sender or to one release; `key` is a digest, and goes with the day."""

    key = models.CharField(max_length=64)
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    objects = ReportTallyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="one_tally_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"
