"""A reader as a process: waits for the start, then reports a sentence, and says how it ended.

python -m tests.faults.quote LANGUAGE QUOTE REMARK ADDRESS SENDER START [TIMES]
"""

import sys
import time

import django

django.setup()

from publishing.models import Release
from publishing.workflow import reporting
from publishing.workflow.errors import Refused
from publishing.workflow.reporting import Said


def main(
    language: str, quote: str, remark: str, address: str, sender: str, start: str, times: str = "1"
) -> str:
    made = Release.objects.live().select_related("edition__document").get(edition__language=language)
    time.sleep(max(0.0, float(start) - time.time()))  # all of them begin at one moment
    return " ".join(
        report(made, Said(quote, remark, address=address), sender, number) for number in range(int(times))
    )


def report(made: Release, said: Said, sender: str, number: int) -> str:
    try:
        reporting.report(made, said, sender=sender.format(number))
    except Refused as refusal:
        return type(refusal).__name__
    return "taken"


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
