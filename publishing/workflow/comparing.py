"""Comparing: the similar posts of every listed release are sought again, by what is live now.

A release seeks its own at once, and those of its nearest; the others keep what they had, though every release
changes how rare words are. This makes good for that, so that in the end what is named as similar follows from
what is live alone, and not from the order in which it came (docs/decisions/0044).
"""

from datetime import timedelta

from django.db.models.functions import Now

from publishing import pages
from publishing.models import Article, Job, Listing

from . import jobs, likening, purging

KIND = "similar"
AT_ONCE = 20  # releases: a transaction of some tenths of a second
BATCHES = 10  # in one job: some seconds
AT_ONCE_UP_TO = 300
"""With more listed releases than that, all of them are compared once a day, and not after each change."""
PAUSE = timedelta(days=1)


def plan() -> None:
    """Within the transaction that listed something, or took something off: all are compared anew after it."""
    waits = Job.objects.filter(key=KIND, state=Job.State.READY)
    is_new = not waits.exists()
    jobs.plan(KIND, KIND)
    if is_new and Listing.objects.count() > AT_ONCE_UP_TO:
        waits.update(not_before=Now() + PAUSE)


def perform(job: Job) -> None:
    """Seeks batch by batch, and writes the pages on which something else is named now, and no others.

    The rest is a job of its own, so that other work gets its turn.
    """
    for number in range(1, BATCHES + 1):
        with jobs.recording(job):
            changed = pages.take_turns()
            after = job.payload.get("after", 0)
            batch = list(Listing.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
            others = likening.seek(batch)
            for article in Article.objects.filter(listings__in=others).order_by("pk").distinct():
                changed += pages.write_article(article)
            purging.plan(changed)
            if len(batch) < AT_ONCE:
                return
            jobs.remember(job, after=batch[-1].pk)
            if number == BATCHES:
                # By where it begins: the rest of an older change, which is further, would miss what is before it.
                jobs.plan(KIND, f"{KIND}/{batch[-1].pk}", after=batch[-1].pk)
