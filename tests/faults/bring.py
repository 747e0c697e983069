"""The desk as a process: waits for the start, then imports a file, and says whether the article was new."""

import sys
import time
from pathlib import Path

import django

django.setup()

from publishing.workflow import ingesting


def main(file: str, start: str) -> str:
    data = Path(file).read_bytes()
    time.sleep(max(0.0, float(start) - time.time()))  # all of them begin at one moment
    return "created" if ingesting.import_article(data).created else "found"


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
