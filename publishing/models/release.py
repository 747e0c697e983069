"""What readers get: editions and their frozen releases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Document
from .fields import LanguageField


class Edition(models.Model):
    """A document in one language, the source language included.

    The slug is proposed from the title and frozen at the first release; a biography's is `author/<slug>`.
    `in_preparation` is an editor's word to readers, until the first release.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    language = LanguageField(_("language"))
    slug = models.CharField(_("slug"), max_length=100, null=True, blank=True)
    in_preparation = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        permissions = [
            ("release", "Can release, roll back and withdraw editions"),
            ("override", "Can release what they alone have approved, with a written reason"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="one_edition_per_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="one_edition_per_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.language}:{self.slug or self.document_id}"

    @property
    def is_source(self) -> bool:
        return self.language == self.document.source_language


class FormerSlug(models.Model):
    """A slug that an edition had: it leads to the edition for ever, and no other edition of the language gets it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="former_slugs")
    language = LanguageField()
    slug = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="a_former_slug_leads_to_one_edition")
        ]

    def __str__(self) -> str:
        return f"{self.language}:{self.slug}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def live(self) -> "ReleaseQuerySet":
        return self.filter(state=Release.State.LIVE)

    def planned(self) -> "ReleaseQuerySet":
        """Releases that have not taken place: scheduled ones, and drafts that an hour found held up."""
        return self.filter(state__in=Release.PLANNED)

    def frozen(self) -> "ReleaseQuerySet":
        """Releases that took place, whatever became of them."""
        return self.exclude(state__in=Release.PLANNED)

    def at_the_address(self) -> "ReleaseQuerySet":
        """What an address tells of: live releases, and withdrawn ones."""
        return self.filter(state__in=(Release.State.LIVE, Release.State.WITHDRAWN))


class Release(models.Model):
    """An immutable approved state of an edition: what it consists of, and its body's bytes.

    A planned one has nothing of that yet, and no number: it is frozen when it takes place. `note` is for
    colleagues; readers see `corrections` (newest first, those of the releases before included) and, once it
    is withdrawn, `withdrawal`. `source_texts` are the sentences of a source edition in the manifest's order: a
    translation's are its revisions. `changed_at` is when readers last got something else at its address: by the
    release, by a rollback to it, by a word about its original, by its withdrawal. `held_by` says why a draft did
    not go out, as the gate's codes and keys.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        LIVE = "live", _("live")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    PLANNED = (State.DRAFT, State.SCHEDULED)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LIVE)
    manifest = models.JSONField(default=list)
    manifest_hash = models.CharField(max_length=64, blank=True)
    source_texts = models.JSONField(default=list)
    title = models.TextField(_("title"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("body"), blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    provenance = models.JSONField(default=dict)
    released_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    correction = models.TextField(_("correction"), blank=True)
    corrections = models.JSONField(default=list)
    withdrawal = models.TextField(_("reason of the withdrawal"), blank=True)
    override = models.TextField(_("written exception"), blank=True)
    original_corrected_at = models.DateTimeField(null=True, blank=True)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    joint_key = models.CharField(max_length=16, blank=True)
    held_by = models.JSONField(default=list)

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
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(state__in=["draft", "scheduled"]),
                name="one_planned_release",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "scheduled"], number=None, released_at=None)
                | (
                    ~models.Q(state__in=["draft", "scheduled"])
                    & models.Q(number__isnull=False, released_at__isnull=False)
                ),
                name="what_took_place_has_a_number_and_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(scheduled_for__isnull=False),
                name="what_is_scheduled_has_an_hour",
            ),
        ]
        indexes = [
            models.Index(
                fields=["joint_key"], condition=models.Q(state="scheduled"), name="release_of_a_joint_key"
            ),
            models.Index(
                fields=["-changed_at"], condition=models.Q(state="live"), name="live_changed_last_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.number or self.state}"
