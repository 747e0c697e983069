"""The demo's topic: made, named in three languages, given to the sample article; each name passed two people."""

from collections.abc import Callable

from django.db import transaction

from publishing.models import Article, Document, Person, Release, Topic, Translation
from publishing.models.translation import State
from publishing.workflow import editing, pretranslating, releasing, reviewing, topics

SLUG = "international-security"
NAME = "International Security"
NAMES = {"tr": "Uluslararası Güvenlik", "ru": "Международная безопасность"}


def provide(article: Article, writers: dict[str, Person], editor: Person, work: Callable[[], object]) -> None:
    """Makes the topic, and goes on where an earlier run ended; `writers` are its translators by language.

    `work` lets a worker do what waits. What people have changed since stays.
    """
    document = (Topic.objects.filter(slug=SLUG).first() or _made(article, editor)).document
    there = Release.objects.filter(edition__document=document).values_list("edition__language", flat=True)
    missing = [language for language in NAMES if language not in set(there)]
    for language in missing:
        pretranslating.request(document, language, actor=editor)
    work()
    for language in missing:
        _translate(document, language, NAMES[language], writers[language], editor)


def _made(article: Article, editor: Person) -> Topic:
    """The topic, live in its own language and given to the article."""
    with transaction.atomic():
        made = topics.add_topic(NAME, "en", actor=editor, slug=SLUG)
        releasing.release(made.document, "en", actor=editor)
        topics.assign_topics(article, [SLUG], actor=editor)
    return made


def _translate(document: Document, language: str, name: str, writer: Person, editor: Person) -> None:
    (row,) = Translation.objects.of_document(document.pk, language)
    if row.state != State.APPROVED:
        row = editing.submit(row, text=name, actor=writer, seen_version=row.version)
        reviewing.approve(row, actor=editor, seen_version=row.version)
    releasing.release(document, language, actor=editor)
