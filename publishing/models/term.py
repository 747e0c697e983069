"""The termbase: concepts with their words in each language, approved, forbidden, or left as they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fields import LanguageField


class TermQuerySet(models.QuerySet["Term"]):
    def in_use(self) -> "TermQuerySet":
        return self.filter(retired_at=None)


class Term(models.Model):
    """A concept. `version` grows with every change: a save names the one it saw, a cache the sum of all.

    Terms are retired, never deleted; who changed what is to be seen from the forms.
    """

    note = models.TextField(_("note"), blank=True)
    do_not_translate = models.BooleanField(_("do not translate"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"term {self.pk}"


class TermFormQuerySet(models.QuerySet["TermForm"]):
    def in_use(self) -> "TermFormQuerySet":
        """The forms of today's termbase, in the order in which they were given: the first is the preferred."""
        return self.filter(retired_at=None, term__retired_at=None).order_by("term_id", "place", "pk")


class TermForm(models.Model):
    """How a concept is called in a language, or must not be called.

    The text never changes: a form is retired and another one made.
    """

    class Status(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("form of a term", "approved")
        FORBIDDEN = "forbidden", pgettext_lazy("form of a term", "forbidden")

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="forms")
    language = LanguageField(_("language"))
    text = models.CharField(_("text"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.APPROVED)
    place = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    retired_by = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TermFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form of a term")
        verbose_name_plural = _("forms of terms")
        ordering = ["term_id", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language", "text"],
                condition=models.Q(retired_at=None),
                name="a_term_has_a_form_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["language", "term"], condition=models.Q(retired_at=None), name="term_form_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"
