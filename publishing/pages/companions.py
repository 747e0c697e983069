"""The files beside an article's page: how the text came to be, as JSON; the article as BibTeX and RIS have it.

docs/reference/provenance.md describes the keys of the first.
"""

import json
from collections.abc import Iterator
from typing import Any

from publishing.markup.citing import bibtex, ris

from . import addresses, citing
from .facts import Facts
from .finished import Finished

JSON = "application/json"
BIBTEX = "application/x-bibtex; charset=utf-8"
RIS = "application/x-research-info-systems; charset=utf-8"
FORM = 1


def beside(facts: Facts) -> Iterator[Finished]:
    """The files beside the page of a live release."""
    work = citing.work(facts)
    for name, text, kind in (
        (addresses.PROVENANCE, _json(provenance(facts)), JSON),
        (addresses.BIBTEX, bibtex.entry(work), BIBTEX),
        (addresses.RIS, ris.record(work), RIS),
    ):
        path = addresses.beside(facts.path, name)
        yield Finished(path, text.encode(), facts.language, content_type=kind)


def provenance(facts: Facts) -> dict[str, Any]:
    """Where a text comes from, who drafted, translated and reviewed it, and what was released when."""
    made = facts.made
    source_path = facts.paths.get(facts.source) if facts.is_translation else None
    corrected = made.original_corrected_at
    return {
        "form": FORM,
        "url": facts.url,
        "title": made.title,
        "language": facts.language,
        "source_language": facts.source,
        "is_translation": facts.is_translation,
        "translated_from": addresses.absolute(source_path) if source_path else None,
        "first_published_at": facts.article.original_address or None,
        "drafted_by_engines": made.provenance.get("engines", []),
        "translated_by": made.provenance.get("translators", []),
        "reviewed_by": made.provenance.get("reviewers", []),
        "release": made.number,
        "released_at": made.released_at.isoformat() if made.released_at else None,
        "first_released_at": _moment(facts),
        "changed_at": made.changed_at.isoformat() if made.changed_at else None,
        "original_corrected_at": corrected.isoformat() if corrected else None,
        "corrections": made.corrections,
        "segments": len(made.manifest),
        "manifest_sha256": made.manifest_hash,
        "body_sha256": made.body_hash,
    }


def _moment(facts: Facts) -> str | None:
    first = facts.first_at.get(facts.language)
    return first.isoformat() if first else None


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
