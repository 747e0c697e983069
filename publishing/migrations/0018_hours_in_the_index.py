"""A search is told which rows wait since some hours: the index of trigrams learns the hour, and the stretches it is in.

What is indexed already gets the hour of its place in the queue. Where the index could not be made before, for want of
pg_trgm or of a right, of FTS5 in SQLite, it is not made here either; the system check publishing.W003 goes on to say
so. What 0011 and 0017 say of the index is said again: a migration stands by itself, and what it makes is never changed.
"""

from django.db import DatabaseError, migrations, models, transaction

TABLE, TRIGRAMS = "publishing_searchtext", "publishing_searchtext_trigrams"
SPANS = (1, 4, 16, 64, 256, 1_024)

BLANKS = "replace(text, ' ', 'ƿ') gin_trgm_ops"
HOURS = ", ".join(["hour", *(f"{level}0000000 + hour / {length}" for level, length in enumerate(SPANS) if level)])
ON_POSTGRESQL = f"CREATE INDEX {TRIGRAMS} ON {TABLE} USING gin ({BLANKS}, (ARRAY[{HOURS}]))"
BEFORE_ON_POSTGRESQL = f"CREATE INDEX {TRIGRAMS} ON {TABLE} USING gin ({BLANKS})"


def _tokens(row):
    """Of each stretch a trigram of signs for private use, which no text has: FTS5 is asked for it as for the others."""
    return "||".join(
        f"char({0xE000 + level}, {0xF0000} + {row}.hour / {length * 4096}, {0xF8000} + {row}.hour / {length} % 4096)"
        for level, length in enumerate(SPANS)
    )


def _on_sqlite(learnt):
    """`learnt` says what of a row the table learns, and forgets: the same each time."""
    forget = f"INSERT INTO {TRIGRAMS} ({TRIGRAMS}, rowid, text) VALUES ('delete', old.translation_id, {learnt('old')});"
    learn = f"INSERT INTO {TRIGRAMS} (rowid, text) VALUES (new.translation_id, {learnt('new')});"
    return (
        f"CREATE VIRTUAL TABLE {TRIGRAMS} USING fts5 (text, content='{TABLE}', content_rowid='translation_id', "
        "detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
        f"INSERT INTO {TRIGRAMS} (rowid, text) SELECT translation_id, {learnt(TABLE)} FROM {TABLE}",
        f"CREATE TRIGGER {TRIGRAMS}_insert AFTER INSERT ON {TABLE} BEGIN {learn} END",
        f"CREATE TRIGGER {TRIGRAMS}_delete AFTER DELETE ON {TABLE} BEGIN {forget} END",
        f"CREATE TRIGGER {TRIGRAMS}_update AFTER UPDATE ON {TABLE} BEGIN {forget} {learn} END",
    )


ON_SQLITE = _on_sqlite(lambda row: f"{row}.text || {_tokens(row)}")
BEFORE_ON_SQLITE = _on_sqlite(lambda row: f"{row}.text")


def forget_trigrams(apps, schema_editor):
    """The index is made anew, since what it knows of a row changes; SQLite alters no table while a trigger is on it."""
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGRAMS}_{event}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {TRIGRAMS}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {TRIGRAMS}")


def write_hours(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"UPDATE {TABLE} SET hour = floor(extract(epoch FROM changed_at) / 3600) "
            f"FROM publishing_translation WHERE id = translation_id"
        )
    else:
        schema_editor.execute(
            f"UPDATE {TABLE} SET hour = (SELECT CAST(strftime('%%s', substr(changed_at, 1, 19)) AS INTEGER) / 3600 "
            f"FROM publishing_translation WHERE id = translation_id)"
        )


def _index(on_postgresql, on_sqlite):
    def make_index(apps, schema_editor):
        connection = schema_editor.connection
        statements = {"postgresql": on_postgresql, "sqlite": on_sqlite}.get(connection.vendor, ())
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except DatabaseError:
            pass  # the role may not, or the database cannot: the system check tells

    return make_index


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0017_blanks_in_trigrams'),
    ]

    operations = [
        migrations.RunPython(forget_trigrams, _index([BEFORE_ON_POSTGRESQL], BEFORE_ON_SQLITE)),
        migrations.AddField(
            model_name='searchtext',
            name='hour',
            field=models.IntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(write_hours, migrations.RunPython.noop),
        migrations.RunPython(_index([ON_POSTGRESQL], ON_SQLITE), forget_trigrams),
    ]
