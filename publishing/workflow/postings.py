"""The readers' index: the words of a release go in when it is listed, and out when it is not any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from publishing import pages
from publishing.matching import relevance
from publishing.matching.relevance import Occurrences
from publishing.models import Posting, Release, Word

BATCH = 500


@dataclass(frozen=True, slots=True)
class Read:
    """A release as the index has it: its language, the keys of its words, its length in words."""

    language: str
    found: Mapping[str, Occurrences]
    length: int


def read(made: Release) -> Read:
    """The words of a release, of its bytes alone."""
    language = made.edition.language
    return Read(language, *relevance.occurrences(made.title, pages.plain(made), language))


def add(release: int, read: Read) -> None:
    """Indexes a release that is not in the index. Whoever writes pages does so in turns: nobody else counts now."""
    keys = sorted(read.found)
    ids: dict[str, int] = {}
    for some in _batches(keys):
        Word.objects.bulk_create(
            (Word(language=read.language, key=key) for key in some), ignore_conflicts=True
        )
        known = Word.objects.filter(language=read.language, key__in=some)
        ids |= dict(known.values_list("key", "pk"))
        known.update(releases=F("releases") + 1)
    Posting.objects.bulk_create(
        (
            Posting(word_id=ids[key], release_id=release, count=each.count, place=each.place)
            for key, each in sorted(read.found.items())
        ),
        batch_size=BATCH,
    )


def remove(releases: Sequence[int]) -> None:
    """Takes releases out of the index; a word that nothing has stays, with none."""
    for release in releases:
        here = Posting.objects.filter(release=release)
        words = list(here.values_list("word", flat=True))
        for at in range(0, len(words), BATCH):
            Word.objects.filter(pk__in=words[at : at + BATCH]).update(releases=F("releases") - 1)
        here.delete()


def _batches(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[at : at + BATCH] for at in range(0, len(keys), BATCH)]
