"""manage.py worker: does due work."""

import signal
import threading
from typing import Any

from django.core.management.base import CommandParser

from publishing.worker import loop
from publishing.workflow import rewriting

from ._command import HouseCommand


class Command(HouseCommand):
    help = "Does due work: runs, catalogs, pages. Any number of workers may run beside one another."

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
        else:
            loop.run(stop)
