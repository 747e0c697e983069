"""The fixed cast: one person per role, and the articles that they work on."""

from pathlib import Path

from django.contrib.auth.models import Group
from django.test.utils import CaptureQueriesContext

from publishing.models import Document, Person, Translation
from publishing.worker import loop
from publishing.workflow import access, ingesting, pretranslating, releasing, remembering, reviewing

DATA = Path(__file__).parent / "data"
SAMPLE = DATA / "sample_article.txt"
MEMORY = Path(__file__).parent.parent / "publishing/demo/memory.tmx"

TITLE = "Grain Crosses the Black Sea"
SHORT = f"""{TITLE}

The ports opened in July 2023.[1] Ships left at once.

[1] “Ports Reopen”, Reuters, (Date of Accession: 01.08.2023).
"""


def person(username: str, group: str | None, *languages: str, **values: object) -> Person:
    made = Person.objects.create_user(
        username, password="secret", is_staff=True, working_languages=list(languages), **values
    )
    if group:
        made.groups.add(Group.objects.get(name=group))
    return made


def ayse() -> Person:
    """A translator into Turkish."""
    return person("ayse", access.TRANSLATORS, "tr", first_name="Ayşe")


def boris() -> Person:
    """A translator into Turkish and Russian."""
    return person("boris", access.TRANSLATORS, "tr", "ru", first_name="Борис")


def carol() -> Person:
    """An editor."""
    return person("carol", access.EDITORS, first_name="Carol")


def dora() -> Person:
    """An administrator, and a superuser at that."""
    return person("dora", access.ADMINISTRATORS, is_superuser=True)


def article(text: str = SHORT, *, language: str = "en") -> Document:
    """An English article of four segments: title, two sentences, a note; or another one."""
    return ingesting.import_article(text.encode(), language=language).article.document


def live(editor: Person, title: str, body: str, language: str) -> Document:
    """An article of this text, live in its own language once the worker has come to it."""
    document = article(f"{title}\n\n{body}\n", language=language)
    releasing.release(document, language, actor=editor)
    return document


def opened(document: Document, language: str = "tr") -> list[Translation]:
    """The document's translations into a language, as a run without engines leaves them."""
    pretranslating.request(document, language)
    loop.drain()
    return rows(document, language)


def rows(document: Document, language: str = "tr") -> list[Translation]:
    return list(Translation.objects.of_document(document.pk, language))


def sample() -> Document:
    """The sample article with the demonstration memory."""
    remembering.import_memory(MEMORY.read_bytes(), name="demonstration memory")
    return ingesting.import_article(SAMPLE.read_bytes()).article.document


def returned(row: Translation, actor: Person) -> Translation:
    """The translation, sent back by somebody."""
    return reviewing.return_(row, actor=actor, seen_version=row.version, reason="style")


def statements(queries: CaptureQueriesContext) -> list[str]:
    """The queries of a verb's own: transaction control does not count."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [query["sql"] for query in queries if not query["sql"].startswith(control)]
