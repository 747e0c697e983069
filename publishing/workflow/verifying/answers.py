"""The stored pages: every form holds the same bytes, the etag is theirs, and the live words are in their page."""

import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator

import brotli
from django.utils.html import escape
from django.utils.translation import gettext as _

from publishing.models import Document, Job, Page, Release
from publishing.pages import addresses

from .. import rewriting
from .flaws import Flaw, in_batches

AT_ONCE = 50


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every stored page, and every live release of an article."""
    pages = Page.objects.order_by("pk")
    if document:
        pages = pages.filter(path__in=[addresses.article(*each) for each in _named(document)])
    for page in pages.iterator(chunk_size=AT_ONCE):
        tally["pages"] += 1
        yield from _forms(page)
    under_way = Job.objects.filter(
        kind=rewriting.KIND, state__in=(Job.State.READY, Job.State.RUNNING)
    ).exists()
    if not under_way:  # else pages lag behind, as they may
        yield from _bodies(document)


def _named(document: Document) -> list[tuple[str, str]]:
    return list(document.editions.exclude(slug=None).values_list("language", "slug"))


def _forms(page: Page) -> Iterator[Flaw]:
    content = bytes(page.content)
    if hashlib.sha256(content).hexdigest()[:32] != page.etag:
        yield _flaw(page.path, _("its bytes were changed."))
    for column, unpack in (("gzip", gzip.decompress), ("brotli", brotli.decompress)):
        try:
            same = unpack(bytes(getattr(page, column))) == content
        except (OSError, EOFError, zlib.error, brotli.error):
            same = False
        if not same:
            yield _flaw(page.path, _("its form in %(coding)s is not the page.") % {"coding": column})


def _bodies(document: Document | None) -> Iterator[Flaw]:
    live = Release.objects.live().filter(edition__document__kind=Document.Kind.ARTICLE)
    if document:
        live = live.filter(edition__document=document)
    rows = live.order_by("pk").values_list("edition__language", "edition__slug", "title", "summary", "body")
    for batch in in_batches(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        released = {addresses.article(language, slug): words for language, slug, *words in batch}
        stored = dict(Page.objects.filter(path__in=released).values_list("path", "content"))
        for path, (title, summary, body) in released.items():
            if path not in stored:
                yield Flaw(
                    "answers", path, _("its page is gone."), _("Run manage.py rewrite_pages, then a worker.")
                )
                continue
            content = bytes(stored[path])
            if body.encode() not in content:
                yield _flaw(path, _("it does not hold the body of its live release."))
            elif any(
                words.encode() not in content for words in (f"<h1>{escape(title)}</h1>", escape(summary))
            ):
                yield _flaw(path, _("it does not hold the title and summary of its live release."))


def _flaw(path: str, what: str) -> Flaw:
    do = _("Delete its row of publishing_page, run manage.py rewrite_pages, then a worker.")
    return Flaw("answers", path, what, do)
