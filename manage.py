#!/usr/bin/env python
"""The entry to every command: names the settings and hands over to Django."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publishing.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 -- absent before set-up
    except ImportError:
        sys.exit("Django is not installed in this Python: run `make demo`, or see the README's first lines.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
