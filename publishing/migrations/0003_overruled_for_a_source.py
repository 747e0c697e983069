from django.db import migrations, models


class Migration(migrations.Migration):
    """An overruled finding is overruled for the source that the editor saw; earlier decisions are asked again."""

    dependencies = [
        ('publishing', '0002_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='overrule',
            name='memory_key',
            field=models.CharField(default='', max_length=32),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name='overrule',
            name='a_finding_is_overruled_once',
        ),
        migrations.AddConstraint(
            model_name='overrule',
            constraint=models.UniqueConstraint(fields=('revision', 'code', 'start', 'end', 'memory_key'), name='a_finding_is_overruled_once'),
        ),
    ]
