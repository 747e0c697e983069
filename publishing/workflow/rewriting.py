"""Rewriting pages: those that a release concerns, or all of them for a new version of the site's looks; by jobs.

A job goes through the articles in batches, each in a transaction of its own under the job's fence. Whoever
takes the job over goes on behind the last batch. Readers meanwhile get the old page or the new one.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from publishing import pages
from publishing.models import Article, Document, Job

from . import jobs, purging
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


def perform(job: Job) -> None:
    """Writes the articles' pages batch by batch, and with the last batch those that tell of the whole site.

    Raises TryAgain where this worker's code would make another version than the one that is wanted.
    """
    wanted = job.payload.get("version")
    if wanted and wanted != pages.version():
        raise TryAgain("planned for another version of the code: bring this worker up to date")
    concerned, more = articles_concerned(job.payload.get("document")), True
    while more:
        with jobs.recording(job):
            changed = pages.take_turns()
            batch = list(concerned.filter(pk__gt=job.payload.get("after", 0))[:AT_ONCE])
            for article in batch:
                changed += pages.write_article(article)
            changed += pages.write_shared(batch)
            more = len(batch) == AT_ONCE
            if more:
                jobs.remember(job, after=batch[-1].pk)
            else:
                changed += pages.write_lists()
            purging.plan(changed)


def articles_concerned(document_id: int | None) -> QuerySet[Article]:
    """The article of this text, every article of the author whose biography it is, or for None all, in order."""
    articles = Article.objects.order_by("pk")
    if document_id is None:
        return articles
    return articles.filter(Q(document=document_id) | Q(authors__document=document_id)).distinct()
