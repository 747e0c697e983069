"""Search: each translation's source and text in their search form, and an index of trigrams where one can be made.

The index is written by hand, since the two databases have different ones: pg_trgm needs a role that may create the
extension, FTS5 a SQLite that was built with it. Without them a search reads the table through; `manage.py check`
says so (publishing.W003).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import DatabaseError, migrations, models, transaction

TABLE, TRIGRAMS = "publishing_searchtext", "publishing_searchtext_trigrams"
ON_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX {TRIGRAMS} ON {TABLE} USING gin (text gin_trgm_ops)",
)
_FORGET = f"INSERT INTO {TRIGRAMS} ({TRIGRAMS}, rowid, text) VALUES ('delete', old.translation_id, old.text);"
_LEARN = f"INSERT INTO {TRIGRAMS} (rowid, text) VALUES (new.translation_id, new.text);"
ON_SQLITE = (
    # Which rows have a trigram is enough: where it stands in them would be two thirds of the index.
    f"CREATE VIRTUAL TABLE {TRIGRAMS} USING fts5 (text, content='{TABLE}', content_rowid='translation_id', "
    "detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
    f"CREATE TRIGGER {TRIGRAMS}_insert AFTER INSERT ON {TABLE} BEGIN {_LEARN} END",
    f"CREATE TRIGGER {TRIGRAMS}_delete AFTER DELETE ON {TABLE} BEGIN {_FORGET} END",
    f"CREATE TRIGGER {TRIGRAMS}_update AFTER UPDATE ON {TABLE} BEGIN {_FORGET} {_LEARN} END",
)


def index_trigrams(apps, schema_editor):
    connection = schema_editor.connection
    statements = {"postgresql": ON_POSTGRESQL, "sqlite": ON_SQLITE}.get(connection.vendor, ())
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        pass  # the role may not, or the database cannot: the system check tells


def forget_trigrams(apps, schema_editor):
    """PostgreSQL's goes with the table. SQLite renames no table while a trigger leads nowhere."""
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGRAMS}_{event}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {TRIGRAMS}")


def plan_indexing(apps, schema_editor):
    """What is there already: one job for each document that is being translated."""
    edition, job = apps.get_model("publishing", "Edition"), apps.get_model("publishing", "Job")
    opened = edition.objects.exclude(language=models.F("document__source_language"))
    job.objects.bulk_create(
        job(kind="index", key=f"index/{document}", payload={"document": document})
        for document in opened.order_by("document").values_list("document", flat=True).distinct()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0010_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('translation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='search_text', serialize=False, to='publishing.translation')),
                ('text', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='translation',
            name='is_indexed',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='person',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='block',
            name='document',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='publishing.document'),
        ),
        migrations.AddIndex(
            model_name='block',
            index=models.Index(fields=['document', 'kind'], name='block_by_kind'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['person', 'at'], name='audit_entry_by_person'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('state', 'approved'), _negated=True), fields=['language', 'state', 'changed_at', 'id'], name='translation_by_state'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('state', 'approved'), _negated=True), fields=['language', 'state', '-risk', 'id'], name='translation_by_state_and_risk'),
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(condition=models.Q(('is_indexed', False)), fields=['language'], name='translation_not_indexed'),
        ),
        migrations.RunPython(index_trigrams, forget_trigrams),
        migrations.RunPython(plan_indexing, migrations.RunPython.noop),
    ]
