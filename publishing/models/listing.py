"""Live releases of articles as lists and searches find them: a projection that the job which writes pages keeps."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from .article import Article
from .fields import LanguageField
from .release import Release


def day_of(published_on: date | None, created_at: datetime) -> date:
    """The day under which an article is listed: that of its publication, or else that on which it came in."""
    return published_on or timezone.localdate(created_at)


class ListingQuerySet(models.QuerySet["Listing"]):
    def newest_first(self) -> "ListingQuerySet":
        return self.order_by("-day", "-article")


class Listing(models.Model):
    """A live release of an article: its language, the day that it is listed under, its length in words.

    `compared_at` is when its similar posts were last sought: what was listed later is not among them yet.
    """

    release = models.OneToOneField(
        Release, primary_key=True, on_delete=models.PROTECT, related_name="listing"
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="listings")
    language = LanguageField()
    day = models.DateField()
    length = models.PositiveIntegerField(default=0)
    listed_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="listed_once_per_language")
        ]
        indexes = [
            models.Index(fields=["language", "-day", "-article"], name="listing_newest_first"),
            models.Index(fields=["language", "length"], name="listing_by_length"),
        ]

    def __str__(self) -> str:
        return f"{self.language}:{self.release_id}"
