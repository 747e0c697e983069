"""A site of as many finished pages as are asked for: one article released by the verbs, and its like in bulk.

The like differ from it in a word, so that their bytes and forms are of its size; there are 64 different ones, since
compressing costs a hundred times what storing does. Rows go in through the model.
"""

from collections.abc import Iterator
from itertools import islice

VARIANTS, AT_ONCE = 64, 500


def released() -> str:
    """The sample article with its biography, live in English; returns its address."""
    from publishing.models import Document, Page
    from publishing.worker import loop
    from publishing.workflow import releasing
    from tests import cast

    document, carol = cast.sample(), cast.carol()
    biography = Document.objects.get(author__articles__document=document)
    releasing.release(biography, biography.source_language, actor=carol)
    releasing.release(document, "en", actor=carol)
    loop.drain()
    path = f"/en/{document.editions.get(language='en').slug}/"
    assert Page.objects.get(path=path).status == 200
    return path


def path_of(number: int) -> str:
    """The address of the page of this number, in one of the three languages."""
    return f"/{('en', 'tr', 'ru')[number % 3]}/report-{number:06}-on-the-straits/"


def fill(pattern: str, upto: int) -> None:
    """Stores pages like that of `pattern` until there are so many."""
    from django.db import connection

    from publishing.models import Page

    there = Page.objects.filter(path__contains="/report-").count()
    rows = _rows(pattern, there, upto)
    while some := list(islice(rows, AT_ONCE)):
        Page.objects.bulk_create(some)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # as its autovacuum would do within a minute
            cursor.execute("ANALYZE publishing_page")


def _rows(pattern: str, start: int, end: int) -> Iterator[object]:
    from publishing.models import Page
    from publishing.pages.finished import Finished

    if start >= end:
        return
    content = bytes(Page.objects.get(path=pattern).content)
    variants = [
        Finished(pattern, content.replace(b"</title>", f" {number:02}</title>".encode()), "en").row()
        for number in range(VARIANTS)
    ]
    for number in range(start, end):
        like = variants[number % VARIANTS]
        yield Page(
            path=path_of(number), language=path_of(number)[1:3], etag=like.etag, status=like.status,
            content_type=like.content_type, content=like.content, brotli=like.brotli, gzip=like.gzip,
        )  # fmt: skip
