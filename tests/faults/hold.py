"""A translator as a process: submits a text while somebody already waits for the document's lock.

    python -m tests.faults.hold TEXT FILE

Sets up an article of two sentences, whose reference has moved from the first to the second in Turkish. Takes the lock,
writes the key and the version of the first, and holds it until the file is there; then gives the second this text.
Without a text somebody takes Ayşe's rights away meanwhile.
"""

import sys
import time
from pathlib import Path

import django

django.setup()

from django.db import transaction

from publishing.workflow import editing, revising
from tests import cast


def main(text: str, file: str) -> None:
    _title, first, second, _note = cast.opened(cast.article())
    boris, ayse = cast.boris(), cast.ayse()
    first = editing.submit(
        first, text="Limanlar Temmuz 2023’te açıldı.", actor=boris, seen_version=first.version
    )
    second = editing.submit(
        second, text="Gemiler hemen yola çıktı.[1]", actor=boris, seen_version=second.version
    )
    with transaction.atomic():
        revising.lock(first)
        print(first.segment.key, first.version, flush=True)
        while not Path(file).exists():
            time.sleep(0.05)  # a file tells nobody that it is there
        if text:
            editing.submit(second, text=text, actor=boris, seen_version=second.version)
        else:
            ayse.groups.clear()


if __name__ == "__main__":
    main(*sys.argv[1:])
