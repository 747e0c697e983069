"""Durable work as the worker sees it: one job is one row, claimed under a lease and a fence."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from . import in_one_go
from .in_one_go import Statement

LONG_KINDS = ("pretranslate",)
"""Kinds of work that take minutes: what takes seconds goes before them."""


class JobQuerySet(models.QuerySet["Job"]):
    def plan(self, *jobs: "Job") -> None:
        """Writes work down with the change that needs it. Work of the same key that still waits coalesces."""
        in_one_go.write(self.model.planning(*jobs))

    def due(self) -> "JobQuerySet":
        """What a worker may claim now, by the database's clock: waiting work, and work whose worker died.

        Work waits while other work of its key is being done: else the slower of two workers would write what
        it had read before the change. What takes seconds goes first, so that a hundred runs overnight keep
        no catalog and no page waiting.
        """
        busy = Job.objects.filter(state=Job.State.RUNNING, lease_until__gte=Now()).values("key")
        return self.filter(
            models.Q(state=Job.State.READY, not_before__lte=Now()) & ~models.Q(key__in=busy)
            | models.Q(state=Job.State.RUNNING, lease_until__lt=Now())
        ).order_by(models.Case(models.When(kind__in=LONG_KINDS, then=1), default=0), "not_before", "pk")

    def quick(self) -> "JobQuerySet":
        """Work that takes seconds."""
        return self.exclude(kind__in=LONG_KINDS)

    def ended_before(self, days: int) -> "JobQuerySet":
        """Work that ended so long ago, whatever came of it."""
        return self.filter(finished_at__lt=Now() - timedelta(days=days)).exclude(
            state__in=(Job.State.READY, Job.State.RUNNING)
        )

    def held(self, job: "Job") -> "JobQuerySet":
        """The job's row as long as this worker's claim on it holds."""
        return self.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)


class Job(models.Model):
    """One piece of work. `fence` grows with every claim; what an earlier claimant writes is refused.

    Until `relayed_until` its id is on its way to a worker through a broker, where there is one.
    """

    class State(models.TextChoices):
        READY = "ready", _("ready")
        RUNNING = "running", _("running")
        SUCCESSFUL = "successful", _("successful")
        FAILED = "failed", _("failed")
        DEAD = "dead", _("dead")

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READY)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    relayed_until = models.DateTimeField(null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="ready"), name="waiting_work_coalesces"
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(state__in=["ready", "running"]),
                name="job_due",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def planning(cls, *jobs: "Job") -> Statement:
        """The statement that plans new jobs.

        What waits is touched all the same, which holds it until the change is committed: a worker that took it
        before would not see the change, and nobody would do the work again. The ORM has no word for a conflict in
        a partial index.
        """
        payload = cls._meta.get_field("payload")
        rows = ", ".join(["(%s, %s, %s, 'ready', 0, 0, '')"] * len(jobs))
        return Statement(
            f"INSERT INTO {cls._meta.db_table} (kind, key, payload, state, attempts, fence, error) VALUES {rows} "  # noqa: S608 -- our own names
            "ON CONFLICT (key) WHERE state = 'ready' DO UPDATE SET key = EXCLUDED.key",
            [v for job in jobs for v in (job.kind, job.key, in_one_go.stored(payload, job.payload))],
        )

    @staticmethod
    def lease() -> Any:
        """When a lease taken now ends, by the database's clock."""
        return Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
