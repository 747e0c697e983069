"""Two states of an edition, sentence by sentence: two releases, or a release and what stands there now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from publishing.models import Edition, Release, Revision, Segment

from . import texts

Texts = Mapping[str, str]
"""Sentences by their segments' keys, in the order of the text; empty where joined to another, or left out."""


class Kind(StrEnum):
    """What became of a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both states; `block` is its block's kind, `in_use` whether today's source has it."""

    kind: Kind
    key: str
    old: str
    new: str
    block: str = ""
    in_use: bool = False


def of_releases(edition: Edition, *made: Release) -> list[Texts]:
    """The sentences of some releases of an edition; one query whatever their length."""
    if edition.is_source:
        return [
            {
                key: text
                for (key, _revision, _hash), text in zip(each.manifest, each.source_texts, strict=True)
            }
            for each in made
        ]
    wanted = {revision for each in made for _key, revision, _hash in each.manifest if revision}
    known = dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "text"))
    return [{key: known.get(revision, "") for key, revision, _hash in each.manifest} for each in made]


def of_now(edition: Edition) -> Texts:
    """The sentences as they stand now: what a release would freeze if its gate were open."""
    blocks = texts.of_document(edition.document, edition.language)
    return {piece.segment.key: piece.text for block in blocks for piece in block.pieces}


def compare(old: Texts, new: Texts) -> list[Sentence]:
    """Every sentence of both states in the order of the new one; removed ones where they stood."""
    known = {
        key: (kind, not retired)
        for key, kind, retired in Segment.objects.filter(key__in={*old, *new}).values_list(
            "key", "block__kind", "retired_at"
        )
    }
    return [
        Sentence(kind, key, old.get(key, ""), new.get(key, ""), *known.get(key, ("", False)))
        for kind, key in _steps(old, new)
        if old.get(key) or new.get(key)
    ]


def _steps(old: Texts, new: Texts) -> Iterator[tuple[Kind, str]]:
    ours, theirs = list(old), list(new)
    for step, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for key in ours[i1:i2] if step in {"delete", "replace"} else ():
            if key not in new:
                yield Kind.REMOVED, key
        for key in theirs[j1:j2]:
            yield _kind(key, old, new, stayed=step == "equal"), key


def _kind(key: str, old: Texts, new: Texts, *, stayed: bool) -> Kind:
    if not old.get(key):
        return Kind.ADDED
    if not new[key]:
        return Kind.REMOVED
    if old[key] != new[key]:
        return Kind.CHANGED
    return Kind.SAME if stayed else Kind.MOVED
