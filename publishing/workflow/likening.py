"""Similar posts: which releases of a language are most like one of it. Stored, so that pages only read them.

Sought for a release when it is listed, and again for those that it may be similar to: what a release costs does
not grow with what is there. The others are sought again by `comparing`: docs/decisions/0035 and 0044.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils import timezone

from publishing.matching import relevance
from publishing.models import Listing, Posting, Similar

NAMED = 3
"""So many are named at most."""
TELLING = 30
"""Words of a text by which others are sought: those that tell most of it."""
COMMON = 500
"""A word that more releases have than that is looked up for none."""
LEAST = 0.16
"""Of the weight of its telling words another text has to have so much, or it is not called similar."""
LEAST_WORDS = 3
FEW = 50
"""Words are weighed as if there were at least so many releases: among two, a word that both have would tell nothing."""
LOOKED_AT_AGAIN = 12
"""Those most like a new release, whose own similar posts it may be among now."""


def forget(releases: Sequence[int]) -> list[int]:
    """Takes releases out of all similar posts; returns the ones that had them."""
    had = Similar.objects.filter(other__in=releases).exclude(release__in=releases)
    bereft = sorted(set(had.values_list("release", flat=True)))
    Similar.objects.filter(release__in=releases).delete()
    Similar.objects.filter(other__in=releases).delete()
    Listing.objects.filter(pk__in=bereft).update(compared_at=None)
    return bereft


def compare(releases: Iterable[int]) -> list[int]:
    """Seeks the similar posts of listed releases that have none sought yet, and of those that they bear upon.

    Returns the releases whose similar posts are others than before.
    """
    changed = []
    waiting = Listing.objects.filter(pk__in=list(releases), compared_at=None).order_by("pk")
    for listing in waiting:
        corpus = corpus_of(listing.language)
        near = nearest(listing, LOOKED_AT_AGAIN, corpus)
        changed += _store(listing, near[:NAMED])
        older = Listing.objects.filter(
            pk__in=[pk for pk, _likeness in near], compared_at__lte=listing.listed_at
        )
        for other in older.order_by("pk"):
            changed += _store(other, nearest(other, NAMED, corpus))
    return changed


def seek(listings: Iterable[Listing]) -> list[int]:
    """Seeks the similar posts of listed releases by what is live now; returns those that have others than before."""
    changed: list[int] = []
    corpora: dict[str, Corpus] = {}
    for listing in listings:
        corpus = corpora.setdefault(listing.language, corpus_of(listing.language))
        changed += _store(listing, nearest(listing, NAMED, corpus))
    return changed


def _store(listing: Listing, near: Sequence[tuple[int, float]]) -> list[int]:
    Listing.objects.filter(pk=listing.pk).update(compared_at=timezone.now())
    found = [pk for pk, _likeness in near]
    before = list(
        Similar.objects.filter(release=listing.pk).order_by("position").values_list("other", flat=True)
    )
    if found == before:
        return []
    Similar.objects.filter(release=listing.pk).delete()
    Similar.objects.bulk_create(
        Similar(release_id=listing.pk, other_id=other, position=place) for place, other in enumerate(found)
    )
    return [listing.pk]


@dataclass(frozen=True, slots=True)
class Corpus:
    """How many releases a language has, FEW at least, and how long they are on average."""

    texts: int
    average: float


def corpus_of(language: str) -> Corpus:
    figures = Listing.objects.filter(language=language).aggregate(texts=Count("pk"), words=Sum("length"))
    return Corpus(max(FEW, figures["texts"]), (figures["words"] or 0) / max(1, figures["texts"]))


def nearest(listing: Listing, most: int, corpus: Corpus) -> list[tuple[int, float]]:
    """The releases that are similar, the most similar first: id, and the share of the text's weight that it has.

    What a text says is taken to be its telling words, weighed by BM25; another has as much of it as these weigh
    there. Where two are as similar, the later article comes first, and of two words that weigh the same the one
    that the alphabet has first: nothing depends on what was released before what. Two queries.
    """
    average = corpus.average
    own = Posting.objects.filter(release=listing.pk, word__releases__lte=COMMON)
    weights = {}
    for word, key, count, having in own.values_list("word", "word__key", "count", "word__releases"):
        rarity = relevance.rarity(having, corpus.texts)
        weights[word] = (rarity * relevance.weight(count, listing.length, average), rarity, key)
    telling = sorted(weights, key=lambda word: (-weights[word][0], weights[word][2]))[:TELLING]
    whole = math.fsum(weights[word][0] for word in telling)
    gains: dict[int, list[float]] = {}
    articles: dict[int, int] = {}
    others = Posting.objects.filter(word__in=telling).exclude(release=listing.pk)
    for word, other, count, length, article in others.values_list(
        "word", "release", "count", "release__listing__length", "release__listing__article"
    ):
        gain = weights[word][1] * relevance.weight(count, length, average)
        gains.setdefault(other, []).append(min(gain, weights[word][0]))
        articles[other] = article
    # Summed exactly: rows come in any order, and likenesses that differ in the last digit would tell of it.
    scores = {other: math.fsum(some) for other, some in gains.items() if len(some) >= LEAST_WORDS}
    found = [(other, score / whole) for other, score in scores.items() if score >= LEAST * whole]
    return sorted(found, key=lambda each: (-each[1], -articles[each[0]]))[:most]
