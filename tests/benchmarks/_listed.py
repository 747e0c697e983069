"""What an index of the search is made of, for as many editions as there are pages of `_pages`: rows in bulk.

A text has 600 words of 8,000 of its language's dictionary, as frequent as words are (Zipf), so that an export meets
about as many words, forms and places as a site of that size has.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from . import _newsroom, _pages

VOCABULARY, LENGTH = 8_000, 600
AT = datetime(2026, 1, 1, tzinfo=UTC)
LANGUAGES = ("en", "tr", "ru")


def fill(upto: int) -> None:
    """Lists editions like the pages of the same numbers until there are so many."""
    from django.db import transaction

    from publishing.models import Article, Document, Edition, Listing, Person, Posting, Release

    there = Edition.objects.filter(slug__startswith="report-").count()
    if there >= upto:
        return
    person, vocabulary = Person.objects.order_by("pk").first(), _vocabulary()
    numbers = range(there, upto)
    documents = Document.objects.bulk_create(
        [Document(kind="article", source_language=_language(n), segmenter_version=1) for n in numbers], 1_000
    )
    articles = Article.objects.bulk_create([Article(document=each) for each in documents], 1_000)
    editions = Edition.objects.bulk_create(
        [
            Edition(document=each, language=_language(n), slug=_pages.path_of(n).split("/")[2])
            for n, each in zip(numbers, documents, strict=True)
        ],
        1_000,
    )
    made = Release.objects.bulk_create(
        [
            Release(
                edition=each, number=1, state="live", title=f"Report {each.pk} on the straits", body="<p>…</p>",
                released_by=person, released_at=AT, changed_at=AT,
            )
            for each in editions
        ],
        1_000,
    )  # fmt: skip
    Listing.objects.bulk_create(
        [
            Listing(release=each, article=article, language=_language(n), day=AT.date(), length=LENGTH, listed_at=AT)
            for n, each, article in zip(numbers, made, articles, strict=True)
        ],
        1_000,
    )  # fmt: skip
    places = _places(vocabulary, [each.pk for each in made], there)
    with transaction.atomic():
        _newsroom.insert(Posting, "word_id release_id count place", places)


def _language(number: int) -> str:
    return _pages.path_of(number)[1:3]


def _vocabulary() -> dict[str, list[int]]:
    """The ids of words by language, the most frequent first; made where they are not there yet."""
    from publishing.matching import inflections, words
    from publishing.models import Word

    chance, found = random.Random(1), {}
    for code in LANGUAGES:
        lemmas = {lemma.decode() for _form, lemma in inflections._records(code)}
        keys = sorted(
            {words.spelling(each, code) for each in lemmas if len(each) < 50 and words.is_word(each)}
        )
        some = chance.sample(keys, VOCABULARY)
        Word.objects.bulk_create(
            [Word(language=code, key=key, releases=1) for key in some], 1_000, ignore_conflicts=True
        )
        ids = dict(Word.objects.filter(language=code).values_list("key", "pk"))
        found[code] = [ids[key] for key in some]
    return found


def _places(
    vocabulary: dict[str, list[int]], releases: Sequence[int], first: int
) -> Iterator[tuple[int, ...]]:
    """In the order of their key: the database adds them at the end of its pages and does not look for each place."""
    chance = random.Random(first)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    for code in LANGUAGES:
        found = []
        for number, release in enumerate(releases, first):
            if _language(number) == code:
                words = chance.choices(vocabulary[code], cum_weights=weights, k=LENGTH)
                found += [(word, release, count, 0) for word, count in Counter(words).items()]
        yield from sorted(found)
