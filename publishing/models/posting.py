"""The index of the readers' search: which keys of words stand in which live releases, and how often.

A projection like the listings, kept by the same job. Plain rows, so that SQLite and PostgreSQL find the same.
"""

from django.db import models

from .fields import LanguageField
from .release import Release


class Word(models.Model):
    """A key under which the forms of a word meet (publishing/matching/words.py), and how many releases have it."""

    language = LanguageField()
    key = models.CharField(max_length=60)
    releases = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="a_word_once_per_language")]

    def __str__(self) -> str:
        return f"{self.language}:{self.key}"


class Posting(models.Model):
    """A word in a release: how often (in the title for several), and where first in its plain text, or -1."""

    pk = models.CompositePrimaryKey("word_id", "release_id")
    # Found through the primary key, which begins with the word.
    word = models.ForeignKey(Word, on_delete=models.PROTECT, related_name="postings", db_index=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="postings")
    count = models.PositiveIntegerField()
    place = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.word_id} in {self.release_id}"


class Similar(models.Model):
    """A release that is similar to another one in its language, and at which place it is named there."""

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="similar", db_index=False
    )  # found through the constraint
    other = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="similar_to")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["release", "position"]
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="similar_posts_in_order")]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.other_id}"
