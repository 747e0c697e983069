"""Translators, editors and administrators, with exactly the rights that they need."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations


def establish(apps, schema_editor):
    """Permissions are made by Django after all migrations; the groups need them now."""
    config = current_apps.get_app_config("publishing")
    create_contenttypes(config, verbosity=0)
    create_permissions(config, verbosity=0)
    from publishing.workflow import access

    access.establish_groups()


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
