"""What readers find: the live releases of a language that have the words, the best first; the same on every database.

Three queries whatever is asked: what is known of the words, of the language's releases, and the postings of the
rarest word's releases. Scores are taken here, from whole numbers, so that no database rounds them its own way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from publishing.matching import relevance
from publishing.matching.relevance import Sought
from publishing.models import Listing, Posting, Word

MOST_FOUND = 200
"""Releases that a search gives at most: nobody reads further."""
MOST_LOOKED_AT = 2_000
"""Of a word that more releases have, those that have it most often are looked at."""


@dataclass(slots=True)
class Hit:
    """A release that was found: how well it answers, and where in its text each of the words stands first."""

    release: int
    score: float = 0.0
    places: dict[str, int] = field(default_factory=dict)
    words: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the hits, best first; the words that no release of the language has.

    `has_all` says whether the hits have all the other words; where no release does, they have the rarest one.
    """

    sought: Sequence[Sought]
    hits: Sequence[Hit] = ()
    unknown: Sequence[str] = ()
    has_all: bool = True


def find(query: str, language: str) -> Found:
    """Seeks the words of a query among the live releases of a language. Raises UnknownLanguage."""
    sought = relevance.sought(query, language)
    known = _known(sought, language)
    groups = [(each, ids) for each in sought if (ids := {known[key][0] for key in each.keys & known.keys()})]
    unknown = [each.text for each in sought if known.keys().isdisjoint(each.keys)]
    if not groups:
        return Found(sought, unknown=unknown)
    having = dict(known.values())
    rarest = min((ids for _each, ids in groups), key=lambda ids: max(having[pk] for pk in ids))
    hits = _hits(groups, having, rarest, language)
    complete = [hit for hit in hits if hit.words == len(groups)]
    best = sorted(complete or hits, key=lambda hit: (-hit.words, -hit.score, -hit.release))
    return Found(sought, best[:MOST_FOUND], unknown, bool(complete))


def _known(sought: Sequence[Sought], language: str) -> dict[str, tuple[int, int]]:
    """The keys that a release has: key → its id, and how many releases have it."""
    keys = {key for each in sought for key in each.keys}
    if not keys:
        return {}
    rows = Word.objects.filter(language=language, key__in=keys, releases__gt=0)
    return {key: (pk, releases) for key, pk, releases in rows.values_list("key", "pk", "releases")}


def _hits(
    groups: Sequence[tuple[Sought, set[int]]], having: dict[int, int], rarest: set[int], language: str
) -> list[Hit]:
    """The releases that have the rarest word, with what each of the words counts in them.

    Several keys of one word may stand in a text for the same occurrences: the one that counts most does.
    """
    figures = Listing.objects.filter(language=language).aggregate(texts=Count("pk"), words=Sum("length"))
    average = figures["words"] / figures["texts"] if figures["texts"] else 0.0
    wanted = {pk for _each, ids in groups for pk in ids}
    often = Posting.objects.filter(word__in=rarest).order_by("-count", "-release")
    among = often.values("release")[:MOST_LOOKED_AT]
    rows = Posting.objects.filter(word__in=wanted, release__in=among)
    by_release: dict[int, dict[int, tuple[int, int, int]]] = {}
    for word, release, count, place, length in rows.values_list(
        "word", "release", "count", "place", "release__listing__length"
    ):
        by_release.setdefault(release, {})[word] = (count, place, length or 0)
    hits = []
    for release, there in by_release.items():
        hit = Hit(release)
        for each, ids in groups:
            having_it = [(there[pk], having[pk]) for pk in ids if pk in there]
            if having_it:
                (count, place, length), releases = max(having_it)
                rarity = relevance.rarity(releases, figures["texts"])
                hit.score += rarity * relevance.weight(count, length, average)
                hit.places[each.text] = place
                hit.words += 1
        hits.append(hit)
    return hits
