"""What the demo sets up, through the verbs that people use: everything stands in the audit trail.

English is live. Turkish is live: a translator approved every segment, an editor released it. Russian is half
reviewed: one segment is returned, one is held by a blocking finding, several wait.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from publishing.models import Document, Edition, Person, Translation
from publishing.models.translation import State
from publishing.reports import progress
from publishing.workflow import editing, ingesting, pretranslating, releasing, remembering, reviewing

from . import cast

FOLDER = Path(__file__).parent
ARTICLE = FOLDER / "sample_article.txt"
MEMORY = FOLDER / "memory.tmx"
RETURNED = 13  # places among the Russian segments, counted from 0
SLIPPED = 8
APPROVED = 26


def stage(engine_names: Sequence[str], work: Callable[[], object]) -> Document:
    """Sets the demo up, once; `work` lets a worker do what is due. Returns the article's document.

    Without engines the shipped memory gives the drafts; with engines it is left aside, so that they are asked.
    """
    ayse, boris, carol = (cast.hire(role) for role in cast.CAST)
    if not engine_names:
        remembering.import_memory(MEMORY.read_bytes(), name="demonstration memory", actor=carol)
    done = ingesting.import_article(ARTICLE.read_bytes(), actor=carol)
    article, *biographies = progress.with_biographies(done.article.document)
    if _is_staged(article):
        return article
    for document in (article, *biographies):
        for language in {"en", "tr", "ru"} - {document.source_language}:
            pretranslating.request(document, language, engine_names=engine_names, actor=carol)
    work()
    for document in (article, *biographies):
        releasing.release(document, document.source_language, actor=carol)
    _approve_and_release(article, "tr", ayse, carol)
    for biography in biographies:
        _approve_and_release(biography, "en", ayse, carol)
    _half_review(article, boris)
    work()
    return article


def _is_staged(article: Document) -> bool:
    return Edition.objects.filter(document=article, releases__isnull=False).exists()


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
