"""A reviewer as a process: waits for the start, then decides on one translation, and says how it ended."""

import sys
import time

import django

django.setup()

from publishing.models import Person, Translation
from publishing.workflow import editing, reviewing
from publishing.workflow.errors import Refused


def main(verb: str, key: str, username: str, version: str, start: str) -> str:
    actor = Person.objects.get(username=username)
    row = Translation.objects.get(segment__key=key)
    time.sleep(max(0.0, float(start) - time.time()))  # all of them begin at one moment
    try:
        if verb == "approve":
            reviewing.approve(row, actor=actor, seen_version=int(version))
        else:
            editing.submit(row, text=f"{row.segment.text} {username}", actor=actor, seen_version=int(version))
    except Refused as error:
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
