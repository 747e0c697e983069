"""Finished pages: rendered when a release changes them, stored as bytes, never made at a reader's request."""

import hashlib
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from publishing.languages import CODES
from publishing.models import Article, Edition, Page, Release

from . import addresses, contexts


def take_turns() -> None:
    """Waits until whoever else writes pages in a transaction has ended it, before anything is read for ours.

    An article's page tells of its siblings and of biographies, a list of all: two workers side by side could
    leave what the slower one had read before the other's release.
    """
    paths = sorted(map(addresses.home, CODES))
    fronts = Page.objects.filter(path__in=paths).select_for_update().order_by("path")
    if len(fronts.values_list("pk")) < len(paths):
        # The very first pages: nothing is there to wait for, so the turn is taken by putting it there.
        blank = [
            Page(path=addresses.home(code), language=code, content=b"", etag="") for code in sorted(CODES)
        ]
        Page.objects.bulk_create(blank, ignore_conflicts=True)


def write_article(article: Article) -> None:
    """Writes the pages of an article in every language: the live release, or that it was withdrawn."""
    editions = Edition.objects.filter(document=article.document_id, slug__isnull=False)
    for edition in editions.select_related("document"):
        made = edition.releases.at_the_address().order_by("state", "-number").first()
        if made is None:
            continue
        made.edition = edition
        path = addresses.article(edition.language, edition.slug or "")
        if made.state == Release.State.LIVE:
            write(path, edition.language, "reader/article.html", contexts.article_page(article, made))
        else:
            write(path, edition.language, "reader/gone.html", _gone(edition.language, made), status=410)


def _gone(language: str, made: Release) -> dict[str, Any]:
    return addresses.frame(language) | {"title": made.title, "note": made.withdrawal}


def write_lists() -> None:
    """Writes the front page of every language."""
    articles = contexts.listed()
    for language in CODES:
        page = contexts.list_page(language, articles)
        write(addresses.home(language), language, "reader/article_list.html", page)


def write(path: str, language: str, template: str, context: dict[str, Any], *, status: int = 200) -> None:
    """Stores the page, unless the very same bytes stand there already."""
    content = render(language, template, context)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if Page.objects.filter(path=path, etag=etag, status=status).exists():
        return
    Page.objects.update_or_create(
        path=path, defaults={"content": content, "language": language, "etag": etag, "status": status}
    )


def render(language: str, template: str, context: dict[str, Any]) -> bytes:
    with override(language):
        return render_to_string(template, context).encode()
