"""Sets a site up for a fault test: people, and an article of many sentences opened in Turkish."""

import sys

import django

django.setup()

from publishing.models import Translation
from publishing.workflow import editing, ingesting, pretranslating
from tests import cast

WORDS = ("grain", "steel", "timber", "cotton", "copper", "sugar", "coal")


def text(sentences: int) -> str:
    """A title and sentences, all of them different."""
    lines = [f"The {WORDS[n % 7]} ship of harbour {_name(n)} left in the morning." for n in range(sentences)]
    paragraphs = [" ".join(lines[start : start + 8]) for start in range(0, len(lines), 8)]
    return "\n\n".join(["The Harbours of the North", *paragraphs])


def _name(number: int) -> str:
    """A name without digits for a number, so that nothing depends on how an engine treats figures."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize() + "burg"


def main(sentences: str, reviewers: str, engine: str = "") -> None:
    document = ingesting.import_article(text(int(sentences)).encode()).article.document
    author = cast.person("author", "Translators", "tr")
    for number in range(int(reviewers)):
        cast.person(f"reviewer{number}", "Translators", "tr")
    pretranslating.request(document, "tr", engine_names=[engine] if engine else [])
    if not engine:
        for row in Translation.objects.of_document(document.pk, "tr"):
            editing.submit(row, text=row.segment.text, actor=author, seen_version=row.version)


if __name__ == "__main__":
    main(*sys.argv[1:])
