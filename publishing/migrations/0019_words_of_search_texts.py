"""On SQLite triggers gather the words of all search texts: a word that is in none of them is soon known to be nowhere.

A word is what stands between two blanks, and stays when its last text has lost it. A text's words are found by way of
JSON, which SQLite takes apart: its blanks become what stands between two strings of a list. What is longer than any
word is kept each time that it comes: an index with a word of megabytes in it reads all of that for every word beside
it. Where FTS5 is missing there are no words either; PostgreSQL needs none.
"""

from django.db import migrations

TEXTS = "publishing_searchtext"
WORDS = "publishing_searchword"
TRIGRAMS = "publishing_searchword_trigrams"
LONGEST = 200


def _gather(texts, source):
    one_line = f"replace({texts}.text, char(10), ' ')"
    listed = f"""'[' || replace(json_quote({one_line}), ' ', '","') || ']'"""
    return (
        f"INSERT INTO {WORDS} (word) SELECT DISTINCT value FROM {source}json_each({listed}) WHERE value <> '' "
        f"AND (length(value) > {LONGEST} "
        f"OR NOT EXISTS (SELECT 1 FROM {WORDS} WHERE word = value AND length(word) <= {LONGEST}))"
    )


MAKE = (
    f"CREATE TABLE {WORDS} (id INTEGER PRIMARY KEY, word TEXT NOT NULL)",
    f"CREATE UNIQUE INDEX {WORDS}_once ON {WORDS} (word) WHERE length(word) <= {LONGEST}",
    f"CREATE VIRTUAL TABLE {TRIGRAMS} USING fts5 (word, content='{WORDS}', content_rowid='id', "
    "detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
    f"CREATE TRIGGER {TRIGRAMS}_insert AFTER INSERT ON {WORDS} BEGIN "
    f"INSERT INTO {TRIGRAMS} (rowid, word) VALUES (new.id, new.word); END",
    _gather(TEXTS, f"{TEXTS}, "),
    f"CREATE TRIGGER {WORDS}_of_new_text AFTER INSERT ON {TEXTS} BEGIN {_gather('new', '')}; END",
    f"CREATE TRIGGER {WORDS}_of_changed_text AFTER UPDATE OF text ON {TEXTS} BEGIN {_gather('new', '')}; END",
)
FORGET = (
    f"DROP TRIGGER IF EXISTS {WORDS}_of_new_text",
    f"DROP TRIGGER IF EXISTS {WORDS}_of_changed_text",
    f"DROP TABLE IF EXISTS {TRIGRAMS}",
    f"DROP TABLE IF EXISTS {WORDS}",
)


def gather_words(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite" and "publishing_searchtext_trigrams" in connection.introspection.table_names():
        for statement in MAKE:
            schema_editor.execute(statement, params=None)


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in FORGET:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0018_hours_in_the_index'),
    ]

    operations = [
        migrations.RunPython(gather_words, forget_words),
    ]
