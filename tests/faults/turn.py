"""An editor and a worker in one process: an edition goes out and is withdrawn in turn, until told that it is over.

    python -m tests.faults.turn FILE

It is over once the file is there; it is looked for after each turn.

Writes how often pages were written.
"""

import sys
from itertools import cycle
from pathlib import Path

import django

django.setup()

from publishing.models import Document, Person
from publishing.worker import loop
from publishing.workflow import releasing


def main(over: str) -> int:
    carol, turns = Person.objects.get(username="carol"), 0
    for document in cycle(Document.objects.all()):
        releasing.release(document, "tr", actor=carol)
        loop.drain()
        releasing.withdraw(document, "tr", actor=carol, note="For a moment.")
        loop.drain()
        turns += 2
        if Path(over).exists():
            return turns
    return turns


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
