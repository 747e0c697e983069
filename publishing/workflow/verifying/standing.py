"""What readers have at each address is what was decided last: which release, its slug, an editor's words about it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from publishing.models import AuditEntry, Document, Edition, FormerSlug, Release

from .flaws import BATCH, RESTORE, Flaw, in_batches, name

VERBS = ("release", "rollback", "withdraw", "give_slug", "original_corrected", "original_settled")
AT_ONCE = 100  # documents, each with its decisions

Place = tuple[int, str]


@dataclass(slots=True)
class Stand:
    """What the decisions about one edition come to. `slug` is None where no decision tells of one."""

    live: int | None = None
    withdrawn: dict[int, str] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)
    slug: str | None = None
    former: set[str] = field(default_factory=set)

    def follow(self, verb: str, data: dict[str, Any]) -> None:
        number = data.get("release")
        self.slug = data.get("slug") or self.slug
        if verb in ("release", "rollback"):
            self.live = number
        elif verb == "withdraw" and number is not None:
            self.live, self.withdrawn[number] = None, data.get("note", "")
        elif verb == "original_corrected" and number is not None:
            self.corrected.add(number)
        elif verb == "original_settled" and number is not None:
            self.corrected.discard(number)
        elif verb == "give_slug" and data.get("before"):
            self.former.add(data["before"])


def check(document: Document | None, tally: Counter[str]) -> Iterator[Flaw]:
    """Every edition that something was decided about."""
    entries = AuditEntry.objects.filter(verb__in=VERBS).order_by("document", "number")
    if document:
        entries = entries.filter(document=document)
    rows = entries.values_list("document", "verb", "data").iterator(chunk_size=BATCH)
    read = (_read(pk, some) for pk, some in groupby(rows, key=lambda row: row[0]))
    for batch in in_batches(read, AT_ONCE):
        decided = {place: stand for stands in batch for place, stand in stands.items()}
        tally["editions"] += len(decided)
        there = _there({pk for pk, _language in decided})
        for place, stand in decided.items():
            where = _("%(name)s (%(language)s)") % {"name": name(place[0]), "language": place[1]}
            for what in _compared(stand, there.get(place, Stand())):
                yield Flaw("standing", where, what, str(RESTORE))


def _read(pk: int, entries: Iterator[tuple[int, str, Any]]) -> dict[Place, Stand]:
    found: dict[Place, Stand] = {}
    for _pk, verb, data in entries:
        if isinstance(data, dict):
            found.setdefault((pk, data.get("language", "")), Stand()).follow(verb, data)
    return found


def _there(documents: set[int]) -> dict[Place, Stand]:
    """What stands in the database; in three queries."""
    found = {
        (pk, language): Stand(slug=slug)
        for pk, language, slug in Edition.objects.filter(document__in=documents).values_list(
            "document", "language", "slug"
        )
    }
    rows = Release.objects.frozen().filter(edition__document__in=documents)
    for pk, language, number, state, withdrawal, corrected in rows.values_list(
        "edition__document", "edition__language", "number", "state", "withdrawal", "original_corrected_at"
    ):
        stand = found[pk, language]
        if state == Release.State.LIVE:
            stand.live = number
        elif state == Release.State.WITHDRAWN:
            stand.withdrawn[number or 0] = withdrawal
        if corrected:
            stand.corrected.add(number or 0)
    former = FormerSlug.objects.filter(edition__document__in=documents)
    for pk, language, slug in former.values_list("edition__document", "edition__language", "slug"):
        found[pk, language].former.add(slug)
    return found


def _compared(decided: Stand, there: Stand) -> Iterator[str]:
    if decided.live != there.live:
        said = {"decided": _release(decided.live), "there": _release(there.live)}
        yield _("by the decisions readers have: %(decided)s; in the database stands: %(there)s.") % said
    if decided.withdrawn != there.withdrawn:
        yield _("what was withdrawn, or the reason that readers are told, is not what was decided.")
    for number in sorted(decided.corrected ^ there.corrected):
        yield _("readers of release %(number)d are told something else of the original than was decided.") % {
            "number": number
        }
    if decided.slug and decided.slug != there.slug:
        said = {"decided": decided.slug, "there": there.slug or _("nothing")}
        yield _("by the decisions its slug is: %(decided)s; in the database stands: %(there)s.") % said
    for slug in sorted(decided.former - there.former - {there.slug}):
        yield _("readers who have its address %(slug)s are not led on.") % {"slug": slug}


def _release(number: int | None) -> str:
    return _("release %(number)d") % {"number": number} if number is not None else _("nothing")
