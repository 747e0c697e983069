"""What readers get: editions, their frozen releases, and finished pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Document
from .fields import LanguageField


class Edition(models.Model):
    """A document in one language, the source language included.

    The slug is proposed from the title and frozen at the first release; a biography's is `author/<slug>`.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    language = LanguageField(_("language"))
    slug = models.CharField(_("slug"), max_length=100, null=True, blank=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        permissions = [("release", "Can release, roll back and withdraw editions")]
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="one_edition_per_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="one_edition_per_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.language}:{self.slug or self.document_id}"

    @property
    def is_source(self) -> bool:
        return self.language == self.document.source_language


class ReleaseQuerySet(models.QuerySet["Release"]):
    def live(self) -> "ReleaseQuerySet":
        return self.filter(state=Release.State.LIVE)


class Release(models.Model):
    """An immutable approved state of an edition: what it consists of, and its body's bytes."""

    class State(models.TextChoices):
        LIVE = "live", _("live")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LIVE)
    manifest = models.JSONField()
    manifest_hash = models.CharField(max_length=64)
    title = models.TextField(_("title"))
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("body"))
    body_hash = models.CharField(max_length=64)
    provenance = models.JSONField(default=dict)
    released_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    note = models.TextField(_("note"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["edition", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="releases_are_numbered"),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(state="live"), name="one_live_release"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.number}"


class Page(models.Model):
    """A finished page: what a path answers, written when a release changes it, never when it is read."""

    path = models.CharField(max_length=200, unique=True)
    content = models.BinaryField()
    content_type = models.CharField(max_length=50, default="text/html; charset=utf-8")
    language = LanguageField()
    etag = models.CharField(max_length=66)
    status = models.PositiveSmallIntegerField(default=200)
    written_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.path
