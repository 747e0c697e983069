"""What the demo sets up, through the verbs that people use: everything stands in the audit trail.

English is live. Turkish is live: a translator approved every segment, an editor released it. Russian is half
reviewed: one segment is returned, one is held by a blocking finding, several wait. The article has a topic,
whose name is live in all three languages.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from publishing.models import Document, Person, Release, Translation
from publishing.models.translation import State
from publishing.reports import progress
from publishing.workflow import editing, ingesting, pretranslating, releasing, remembering, reviewing

from . import cast, terms, topic

FOLDER = Path(__file__).parent
ARTICLE = FOLDER / "sample_article.txt"
MEMORY = FOLDER / "memory.tmx"
RETURNED = 13  # places among the Russian segments, counted from 0
SLIPPED = 8
APPROVED = 26


def stage(engine_names: Sequence[str], work: Callable[[], object]) -> Document:
    """Sets up what is not there yet; `work` lets a worker do what is due. Returns the article's document.

    Without engines the shipped memory gives the drafts; with engines it is left aside, so that they are asked.
    Run again, it goes on where drafts were missing, and touches nothing that somebody has decided since.
    """
    ayse, boris, carol = (cast.hire(role) for role in cast.CAST)
    terms.provide(carol)
    if not engine_names:
        remembering.import_memory(MEMORY.read_bytes(), name="demonstration memory", actor=carol)
    done = ingesting.import_article(ARTICLE.read_bytes(), actor=carol)
    article, *biographies = progress.with_biographies(done.article.document)
    for document in (article, *biographies):
        for language in {"en", "tr", "ru"} - {document.source_language}:
            if _lacks_drafts(document, language):
                pretranslating.request(document, language, engine_names=engine_names, actor=carol)
    work()
    for document in (article, *biographies):
        if not _was_released(document, document.source_language):
            releasing.release(document, document.source_language, actor=carol)
    for document, language in ((article, "tr"), *((biography, "en") for biography in biographies)):
        if not _was_released(document, language):
            _approve_and_release(document, language, ayse, carol)
    topic.provide(article.article, {"tr": ayse, "ru": boris}, carol, work)
    if not _was_reviewed(article, "ru"):
        _half_review(article, boris)
    work()
    return article


def _lacks_drafts(document: Document, language: str) -> bool:
    rows = _rows(document, language)
    return not rows or any(row.state == State.MISSING for row in rows)


def _was_released(document: Document, language: str) -> bool:
    return Release.objects.filter(edition__document=document, edition__language=language).exists()


def _was_reviewed(document: Document, language: str) -> bool:
    return any(row.state not in {State.MISSING, State.PRETRANSLATED} for row in _rows(document, language))


def _rows(document: Document, language: str) -> list[Translation]:
    return list(Translation.objects.of_document(document.pk, language))


def _approve_and_release(document: Document, language: str, translator: Person, editor: Person) -> None:
    """A translator approves what was drafted, an editor releases it; where drafts are missing, it waits."""
    for row in _rows(document, language):
        if row.state == State.PRETRANSLATED:
            _approve(row, translator)
    if all(row.state == State.APPROVED for row in _rows(document, language)):
        releasing.release(document, language, actor=editor)


def _approve(row: Translation, actor: Person) -> None:
    """Approves a draft unless a finding stands in the way: then it waits for somebody to mend it."""
    try:
        reviewing.approve(row, actor=actor, seen_version=row.version)
    except reviewing.BlockedByFindings:
        return


def _half_review(article: Document, translator: Person) -> None:
    """Some segments approved, one returned, one with a slip that the checks hold, the rest waiting."""
    rows = _rows(article, "ru")
    if any(row.state == State.MISSING for row in rows[: APPROVED + 1]):
        return
    for place, row in enumerate(rows[:APPROVED]):
        if place == RETURNED:
            reviewing.return_(
                row,
                actor=translator,
                seen_version=row.version,
                reason="terminology",
                note="«Предупредительный огонь» или «предупредительные выстрелы»? Решим для всей статьи.",
            )
        elif place == SLIPPED:
            slip = row.text.replace("14", "41")
            editing.submit(row, text=slip, actor=translator, seen_version=row.version)
        else:
            _approve(row, translator)
