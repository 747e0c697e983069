"""The search page: stored without a question like any page, made anew for the answer to one.

The stored page bears a script that answers where it was sent although something was asked: by a server of files.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext, override

from publishing.languages import CODES
from publishing.matching import relevance
from publishing.models import Release
from publishing.reports import finding
from publishing.reports.finding import Found, Hit

from . import addresses, contexts
from .finished import Finished, html, render
from .plain import plain

PER_PAGE = 10
EXCERPT = 240
"""Characters of an excerpt."""
BEFORE = 60
"""Characters of it before the first word that was found."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def pages() -> Iterator[Finished]:
    """The search page of every language, before anything is asked."""
    return map(page, CODES)


def page(language: str) -> Finished:
    return html(addresses.search(language), language, "reader/search.html", _frame(language))


def _frame(language: str) -> dict[str, Any]:
    there = {code: addresses.search(code) for code in CODES}
    return addresses.frame(language) | {
        "canonical": addresses.absolute(there[language]),
        "alternates": addresses.alternates(there, there[CODES[0]]),
        "choices": contexts.choices(there, language),
        "longest": relevance.LONGEST_QUERY,
        "index_url": addresses.search_index(language),
        "script_url": static("publishing/search.js"),
        "title": _title(language),
        "description": "",
        "query": "",
    }


def _title(language: str) -> str:
    with override(language):
        return gettext("Search")


def asked(query: str) -> str:
    """A question as it is sought and shown again: bounded, without line breaks and control characters."""
    return " ".join(_CONTROLS.sub(" ", query[: relevance.LONGEST_QUERY]).split())


def answer(language: str, query: str, number: int) -> bytes:
    """The page that answers a question, its `number`th; four queries at most."""
    found = finding.find(query, language)
    last = max(1, -(-len(found.hits) // PER_PAGE))
    number = min(max(1, number), last)
    shown = found.hits[(number - 1) * PER_PAGE : number * PER_PAGE]
    context = _frame(language) | {
        "query": query,
        "is_answer": True,
        "says_nothing": not found.sought,
        "total": len(found.hits),
        "is_cut": len(found.hits) == finding.MOST_FOUND,
        "unknown": found.unknown,
        "has_all": found.has_all,
        "results": _results(shown, found, language),
        "start": (number - 1) * PER_PAGE + 1,
        "pages": [{"number": each, "is_current": each == number} for each in range(1, last + 1)],
    }
    return render(language, "reader/search.html", context)


def _results(shown: Sequence[Hit], found: Found, language: str) -> list[dict[str, Any]]:
    wanted = frozenset(key for each in found.sought for key in each.keys)
    rows = Release.objects.select_related("edition", "listing__article").defer("manifest", "source_texts")
    made = rows.in_bulk([hit.release for hit in shown]) if shown else {}
    return [
        {
            "title": relevance.marked(made[hit.release].title, wanted, language),
            "url": addresses.article(language, made[hit.release].edition.slug or ""),
            "published_on": made[hit.release].listing.article.published_on,
            "excerpt": excerpt(made[hit.release], hit, wanted, language),
        }
        for hit in shown
        if hit.release in made
    ]


def excerpt(made: Release, hit: Hit, wanted: frozenset[str], language: str) -> list[tuple[str, bool]]:
    """The part of a release's text in which most of the words stand, in pieces; the beginning where none does."""
    text = plain(made)
    begin = max(0, relevance.window(hit.places, EXCERPT - BEFORE) - BEFORE)
    cut = text[begin : begin + EXCERPT]
    if begin:
        cut = "…" + cut.partition(" ")[2]
    if begin + EXCERPT < len(text):
        cut = cut.rpartition(" ")[0].rstrip(" ,;:—–-") + "…"
    return relevance.marked(cut, wanted, language)
