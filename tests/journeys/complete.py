"""Brings a staged demo to its end: all of it reviewed and released in three languages, a second article, a topic.

Run as a process of its own, with the staged site's environment; by the verbs that people use.
"""

import django

django.setup()

from publishing.demo import cast as demo
from publishing.models import Article, Document, Person, Translation
from publishing.models.translation import State
from publishing.worker import loop
from publishing.workflow import (
    editing,
    ingesting,
    pretranslating,
    releasing,
    remembering,
    reviewing,
    rewriting,
    topics,
)
from tests import cast

LANGUAGES = ("en", "tr", "ru")
TOPIC = {"en": "Asia-Pacific", "tr": "Asya-Pasifik", "ru": "Азиатско-Тихоокеанский регион"}
SLIP = {"41 %": "14 %", "41\u00a0%": "14\u00a0%", "предупредительных выстрелов": "предупредительного огня"}


def main() -> None:
    ayse, boris, carol = (Person.objects.get(username=role.username) for role in demo.CAST)
    ayse.working_languages = boris.working_languages = list(LANGUAGES)
    ayse.save()
    boris.save()
    memory = (cast.DATA / "second_article.tr-ru-en.tmx").read_bytes()
    remembering.import_memory(memory, name="second", actor=carol)
    ingesting.import_article((cast.DATA / "second_article.txt").read_bytes(), actor=carol)
    topic = topics.add_topic(TOPIC["en"], "en", actor=carol)
    for article in Article.objects.all():
        topics.assign_topics(article, [topic.slug], actor=carol)
    for document in Document.objects.all():
        for language in LANGUAGES:
            if language != document.source_language:
                pretranslating.request(document, language, engine_names=[], actor=carol)
    loop.drain()
    for document in Document.objects.all():
        for language in sorted(LANGUAGES, key=lambda code: code != document.source_language):
            review(document, language, ayse, boris)
            if not document.editions.get(language=language).releases.live().exists():
                releasing.release(document, language, actor=carol)
    rewriting.keep_up()  # the folder may have been staged for another address
    loop.drain()


def review(document: Document, language: str, ayse: Person, boris: Person) -> None:
    """What is missing or slipped is written by one translator, and approved by the other."""
    if language == document.source_language:
        return
    for row in Translation.objects.of_document(document.pk, language):
        if row.state == State.APPROVED:
            continue
        text = row.text or TOPIC.get(language, "")
        for wrong, right in SLIP.items():
            text = text.replace(wrong, right)
        if text != row.text or row.state == State.NEEDS_EDIT:
            row = editing.submit(row, text=text, actor=boris, seen_version=row.version)  # noqa: PLW2901
        reviewing.approve(row, actor=ayse, seen_version=row.version)


if __name__ == "__main__":
    main()
