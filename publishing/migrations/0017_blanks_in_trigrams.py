"""PostgreSQL's index of trigrams learns which word follows which: blanks go into it as a letter (models.search.BLANK).

Where the index could not be made before, for want of pg_trgm or of a right, it is not made here either; the system
check publishing.W003 goes on to say so. FTS5's trigrams, on SQLite, have blanks in them.
"""

from django.db import DatabaseError, migrations, transaction

TABLE, TRIGRAMS = "publishing_searchtext", "publishing_searchtext_trigrams"
WITH_BLANKS = f"CREATE INDEX {TRIGRAMS} ON {TABLE} USING gin (replace(text, ' ', 'ƿ') gin_trgm_ops)"
WITHOUT = f"CREATE INDEX {TRIGRAMS} ON {TABLE} USING gin (text gin_trgm_ops)"


def _replaced_by(definition):
    def replace_index(apps, schema_editor):
        connection = schema_editor.connection
        if connection.vendor != "postgresql":
            return
        schema_editor.execute(f"DROP INDEX IF EXISTS {TRIGRAMS}")  # a search would not use it any more
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(definition)
        except DatabaseError:
            pass  # the role may not, or the database cannot: the system check tells

    return replace_index


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0016_when_readers_got_something_else'),
    ]

    operations = [
        migrations.RunPython(_replaced_by(WITH_BLANKS), _replaced_by(WITHOUT)),
    ]
