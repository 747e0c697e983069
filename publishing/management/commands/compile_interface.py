"""manage.py compile_interface: the interface's catalogs into the form that Django reads, without GNU gettext."""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand

from publishing.catalogs import files


class Command(BaseCommand):
    help = "Compiles locale/*/LC_MESSAGES/*.po with Babel."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalog(source)


def compile_catalog(source: Path) -> None:
    """Writes the .mo beside the .po, whole or not at all; fuzzy entries stay out."""
    with source.open("rb") as stream:
        catalog = read_po(stream)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    target = source.with_suffix(".mo")
    files.write_whole(target, compiled.getvalue())
    target.touch()
