"""manage.py compile_interface: the interface's catalogs into the form that Django reads, without GNU gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from publishing.interface import catalogs


class Command(BaseCommand):
    help = "Compiles locale/*/LC_MESSAGES/*.po with Babel."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        catalogs.compile_all()
