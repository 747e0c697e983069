"""Pretranslation as people see it: one run of a document into a language, and the calls that engines had for it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .article import Document
from .fields import LanguageField


class RunQuerySet(models.QuerySet["Run"]):
    def of_documents(self) -> "RunQuerySet":
        """Runs of whole documents."""
        return self.filter(segment=None)

    def under_way(self) -> "RunQuerySet":
        """Runs that are not over: they wait, go on, or are paused."""
        return self.exclude(state__in=(Run.State.FINISHED, Run.State.CANCELLED))

    def in_its_time(self) -> "RunQuerySet":
        """Runs that are not over and may still come to something: their work may have died without a word."""
        return self.under_way().filter(asked_at__gte=Run.oldest_start())


class Run(models.Model):
    """One pretranslation of a document into a language; or of one `segment`, for somebody who asked to compare.

    `total` is what it found waiting when it began; `troubles` are what engines could not do, each a code with
    its figures (see reports/wording.py), since a notice is read in three languages.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of a run", "planned")
        RUNNING = "running", pgettext_lazy("state of a run", "running")
        PAUSED = "paused", pgettext_lazy("state of a run", "paused")
        CANCELLED = "cancelled", pgettext_lazy("state of a run", "cancelled")
        FINISHED = "finished", pgettext_lazy("state of a run", "finished")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="runs")
    language = LanguageField(_("language"))
    # A run of one segment gives offers, see workflow/offering.py.
    segment = models.ForeignKey(
        "Segment", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    engines = models.JSONField(_("engines"), default=list)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    asked_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    troubles = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["segment", "language"],
                condition=models.Q(segment__isnull=False),
                name="run_of_one_segment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.language}"

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.FINISHED, self.State.CANCELLED}

    @staticmethod
    def oldest_start() -> Any:
        """A run that started before this, by the database's clock, has had its time."""
        return Now() - timedelta(hours=settings.MT_RUN_HOURS)


class EngineCall(models.Model):
    """One request to an engine, written down and charged before it is sent.

    Without an outcome it is under way, or its worker died: then nobody knows whether it was sent.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", pgettext_lazy("outcome of a call", "answered")
        RETRYABLE = "retryable", pgettext_lazy("outcome of a call", "out of order")
        QUOTA = "quota", pgettext_lazy("outcome of a call", "allowance used up")
        AUTHENTICATION = "auth", pgettext_lazy("outcome of a call", "refused the key")
        INPUT = "input", pgettext_lazy("outcome of a call", "refused the text")
        OUTPUT = "output", pgettext_lazy("outcome of a call", "unusable answer")

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="calls")
    engine = models.CharField(_("engine"), max_length=20)
    texts = models.PositiveIntegerField()
    characters = models.PositiveIntegerField()
    charged = models.BooleanField(default=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("call of an engine")
        verbose_name_plural = _("calls of engines")
        ordering = ["pk"]
