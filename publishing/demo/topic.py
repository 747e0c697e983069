"""The demo's topic: made, named in three languages, given to the sample article; each name passed two people."""

from collections.abc import Callable

from publishing.models import Article, Document, Person, Topic, Translation
from publishing.workflow import editing, pretranslating, releasing, reviewing, topics

SLUG = "international-security"
NAME = "International Security"
NAMES = {"tr": "Uluslararası Güvenlik", "ru": "Международная безопасность"}


def provide(article: Article, writers: dict[str, Person], editor: Person, work: Callable[[], object]) -> None:
    """Makes the topic if it was never there; `writers` are its translators by language. `work` lets a worker do."""
    if Topic.objects.filter(slug=SLUG).exists():
        return
    document = topics.add_topic(NAME, "en", actor=editor, slug=SLUG).document
    releasing.release(document, "en", actor=editor)
    for language in NAMES:
        pretranslating.request(document, language, actor=editor)
    work()
    for language, name in NAMES.items():
        _translate(document, language, name, writers[language], editor)
    topics.assign_topics(article, [SLUG], actor=editor)


def _translate(document: Document, language: str, name: str, writer: Person, editor: Person) -> None:
    (row,) = Translation.objects.of_document(document.pk, language)
    row = editing.submit(row, text=name, actor=writer, seen_version=row.version)
    reviewing.approve(row, actor=editor, seen_version=row.version)
    releasing.release(document, language, actor=editor)
