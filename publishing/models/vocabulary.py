"""The words of all search texts, on SQLite: that one is in none of them is known without asking for its trigrams.

The index's lists of frequent trigrams grow with all that waits, and only to their ends do they tell that no text has
all of them. Words grow with a language. Triggers gather them (migration 0019), with an index of trigrams of their
own; a word stays when its last text has lost it.
"""

from typing import Final

from django.db import OperationalError, connection

from .search import quoted

WORDS: Final = "publishing_searchword"
_TRIGRAMS: Final = f"{WORDS}_trigrams"


def has_no(form: str) -> bool:
    """Whether no search text has this form, since no word has, or is, its longest one; False where it may be in some.

    What blanks are not in lies between two blanks of the text, wherever it is found.
    """
    longest = max(form.split(), key=len, default="")
    if connection.vendor != "sqlite" or len(longest) < 3:
        return False
    trigrams = [longest[at : at + 3] for at in range(0, len(longest) - 2, 3)]
    wanted = " AND ".join(map(quoted, trigrams))
    # By a cross join: SQLite would go through the words one by one where it believes them to be few.
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                f"SELECT 1 FROM {_TRIGRAMS} CROSS JOIN {WORDS} ON id = {_TRIGRAMS}.rowid "  # noqa: S608 -- our own names
                f"WHERE {_TRIGRAMS} MATCH %s AND instr({WORDS}.word, %s) LIMIT 1",
                [wanted, longest],
            )
            return cursor.fetchone() is None
        except OperationalError:  # without FTS5
            return False
