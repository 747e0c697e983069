"""What an edition would look like if it were released now: seen by reviewers, stored nowhere."""

import re
from dataclasses import replace
from typing import Final

from django.utils import timezone

from publishing.models import Article, Block, Edition, Release
from publishing.reports import texts
from publishing.reports.texts import BlockText

from . import addresses, contexts
from .bodies import body
from .finished import render

# Signs of the private use area travel through rendering as letters do; a text that holds them loses them.
_BEGIN: Final = "\ue0d0"
_IS: Final = "\ue0d1"
_END: Final = "\ue0d2"
_BEGINNING: Final = re.compile(f"{_BEGIN}([0-9a-f]{{16}}){_IS}")
_SIGNS: Final = re.compile(f"{_BEGINNING.pattern}|{_END}")


def preview(edition: Edition) -> bytes:
    """The page of an article's or a biography's edition, with the texts as they stand."""
    blocks = [_signed(block) for block in texts.of_document(edition.document, edition.language)]
    now = timezone.now()
    made = Release(
        edition=Edition(document=edition.document, language=edition.language, slug=edition.slug or "preview"),
        title=_without_signs(texts.first(blocks, "title") or texts.first(blocks, "name")),
        summary=_without_signs(texts.first(blocks, "summary")),
        body=_with_places(body(blocks, edition.language)),
        released_at=now,
        changed_at=now,
    )
    article = Article.objects.filter(document=edition.document_id).first()
    if article:
        context = contexts.article_page(contexts.facts_of(article, made))
        context["article"]["citation"] = None  # it has no address yet
    else:
        context = _biography_alone(made)
    context |= {"canonical": "", "alternates": [], "head": {}}
    return render(edition.language, "reader/article.html", context)


def _signed(block: BlockText) -> BlockText:
    """The block with a sign around each sentence; none where its text becomes an attribute."""
    if block.block.kind == Block.Kind.ALT:
        return block
    pieces = (
        replace(piece, text=f"{_BEGIN}{piece.segment.key}{_IS}{_bare(piece.text)}{_END}")
        if piece.text
        else piece
        for piece in block.pieces
    )
    return replace(block, pieces=tuple(pieces))


def _bare(text: str) -> str:
    return re.sub(f"[{_BEGIN}{_IS}{_END}]", "", text)


def _without_signs(text: str) -> str:
    return _SIGNS.sub("", text)


def _with_places(html: str) -> str:
    """The body with an element around each sentence, which the workbench brings into view."""
    return _BEGINNING.sub(r'<span id="segment-\1">', html).replace(_END, "</span>")


def _biography_alone(made: Release) -> dict[str, object]:
    language = made.edition.language
    return addresses.frame(language) | {
        "title": made.title,
        "article": {
            "title": made.title,
            "body": made.body,
            "editions": [],
            "provenance": contexts.provenance(made, {}),
        },
    }
