"""Prints the site anew: other bytes for some pages, others are gone, new ones are there; tells all that is stored.

    python -m tests.faults.reprint SEED PAGES

Writes one JSON line: the hash of every stored form of every page.
"""

import hashlib
import json
import random
import sys

import django

django.setup()

from publishing.models import Page
from publishing.pages.finished import Finished
from publishing.pages.storing import remove, store


def main(seed: str, pages: str) -> list[str]:
    chance = random.Random(int(seed))
    paths = [f"/{('en', 'tr', 'ru')[number % 3]}/report-{number}/" for number in range(int(pages))]
    store(
        Finished(path, f"<title>{path}</title>{seed}".encode() * chance.randrange(1, 400), path[1:3])
        for path in paths
        if chance.random() < 0.5
    )
    remove(path for path in paths if chance.random() < 0.1)
    forms = Page.objects.values_list("content", "gzip", "brotli")
    return [hashlib.sha256(bytes(form)).hexdigest() for row in forms for form in row]


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
