"""What an edition would look like if it were released now: seen by reviewers, stored nowhere."""

from django.utils import timezone

from publishing.models import Article, Edition, Release
from publishing.reports import texts

from . import addresses, contexts
from .bodies import body
from .finished import render


def preview(edition: Edition) -> bytes:
    """The page of an article's or a biography's edition, with the texts as they stand."""
    blocks = texts.of_document(edition.document, edition.language)
    made = Release(
        edition=Edition(document=edition.document, language=edition.language, slug=edition.slug or "preview"),
        title=texts.first(blocks, "title") or texts.first(blocks, "name"),
        summary=texts.first(blocks, "summary"),
        body=body(blocks, edition.language),
        released_at=timezone.now(),
    )
    article = Article.objects.filter(document=edition.document_id).first()
    if article:
        context = contexts.article_page(article, made)
    else:
        context = _biography_alone(made)
    context |= {"canonical": "", "alternates": []}
    return render(edition.language, "reader/article.html", context)


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
