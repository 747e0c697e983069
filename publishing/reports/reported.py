"""What readers have reported and nobody has decided on yet."""

from collections.abc import Collection

from publishing.models import ReaderReport, Translation

from .titles import titles

SHOWN = 100


def waiting(languages: Collection[str], *, source: bool) -> list[ReaderReport]:
    """The oldest open reports of these languages, each with its remarks and its text's title; three queries.

    Those of sentences of a source, in any language, only where `source` is asked for.
    """
    rows = ReaderReport.objects.open()
    ours = rows.filter(language__in=languages, translation__isnull=False)
    rows = ours | rows.filter(translation=None) if source else ours
    found = list(
        rows.select_related("segment__document", "release__edition").prefetch_related("remarks")[:SHOWN]
    )
    named = titles({report.segment.document_id for report in found})
    for report in found:
        report.title = named.get(report.segment.document_id, "")
    return found


def of_translation(translation: Translation) -> ReaderReport | None:
    """The open report of a translation, with its remarks."""
    rows = ReaderReport.objects.open().filter(translation=translation)
    return rows.prefetch_related("remarks").first()


def number() -> int:
    """How many wait, in all languages."""
    return ReaderReport.objects.open().count()
