"""What a search looks into: the source and the text of a translation in their search form.

A projection that the worker keeps (workflow/indexing.py); `Translation.is_indexed` says whether a row's is up to
date. The migration 0011 gives the table an index of trigrams: pg_trgm on PostgreSQL, FTS5 on SQLite. Where
neither could be made, the table itself is read through.
"""

from typing import Final

from django.db import OperationalError, connection, models
from django.db.models.functions import Concat

from .one_of import OneOf
from .translation import Translation

TRIGRAMS: Final = "publishing_searchtext_trigrams"
"""The index's name on PostgreSQL; on SQLite that of the table that serves as one."""


FEW: Final = 1_000
"""As many rows as somebody may look up one by one; where trigrams name more, their texts are looked into first."""


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    def having(self, form: str) -> "SearchTextQuerySet":
        """Those whose text has this form, found by looking into each: no index of trigrams is asked.

        An expression has no index. Of a LIKE PostgreSQL expects a few rows, and goes on from these; of a comparison
        that it knows nothing of it would expect a third, and read whole tables.
        """
        unindexed = Concat("text", models.Value("", models.TextField()))
        return self.alias(unindexed=unindexed).filter(unindexed__contains=form)

    def near(self, form: str, most: int) -> list[int] | None:
        """The translations whose text may have this form, those that have it among them; None for more than `most`.

        PostgreSQL uses its index by itself. Forms of one or two letters are sought by reading the table through.
        """
        found = None
        if connection.vendor == "sqlite" and len(form) > 2:
            found = self._by_trigrams(form, most + 1)
            if found and FEW < len(found) <= most:
                found = list(self.filter(OneOf("pk", found)).having(form).values_list("pk", flat=True))
        if found is None:
            found = list(self.filter(text__contains=form).values_list("pk", flat=True)[: most + 1])
        return found if len(found) <= most else None

    def _by_trigrams(self, form: str, most: int) -> list[int] | None:
        """The rows that have the form's trigrams; None where there is no such index.

        Trigrams that cover the form without overlap mostly tell enough, and each costs as much as the first. Where
        they name too many rows, all are asked for; where these do, the rows' texts are looked into as well.
        """
        found: list[int] = []
        for step, looks in ((3, False), (1, False), (1, True)):
            starts = sorted({*range(0, len(form) - 2, step), len(form) - 3})
            trigrams = (form[start : start + 3].replace('"', '""') for start in starts)
            wanted = " AND ".join(f'"{each}"' for each in trigrams)
            with connection.cursor() as cursor:
                try:
                    cursor.execute(
                        f"SELECT rowid FROM {TRIGRAMS} WHERE {TRIGRAMS} MATCH %s "  # noqa: S608 -- our own names
                        f"{'AND instr(text, %s)' if looks else ''} LIMIT %s",
                        [wanted, *([form] if looks else []), most],
                    )
                except OperationalError:
                    return None
                found = [pk for (pk,) in cursor.fetchall()]
            if len(found) < most:
                break
        return found


class SearchText(models.Model):
    """A translation's source and text, in their search form, a line break between them."""

    translation = models.OneToOneField(
        Translation, primary_key=True, on_delete=models.PROTECT, related_name="search_text"
    )
    text = models.TextField()

    objects = SearchTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.text[:40]}"
