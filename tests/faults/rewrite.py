"""A translator and a reviewer as one process: waits for the start, then rewrites a sentence and approves it in turn.

    python -m tests.faults.rewrite KEY START TIMES

Readers' reports of it are decided on in between. Says how often each was done.
"""

import sys
import time

import django

django.setup()

from publishing.models import Person, ReaderReport, Translation
from publishing.workflow import editing, reporting, reviewing
from publishing.workflow.errors import AlreadyResolved

WORDS = ("derhal", "çabucak", "gecikmeden", "hemen")


def main(key: str, start: str, times: str) -> str:
    boris, ayse = (Person.objects.get(username=name) for name in ("boris", "ayse"))
    row = Translation.objects.get(segment__key=key, language="tr")
    time.sleep(max(0.0, float(start) - time.time()))  # all of them begin at one moment
    approved = resolved = 0
    for number in range(int(times)):
        text = f"Gemiler {WORDS[number % len(WORDS)]} yola çıktı."
        row = editing.submit(row, text=text, actor=boris, seen_version=row.version)
        row = reviewing.approve(row, actor=ayse, seen_version=row.version)
        approved += 1
        for report in ReaderReport.objects.open().filter(segment=row.segment_id):
            try:
                reporting.resolve(report.pk, "mended", actor=ayse)
                resolved += 1
            except AlreadyResolved:
                pass
    return f"{approved} {resolved}"


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
