"""What readers have, sentence by sentence: the texts that a release froze, each with its segment's key."""

from collections.abc import Iterable
from dataclasses import dataclass

from publishing.models import Release, Revision


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a release."""

    release: Release
    key: str
    text: str


def sentences(releases: Iterable[Release]) -> list[Sentence]:
    """The sentences of frozen releases, in the order of the text; one query for all of them.

    What was left out or joined to another sentence has no text, and is not among them.
    """
    releases = list(releases)
    named = [revision for made in releases for _key, revision, _hash in made.manifest if revision]
    texts = dict(Revision.objects.filter(pk__in=named).values_list("pk", "text"))
    found = []
    for made in releases:
        for place, (key, revision, _hash) in enumerate(made.manifest):
            text = texts.get(revision, "") if revision else _source(made, place)
            if text:
                found.append(Sentence(made, key, text))
    return found


def _source(made: Release, place: int) -> str:
    return made.source_texts[place] if place < len(made.source_texts) else ""
