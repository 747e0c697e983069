"""An editor and a worker in one process: an edition goes out and is withdrawn in turn, until the time is over.

    python -m tests.faults.turn SECONDS

Writes how often pages were written.
"""

import sys
import time
from itertools import cycle

import django

django.setup()

from publishing.models import Document, Person
from publishing.worker import loop
from publishing.workflow import releasing


def main(seconds: str) -> int:
    carol, turns = Person.objects.get(username="carol"), 0
    until = time.monotonic() + float(seconds)
    for document in cycle(Document.objects.all()):
        releasing.release(document, "tr", actor=carol)
        loop.drain()
        releasing.withdraw(document, "tr", actor=carol, note="For a moment.")
        loop.drain()
        turns += 2
        if time.monotonic() > until:
            return turns
    return turns


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
