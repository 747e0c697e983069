"""What a search looks into: the source and the text of a translation in their search form.

A projection that the worker keeps (workflow/indexing.py); `Translation.is_indexed` says whether a row's is up to
date. The migrations 0011, 0017 and 0018 give the table an index of trigrams and hours: pg_trgm's on PostgreSQL, FTS5's
on SQLite. Where neither could be made, the table itself is read through.
"""

from collections.abc import Sequence
from datetime import datetime
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

ASKED: Final = 3
"""Of so many trigrams the index is asked: it reads through the rows of each, however frequent it is."""
SELDOM: Final = 32
"""Among the rows of a few hours one trigram is enough that no more than one text in so many has."""

SPANS: Final = (1, 4, 16, 64, 256, 1_024)
"""The index knows of every row which hour it has waited since, and which stretches of so many hours that one is in."""
_HOUR: Final = 3_600


def hour_of(moment: datetime) -> int:
    """The hour, counted from the beginning of 1970 in UTC."""
    return int(moment.timestamp() // _HOUR)


def rounded(hours: range) -> range:
    """These hours and a few more, so that they are made up of fewer stretches: at most a quarter as many again."""
    length = max(length for length in SPANS if length == 1 or length * 4 <= len(hours))
    return range(hours.start, -(-hours.stop // length) * length)


def spans_of(hours: range) -> list[tuple[int, int]]:
    """The fewest stretches that make up these hours: each the place of its length in SPANS and its number."""
    found, hour = [], hours.start
    while hour < hours.stop:
        level = max(
            level for level, length in enumerate(SPANS) if not hour % length and hour + length <= hours.stop
        )
        found.append((level, hour // SPANS[level]))
        hour += SPANS[level]
    return found


_HOURS: Final = ", ".join(f"{level}0000000 + hour / {length}" for level, length in enumerate(SPANS) if level)
ON_POSTGRESQL: Final = (
    f"CREATE INDEX {TRIGRAMS} ON publishing_searchtext USING gin "
    f"(replace(text, ' ', '{BLANK}') gin_trgm_ops, (ARRAY[hour, {_HOURS}]))"
)
"""How the index is defined there; the migration 0018 has it, too."""
_HAS_PIECES: Final = f"replace(text, ' ', '{BLANK}') LIKE %s"
_IN_SPANS: Final = f"ARRAY[hour, {_HOURS}] && %s::int[]"
"""Both written as in PostgreSQL's index. The index names rows, and the database looks into each: one condition
for all pieces, since one for every trigram would take it as long again."""


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    def having(self, form: str) -> "SearchTextQuerySet":
        """Those whose text has this form, found by looking into each: no index of trigrams is asked.

        An expression has no index. Of a LIKE PostgreSQL expects a few rows, and goes on from these; of a comparison
        that it knows nothing of it would expect a third, and read whole tables.
        """
        unindexed = Concat("text", models.Value("", models.TextField()))
        return self.alias(unindexed=unindexed).filter(unindexed__contains=form)

    def near(
        self,
        form: str,
        most: int,
        *,
        trigrams: Sequence[str],
        hours: range | None = None,
        exactly: bool = False,
    ) -> list[int] | None:
        """The translations whose text may have this form, those that have it among them; None for more than `most`.

        `trigrams` are some of the form's, of which the index is asked (`telling` gives them); without any the table
        is read through. With `hours` only what waits since one of these; None without trigrams, or FTS5's table.
        `exactly` those that have the form: worth it where few have it, and many more its trigrams.
        """
        by_index = {"postgresql": _by_pg_trgm, "sqlite": _by_fts5}.get(connection.vendor)
        found = by_index(form, trigrams, most + 1, hours, exactly) if by_index and trigrams else None
        if found is None and hours is None:
            found = list(self.having(form).values_list("pk", flat=True)[: most + 1])
        return found if found is not None and len(found) <= most else None


def _by_pg_trgm(
    form: str, trigrams: Sequence[str], most: int, hours: range | None, _exactly: bool
) -> list[int]:
    """The rows that have the form, found by these of its trigrams. By hand: it would take as long to build."""
    conditions, values = (
        [_HAS_PIECES, "text || '' LIKE %s"],
        [
            "%".join(["", *pieces(form, trigrams), ""]).replace(" ", BLANK),
            f"%{connection.ops.prep_for_like_query(form)}%",
        ],
    )
    if hours is not None:
        numbers = (f"{level * 10_000_000 + number}" for level, number in spans_of(hours))
        conditions.append(_IN_SPANS)
        values.append(f"{{{','.join(numbers)}}}")
    table = SearchText._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT translation_id FROM {table} WHERE {' AND '.join(conditions)} LIMIT %s",  # noqa: S608 -- our own names
            [*values, most],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _by_fts5(
    form: str, trigrams: Sequence[str], most: int, hours: range | None, exactly: bool
) -> list[int] | None:
    """The rows that have these of the form's trigrams; exactly, or where they are too many, those that have the form.

    To look into thousands of texts takes longer than to bring their rows into order, where a page of them is
    enough. None without the table of trigrams.
    """
    wanted = " AND ".join(map(quoted, trigrams))
    if hours is not None:
        wanted += " AND ({})".format(" OR ".join(quoted(token(*span)) for span in spans_of(hours)))
    sql = f"SELECT rowid FROM {TRIGRAMS} WHERE {TRIGRAMS} MATCH %s"  # noqa: S608 -- our own names
    # The texts are read beside the index, and not through it: that takes a third less.
    having = (
        f"SELECT translation_id FROM {TRIGRAMS} CROSS JOIN {SearchText._meta.db_table} AS texts "  # noqa: S608 -- our own names
        f"ON translation_id = {TRIGRAMS}.rowid WHERE {TRIGRAMS} MATCH %s AND instr(texts.text, %s)"
    )
    with connection.cursor() as cursor:
        try:
            if not exactly:
                cursor.execute(f"{sql} LIMIT %s", [wanted, most])
            if exactly or len(found := cursor.fetchall()) == most:
                cursor.execute(f"{having} LIMIT %s", [wanted, form, most])
                found = cursor.fetchall()
        except OperationalError:
            return None
    return [pk for (pk,) in found]


def token(level: int, number: int) -> str:
    """What FTS5 has learnt of a stretch of hours: a trigram of signs that no script has."""
    return f"{chr(0xE000 + level)}{chr(0xF0000 + number // 4096)}{chr(0xF8000 + number % 4096)}"


def quoted(trigram: str) -> str:
    """A trigram as FTS5 is asked for it."""
    return '"{}"'.format(trigram.replace('"', '""'))


def telling(form: str, texts: Sequence[str]) -> list[str]:
    """The trigrams of which the database's index is best asked for a form; what is rare in some texts is taken to be.

    None for forms of one or two letters. pg_trgm knows nothing but letters and figures.
    """
    return rarest(form, texts, letters_alone=connection.vendor == "postgresql")


def rarest(form: str, texts: Sequence[str], *, letters_alone: bool, asked: int = ASKED) -> list[str]:
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


def enough(trigrams: Sequence[str], texts: Sequence[str]) -> Sequence[str]:
    """As many of the trigrams as it takes to find the rows of a few hours: SELDOM says when few texts have them."""
    for number in range(1, len(trigrams)):
        if sum(all(each in text for each in trigrams[:number]) for text in texts) <= len(texts) // SELDOM:
            return trigrams[:number]
    return trigrams


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
    """A translation's source and text, in their search form, a line break between them.

    `hour` is the one it has waited since (Translation.changed_at, by hour_of). Of a translation that is approved it
    may be an earlier one.
    """

    translation = models.OneToOneField(
        Translation, primary_key=True, on_delete=models.PROTECT, related_name="search_text"
    )
    text = models.TextField()
    hour = models.IntegerField()

    objects = SearchTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.text[:40]}"
