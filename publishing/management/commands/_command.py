"""What our commands share: a refusal is one line and a non-zero exit, a report can be JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from publishing.markup.reading import MAX_BYTES
from publishing.workflow.errors import Refused, UnusableText


class HouseCommand(BaseCommand):
    """A thin command: it parses, calls one verb and reports."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            _require_text(options)
            return super().execute(*args, **options)
        except Refused as error:
            raise CommandError(str(error)) from error
        except (OperationalError, ProgrammingError) as error:
            reason = str(error).partition("\n")[0]
            raise CommandError(
                _("The database cannot be used (%(reason)s): is it there, and was manage.py migrate run?")
                % {"reason": reason}
            ) from error

    def report(
        self, options: dict[str, Any], figures: dict[str, Any], lines: Callable[[], list[str]]
    ) -> None:
        """Writes the figures as JSON where asked to, else the lines for people."""
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
        else:
            for line in lines():
                self.stdout.write(line)


def _require_text(options: dict[str, Any]) -> None:
    """Raises UnusableText for an argument that the shell handed over in bytes that are no UTF-8.

    File names may be any bytes; the file is opened under the very name that was given.
    """
    for name, value in options.items():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and name != "file" and not word.isprintable():
                for character in word:
                    if "\ud800" <= character <= "\udfff":
                        raise UnusableText(character=f"U+{ord(character):04X}")


def add_json(parser: CommandParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("report as JSON"))


def read_file(name: str, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes; raises CommandError for one that is not there, empty or too large."""
    path = Path(name)
    try:
        if path.is_dir():
            raise CommandError(_("%(name)s is a folder: give a file.") % {"name": name})
        with path.open("rb") as file:
            data = file.read(limit + 1)  # a device or a pipe says nothing of its size
            size = max(len(data), path.stat().st_size)
        if size > limit:
            raise CommandError(
                _("%(name)s has %(size)d MB; the most that is taken is %(limit)d MB.")
                % {"name": name, "size": -(-size // 2**20), "limit": limit // 2**20}
            )
    except OSError as error:
        raise CommandError(
            _("%(name)s cannot be read: %(error)s.") % {"name": name, "error": error.strerror}
        ) from None
    if not data.strip():
        raise CommandError(_("%(name)s is empty: nothing was imported.") % {"name": name})
    return data
