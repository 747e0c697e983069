"""manage.py collect_messages: brings the interface's catalogs up to date with the sources, without GNU gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.interface import catalogs


class Command(BaseCommand):
    help = "Collects every translatable string into locale/*/LC_MESSAGES/django.po; new ones come in empty."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path, left in catalogs.update():
            self.stdout.write(f"{path}: {left} to translate")
