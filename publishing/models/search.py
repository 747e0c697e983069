"""What a search looks into: the source and the text of a translation in their search form.

A projection that the worker keeps (workflow/indexing.py); `Translation.is_indexed` says whether a row's is up to
date. The migrations 0011 and 0017 give the table an index of trigrams: pg_trgm on PostgreSQL, FTS5 on SQLite. Where
neither could be made, the table itself is read through.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import OperationalError, connection, models
from django.db.models.functions import Concat

from .translation import Translation

TRIGRAMS: Final = "publishing_searchtext_trigrams"
"""The index's name on PostgreSQL; on SQLite that of the table that serves as one."""

BLANK: Final = "ƿ"
"""What a blank is in PostgreSQL's index: a letter, and one that our languages do not have.

pg_trgm takes a text apart at its blanks, and would know which words a text has and not which follow which: of two
frequent words that seldom stand together it would name all texts that have both.
"""

ASKED: Final[Mapping[str, int]] = {"postgresql": 4, "sqlite": 3}
"""Of so many trigrams an index is asked. SQLite reads through the rows of each, however frequent it is."""


class HasPieces(models.Func):
    """Whether a text has some pieces, one after the other, as PostgreSQL's index of trigrams answers it.

    A single condition, and written as the index's definition writes the text. The index names rows, and the
    database looks into each: a condition for every trigram would take it as long again.
    """

    output_field = models.BooleanField()
    template = "replace(%(expressions)s"
    arg_joiner = f", ' ', '{BLANK}') LIKE "

    def __init__(self, column: str, pieces: Sequence[str]) -> None:
        pattern = "%".join(["", *pieces, ""]).replace(" ", BLANK)
        super().__init__(column, models.Value(pattern))


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    def having(self, form: str) -> "SearchTextQuerySet":
        """Those whose text has this form, found by looking into each: no index of trigrams is asked.

        An expression has no index. Of a LIKE PostgreSQL expects a few rows, and goes on from these; of a comparison
        that it knows nothing of it would expect a third, and read whole tables.
        """
        unindexed = Concat("text", models.Value("", models.TextField()))
        return self.alias(unindexed=unindexed).filter(unindexed__contains=form)

    def near(self, form: str, most: int, *, like: Sequence[str]) -> list[int] | None:
        """The translations whose text may have this form, those that have it among them; None for more than `most`.

        `like` are some of the texts: what is rare in them is taken to be rare. Forms of one or two letters are
        sought by reading the table through, on PostgreSQL also those without three letters in a row.
        """
        letters = (
            connection.vendor == "postgresql"
        )  # without one of letters, its index would be read to the end
        trigrams = rarest(form, like, asked=ASKED.get(connection.vendor, 0), letters_alone=letters)
        if connection.vendor == "sqlite" and trigrams:
            found = self._by_fts5(form, trigrams, most + 1)
        else:
            rows = self.having(form)
            if trigrams:
                rows = rows.filter(HasPieces("text", pieces(form, trigrams)))
            found = list(rows.values_list("pk", flat=True)[: most + 1])
        return found if len(found) <= most else None

    def _by_fts5(self, form: str, trigrams: Sequence[str], most: int) -> list[int]:
        """The rows that have these of the form's trigrams; where they are too many, those that have the form.

        To look into thousands of texts takes longer than to bring their rows into order, where a page of them is
        enough. Without the table of trigrams all texts are looked into.
        """
        wanted = " AND ".join('"{}"'.format(each.replace('"', '""')) for each in trigrams)
        sql = f"SELECT rowid FROM {TRIGRAMS} WHERE {TRIGRAMS} MATCH %s"  # noqa: S608 -- our own names
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"{sql} LIMIT %s", [wanted, most])
                if len(found := cursor.fetchall()) == most:
                    cursor.execute(f"{sql} AND instr(text, %s) LIMIT %s", [wanted, form, most])
                    found = cursor.fetchall()
            except OperationalError:
                return list(self.having(form).values_list("pk", flat=True)[:most])
        return [pk for (pk,) in found]


def rarest(form: str, texts: Sequence[str], *, asked: int, letters_alone: bool) -> list[str]:
    """So many of a form's trigrams, such that few of the texts have all of them: the rarest, then what tells most more.

    `letters_alone` leaves out those that have anything but letters, figures and blanks.
    """
    trigrams = dict.fromkeys(form[start : start + 3] for start in range(len(form) - 2))
    known = [each for each in trigrams if not letters_alone or each.replace(" ", "a").isalnum()]
    having = {each: {at for at, text in enumerate(texts) if each in text} for each in known}
    chosen: list[str] = []
    all_of_them = set(range(len(texts)))
    while having and len(chosen) < asked:
        best = min(having, key=lambda each: (len(having[each] & all_of_them), len(having[each])))
        all_of_them &= having.pop(best)
        chosen.append(best)
    return chosen


def pieces(form: str, trigrams: Sequence[str]) -> list[str]:
    """The trigrams in their order in the form; those that overlap there are one piece."""
    found: list[str] = []
    end = 0
    for start in sorted(form.index(each) for each in trigrams):
        if start < end:
            found[-1] += form[end : start + 3]
        else:
            found.append(form[start : start + 3])
        end = start + 3
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
