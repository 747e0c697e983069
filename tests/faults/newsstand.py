"""Sets a site up with articles that are live in English, and approved in Turkish and Russian.

    python -m tests.faults.newsstand ARTICLES [SECONDS]

With SECONDS, all of their translations are scheduled jointly for so many seconds from now.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone

from publishing.worker import loop
from publishing.workflow import releasing, scheduling
from tests import cast
from tests.faults.stage import WORDS
from tests.workflow.edition import approved


def main(articles: str, seconds: str = "") -> None:
    carol, boris = cast.carol(), cast.boris()
    readers = {"tr": cast.ayse(), "ru": cast.person("vera", "Translators", "ru")}
    documents = []
    for number in range(int(articles)):
        document = cast.article(cast.SHORT.replace("Grain", WORDS[number].capitalize()))
        for language, approver in readers.items():
            approved(document, language, boris, approver)
        releasing.release(document, "en", actor=carol)
        documents.append(document)
    loop.drain()
    if seconds:
        targets = [(document, language) for document in documents for language in readers]
        scheduling.schedule_jointly(
            targets, actor=carol, at=timezone.now() + timedelta(seconds=float(seconds))
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
