"""How long a release and a search take where very much is live: English articles, as many as asked for.

The articles come in past the verbs, in bulk; the job that lists and compares them is timed in parts, then more
articles are released as editors do.
"""

import itertools
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from ._newsroom import SOURCE, database

ARTICLES = 10_000
SENTENCES, WORDS, THEMES, OF_A_THEME = 40, 15, 200, 60
PLENTY = 50
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def run() -> dict[str, Any]:
    """Measure, print a table, and return {"name", "figures"}."""
    with database() as vendor:
        # Models and verbs need a set-up Django.
        from publishing.worker import loop
        from tests import cast

        carol = cast.carol()
        figures: dict[str, float] = {"articles": ARTICLES}
        _fill()
        figures["list all, s"] = _seconds(_list_all)
        figures["compare 200 of them, ms each"] = _seconds(_compare_some) * 1000 / 200
        spent = []
        for number in range(10):
            _release(number, carol)
            spent.append(_seconds(loop.drain))
        figures["pages of a release, s"] = round(median(spent), 2)
        figures["pages of a release, s, worst"] = round(max(spent), 2)
        figures |= _searches()
    for name, value in figures.items():
        print(f"{vendor:<12}{name:<44}{value:>12.2f}")
    return {"name": "finding", "database": vendor, "figures": figures}


def _seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _texts() -> "itertools.chain[str]":
    """Bodies: most words are anybody's, some are their theme's, as articles on one subject share them."""
    chance = random.Random(7)
    themes = [chance.sample(SOURCE.ranked, OF_A_THEME) for _ in range(THEMES)]
    while True:
        theme = chance.choice(themes)
        sentences = (
            f"{SOURCE.sentence(chance, WORDS - 3)[:-1]} {' '.join(chance.choices(theme, k=3))}."
            for _ in range(SENTENCES)
        )
        yield " ".join(sentences)


def _fill() -> None:
    from publishing.models import Article, Document, Edition, Person, Release

    chance, texts = random.Random(3), _texts()
    carol = Person.objects.get()
    documents = Document.objects.bulk_create(
        [Document(kind="article", source_language="en", segmenter_version=1) for _ in range(ARTICLES)], 1_000
    )
    articles = [
        Article(document=document, published_on=date(2010, 1, 1) + timedelta(days=chance.randrange(5_500)))
        for document in documents
    ]
    Article.objects.bulk_create(articles, 1_000)
    editions = Edition.objects.bulk_create(
        [Edition(document=d, language="en", slug=f"text-{number}") for number, d in enumerate(documents)],
        1_000,
    )
    for at in range(0, ARTICLES, 500):
        Release.objects.bulk_create(
            Release(
                edition=edition, number=1, state="live", title=f"Text {edition.pk}", body=f"<p>{next(texts)}</p>",
                released_by=carol, released_at=BEGIN, changed_at=BEGIN,
            )
            for edition in editions[at : at + 500]
        )  # fmt: skip


def _list_all() -> None:
    from publishing.models import Article, Job
    from publishing.workflow import jobs, listing

    jobs.plan("pages", "pages/bench")
    job = jobs.claim()
    articles = list(Article.objects.order_by("pk"))
    for at in range(0, len(articles), 20):
        some = articles[at : at + 20]
        read = listing.read_ahead(some, job)
        with jobs.recording(job):
            listing.renew(some, read)
    Job.objects.all().delete()


def _compare_some() -> None:
    from publishing.models import Listing
    from publishing.workflow import likening

    likening.compare(Listing.objects.order_by("pk").values_list("pk", flat=True)[:200])
    # The others count as compared, so that a release bears upon them as it would.
    Listing.objects.filter(compared_at=None).update(compared_at=BEGIN)


def _release(number: int, carol: Any) -> None:
    from publishing.workflow import ingesting, releasing

    body = next(itertools.islice(_texts(), number + 3, None))
    text = f"A newer harbour {number}\n\n{body}\n"
    made = ingesting.import_article(text.encode(), slug=f"newer-{number}", language="en")
    releasing.release(made.article.document, "en", actor=carol)


def _searches() -> dict[str, float]:
    from publishing import pages

    chance = random.Random(11)
    asked = {
        "search, a rare word": [chance.choice(SOURCE.ranked[3_000:]) for _ in range(PLENTY)],
        "search, three words": [" ".join(chance.sample(SOURCE.ranked[100:3_000], 3)) for _ in range(PLENTY)],
        "search, the commonest word": [SOURCE.ranked[0]] * 5,
        "search, the eight commonest words": [" ".join(SOURCE.ranked[:8])] * 5,
    }
    found = {}
    for name, questions in asked.items():
        spent = [
            _seconds(lambda question=question: pages.search.answer("en", question, 1))
            for question in questions
        ]
        found[f"{name}, ms"] = round(median(spent) * 1000, 1)
    return found
