"""Which live releases lists and searches find: brought up to date by the job that writes pages, before it does."""

from collections.abc import Sequence

from publishing.models import Article, Listing, Release
from publishing.models.listing import day_of


def renew(articles: Sequence[Article]) -> None:
    """Lists what is live of these articles, and nothing else of them. Within the transaction that writes pages."""
    by_document = {article.document_id: article for article in articles}
    live = Release.objects.live().filter(edition__document__in=by_document).select_related("edition")
    wanted = {
        made.pk: Listing(
            release_id=made.pk,
            article_id=(article := by_document[made.edition.document_id]).pk,
            language=made.edition.language,
            day=day_of(article.published_on, article.created_at),
        )
        for made in live.defer("body", "manifest", "source_texts")
    }
    there = dict(Listing.objects.filter(article__in=articles).values_list("pk", "day"))
    stale = [pk for pk, day in there.items() if pk not in wanted or wanted[pk].day != day]
    Listing.objects.filter(pk__in=stale).delete()
    new = [row for pk, row in wanted.items() if pk not in there or pk in stale]
    Listing.objects.bulk_create(new)
