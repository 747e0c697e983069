"""The short article, translated and approved: what releases begin with."""

import re
from collections.abc import Mapping

from publishing.models import Document, Page, Person, Translation
from publishing.worker import loop
from publishing.workflow import editing, reviewing
from tests import cast

TURKISH = (
    "Tahıl Karadeniz’i Geçiyor",
    "Limanlar Temmuz 2023’te açıldı.[1]",
    "Gemiler hemen yola çıktı.",
    "“Ports Reopen”, Reuters, (Erişim Tarihi: 01.08.2023).",
)
RUSSIAN = (
    "Зерно пересекает Чёрное море",
    "Порты открылись в июле 2023 года.[1]",
    "Суда сразу вышли в море.",
    "«Ports Reopen», Reuters, (дата обращения: 01.08.2023).",
)
TEXTS = {"tr": TURKISH, "ru": RUSSIAN}


def approved(document: Document, language: str, writer: Person, approver: Person) -> list[Translation]:
    """Every segment written by one and approved by the other; the note stays as the rule drafted it."""
    for row, text in zip(cast.opened(document, language), TEXTS[language], strict=True):
        kept = row.current is not None and row.current.author is None
        seen = row if kept else editing.submit(row, text=text, actor=writer, seen_version=row.version)
        reviewing.approve(seen, actor=approver, seen_version=seen.version)
    return cast.rows(document, language)


def returned(row: Translation, actor: Person) -> Translation:
    """The segment, sent back: the gate closes."""
    row = Translation.objects.get(pk=row.pk)
    return reviewing.return_(row, actor=actor, seen_version=row.version, reason="style")


def reworded(row: Translation, text: str, writer: Person, approver: Person) -> Translation:
    """Another approved text of a segment."""
    row = Translation.objects.get(pk=row.pk)
    row = editing.submit(row, text=text, actor=writer, seen_version=row.version)
    return reviewing.approve(row, actor=approver, seen_version=row.version)


MOMENTS = re.compile(
    rb'(?<="changed_at": ")[^"]+|(?<="dateModified":")[^"]+|(?<="article:modified_time" content=")[^"]+'
    rb"|(?<=<lastmod>)[^<]+"
)
"""Where pages say to machines when they changed."""
FEEDS = ("/feed.xml", "/rss.xml")


def timeless(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages without when they changed, and without the feeds, which are in that order: what a rollback leaves."""
    return {path: MOMENTS.sub(b"", page) for path, page in pages.items() if not path.endswith(FEEDS)}


def site() -> dict[str, bytes]:
    """Every public byte, after the worker has done what was due."""
    loop.drain()
    return {page.path: bytes(page.content) for page in Page.objects.all()}
