"""The three-way merge of a catalog that comes back: what was exported, what the file says, what we hold now.

Its result is a list of proposals for people. Nothing here approves, deletes or overwrites, and whatever the
file claims, a person's word that is newer than the export wins until a person decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .units import Unit, digest


class Verdict(StrEnum):
    """What became of one unit. Only CHANGED may become the current text, as an unapproved revision; CONFLICT,
    STALE_SOURCE and EDITED_SOURCE are suggestions beside ours; UNKNOWN_KEY can only go to the memory."""

    UNCHANGED = "unchanged"  # the file says what we hold
    CHANGED = "changed"  # theirs is new, ours is as exported
    CONFLICT = "conflict"  # both are new and differ
    STALE_SOURCE = "stale_source"  # theirs is new, but of a source that has changed since
    UNKNOWN_KEY = "unknown_key"  # no such segment, or no longer
    EDITED_SOURCE = "edited_source"  # the file's source is neither the exported nor the present one
    KEPT = "kept"  # ours differs and stays: emptied, missing, or left as exported in the file


@dataclass(frozen=True, slots=True)
class Side:
    """One key on our side: `source_hash` is `digest` of the source, `target` the translation, "" if none."""

    source_hash: str
    target: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the file proposes for one key. `target` is its text without whitespace at the edges, "" if it
    gives none; `fuzzy` is the file's own doubt about it; `reason` says in plain English why."""

    key: str
    verdict: Verdict
    target: str
    reason: str
    fuzzy: bool = False


def merge(base: Mapping[str, Side], theirs: Iterable[Unit], ours: Mapping[str, Side]) -> list[Proposal]:
    """One proposal for each unit of the file in its order, then one for each exported key that it lacks.

    `base` is the export's snapshot by key; where it is lost, the unit's `hash` comment still tells which
    source was exported, and any difference from ours is a conflict. `ours` is what the database holds now.
    """
    units = list(theirs)
    proposals = [_propose(unit, base.get(unit.key), ours.get(unit.key)) for unit in units]
    present = {unit.key for unit in units}
    missing = (key for key in base if key in ours and key not in present)
    return [*proposals, *(Proposal(key, Verdict.KEPT, "", "missing from the file") for key in missing)]


def _propose(unit: Unit, base: Side | None, ours: Side | None) -> Proposal:
    target = unit.target.strip()
    verdict, reason = _judge(unit, target, base, ours)
    return Proposal(unit.key, verdict, target, reason, unit.fuzzy)


def _judge(unit: Unit, target: str, base: Side | None, ours: Side | None) -> tuple[Verdict, str]:
    if ours is None:
        return Verdict.UNKNOWN_KEY, "no segment has this key now"
    exported = base.source_hash if base is not None else unit.comment("hash")
    seen = digest(unit.source)
    if seen not in (ours.source_hash, exported):
        return Verdict.EDITED_SOURCE, "the source text was edited in the file"
    if target == ours.target:
        return Verdict.UNCHANGED, "the same as ours"
    if not target:
        return Verdict.KEPT, "empty in the file; an empty text never deletes"
    if base is not None and target == base.target:
        return Verdict.KEPT, "left as exported; ours is newer"
    return _weigh(base, ours, stale=seen != ours.source_hash)


def _weigh(base: Side | None, ours: Side, *, stale: bool) -> tuple[Verdict, str]:
    """The verdict on a text that is new in the file and differs from ours. `stale` means that it was made
    from the exported source, which has changed since."""
    if stale:
        return Verdict.STALE_SOURCE, "translated from a source that has changed since the export"
    if ours.target == (base.target if base is not None else ""):
        return Verdict.CHANGED, "changed in the file, unchanged here"
    if base is None:
        return Verdict.CONFLICT, "differs from ours, and the export it began from is not known"
    return Verdict.CONFLICT, "changed in the file and here since the export"
