"""Which live releases lists, searches and similar posts find: kept by the job that writes pages, before it does."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from publishing.models import Article, Job, Listing, Release
from publishing.models.listing import day_of

from . import comparing, jobs, likening, postings
from .postings import Read


def read_ahead(articles: Sequence[Article], job: Job) -> dict[int, Read]:
    """The words of what is live of these articles and not listed yet, by release: done outside the transaction.

    A word that is met for the first time takes a millisecond or two; the claim on the job is renewed meanwhile.
    """
    found = {}
    for made in _live(articles).filter(listing=None).select_related("edition"):
        found[made.pk] = postings.read(made)
        jobs.renew(job)
    return found


def _live(articles: Sequence[Article]) -> QuerySet[Release]:
    documents = [article.document_id for article in articles]
    return Release.objects.live().filter(edition__document__in=documents).defer("manifest", "source_texts")


def renew(articles: Sequence[Article], known: Mapping[int, Read]) -> list[int]:
    """Lists what is live of these articles, and nothing else of them. Within the transaction that writes pages.

    Where that changes anything, all releases are compared anew afterwards. Returns the releases that had one of the
    listings that went among their similar posts.
    """
    by_document = {article.document_id: article for article in articles}
    live = {made.pk: made for made in _live(articles).select_related("edition")}
    days = dict(Listing.objects.filter(article__in=articles).values_list("pk", "day"))
    there = days.keys()
    gone, new = sorted(there - live.keys()), sorted(live.keys() - there)
    bereft = likening.forget(gone) if gone else []
    if gone:
        postings.remove(gone)
        Listing.objects.filter(pk__in=gone).delete()
    for pk in there & live.keys():
        article = by_document[live[pk].edition.document_id]
        if days[pk] != (day := day_of(article.published_on, article.created_at)):
            Listing.objects.filter(pk=pk).update(day=day)
    now = timezone.now()
    for pk in new:
        made, article = live[pk], by_document[live[pk].edition.document_id]
        read = known.get(pk) or postings.read(made)
        Listing.objects.create(
            release=made,
            article=article,
            language=made.edition.language,
            day=day_of(article.published_on, article.created_at),
            length=read.length,
            listed_at=now,
        )
        postings.add(pk, read)
    if gone or new:
        comparing.plan()
    return bereft
