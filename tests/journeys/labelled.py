"""Releases the labelled texts of the search, exports the site, and says what the site itself finds for many questions.

Run as a process of its own, with the environment of a site that has nothing yet: the folder to export to, and the
file for the answers, are its arguments.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command

from publishing.matching import relevance, words
from publishing.models import Release
from publishing.pages import search
from publishing.reports import finding
from publishing.worker import loop
from publishing.workflow import releasing
from tests import cast

LABELLED = cast.DATA / "search"
OTHERS = {
    "en": "the of and|zeppelin|wheat zeppelin mines|MINES IN THE STRAIT|ships' train|bank’s|Customs|[1] mine",
    "tr": "Irmak|Igdir|IĞDIR|İHA'ların|ırmağa|Iğdır'ın|bogaz|hasat zeplin|ve bir|boğazdan tren|mayınlarımızdan",
    "ru": "еще|ещё|ЭКСПОРТЁРЫ|экспортеров|дрон|и в не|цеппелин|пролив выборы|человек|студентка|закроют",
}


def rows(name: str) -> list[list[str]]:
    lines = (LABELLED / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line and line[0] != "#"]


def main(folder: str, answers: str) -> None:
    call_command("migrate", verbosity=0)
    carol = cast.carol()
    for language, _name, title, body in rows("texts.txt"):
        made = cast.ingesting.import_article(f"{title}\n\n{body}\n".encode(), language=language)
        releasing.release(made.article.document, language, actor=carol)
    loop.drain()
    call_command("export_site", folder, verbosity=0)
    asked = [(language, query) for language, query, _names in rows("queries.txt")]
    asked += [(language, query) for language, queries in OTHERS.items() for query in queries.split("|")]
    asked += [
        (language, word.text)
        for language, _name, title, _body in rows("texts.txt")
        for word in words.words(title)
    ]
    Path(answers).write_text(json.dumps([answer(*each) for each in dict.fromkeys(asked)]))


def answer(language: str, query: str) -> dict[str, object]:
    """What the page of the served site says: titles in order, the first excerpt, the words that are nowhere."""
    found = finding.find(query, language)
    titles = dict(Release.objects.values_list("pk", "title"))
    wanted = frozenset(key for each in found.sought for key in each.keys)
    first = Release.objects.get(pk=found.hits[0].release) if found.hits else None
    pieces = search.excerpt(first, found.hits[0], wanted, language) if first else []
    return {
        "language": language,
        "query": query,
        "titles": [titles[hit.release] for hit in found.hits[: search.PER_PAGE]],
        "marked": [text for text, is_sought in relevance.marked(first.title, wanted, language) if is_sought]
        if first
        else [],
        "excerpt": "".join(text for text, _is_sought in pieces),
        "marked_in_excerpt": [text for text, is_sought in pieces if is_sought],
        "unknown": list(found.unknown),
        "says_nothing": not found.sought,
        "has_all": found.has_all,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
