"""Pages get their compressed forms, redirects, and columns in the order in which SQLite reads them."""

from django.db import migrations, models

from publishing.models.fields import LanguageField
from publishing.pages.finished import compressed


def compress(apps, schema_editor):
    """The bytes that readers have today, in every form; the old column stood before what is read without it."""
    pages = apps.get_model("publishing", "Page").objects
    for page in pages.iterator(chunk_size=50):
        page.plain = bytes(page.content)
        page.etag = page.etag.strip('"')
        for name, form in compressed(page.plain).items():
            setattr(page, name, form)
        page.save(update_fields=["plain", "etag", "brotli", "gzip"])


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_planned_releases"),
    ]

    operations = [
        migrations.AlterField("page", "language", LanguageField(blank=True, max_length=2)),
        migrations.AddField("page", "location", models.CharField(blank=True, max_length=200, default="")),
        migrations.AlterField("page", "location", models.CharField(blank=True, max_length=200)),
        migrations.AddField("page", "brotli", models.BinaryField(default=b"")),
        migrations.AddField("page", "gzip", models.BinaryField(default=b"")),
        migrations.AddField("page", "plain", models.BinaryField(default=b"")),
        migrations.RunPython(compress, migrations.RunPython.noop),
        migrations.AlterField("page", "brotli", models.BinaryField()),
        migrations.AlterField("page", "gzip", models.BinaryField()),
        migrations.AlterField("page", "plain", models.BinaryField()),
        migrations.RemoveField("page", "content"),
        migrations.RenameField("page", "plain", "content"),
    ]
