"""Checking a record that has been read: whether what it says hangs together. Needs no database.

The signature says that the site wrote it; this says that the site's own evidence bears it out.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from .. import anchoring, auditing, freezing
from .building import FORMAT

BEFORE = "dragoman/review-record/1"
"""Written until decisions had the hash of what stands above and beside the body."""

Said = dict[str, Any]


def check(record: Said) -> list[str]:
    """What does not hang together, a sentence each; nothing where all is well."""
    try:
        if record["format"] not in (FORMAT, BEFORE):
            return [_("It is of another format than %(format)s.") % {"format": FORMAT}]
        parts = (_chain, _anchors, _release, _front, _segments)
        return [found for part in parts for found in part(record)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        return [_("Something that a record has to say is missing.")]


def _chain(record: Said) -> Iterator[str]:
    entries, key = record["entries"], record["document"]["key"]
    for entry in entries:
        said = {name: value for name, value in entry.items() if name != "hash"}
        if auditing.sha256(auditing.canonical(said)) != entry["hash"] or entry["document"] != key:
            yield _("Entry %(number)s says something else than its hash.") % entry
    if [entry["number"] for entry in entries] != list(range(1, len(entries) + 1)):
        yield _("Entries are missing from the chain.")
    previous = [("", entries[0]["previous"])] if entries else []
    previous += [(before["hash"], after["previous"]) for before, after in pairwise(entries)]
    if any(ours != theirs for ours, theirs in previous):
        yield _("An entry is not bound to the one before it.")


def _anchors(record: Said) -> Iterator[str]:
    hashes = {(entry["document"], entry["number"]): entry["hash"] for entry in record["entries"]}
    for made in record["anchors"]:
        said = anchoring.digest(made["number"], made["heads"], made["at"], made["previous"])
        ours = [head for head in made["heads"] if head[0] == record["document"]["key"]]
        if said != made["hash"] or any(hashes.get((key, number)) != hashed for key, number, hashed in ours):
            yield _("Anchor %(number)s does not agree with the chain.") % made


def _release(record: Said) -> Iterator[str]:
    made = record["release"]
    decision = record["entries"][made["decision"] - 1]
    if freezing.digest(made["manifest"]) != made["manifest_hash"]:
        yield _("The manifest is not the one that was decided on.")
    if auditing.sha256(made["body"]) != made["body_hash"]:
        yield _("The body is not the one that was decided on.")
    told = {
        "language": record["edition"]["language"],
        "release": made["number"],
        "manifest": made["manifest_hash"],
        "body": made["body_hash"],
    }
    if decision["verb"] != "release" or not told.items() <= decision["data"].items():
        yield _("No decision in the chain says that this was released.")
    elif decision["person"] != made["released_by"]:
        yield _("Somebody else released this than it says.")


def _front(record: Said) -> Iterator[str]:
    """Title, summary, moment, corrections and people are those that were decided on, and so is the slug.

    A decision from before has no hash of them: there title and summary are at least sentences of the text.
    """
    made, entries = record["release"], record["entries"]
    decided = entries[made["decision"] - 1]["data"].get("front", "")
    told = "" if record["format"] == BEFORE else made["front_hash"]
    if told != decided or (decided and freezing.front_hash(made) != decided):
        yield _("What stands above and beside the body is not what was decided on.")
    sentences = [each["text"] for each in record["segments"]]
    if not made["title"] or not all(
        freezing.stands_in(made[name], sentences) for name in ("title", "summary")
    ):
        yield _("Title and summary are not sentences of it.")
    language = record["edition"]["language"]
    data = [each["data"] for each in entries if each["verb"] in ("release", "give_slug")]
    slugs = [each["slug"] for each in data if each["language"] == language and "slug" in each]
    if slugs and slugs[-1] != record["edition"]["slug"]:
        yield _("No decision in the chain gives it this slug.")


def _segments(record: Said) -> Iterator[str]:
    frozen = [(key, hashed) for key, _revision, hashed in record["release"]["manifest"]]
    if [(each["key"], auditing.sha256(each["text"])) for each in record["segments"]] != frozen:
        yield _("The sentences are not those of the manifest.")
    if record["edition"]["language"] == record["document"]["source_language"]:
        return
    for each in record["segments"]:
        if not _decided(each, record["entries"]):
            yield _("No decision in the chain approves the text of segment %(key)s.") % each


def _decided(segment: Said, entries: list[Said]) -> bool:
    """Whether a decision bears the segment's text out, or that it has none."""
    verb, told = (
        ("omit", segment["omitted"]) if "omitted" in segment else ("approve", segment.get("approved"))
    )
    if segment.get("joined_to"):
        return True  # its words are in its lead, which has a decision of its own
    if not told:
        return False
    entry = entries[told["decision"] - 1]
    if (entry["verb"], entry["person"], entry["at"]) != (verb, told["by"], told["at"]):
        return False
    data = entry["data"]
    if verb == "omit":
        return bool(data["reason"] == told["reason"])
    hashed = (auditing.sha256(segment["text"]), auditing.sha256(segment["source"]))
    return (data["text"], data["source"]) == hashed and _set_aside(segment, entries)


def _set_aside(segment: Said, entries: list[Said]) -> bool:
    for each in segment["set_aside"]:
        entry = entries[each["decision"] - 1]
        said = (entry["verb"], entry["person"], entry["data"]["finding"], entry["data"]["reason"])
        if said != (each["verb"], each["by"], each["finding"], each["reason"]):
            return False
    return True
