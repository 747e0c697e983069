"""An editor as a process: waits for the start, then releases all translations jointly, in an order of their own.

    python -m tests.faults.jointly SEED START

Writes `done`, or the name of the refusal.
"""

import random
import sys
import time

import django

django.setup()

from publishing.models import Document, Person
from publishing.workflow import releasing
from publishing.workflow.errors import Refused


def main(seed: str, start: str) -> str:
    carol = Person.objects.get(username="carol")
    targets = [(document, code) for document in Document.objects.all() for code in ("tr", "ru")]
    random.Random(int(seed)).shuffle(targets)
    time.sleep(max(0.0, float(start) - time.time()))  # all of them begin at one moment
    try:
        releasing.release_jointly(targets, actor=carol)
    except Refused as error:
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
