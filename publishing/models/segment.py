"""The smallest translated piece: one sentence of a block, with a permanent key."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .article import Block, Document
from .fields import new_key


class SegmentRow(NamedTuple):
    """A segment to be inserted: its columns, in the order in which they are written."""

    document_id: int
    block_id: int
    position: int
    before: str
    text: str
    after: str
    memory_key: str


class SegmentQuerySet(models.QuerySet["Segment"]):
    def insert(self, rows: Iterable[SegmentRow]) -> int:
        """Stores new segments in one statement, past the ORM's bookkeeping; returns how many.

        An article's sentences come in by the thousand, and objects for them would be most of the work:
        PostgreSQL takes them by COPY, others by one prepared INSERT.
        """
        values = [(new_key(), *row) for row in rows]
        quoted = [connection.ops.quote_name(name) for name in ("key", *SegmentRow._fields)]
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({', '.join(quoted)}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(quoted))
                cursor.executemany(
                    f"INSERT INTO {table} ({', '.join(quoted)}) VALUES ({places})",  # noqa: S608 -- our own names
                    values,
                )
        return len(values)

    def in_use(self) -> "SegmentQuerySet":
        """Segments of today's source, in the order of the text."""
        return self.filter(retired_at=None).order_by("document_id", "position")


class Segment(models.Model):
    """One sentence. The blanks at its edges are kept apart; a retired segment keeps its translations.

    `shape` is the digest of what the sentence is without its figures, marks and names (matching/shapes.py),
    empty where nothing can be exchanged; it is taken once a translation is approved (workflow/learning.py).
    """

    # Found through `segment_in_order`, which begins with the document: an index of its own would be a second one.
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="segments", db_index=False)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="segments")
    key = models.CharField(max_length=16, default=new_key, editable=False)
    position = models.PositiveIntegerField()
    before = models.TextField(blank=True)
    text = models.TextField(_("source"))
    after = models.TextField(blank=True)
    memory_key = models.CharField(max_length=32)
    shape = models.CharField(max_length=32, null=True, blank=True)  # null: not taken yet
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        # A constraint, since `unique=True` would bring PostgreSQL a second index, for searches by LIKE.
        constraints = [models.UniqueConstraint(fields=["key"], name="a_key_is_one_segments")]
        indexes = [
            models.Index(fields=["document", "position"], name="segment_in_order"),
            models.Index(fields=["memory_key"], name="segment_by_memory_key"),
            models.Index(fields=["shape"], condition=models.Q(shape__gt=""), name="segment_by_shape"),
        ]

    def __str__(self) -> str:
        return self.key
