"""manage.py worker: does due work."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from publishing.worker import loop
from publishing.workflow import rewriting

from ._command import HouseCommand


class Command(HouseCommand):
    help = (
        "Does due work: runs, catalogs, pages. Any number of workers may run beside one another. "
        "With CELERY_BROKER_URL it sends the work to Celery's workers instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
        rewriting.keep_up()
        if options["once"]:
            loop.drain(stop)
        elif settings.CELERY_BROKER_URL:
            _relay(stop)
        else:
            loop.run(stop)


def _relay(stop: threading.Event) -> None:
    try:
        from publishing.worker import relay  # noqa: PLC0415 -- Celery is an extra, and many have no use for it
    except ModuleNotFoundError as error:
        raise CommandError(
            f"CELERY_BROKER_URL is set, and {error.name} is not installed: "
            "install requirements/celery.txt, or unset it to work without a broker."
        ) from error
    relay.run(stop)
