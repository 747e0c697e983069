"""What all workers know of an engine together: its answers so far, its account's health and rate, its month's bill."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .fields import LanguageField
from .job import Job

_RESERVED = ("key", "engine", "source_language", "target_language", "sent", "job", "fence")


def database_now() -> datetime:
    """The time by the database's clock, which all workers share."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
        else:
            cursor.execute("SELECT strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')", [])
        (now,) = cursor.fetchone()
    return now if isinstance(now, datetime) else datetime.fromisoformat(f"{now}+00:00")


class EngineAnswerQuerySet(models.QuerySet["EngineAnswer"]):
    def reserve(self, rows: Sequence["EngineAnswer"]) -> None:
        """Writes down what is about to be asked, past the ORM's bookkeeping; a key that is there already stays."""
        table, names = self.model._meta.db_table, ", ".join(_RESERVED)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(_RESERVED))}) "  # noqa: S608 -- our own names
                "ON CONFLICT (key) DO NOTHING",
                [[getattr(row, name) for name in _RESERVED] for row in rows],
            )

    def answer(self, answers: Mapping[str, str]) -> None:
        """Writes down the answers to what was reserved, by key."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {self.model._meta.db_table} SET answer = %s WHERE key = %s",  # noqa: S608 -- our own name
                [(answer, key) for key, answer in answers.items()],
            )

    def given(self) -> "EngineAnswerQuerySet":
        return self.filter(answer__isnull=False)

    def abandoned(self) -> "EngineAnswerQuerySet":
        """Asked by a worker whose claim on its job is gone: another may ask."""
        holders = Job.objects.filter(
            pk=models.OuterRef("job"),
            fence=models.OuterRef("fence"),
            state=Job.State.RUNNING,
            lease_until__gte=Now(),
        )
        return self.filter(~models.Exists(holders), answer=None)


class EngineAnswer(models.Model):
    """What an engine answered to one text: asked once, kept for good.

    Without an answer it is being asked, by the job and under the fence that stand here. `key` covers engine,
    configuration, languages, notation and text.
    """

    key = models.CharField(max_length=64, editable=False)
    engine = models.CharField(_("engine"), max_length=20)
    source_language = LanguageField()
    target_language = LanguageField()
    sent = models.TextField()
    answer = models.TextField(null=True, blank=True)
    job = models.PositiveBigIntegerField()  # no foreign key: answers outlive the jobs that asked for them
    fence = models.PositiveIntegerField()
    asked_at = models.DateTimeField(db_default=Now())

    objects = EngineAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an engine")
        verbose_name_plural = _("answers of engines")
        constraints = [models.UniqueConstraint(fields=["key"], name="a_text_is_asked_once")]


class EngineAccount(models.Model):
    """The health and the rate of one engine's account (address and key), as all workers found it.

    `failures` in a row; until `closed_until` nothing is sent, and then one request first; `free_at` is when the
    rate allows the next request, the theoretical arrival time of the generic cell rate algorithm (ITU-T I.371).
    """

    engine = models.CharField(_("engine"), max_length=20)
    digest = models.CharField(max_length=16)
    failures = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=9, blank=True)
    free_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("account with an engine")
        verbose_name_plural = _("accounts with engines")
        constraints = [models.UniqueConstraint(fields=["engine", "digest"], name="one_row_per_account")]


class EngineMonth(models.Model):
    """How many characters an engine was asked in a month (YYYY-MM, UTC, by the database's clock)."""

    engine = models.CharField(_("engine"), max_length=20)
    month = models.CharField(max_length=7)
    characters = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("month of an engine")
        verbose_name_plural = _("months of engines")
        constraints = [models.UniqueConstraint(fields=["engine", "month"], name="one_row_per_month")]

    def __str__(self) -> str:
        return f"{self.engine} {self.month}"
