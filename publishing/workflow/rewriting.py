"""Rewriting pages: those that a release concerns, or all of them for a new version of the site's looks; by jobs.

A job goes through the articles in batches, each in a transaction of its own under the job's fence. Whoever
takes the job over goes on behind the last batch. Readers meanwhile get the old page or the new one.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from publishing import pages
from publishing.models import Article, Document, Job, Listing

from . import jobs, likening, listing, purging
from .errors import TryAgain

KIND = "pages"
ALL = f"{KIND}/all"
AT_ONCE = 20  # articles: some tenths of a second in which SQLite takes nobody else's writing


def plan(document: Document) -> None:
    """The pages that a release of the document concerns are written again after this transaction."""
    jobs.plan(KIND, f"{KIND}/{document.pk}", document=document.pk)


def plan_all() -> None:
    """All pages are written again; those whose bytes come out the same stay untouched."""
    with transaction.atomic():
        jobs.take_back(ALL)  # planned for a version that may be another by now
        jobs.plan(KIND, ALL, version=pages.version())


def keep_up() -> bool:
    """Plans the rewriting of all pages if the last was for another version, or came to nothing; says whether."""
    last = Job.objects.filter(key=ALL).order_by("pk").last()
    lost = (Job.State.DEAD, Job.State.FAILED)
    if last and last.state not in lost and last.payload["version"] == pages.version():
        return False
    plan_all()
    return True


def plan_shelf(kind: str, owner: int) -> None:
    """The lists of one author or topic are written again after this transaction."""
    jobs.plan(KIND, f"{KIND}/{kind}/{owner}", shelf=[kind, owner])


def perform(job: Job) -> None:
    """Writes the articles' pages batch by batch, then the lists that they stand on, last what tells of all.

    Raises TryAgain where this worker's code would make another version than the one that is wanted.
    """
    wanted = job.payload.get("version")
    if wanted and wanted != pages.version():
        raise TryAgain("planned for another version of the code: bring this worker up to date")
    if "shelf" not in job.payload:
        while "document" not in job.payload and not job.payload.get("listed"):
            _list_articles(job)
        while "placed" not in job.payload:
            _write_articles(job)
    while "ended" not in job.payload:
        with jobs.recording(job):
            _write_shelves(job, pages.take_turns())


def _list_articles(job: Job) -> None:
    """The next batch of all articles is listed where it is not: before pages are written that seek among them."""
    read = listing.read_ahead(_batch(job, "listed_to"), job)
    with jobs.recording(job):
        changed = pages.take_turns()
        batch = _batch(job, "listed_to")
        listing.renew(batch, read)
        if changed:
            purging.plan(changed + pages.write_lists())
        ended = len(batch) < AT_ONCE
        jobs.remember(job, listed=ended, listed_to=0 if ended else batch[-1].pk)


def _write_articles(job: Job) -> None:
    """The next batch of articles, and those that are similar to them; with the last one the lists, if they are few."""
    read = listing.read_ahead(_batch(job, "after"), job)
    with jobs.recording(job):
        changed = pages.take_turns()
        batch = _batch(job, "after")
        bereft = listing.renew(batch, read)
        if changed:
            changed += pages.write_lists()
        others = [*bereft, *likening.compare([*_listed(batch), *bereft])]
        similar = Article.objects.filter(listings__in=others).exclude(pk__in=[each.pk for each in batch])
        for article in [*batch, *similar.order_by("pk").distinct()]:
            changed += pages.write_article(article)
        changed += pages.write_shared(batch)
        if len(batch) == AT_ONCE:
            jobs.remember(job, after=batch[-1].pk)
            purging.plan(changed)
        else:
            jobs.remember(job, placed=0)
            _write_shelves(job, changed)


def _batch(job: Job, behind: str) -> list[Article]:
    """The next of the articles concerned."""
    concerned = articles_concerned(job.payload.get("document"))
    return list(concerned.filter(pk__gt=job.payload.get(behind, 0))[:AT_ONCE])


def _listed(articles: list[Article]) -> list[int]:
    return list(Listing.objects.filter(article__in=articles).values_list("pk", flat=True))


def _write_shelves(job: Job, changed: list[str]) -> None:
    """The next batch of lists; with the last one what tells of the whole site."""
    shelf, done = job.payload.get("shelf"), job.payload.get("placed", 0)
    places = pages.places_of(*shelf) if shelf else pages.places(job.payload.get("document"))
    for place in places[done : done + AT_ONCE]:
        changed += pages.write_shelf(place)
    if done + AT_ONCE < len(places):
        jobs.remember(job, placed=done + AT_ONCE)
    else:
        changed += pages.write_lists()
        job.payload["ended"] = True
    purging.plan(changed)


def articles_concerned(document_id: int | None) -> QuerySet[Article]:
    """The article of this text; every article of the author whose biography, or with the topic whose name it is;
    or for None all, in order."""
    articles = Article.objects.order_by("pk")
    if document_id is None:
        return articles
    concerned = Q(document=document_id) | Q(authors__document=document_id) | Q(topics__document=document_id)
    return articles.filter(concerned).distinct()
